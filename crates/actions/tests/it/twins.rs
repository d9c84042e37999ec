//! What you may not see does not exist: every answer is byte for byte what it is in the twin world in which the hidden
//! statements were never stored.

use std::{fmt::Debug, io::Read as _};

use candour_actions::{
    ActionError, Answer, Classification, ExportFormat, ExportRequest, ImportRequest, PathRequest, ResolveRequest, SearchRequest, Verdict, Who,
};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::{
    home::{NOW, TestHome, import_of},
    matrix::search,
    worlds::{IDS, Step, World, world},
};

/// A label and what was answered, for each question.
type Answers = Vec<(String, String)>;

/// The person in question: may do much, sees what the world says, and is in no compartment.
fn person(home: &TestHome, world: &World) -> Who {
    let mut who = home.who("supervisor", "demo");
    who.actor.id = "outsider".to_owned();
    who.actor.compartments.clear();
    if !world.visible.contains(&"official") {
        who.actor.clearance = Classification::Open;
    }
    who
}

/// What was told, times and receipts left aside.
fn told<T: Serialize>(answer: Result<Answer<T>, ActionError>) -> String {
    match answer {
        Ok(answer) => {
            let mut value = serde_json::to_value(answer.value).unwrap();
            for untold in ["seconds", "ready_seconds", "rejects_file"] {
                value.as_object_mut().map(|fields| fields.remove(untold));
            }
            value.to_string()
        }
        Err(error) => format!("error: {error}"),
    }
}

/// The import that a step of a world is.
fn request(home: &TestHome, number: usize, step: &Step) -> ImportRequest {
    let Step::Import { marking, dataset, entities } = step else { panic!("{step:?} is no import") };
    let path = home.outside().join(format!("{number}.ijson"));
    let lines: Vec<String> = entities.iter().map(Value::to_string).collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    ImportRequest { dataset: Some((*dataset).to_owned()), ..import_of(&path, marking) }
}

/// Lets a world happen, with or without what the person may not see; gives what they were told meanwhile.
fn happen(world: &World, with_hidden: bool) -> (TestHome, Answers) {
    let home = TestHome::new();
    let (all, who) = (home.who("supervisor", "demo"), person(&home, world));
    let mut answers = Vec::new();
    for ((number, step), time) in world.steps.iter().enumerate().zip(NOW..) {
        home.set_time(time);
        match step {
            Step::Import { marking, .. } => {
                if with_hidden || world.visible.contains(marking) {
                    home.desk.import(&all, &request(&home, number, step), &mut |_| ()).unwrap();
                }
            }
            Step::Judge { sees_all: true, a, b, verdict } => {
                // In the twin world a word that rests on hidden statements was never said.
                let hidden = world.hidden(number);
                if with_hidden || !(hidden.contains(a) || hidden.contains(b)) {
                    let _ = home.desk.judge(&all, a, b, *verdict, "a test");
                }
            }
            Step::Judge { sees_all: false, a, b, verdict } => answers.push((format!("{step:?}"), told(home.desk.judge(&who, a, b, *verdict, "a test")))),
            Step::Split { id } => answers.push((format!("{step:?}"), told(home.desk.split(&who, id, "a test")))),
            Step::Resolve { sees_all: true } => drop(home.desk.resolve(&all, &ResolveRequest::default()).unwrap()),
            Step::Resolve { sees_all: false } => answers.push((format!("{step:?}"), told(home.desk.resolve(&who, &ResolveRequest::default())))),
        }
    }
    (home, answers)
}

/// Asks everything there is to ask.
struct Asking<'h> {
    home: &'h TestHome,
    who: Who,
    answers: Answers,
}

