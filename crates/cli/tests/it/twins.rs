//! What you may not see does not exist, by command: every command that reads evidence prints with `--json` what it prints
//! on a home in which the hidden statements were never stored.

use serde_json::Value;

use crate::home::{Home, Ran};

const SEEN: &str = r#"{"id":"ann","schema":"Person","properties":{"name":["Ann Quill"],"phone":["+441632960001"],"birthDate":["1980-02-03"]}}
{"id":"bo","schema":"Person","properties":{"name":["Bo Marsh"],"phone":["+441632960001"]}}
{"id":"firm","schema":"Company","properties":{"name":["Quill & Marsh Ltd"]}}
{"id":"own","schema":"Ownership","properties":{"owner":["bo"],"asset":["firm"],"startDate":["2019"]}}
"#;
/// Each hidden on its own, and all at once: of things that are seen, of others, and links between.
const HIDDEN: [&str; 4] = [
    r#"{"id":"ann","schema":"Person","properties":{"name":["Secret Quill"],"deathDate":["2021"],"notes":["a source at the harbour"]}}"#,
    r#"{"id":"tie","schema":"Family","properties":{"person":["ann"],"relative":["bo"],"relationship":["sister"]}}"#,
    r#"{"id":"zed","schema":"Person","properties":{"name":["Ann Quill"],"phone":["+441632960001"],"birthDate":["1980-02-03"]}}"#,
    r#"{"id":"buy","schema":"Ownership","properties":{"owner":["zed"],"asset":["firm"],"startDate":["2020"]}}"#,
];

/// What is asked, and by whom; nobody sees a special category without a mandate.
const READS: [(&str, &[&str]); 26] = [
    ("analyst", &["search", "*"]),
    ("analyst", &["search", "quill"]),
    ("analyst", &["search", "secret"]),
    ("analyst", &["search", "*", "--limit", "2", "--offset", "1"]),
    ("analyst", &["search", "*", "--schema", "Person"]),
    ("analyst", &["search", "*", "--dataset", "hidden"]),
    ("analyst", &["entity", "ann"]),
    ("analyst", &["entity", "zed"]),
    ("analyst", &["entity", "tie"]),
    ("analyst", &["entity", "ann", "--known-at", "2099-01-01"]),
    ("analyst", &["neighbours", "ann", "--depth", "2"]),
    ("analyst", &["neighbours", "phone:+441632960001"]),
    ("analyst", &["neighbours", "zed"]),
    ("analyst", &["path", "ann", "firm", "--all"]),
    ("analyst", &["path", "ann", "zed"]),
    ("analyst", &["timeline", "ann", "firm"]),
    ("analyst", &["timeline", "zed"]),
    ("analyst", &["explain", "ann", "bo"]),
    ("analyst", &["explain", "ann", "zed"]),
    ("reviewer", &["review", "list"]),
    ("data-protection-officer", &["disclosures", "ann"]),
    ("data-protection-officer", &["disclosures", "zed"]),
    ("analyst", &["mandate", "list"]),
    ("analyst", &["break-glass", "list"]),
    ("analyst", &["charter", "show"]),
    ("analyst", &["resolve"]),
];

/// Receipts, numbers of entries and times left aside.
fn masked(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !["receipt", "receipt_index", "seconds", "hash", "authority"].contains(&name.as_str()));
            fields.values_mut().for_each(masked);
        }
        Value::Array(values) => values.iter_mut().for_each(masked),
        Value::String(text) if text.len() > 18 && text.as_bytes()[10] == b'T' && text.as_bytes()[13] == b':' => "a time".clone_into(text),
        _ => {}
    }
}

fn told(hidden: &[&str]) -> Vec<(String, String)> {
    let home = Home::make();
    home.write("seen.ijson", SEEN);
    home.answer("analyst", &["import", "seen.ijson", "--dataset", "seen", "--marking", "official"]);
    if !hidden.is_empty() {
        home.write("hidden.ijson", hidden.join("\n"));
        home.answer("supervisor", &["import", "hidden.ijson", "--dataset", "hidden", "--marking", "health"]);
    }
    let ask = |(actor, args): &(&str, &[&str])| {
        let ran = Ran::of(&home.command(actor).arg("--json").args(*args).output().unwrap());
        let mut value: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{args:?}: {error} in {ran:?}"));
        masked(&mut value);
        (format!("{actor} {args:?}"), format!("{:?} {value}", ran.code))
    };
    READS.iter().map(ask).collect()
}

#[test]
fn every_command_that_reads_answers_as_if_the_hidden_had_never_been() {
    let expected = told(&[]);
    assert!(expected.iter().filter(|(_, answer)| answer.starts_with("Some(0)")).count() > 15, "{expected:#?}");
    let all: Vec<&[&str]> = HIDDEN.iter().map(std::slice::from_ref).chain([&HIDDEN[..]]).collect();
    for hidden in all {
        for (answer, expected) in told(hidden).iter().zip(&expected) {
            assert_eq!(answer, expected, "{hidden:?}");
        }
    }
}
