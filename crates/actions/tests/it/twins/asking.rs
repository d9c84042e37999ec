//! Everything that there is to ask of a desk.

use std::{fmt::Debug, io::Read as _};

use candour_actions::{Desk, ExportFormat, ExportRequest, PathRequest, ResolveRequest, RetentionDecision, ReviewRequest, SearchRequest, Who};

use super::happening::{Answers, person, request, told};
use crate::{
    home::{NOW, TestHome, import_of},
    matrix::search,
    worlds::{IDS, Step, Vanishing, World},
};

/// Pairs of ids that are asked about together.
const PAIRS: [(&str, &str); 6] =
    [("p-anna", "p-otto"), ("p-anna", "c-mere"), ("p-ann", "c-quay"), ("o-theft", "p-ottilie"), ("x-odd", "p-anna"), ("p-otto", "phone:+441632960002")];
const VALUES: [&str; 4] = ["phone:+441632960001", "email:otto@example.org", "address:1 Wharf Road, Mere", "phone:+441632960009"];

/// Asks the questions that the world's seed chooses.
struct Asking<'h> {
    home: &'h TestHome,
    world: &'h World,
    who: Who,
    asked: u64,
    answers: Answers,
}

/// Every answer that the person in question is given, those to what they change last.
pub(super) fn everything(home: &TestHome, world: &World) -> Answers {
    let mut asking = Asking { home, world, who: person(home, world.asker), asked: 0, answers: Vec::new() };
    asking.searches();
    asking.entities();
    asking.pairs();
    asking.registers();
    asking.exports();
    asking.disclosures();
    asking.imports();
    asking.ask("resolve", |desk, who| told(desk.resolve(who, &ResolveRequest::default())));
    asking.changes();
    asking.searches();
    asking.entities();
    asking.answers
}

