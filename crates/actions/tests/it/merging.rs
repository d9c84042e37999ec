//! Merging and splitting: one hit, one node, members listed; and afterwards all is as it was.

use candour_actions::{ExportFormat, ExportRequest, PathRequest, Verdict};
use serde_json::{Value, json};

use crate::{home::TestHome, matrix::search};

const RECORDS: &str = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"],"phone":["+441632960001"]}}
{"id":"ann","schema":"Person","properties":{"name":["Ann Kovak"],"birthDate":["1980-02-03"],"phone":["+441632960002"]}}
{"id":"zoe","schema":"Person","properties":{"name":["Zoe Kovak"]}}
{"id":"bert","schema":"Person","properties":{"name":["Bert Miller"],"phone":["+441632960002"]}}
{"id":"firm","schema":"Company","properties":{"name":["Mere Haulage Ltd"]}}
{"id":"owns","schema":"Ownership","properties":{"owner":["anna"],"asset":["firm"],"startDate":["2019-04"]}}
{"id":"fam","schema":"Family","properties":{"person":["ann"],"relative":["zoe"],"relationship":["sister"]}}
"#;

/// Everything that an answer shows, receipts left aside.
fn all(home: &TestHome) -> Value {
    let desk = &home.desk;
    let who = home.who("supervisor", "demo");
    let opened: Vec<Value> = ["anna", "ann", "zoe", "firm"].iter().map(|id| json!(desk.open_entity(&who, id, None).unwrap().value)).collect();
    let near: Vec<Value> = ["anna", "ann", "zoe"].iter().map(|id| json!(desk.neighbours(&who, id, 2).unwrap().value)).collect();
    let request = ExportRequest { format: ExportFormat::Ftm, query: None, to: "a test".to_owned() };
    let (_, mut file) = desk.export(&who, &request).unwrap().value.into_reader().unwrap();
    json!({
        "search": desk.search(&who, &search("kovak")).unwrap().value,
        "suggest": desk.suggest(&who, "ann", 9).unwrap().value,
        "opened": opened,
        "near": near,
        "path": desk.path(&who, "firm", "bert", &PathRequest { all: true, max: None }).unwrap().value,
        "timeline": desk.timeline(&who, &["ann".to_owned()]).unwrap().value,
        "export": std::io::read_to_string(&mut file).unwrap(),
    })
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().or(item.as_str()).unwrap()).collect()
}

#[test]
fn a_merge_is_one_thing_everywhere_and_a_split_undoes_it() {
    let home = TestHome::new();
    let reviewer = home.who("reviewer", "demo");
    home.import(&reviewer, "records.ijson", RECORDS, "open");
    let before = all(&home);
    assert_eq!(before["path"]["length"], Value::Null);
    assert_eq!(ids(&before["search"]["hits"]), ["anna", "zoe", "ann"]);

    let judged = home.desk.judge(&reviewer, "ann", "anna", Verdict::Same, "same voice on the telephone").unwrap();
    assert_eq!(home.entries(judged.receipt.index)[0]["results"], "ann anna");
    let merged = all(&home);
    assert_eq!(ids(&merged["search"]["hits"]).len(), 2);
    assert_eq!(merged["search"]["total"], 2);
    assert_eq!(merged["search"]["facets"]["schema"], json!([{"value": "Person", "label": "People", "count": 2}]));
    assert_eq!(ids(&merged["suggest"]), ["anna"]);
    assert_eq!(merged["opened"][0], merged["opened"][1], "either id opens the whole");
    assert_eq!(merged["opened"][0]["id"], "anna", "the first in public order");
    assert_eq!(ids(&merged["opened"][0]["members"]), ["anna", "ann"]);
    assert_eq!(merged["near"][0], merged["near"][1]);
    let nodes = ids(&merged["near"][0]["nodes"]);
    assert_eq!(nodes[0], "anna");
    assert!(!nodes.contains(&"ann"), "{nodes:?}");
    assert_eq!(
        merged["path"]["paths"],
        json!([["firm", "owns", "anna", "anna.phone.phone:+441632960002", "phone:+441632960002", "bert.phone.phone:+441632960002", "bert"]])
    );
    assert_eq!(merged["timeline"]["events"].as_array().unwrap().len(), 2, "the ownership of the one and the birth of the other");
    let export = merged["export"].as_str().unwrap();
    assert_eq!(export.lines().count(), RECORDS.lines().count() - 1);
    assert!(export.contains(r#""referents":["anna","ann"]"#), "{export}");

    let split = home.desk.split(&reviewer, "anna", "another voice after all").unwrap();
    assert_eq!((split.value.id.as_str(), split.value.from.as_slice()), ("anna", ["ann".to_owned()].as_slice()));
    assert_eq!(all(&home), before);
}

#[test]
fn a_person_outranks_the_resolver_and_outlives_its_next_run() {
    let home = TestHome::new();
    let reviewer = home.who("reviewer", "demo");
    let lines = r#"{"id":"a","schema":"Person","properties":{"name":["Ottilie Brandt"],"birthDate":["1971-03-09"],"email":["ob@example.org"]}}
{"id":"b","schema":"Person","properties":{"name":["Ottilie Brandt"],"birthDate":["1971-03-09"],"email":["ob@example.org"]}}
"#;
    home.import(&reviewer, "records.ijson", lines, "open");
    let members = || home.desk.open_entity(&reviewer, "b", None).unwrap().value.members;
    assert_eq!(members(), ["b"]);
    let resolved = home.desk.resolve(&reviewer, &candour_actions::ResolveRequest::default()).unwrap().value;
    assert_eq!((resolved.records, resolved.pairs, resolved.clusters), (2, 1, 1));
    assert_eq!(members(), ["a", "b"]);
    home.desk.split(&reviewer, "b", "mother and daughter").unwrap();
    assert_eq!(members(), ["b"]);
    home.desk.resolve(&reviewer, &candour_actions::ResolveRequest::default()).unwrap();
    assert_eq!(members(), ["b"], "a machine does not overrule a person");
    home.desk.judge(&reviewer, "a", "b", Verdict::Same, "one passport").unwrap();
    assert_eq!(members(), ["a", "b"]);
}

#[test]
fn a_run_for_a_wide_sight_serves_narrow_ones_as_far_as_they_see() {
    let home = TestHome::new();
    let reviewer = home.who("reviewer", "demo");
    let alike = |id: &str, email: &str| {
        format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["Ottilie {email}"],"birthDate":["1971-03-09"],"email":["{email}@example.org"]}}}}"#)
    };
    home.import(&reviewer, "seen.ijson", &[alike("a", "Brandt"), alike("b", "Brandt")].join("\n"), "official");
    home.import(
        &reviewer,
        "half.ijson",
        &[r#"{"id":"c","schema":"Person","properties":{"name":["Otto Kern"]}}"#, r#"{"id":"d","schema":"Person","properties":{"name":["O. Kern"]}}"#]
            .join("\n"),
        "open",
    );
    home.import(&reviewer, "hidden.ijson", &[alike("c", "Kern"), alike("d", "Kern")].join("\n"), "official-sensitive");
    let resolved = home.desk.resolve(&reviewer, &candour_actions::ResolveRequest::default()).unwrap().value;
    assert_eq!((resolved.records, resolved.pairs), (4, 2));
    for (person, id, members) in [
        ("reviewer", "a", vec!["a", "b"]),
        ("reviewer", "c", vec!["c", "d"]),
        ("analyst", "a", vec!["a", "b"]),
        ("analyst", "c", vec!["c"]),
        ("case-officer", "c", vec!["c"]),
    ] {
        let mut seen = home.desk.open_entity(&home.who(person, "demo"), id, None).unwrap().value.members;
        seen.sort();
        assert_eq!(seen, members, "{person} {id}");
    }
}