impl Asking<'_> {
    fn note(&mut self, question: impl Debug, answer: String) {
        self.answers.push((format!("{question:?}"), answer));
    }

    fn searches(&mut self) {
        let plain = ["*", "kovak", "brandt", "anna", "otto", "ha*", "\"anna kovak\"", "harbour -kovak", "mere", "+441632960001", "2019", "p-anna", "\"half"];
        let mut requests: Vec<SearchRequest> = plain.iter().map(|query| search(query)).collect();
        requests.push(SearchRequest { limit: 2, ..search("*") });
        requests.push(SearchRequest { limit: 2, offset: 2, ..search("*") });
        for (schema, dataset) in
            [("Person", ""), ("LegalEntity", ""), ("Ownership", ""), ("", "alpha"), ("", "gamma"), ("Person", "beta"), ("", "no such dataset")]
        {
            let list = |value: &str| if value.is_empty() { Vec::new() } else { vec![value.to_owned()] };
            requests.push(SearchRequest { schemas: list(schema), datasets: list(dataset), ..search("*") });
        }
        for request in requests {
            let answer = told(self.home.desk.search(&self.who, &request));
            self.note(request, answer);
        }
        for prefix in ["", "a", "ko", "otto", "mer", "+44"] {
            let answer = told(self.home.desk.suggest(&self.who, prefix, 3));
            self.note(("suggest", prefix), answer);
        }
    }

    fn entities(&mut self) {
        let values = ["phone:+441632960001", "email:otto@example.org", "address:1 Wharf Road, Mere", "phone:+441632960009"];
        for id in IDS.into_iter().chain(values) {
            let (desk, who) = (&self.home.desk, &self.who);
            let opened = told(desk.open_entity(who, id, None));
            let near = told(desk.neighbours(who, id, 1));
            let far = told(desk.neighbours(who, id, 2));
            let events = told(desk.timeline(who, &[id.to_owned()]));
            let before = [-1, 0, 3].map(|step| told(desk.open_entity(who, id, Some(NOW + step))));
            self.note(("open", id), opened);
            self.note(("open as it was", id), before.join(" "));
            self.note(("neighbours", id, 1), near);
            self.note(("neighbours", id, 2), far);
            self.note(("timeline", id), events);
        }
        for (from, to) in
            [("p-anna", "p-otto"), ("p-anna", "c-mere"), ("p-ann", "c-quay"), ("o-theft", "p-ottilie"), ("x-odd", "p-anna"), ("p-otto", "phone:+441632960002")]
        {
            for all in [false, true] {
                let answer = told(self.home.desk.path(&self.who, from, to, &PathRequest { all, max: None }));
                self.note(("path", from, to, all), answer);
            }
        }
        for (a, b) in [("p-anna", "p-ann"), ("p-otto", "p-ottilie"), ("c-mere", "c-quay")] {
            let answer = told(self.home.desk.explain(&self.who, a, b));
            self.note(("explain", a, b), answer);
        }
    }

    fn exports(&mut self) {
        for (name, format) in ExportFormat::ALL {
            for query in [None, Some("kovak")] {
                let request = ExportRequest { format, query: query.map(str::to_owned), to: "a test".to_owned() };
                let (_, mut file) = self.home.desk.export(&self.who, &request).unwrap().value.into_reader().unwrap();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                self.note(("export", name, query), bytes.escape_ascii().to_string());
            }
        }
    }

    /// Takes in what may or may not be there already: under a marking that the person sees, and under those that they do
    /// not see, by guessing a whole file.
    fn imports(&mut self, world: &World) {
        let lines: Vec<String> = IDS.iter().map(|id| format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["Anna Kovak"]}}}}"#)).collect();
        let path = self.home.outside().join("probe.ijson");
        std::fs::write(&path, lines.join("\n")).unwrap();
        let answer = told(self.home.desk.import(&self.who, &import_of(&path, "open"), &mut |_| ()));
        self.note("import", answer);
        for (number, step) in world.steps.iter().enumerate() {
            let Step::Import { marking, .. } = step else { continue };
            if !world.visible.contains(marking) {
                let request = request(self.home, number, step);
                for time in ["once", "twice"] {
                    let answer = told(self.home.desk.import(&self.who, &request, &mut |_| ()));
                    self.note((number, time), answer);
                }
            }
        }
    }
}

fn everything(home: &TestHome, world: &World) -> Answers {
    let mut asking = Asking { home, who: person(home, world), answers: Vec::new() };
    asking.searches();
    asking.entities();
    asking.exports();
    asking.imports(world);
    let resolved = told(home.desk.resolve(&asking.who, &ResolveRequest::default()));
    asking.note("resolve", resolved);
    asking.searches();
    asking.answers
}

