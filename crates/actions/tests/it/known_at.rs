//! Asked what was known at an instant, the house answers what it answered then.

use std::{fs, sync::Arc};

use candour_actions::{ActionError, Classification, Desk, EntityView, ImportRequest, NewHome, Purpose, ResolveRequest, Verdict, Who, known_at};
use candour_testkit::FakeClock;
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    home::{folder, import_of},
    worlds::{IDS, Step, World, world},
};

/// A home in which time passes when it is told to.
struct Home {
    desk: Arc<Desk>,
    clock: FakeClock,
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        let folder = folder();
        let clock = FakeClock::default();
        let new = NewHome { organisation: "Harrow Mere City".to_owned(), example: true, made_by: "a test".to_owned() };
        let desk = Arc::new(Desk::init(&folder.path().join("home"), &new, clock.outside(1)).unwrap());
        Self { desk, clock, folder }
    }

    fn who(&self, person: &str) -> Who {
        Who { actor: self.desk.person(person).unwrap().actor(), purpose: Some(Purpose::plain("demo")) }
    }

    fn import(&self, who: &Who, file: &str, lines: &str, marking: &str, dataset: Option<&str>) {
        let path = self.folder.path().join(file);
        fs::write(&path, lines).unwrap();
        let request = ImportRequest { dataset: dataset.map(str::to_owned), ..import_of(&path, marking) };
        assert_eq!(self.desk.import(who, &request, &mut |_| ()).unwrap().value.rejected, 0);
    }

    /// A minute passes; its middle is given, in milliseconds since 1970.
    fn a_minute_later(&self) -> i64 {
        self.clock.advance(30_000);
        let instant = self.clock.now();
        self.clock.advance(30_000);
        instant
    }

    fn open(&self, who: &Who, id: &str, known_at: Option<i64>) -> Result<EntityView, ActionError> {
        self.desk.open_entity(who, id, known_at).map(|answer| answer.value)
    }
}

const FIRST: &str = r#"{"id":"anna","schema":"Person","valid_from":"2019","valid_to":"2021-05","properties":{"name":["Anna K"],"phone":["+441632960001"]}}
{"id":"ann","schema":"Person","properties":{"name":["Ann Kovak"]}}
{"id":"owns","schema":"Ownership","properties":{"owner":["anna"],"asset":["firm"]}}
{"id":"firm","schema":"Company","properties":{"name":["Mere Haulage"]}}
"#;
const SECOND: &str = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"],"email":["anna@example.org"]}}
{"id":"owns","schema":"Ownership","properties":{"role":["sole owner"]}}
{"id":"firm","schema":"Company","properties":{"name":["A Better Name Ltd"]}}
{"id":"knows","schema":"UnknownLink","properties":{"subject":["ann"],"object":["late"]}}
{"id":"late","schema":"Person","properties":{"name":["Late Comer"]}}
"#;

#[test]
fn an_entity_is_opened_as_it_was_known_before_a_second_import() {
    let home = Home::new();
    let who = home.who("supervisor");
    let dawn = home.a_minute_later();
    home.import(&who, "first.ijson", FIRST, "open", None);
    let noon = home.a_minute_later();
    let before = home.open(&who, "anna", None).unwrap();
    home.import(&who, "second.ijson", SECOND, "open", None);
    let evening = home.a_minute_later();
    home.desk.judge(&who, "ann", "anna", Verdict::Same, "one voice").unwrap();

    let then = home.open(&who, "anna", Some(noon)).unwrap();
    assert!(then.known_at.as_deref().is_some_and(|shown| shown.starts_with("2024-03-01T12:01:")), "{:?}", then.known_at);
    assert_eq!(json!(EntityView { known_at: None, ..then.clone() }), json!(before));
    assert_eq!((then.caption.as_str(), then.members.len(), then.links.len()), ("Anna K", 1, 2));
    assert_eq!(then.links[0].other.caption, "Mere Haulage", "{:?}", then.links);
    let held: Vec<_> = then.statements.iter().map(|one| (one.value.as_str(), one.valid_from.as_deref(), one.valid_to.as_deref())).collect();
    assert_eq!(held, [("Anna K", Some("2019"), Some("2021-05")), ("+441632960001", Some("2019"), Some("2021-05"))]);

    let later = home.open(&who, "anna", Some(evening)).unwrap();
    assert_eq!((later.members.len(), later.links.len()), (1, 3));
    let today = home.open(&who, "ann", None).unwrap();
    assert_eq!((today.members.len(), today.known_at), (2, None));

    // A merge that was undone had been one, seen from its members and from what they are linked with.
    let night = home.a_minute_later();
    home.desk.split(&who, "ann", "another voice after all").unwrap();
    assert_eq!(home.open(&who, "ann", None).unwrap().members, ["ann"]);
    let merged = home.open(&who, "ann", Some(night)).unwrap();
    assert_eq!((merged.members.len(), merged.links.len()), (2, 4));
    let from_afar = |instant| home.open(&who, "late", instant).unwrap().links[0].other.clone();
    assert_eq!((from_afar(Some(night)).id, from_afar(None).id), (merged.id, "ann".to_owned()));

    let error = home.open(&who, "anna", Some(dawn)).unwrap_err();
    assert!(error.to_string().starts_with("nothing was known of `anna` at 2024-03-01T12:00:30"), "{error}");
    assert!(matches!(home.open(&who, "late", Some(noon)), Err(ActionError::NotKnownThen { .. })));
    assert!(matches!(home.open(&who, "nobody", Some(noon)), Err(ActionError::NotFound(_))));
}

