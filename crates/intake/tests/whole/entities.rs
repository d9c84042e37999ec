//! FollowTheMoney entities and plain texts.

use std::path::Path;

use candour_intake::{Defaults, Plan};
use candour_model::statement::Kind;

use crate::reading::{Folder, read};

#[track_caller]
fn check(line: &str, expected: &str) {
    let text = format!("{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"First\"]}}}}\n{line}\n");
    let outcome = Folder::new(&[("t.ijson", text.as_bytes())]).outcome(None);
    let rest = outcome.strip_prefix("Person a name=\"First\"#1\n").unwrap_or_else(|| panic!("{outcome}"));
    assert_eq!(rest.trim(), expected, "{line}");
}

#[test]
fn entities_are_read_and_what_is_wrong_is_told() {
    for (line, expected) in [
        (
            r##"{"id":"b","schema":"Person","properties":{"name":["Bo","Bob"],"birthDate":["1990"]},"datasets":["x"],"caption":"Bo"}"##,
            r##"Person b name="Bo"#2 name="Bob"#2 birthDate="1990"#2"##,
        ),
        (r##"{"id":"b","schema":"Person","properties":{"name":"Bo","idNumber":12}}"##, r##"Person b name="Bo"#2 idNumber="12"#2"##),
        (r##"{"id":"b","schema":"Person","properties":{"name":["B\u00f6"]}}"##, r##"Person b name="Bö"#2"##),
        (
            r##"{"id":"b","schema":"Person","properties":{"phone":["01632 960101"],"country":["gb"]}}"##,
            r##"Person b phone="+441632960101"<"01632 960101"#2 country="gb"#2"##,
        ),
        ("", ""),
        (
            r##"{"id":"b","schema":"Person","properties":{"name":["Bo"##,
            r##"REJECT t.ijson:2 [] no FollowTheMoney entity: EOF while parsing a string (character 53 of the line); the line is cut short ("{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Bo")"##,
        ),
        (
            "null",
            r##"REJECT t.ijson:2 [] no FollowTheMoney entity: invalid type: null, expected struct EntityLine (character 4 of the line); it must be one JSON object with `id`, `schema` and `properties` ("null")"##,
        ),
        (
            r##"{"id":"b","schema":"Persn"}"##,
            r##"REJECT t.ijson:2 [schema] there is no schema `Persn`; see the guide's page on the ontology ("{\"id\":\"b\",\"schema\":\"Persn\"}")"##,
        ),
        (
            r##"{"id":"b","schema":"Thing"}"##,
            r##"REJECT t.ijson:2 [schema] schema `Thing` is only a root for others; use one that extends it ("{\"id\":\"b\",\"schema\":\"Thing\"}")"##,
        ),
        (r##"{"id":" ","schema":"Person"}"##, r##"REJECT t.ijson:2 [id] the value is empty; leave it out, or fill it in (" ")"##),
        (r##"{"id":"b","schema":"Person"}"##, "Person b"),
        (
            r##"{"id":"b","schema":"Person","grade":"9Z","properties":{"name":["Bo"]}}"##,
            "REJECT t.ijson:2 [grade] `9Z` is no 3x5x2 grade; write a source evaluation 1-3 and an assessment A-E, such as `2D` (\"9Z\")",
        ),
        (
            r##"{"id":"b","schema":"Person","kind":"guess","properties":{"name":["Bo"]}}"##,
            "REJECT t.ijson:2 [kind] `guess` is no kind of statement; write `fact` or `assessment` (\"guess\")",
        ),
        (
            r##"{"id":"b","schema":"Person","valid_from":"4 May 2017","valid_to":"2018","properties":{"name":["Bo"]}}"##,
            r##"Person b [2017-05-04..2018] name="Bo"#2"##,
        ),
        (r##"{"id":"b","schema":"Person","valid_to":"2018"}"##, "Person b [..2018]"),
        (
            r##"{"id":"b","schema":"Person","valid_from":"soon","properties":{"name":["Bo"]}}"##,
            "REJECT t.ijson:2 [valid_from] `soon` is no date; write `2017`, `2017-08` or `2017-08-24`, or give the mapping a `format` such as `%d/%m/%Y` (\"soon\")",
        ),
        (
            r##"{"id":"b","schema":"Person","valid_from":"2017-05","valid_to":"2017-04-30","properties":{"name":["Bo"]}}"##,
            "REJECT t.ijson:2 [valid_to] `valid_to` is `2017-04-30`, before `valid_from`, which is `2017-05`; correct one of them, or leave it out (\"2017-04-30\")",
        ),
        (
            r##"{"id":"b","schema":"Person","properties":{"name":["Bo"],"shoe":["44"]}}"##,
            "Person b name=\"Bo\"#2\nREJECT t.ijson:2 [shoe] schema `Person` has no property `shoe` that can be set; see the guide's page on the ontology (\"44\")",
        ),
        (
            r##"{"id":"b","schema":"Person","properties":{"name":["Bo",null],"birthDate":["31.02.1990"]}}"##,
            "Person b name=\"Bo\"#2\nREJECT t.ijson:2 [birthDate] `31.02.1990` does not exist: February 1990 has 28 days; correct it, or write `1990-02` if only the month is known (\"31.02.1990\")",
        ),
        (
            r##"{"id":"b","schema":"Ownership","properties":{"owner":[{"id":"c","schema":"Person"}],"role":["x"],"percentage":[1.5,true,["y"]]}}"##,
            "Ownership b role=\"x\"#2\nREJECT t.ijson:2 [owner] the value is an entity inside the entity; write its id here and the entity on a line of its own (\"\")\nREJECT t.ijson:2 [percentage] the value is a decimal number; write it as a text in quotes (\"\")\nREJECT t.ijson:2 [percentage] the value is `true` or `false`; write it as a text in quotes (\"\")\nREJECT t.ijson:2 [percentage] the value is a list inside a list; write it as a text in quotes (\"\")",
        ),
    ] {
        check(line, expected);
    }
}

#[test]
fn long_values_are_refused_but_for_long_texts() {
    let long = "x".repeat(10_000_000);
    let text = format!("{{\"id\":\"b\",\"schema\":\"PlainText\",\"properties\":{{\"title\":[\"{long}\"],\"bodyText\":[\"{long}\"]}}}}");
    let folder = Folder::new(&[("t.ijson", text.as_bytes())]);
    let batch = read(&folder.plan(None).unwrap().steps[0], 0, 10).unwrap();
    assert_eq!(batch.drafts[0].claims.iter().map(|claim| claim.value.len()).collect::<Vec<_>>(), [10_000_000]);
    assert_eq!(batch.rejects[0].reason, "the value has 10000000 characters and `title` takes 1024; split it, or keep it in a document of its own");
}

#[test]
fn a_line_without_end_is_passed_over() {
    let mut text = vec![b'x'; (64 << 20) + 5];
    text.extend(b"\n{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Bo\"]}}\n");
    let outcome = Folder::new(&[("t.ijson", &text)]).outcome(None);
    assert!(outcome.starts_with("Person b name=\"Bo\"#2\nREJECT t.ijson:1 [] the line is longer than 64 MiB"), "{}", outcome.get(..200).unwrap());
}

#[test]
fn a_text_is_one_document() {
    let outcome = Folder::new(&[("note.txt", "Zo\u{eb} was\nhere.".as_bytes())]).outcome(None);
    // Hashes as `sha256sum` and `sha1sum` print them.
    assert_eq!(
        outcome,
        "PlainText doc-ce6bbf72db5f68af4d2af03bc9befb92657cb3673c4606cc986b2292e588db2d fileName=\"note.txt\" title=\"note.txt\" mimeType=\"text/plain\" \
         fileSize=\"14\" encoding=\"UTF-8\" contentHash=\"2f9edaae4f1d10acf37d6ee013e9ee27fedd5eb3\" bodyText=\"Zo\u{eb} was\\nhere.\"\n"
    );
}

#[test]
fn the_donations_go_in_as_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ftm/donations.ijson");
    if !path.is_file() {
        println!("skipped: `{}` is absent", path.display());
        return;
    }
    let plan = Plan::make(&[path], None, &Defaults::default()).unwrap();
    assert_eq!(plan.steps[0].dataset, "donations");
    let batch = read(&plan.steps[0], 0, 100).unwrap();
    assert_eq!((batch.drafts.len(), batch.rejects.len(), batch.next), (474, 0, 474));
    let changed: Vec<_> = batch.drafts.iter().flat_map(|draft| &draft.claims).filter(|claim| claim.original.is_some()).collect();
    assert_eq!(changed, Vec::<&candour_model::entity::Claim>::new());
}

#[test]
fn a_line_may_say_its_own_marking_grade_and_kind() {
    let folder = Folder::new(&[(
        "t.ijson",
        br#"{"id":"a","schema":"Person","marking":"open","grade":"1B","kind":"assessment","properties":{"name":["Al"]}}
{"id":"b","schema":"Person","marking":"closed","properties":{"name":["Bo"]}}
"#,
    )]);
    let markings = Some(std::sync::Arc::new(std::collections::BTreeSet::from(["open".to_owned()])));
    let plan = Plan::make(&[folder.path().to_owned()], None, &Defaults { markings, ..Defaults::default() }).unwrap();
    let batch = read(&plan.steps[0], 0, 10).unwrap();
    let [draft] = batch.drafts.as_slice() else { panic!("{:?}", batch.drafts) };
    assert_eq!((draft.marking.as_deref(), draft.grade.map(|grade| grade.to_string()).as_deref(), draft.kind), (Some("open"), Some("1B"), Kind::Assessment));
    let [reject] = batch.rejects.as_slice() else { panic!("{:?}", batch.rejects) };
    assert_eq!((reject.line, reject.column.as_str()), (2, "marking"));
    assert!(reject.reason.contains("the charter declares open"), "{}", reject.reason);
}