/// The two worlds tell the same.
fn check(world: &World) -> Result<(), TestCaseError> {
    let (home, mut answers) = happen(world, true);
    let (twin, mut expected) = happen(world, false);
    answers.extend(everything(&home, world));
    expected.extend(everything(&twin, world));
    prop_assert_eq!(answers.len(), expected.len());
    let differing: Vec<_> = answers.iter().zip(&expected).filter(|(answer, expected)| answer != expected).collect();
    let questions: Vec<&str> = differing.iter().map(|(answer, _)| answer.0.as_str()).collect();
    prop_assert!(differing.is_empty(), "{:?}\nfirst is {:?}\nshould be {:?}", questions, differing[0].0, differing[0].1);
    Ok(())
}

/// 40 unless the environment says otherwise, for each makes two homes and asks them hundreds of things.
fn cases() -> u32 {
    if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 40 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn hidden_statements_change_no_answer(world in world()) {
        check(&world)?;
    }
}

fn import(marking: &'static str, lines: &[&str]) -> Step {
    Step::Import { marking, dataset: "alpha", entities: lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect() }
}

fn judged(a: &'static str, b: &'static str, verdict: Verdict) -> Step {
    Step::Judge { sees_all: true, a, b, verdict }
}

/// What once told of hidden statements, or well might.
#[test]
fn known_ways_to_tell_are_closed() {
    const ANNA: &str = r#"{"id":"p-anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}"#;
    const ANN: &str = r#"{"id":"p-ann","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}"#;
    const OTTO: &str = r#"{"id":"p-otto","schema":"Person","properties":{"name":["Anna Kovak"],"email":["otto@example.org"]}}"#;
    let crowd: Vec<String> =
        (0..40).map(|no| format!(r#"{{"id":"crowd-{no}","schema":"Person","properties":{{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}}}"#)).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    let named = |id: &str, name: &str| format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["{name}"]}}}}"#);
    let reached = |id: &str| {
        format!(r#"{{"id":"{id}","schema":"Person","properties":{{"email":["ak@example.org"],"phone":["+441632960001"],"birthDate":["1980-02-03"]}}}}"#)
    };
    let hidden = "official-sensitive";
    let worlds = [
        // A link for one source, a person for another.
        vec![
            import("open", &[r#"{"id":"x-odd","schema":"Person","properties":{"name":["Anna Kovak"]}}"#]),
            import(hidden, &[r#"{"id":"x-odd","schema":"Ownership","properties":{"owner":["p-anna"],"asset":["c-mere"]}}"#]),
        ],
        // Two that are one through a hidden third.
        vec![import("open", &[ANNA, ANN]), import(hidden, &[OTTO]), judged("p-anna", "p-otto", Verdict::Same), judged("p-otto", "p-ann", Verdict::Same)],
        // A hidden word on a visible pair, after a visible one and before.
        vec![
            import("open", &[ANNA, ANN]),
            judged("p-anna", "p-ann", Verdict::Same),
            import(hidden, &[r#"{"id":"p-ann","schema":"Person","properties":{"deathDate":["2019"]}}"#]),
            judged("p-anna", "p-ann", Verdict::Different),
        ],
        vec![
            import(hidden, &[r#"{"id":"p-ann","schema":"Person","properties":{"deathDate":["2019"]}}"#]),
            import("open", &[ANNA, ANN]),
            judged("p-anna", "p-ann", Verdict::Same),
            Step::Judge { sees_all: false, a: "p-ann", b: "p-anna", verdict: Verdict::Unsure },
        ],
        // Names are rare or common by what is seen, and the resolver weighs them so.
        vec![import("open", &[ANNA, ANN, OTTO]), import(hidden, &crowd), Step::Resolve { sees_all: true }],
        vec![import(hidden, &crowd), import("open", &[ANNA, ANN, OTTO]), Step::Resolve { sees_all: true }, Step::Resolve { sees_all: false }],
        // Alike by what is hidden alone.
        vec![
            import("open", &[&named("p-anna", "Anna Kovak"), &named("p-ann", "A. Kovak")]),
            import(hidden, &[&reached("p-anna"), &reached("p-ann")]),
            Step::Resolve { sees_all: true },
        ],
        // A hidden statement of what a visible one says too, from the same file.
        vec![import(hidden, &[ANNA]), import("open", &[ANNA]), import(hidden, &[ANN, ANNA])],
    ];
    for steps in worlds {
        for visible in [&["open", "official"][..], &["open"]] {
            check(&World { steps: steps.clone(), visible }).unwrap();
        }
    }
}