impl Asking<'_> {
    fn ask(&mut self, question: impl Debug, answer: impl FnOnce(&Desk, &Who) -> String) {
        self.asked += 1;
        // Any mixing will do that spreads the questions of one world.
        let mixed = (self.asked ^ self.world.seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
        if mixed.is_multiple_of(self.world.one_in) {
            let answer = answer(&self.home.desk, &self.who);
            self.answers.push((format!("{question:?}"), answer));
        }
    }

    fn searches(&mut self) {
        let plain = ["*", "kovak", "brandt", "anna", "otto", "ha*", "\"anna kovak\"", "harbour -kovak", "mere", "+441632960001", "2019", "p-anna", "\"half"];
        let mut requests: Vec<SearchRequest> = plain.iter().map(|query| search(query)).collect();
        requests.push(SearchRequest { limit: 2, ..search("*") });
        requests.push(SearchRequest { limit: 2, offset: 2, ..search("*") });
        requests.push(SearchRequest { limit: 0, ..search("kovak") });
        for (schema, dataset) in
            [("Person", ""), ("LegalEntity", ""), ("Ownership", ""), ("", "alpha"), ("", "gamma"), ("Person", "beta"), ("", "no such dataset"), ("Nothing", "")]
        {
            let list = |value: &str| if value.is_empty() { Vec::new() } else { vec![value.to_owned()] };
            requests.push(SearchRequest { schemas: list(schema), datasets: list(dataset), ..search("*") });
        }
        for request in requests {
            self.ask(&request, |desk, who| told(desk.search(who, &request)));
        }
        for prefix in ["", "a", "ko", "otto", "mer", "+44"] {
            self.ask(("suggest", prefix), |desk, who| told(desk.suggest(who, prefix, 3)));
        }
    }

    fn entities(&mut self) {
        for id in IDS.into_iter().chain(VALUES) {
            self.ask(("open", id), |desk, who| told(desk.open_entity(who, id, None)));
            for step in [-1, 0, 2, 4] {
                // A state before an erasure or a restriction is that of a world in which the record never was, too.
                self.ask(("open as it was", id, step), |desk, who| told(desk.open_entity(who, id, Some(NOW + step))));
            }
            for depth in [1, 2] {
                self.ask(("neighbours", id, depth), |desk, who| told(desk.neighbours(who, id, depth)));
            }
            self.ask(("timeline", id), |desk, who| told(desk.timeline(who, &[id.to_owned()])));
        }
        self.ask("timeline of several", |desk, who| told(desk.timeline(who, &["p-anna".to_owned(), "p-otto".to_owned(), "c-mere".to_owned()])));
    }

    fn pairs(&mut self) {
        for (from, to) in PAIRS {
            for all in [false, true] {
                self.ask(("path", from, to, all), |desk, who| told(desk.path(who, from, to, &PathRequest { all, max: None })));
            }
        }
        for (a, b) in [("p-anna", "p-ann"), ("p-otto", "p-ottilie"), ("c-mere", "c-quay"), ("p-anna", "nobody")] {
            self.ask(("explain", a, b), |desk, who| told(desk.explain(who, a, b)));
        }
    }

    /// Lists that are read for no record in particular.
    fn registers(&mut self) {
        for (limit, offset) in [(50, 0), (2, 0), (2, 2)] {
            self.ask(("reviews", limit, offset), |desk, who| told(desk.review_list(who, limit, offset)));
        }
        for (limit, offset) in [(50, 0), (1, 1)] {
            self.ask(("pairs that wait", limit, offset), |desk, who| told(desk.match_queue(who, limit, offset)));
        }
        self.ask("mandates", |desk, who| told(desk.mandate_list(who)));
        self.ask("emergency accesses", |desk, who| told(desk.break_glass_list(who)));
        self.ask("charter", |desk, who| told(desk.charter_show(who)));
    }

    fn exports(&mut self) {
        for (name, format) in ExportFormat::ALL {
            for query in [None, Some("kovak")] {
                let request = ExportRequest { format, query: query.map(str::to_owned), to: format!("reader of {name} {query:?}") };
                self.ask(("export", name, query), |desk, who| match desk.export(who, &request) {
                    Ok(answer) => {
                        let (exported, mut file) = answer.value.into_reader().unwrap();
                        let mut bytes = Vec::new();
                        file.read_to_end(&mut bytes).unwrap();
                        format!("{exported:?} {}", bytes.escape_ascii())
                    }
                    Err(error) => format!("error: {error}"),
                });
            }
        }
    }

    fn disclosures(&mut self) {
        for id in IDS {
            self.ask(("disclosures", id), |desk, who| told(desk.disclosures(who, id)));
        }
    }

    /// Takes in what may or may not be there already: under a marking that the person sees, and under those that they do
    /// not see, by guessing a whole file.
    fn imports(&mut self) {
        let world = self.world;
        if world.steps.iter().any(|step| matches!(step, Step::Vanish { how: Vanishing::Erased, .. })) {
            // What was erased is not taken in again, and that is meant to show.
            return;
        }
        let home = self.home;
        let lines: Vec<String> = IDS.iter().map(|id| format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["Anna Kovak"]}}}}"#)).collect();
        let path = home.outside().join("probe.ijson");
        std::fs::write(&path, lines.join("\n")).unwrap();
        self.ask("import", |desk, who| told(desk.import(who, &import_of(&path, "open"), &mut |_| ())));
        let is_hidden = |step: &Step| matches!(step, Step::Import { marking, .. } if !world.sees(marking));
        for (number, step) in world.steps.iter().enumerate().filter(|(_, step)| is_hidden(step)) {
            for time in ["once", "twice"] {
                self.ask((number, time), |desk, who| told(desk.import(who, &request(home, number, step, ToString::to_string), &mut |_| ())));
            }
        }
    }

    /// What the person does to records that may or may not be there.
    fn changes(&mut self) {
        for (a, b) in [("p-anna", "p-ann"), ("c-mere", "c-quay"), ("p-otto", "nobody")] {
            self.ask(("judge", a, b), |desk, who| told(desk.judge(who, a, b, candour_actions::Verdict::Same, "a test")));
        }
        for id in ["p-otto", "x-odd", "c-mere", "l-1", "nobody"] {
            self.ask(("split", id), |desk, who| told(desk.split(who, id, "a test")));
            let request = ReviewRequest { decision: RetentionDecision::Retain, rationale: "a test".to_owned(), next: None, whole: true };
            self.ask(("review", id), |desk, who| told(desk.review_decide(who, id, &request)));
            // Not what the person themselves restricts: it takes along whole links, and so may show that a hidden statement
            // of a link names the record (decision 12).
        }
    }
}