#[test]
fn the_journal_says_of_which_instant_was_asked() {
    let home = Home::new();
    let who = home.who("supervisor");
    home.import(&who, "first.ijson", FIRST, "open", None);
    home.a_minute_later();
    let receipt = home.desk.open_entity(&who, "anna", Some(known_at("2026-01-31").unwrap())).unwrap().receipt;
    let query = receipt.fields.iter().find(|field| field.name == "query").unwrap();
    assert_eq!(query.value, "anna known at 2026-01-31T23:59:59.999Z");
}

#[test]
fn what_an_import_stores_later_was_known_later() {
    let home = Home::new();
    let who = home.who("supervisor");
    let paths = ["a", "b"].map(|id| {
        let path = home.folder.path().join(format!("{id}.ijson"));
        fs::write(&path, format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["Ann"]}}}}"#)).unwrap();
        path
    });
    let request = ImportRequest { paths: paths.to_vec(), ..import_of(&paths[0], "open") };
    home.desk.import(&who, &request, &mut |_| ()).unwrap();
    let recorded = |id: &str| home.open(&who, id, None).unwrap().statements[0].recorded_at.clone();
    assert!(recorded("a") < recorded("b"), "{} {}", recorded("a"), recorded("b"));
    let between = known_at(&recorded("a")).unwrap();
    assert_eq!(home.open(&who, "a", Some(between)).unwrap().caption, "Ann");
    assert!(matches!(home.open(&who, "b", Some(between)), Err(ActionError::NotKnownThen { .. })));
}

/// What a person is told of everything there is.
fn told(home: &Home, who: &Who, known_at: Option<i64>) -> Vec<Value> {
    let open = |id: &&str| match home.open(who, id, known_at) {
        Ok(view) => json!(EntityView { known_at: None, ..view }),
        Err(ActionError::NotFound(_) | ActionError::NotKnownThen { .. }) => json!(["nothing of", id]),
        Err(error) => panic!("{error}"),
    };
    IDS.iter().map(open).collect()
}

fn step(home: &Home, who: &Who, number: usize, step: &Step) {
    match step {
        Step::Import { marking, dataset, entities } => {
            let lines: Vec<String> = entities.iter().map(Value::to_string).collect();
            home.import(who, &format!("{number}.ijson"), &lines.join("\n"), marking, Some(dataset));
        }
        // A word on what is not there, or a split of what is not merged, is refused; that is no matter here.
        Step::Judge { a, b, verdict, .. } => drop(home.desk.judge(who, a, b, *verdict, "a test")),
        Step::Split { id } => drop(home.desk.split(who, id, "a test")),
        Step::Resolve { .. } => drop(home.desk.resolve(who, &ResolveRequest::default()).unwrap()),
        // An export changes nothing, and what goes out of a world goes out of its past, too.
        Step::Export { .. } | Step::Review { .. } | Step::Vanish { .. } => {}
    }
}

fn check(world: &World) -> Result<(), TestCaseError> {
    let home = Home::new();
    let all = home.who("supervisor");
    let mut outsider = all.clone();
    outsider.actor.compartments.clear();
    outsider.actor.clearance = if world.sees("official") { outsider.actor.clearance } else { Classification::Open };
    let mut told_then = Vec::new();
    for (number, one) in world.steps.iter().enumerate() {
        step(&home, &all, number, one);
        let instant = home.a_minute_later();
        told_then.push((instant, told(&home, &all, None), told(&home, &outsider, None)));
    }
    for (instant, to_all, to_outsider) in told_then {
        prop_assert_eq!(told(&home, &all, Some(instant)), to_all);
        prop_assert_eq!(told(&home, &outsider, Some(instant)), to_outsider);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(12) })]

    /// Nothing that was learnt later changes what was known.
    #[test]
    fn the_past_stays_as_it_was(world in world()) {
        check(&world)?;
    }
}