const ALIKE: &str = r#"{"id":"a","schema":"Person","properties":{"name":["Ottilie Brandt"],"birthDate":["1971-03-09"],"email":["ob@example.org"]}}
{"id":"b","schema":"Person","properties":{"name":["Ottilie Brandt"],"birthDate":["1971-03-09"],"email":["ob@example.org"]}}
"#;

fn resolved(home: &TestHome, threshold: Option<f64>) -> candour_actions::Resolved {
    home.desk.resolve(&home.who("reviewer", "demo"), &candour_actions::ResolveRequest { schema: None, threshold }).unwrap().value
}

fn members(home: &TestHome, id: &str) -> Vec<String> {
    let mut members = home.desk.open_entity(&home.who("reviewer", "demo"), id, None).unwrap().value.members;
    members.sort();
    members
}

#[test]
fn what_a_person_called_different_stays_apart_even_where_a_third_record_would_bridge_it() {
    let home = TestHome::new();
    let reviewer = home.who("reviewer", "demo");
    home.import(&reviewer, "records.ijson", ALIKE, "open");
    home.desk.judge(&reviewer, "a", "b", Verdict::Different, "mother and daughter").unwrap();
    assert_eq!(resolved(&home, None).pairs, 0);
    home.import(&reviewer, "third.ijson", &ALIKE.lines().next().unwrap().replace(r#""id":"a""#, r#""id":"c""#), "open");
    let third = resolved(&home, None);
    assert_eq!((third.pairs, third.queued), (1, 1), "it joins one of the two, and whether also the other is for a person to say");
    assert!(!members(&home, "a").contains(&"b".to_owned()));
    assert_eq!(members(&home, "c").len(), 2);
    let again = resolved(&home, None);
    assert_eq!((again.pairs, again.queued, again.clusters), (third.pairs, third.queued, third.clusters));
    assert!(!members(&home, "a").contains(&"b".to_owned()));
}

#[test]
fn a_proposal_that_no_longer_holds_is_taken_back_by_a_later_run() {
    let home = TestHome::new();
    let reviewer = home.who("reviewer", "demo");
    home.import(&reviewer, "records.ijson", ALIKE, "open");
    assert_eq!(resolved(&home, None).pairs, 1);
    assert_eq!(members(&home, "a"), ["a", "b"]);
    let told = home.desk.explain(&reviewer, "a", "b").unwrap().value;
    assert!(told.probability > 0.95 && told.probability < 1.0, "{told:?}");
    let above = told.probability + (1.0 - told.probability) / 2.0;
    let later = resolved(&home, Some(above));
    assert_eq!((later.pairs, later.queued), (0, 1));
    assert_eq!(members(&home, "a"), ["a"]);
    assert_eq!(resolved(&home, None).pairs, 1, "and made again where it holds again");
    assert_eq!(members(&home, "a"), ["a", "b"]);
}

#[test]
fn the_bill_of_a_pair_adds_up() {
    let home = TestHome::new();
    let reviewer = home.who("reviewer", "demo");
    home.import(&reviewer, "records.ijson", RECORDS, "open");
    for (a, b) in [("anna", "ann"), ("ann", "zoe"), ("zoe", "bert")] {
        let told = home.desk.explain(&reviewer, a, b).unwrap().value;
        let sum: f64 = told.prior + told.features.iter().map(|feature| feature.weight).sum::<f64>();
        assert!((sum - told.weight).abs() < 1e-9, "{told:?}");
        assert!((1.0 / (1.0 + (-told.weight).exp2()) - told.probability).abs() < 1e-9, "{told:?}");
        let turned = home.desk.explain(&reviewer, b, a).unwrap().value;
        assert_eq!(turned.weight, told.weight, "whichever comes first");
    }
    for (a, b) in [("anna", "anna"), ("anna", "firm"), ("anna", "owns")] {
        assert!(home.desk.explain(&reviewer, a, b).is_err(), "{a} {b}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 6, ..proptest::test_runner::Config::default() })]

    /// Whatever was joined by people and then taken apart by them: every answer is what it was.
    #[test]
    fn judging_and_taking_it_back_are_inverses(pairs in proptest::collection::vec((0_usize..3, 0_usize..3), 1..5), by_split in proptest::prelude::any::<bool>()) {
        const PEOPLE: [&str; 3] = ["anna", "ann", "zoe"];
        let home = TestHome::new();
        let reviewer = home.who("reviewer", "demo");
        home.import(&reviewer, "records.ijson", RECORDS, "open");
        let before = all(&home);
        let pairs: Vec<(&str, &str)> = pairs.into_iter().filter(|(a, b)| a != b).map(|(a, b)| (PEOPLE[a], PEOPLE[b])).collect();
        for (a, b) in &pairs {
            home.desk.judge(&reviewer, a, b, Verdict::Same, "one voice").unwrap();
            for id in [a, b] {
                proptest::prop_assert!(members(&home, id).len() > 1, "an id that was shown opens still: {}", id);
            }
        }
        if by_split {
            for id in PEOPLE {
                // The last one stands alone already.
                let _ = home.desk.split(&reviewer, id, "another voice");
            }
        } else {
            for (a, b) in pairs.iter().rev() {
                home.desk.judge(&reviewer, b, a, Verdict::Unsure, "taken back").unwrap();
            }
        }
        proptest::prop_assert_eq!(all(&home), before);
    }
}

#[test]
fn pairs_wait_for_those_to_whom_they_may_be_explained_until_a_person_speaks() {
    let home = TestHome::new();
    let reviewer = home.who("reviewer", "demo");
    let lines = ALIKE.replace(r#""birthDate":["1971-03-09"],"email":["ob@example.org"]"#, r#""country":["gb"]"#);
    home.import(&reviewer, "records.ijson", &lines, "open");
    assert_eq!((resolved(&home, None).pairs, resolved(&home, None).queued), (0, 1), "a name alone is not enough");
    let queue = home.desk.match_queue(&reviewer, 10, 0).unwrap().value;
    assert_eq!((queue.total, queue.pairs.len()), (1, 1));
    let pair = &queue.pairs[0];
    assert_eq!((pair.a.id.as_str(), pair.b.id.as_str(), pair.records, pair.by_person), ("a", "b", 2, false));
    assert!(home.desk.match_queue(&reviewer, 10, 1).unwrap().value.pairs.is_empty());
    assert!(home.desk.match_queue(&reviewer, 1001, 0).is_err());
    for role in ["analyst", "reviewer", "supervisor", "case-officer", "administrator", "overseer"] {
        let who = home.who(role, "demo");
        let (queue, pair) = (home.desk.match_queue(&who, 10, 0), home.desk.explain(&who, "a", "b"));
        assert_eq!(queue.is_ok(), pair.is_ok(), "{role}");
    }
    home.desk.judge(&reviewer, "a", "b", Verdict::Unsure, "ask the registrar").unwrap();
    let queue = home.desk.match_queue(&reviewer, 10, 0).unwrap().value;
    assert_eq!((queue.total, queue.pairs[0].by_person, queue.pairs[0].why.as_str()), (1, true, "ask the registrar"));
    home.desk.judge(&reviewer, "a", "b", Verdict::Different, "two passports").unwrap();
    assert_eq!(home.desk.match_queue(&reviewer, 10, 0).unwrap().value.total, 0);
    resolved(&home, None);
    assert_eq!(home.desk.match_queue(&reviewer, 10, 0).unwrap().value.total, 0, "a person's word outlives every run");
}
