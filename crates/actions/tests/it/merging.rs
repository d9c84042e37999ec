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
