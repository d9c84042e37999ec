//! What you may not see does not exist, over HTTP: every address that reads evidence answers byte for byte what it answers
//! in a home in which the hidden statements were never stored.

use std::collections::BTreeSet;

use axum::http::Method;
use candour_actions::{ImportRequest, Purpose, Who};
use serde_json::{Map, Value, json};

use crate::house::House;

/// Addresses that read evidence, or registers beside it: the path of the description, and what is asked of it.
const READS: [(&str, &[&str]); 13] = [
    (
        "/api/search",
        &[
            "?q=*",
            "?q=quill",
            "?q=kovak",
            "?q=ma*",
            "?q=*&limit=2&offset=1",
            "?q=*&schema=Person",
            "?q=*&dataset=hidden",
            "?q=secret",
            "?q=%2B441632960001",
            "?q=x-1",
        ],
    ),
    ("/api/suggest", &["?q=", "?q=q", "?q=ko", "?q=sec", "?q=%2B44"]),
    ("/api/entities/{id}", &["", "?known_at=2020-01-01", "?known_at=2099-01-01"]),
    ("/api/entities/{id}/neighbours", &["", "?depth=2"]),
    ("/api/path", &["?from=ann&to=firm", "?from=ann&to=x-1", "?from=x-1&to=x-2&all=true", "?from=x-3&to=firm&all=true&max=6"]),
    ("/api/timeline", &["?id=ann", "?id=ann&id=bo&id=firm", "?id=x-1", "?id=x-2&id=x-3"]),
    ("/api/disclosures/{id}", &[""]),
    ("/api/review", &["", "?limit=2&offset=1"]),
    ("/api/match", &["", "?limit=2&offset=1"]),
    ("/api/match/pair", &["?a=ann&b=bo", "?a=x-1&b=x-2", "?a=x-3&b=ann", "?a=ann&b=firm", "?a=bo&b=nobody"]),
    ("/api/charter", &[""]),
    ("/api/mandates", &[""]),
    ("/api/break-glass", &[""]),
];

/// Addresses that read no evidence: the state of the program and its log, accounts, and how it is used.
const OTHERS: [&str; 17] = [
    "/api/health",
    "/api/ledger",
    "/api/me",
    "/api/ontology",
    "/api/oversee/state",
    "/api/oversee/unexplained",
    "/api/oversee/usage",
    "/api/passkeys",
    "/api/people",
    "/api/public",
    "/api/public/heartbeats/{day}",
    "/api/receipts/{index}",
    "/api/sessions",
    "/api/sign-in/openid",
    "/api/sign-in/openid/return",
    "/api/sign-in/ways",
    "/api/tokens",
];
/// The log's public files.
const FILES: &str = "/log/{path}";
/// Ids that are asked for; some are there, some are hidden, and one never is.
const IDS: [&str; 9] = ["ann", "bo", "firm", "own", "x-1", "x-2", "x-3", "phone:%2B441632960001", "nobody"];
const CASES: u64 = 12;

#[test]
fn every_address_that_reads_is_compared() {
    let api: Value = serde_json::from_str(&candour_server::openapi()).unwrap();
    let served: BTreeSet<&str> =
        api["paths"].as_object().unwrap().iter().filter(|(_, item)| item.get("get").is_some()).map(|(path, _)| path.as_str()).collect();
    let named: BTreeSet<&str> = READS.iter().map(|(path, _)| *path).chain(OTHERS).chain([FILES]).collect();
    assert_eq!(served, named, "an address that answers GET is either compared in this file or named as one that reads no evidence");
}

/// A row of numbers that repeats for a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// A file of entities, some of them of things that other files speak of.
fn file(chance: &mut Chance) -> String {
    let ids = ["ann", "bo", "firm", "x-1", "x-2", "x-3"];
    let lines = (0..=chance.below(4)).map(|_| {
        let values: Map<String, Value> = if chance.below(3) == 0 {
            Map::from_iter([
                ("owner".to_owned(), json!([chance.one(&ids)])),
                ("asset".to_owned(), json!([chance.one(&ids)])),
                ("startDate".to_owned(), json!(["2019"])),
            ])
        } else {
            let texts =
                [("name", "Anna Kovak"), ("name", "Secret Marsh"), ("phone", "+441632960001"), ("birthDate", "1980-02-03"), ("notes", "seen with Quill")];
            (0..=chance.below(3)).map(|_| chance.one(&texts)).map(|(name, value)| (name.to_owned(), json!([value]))).collect()
        };
        match values.contains_key("owner") {
            true => json!({"id": chance.one(&["own", "own-2", "own-3"]), "schema": "Ownership", "properties": values}),
            false => json!({"id": chance.one(&["ann", "bo", "x-1", "x-2", "x-3"]), "schema": "Person", "properties": values}),
        }
        .to_string()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A house after some imports, those under a marking that an analyst does not see left out in the twin.
fn house(seed: u64, with_hidden: bool) -> House {
    let house = House::make();
    let (mut chance, folder) = (Chance(seed), tempfile::tempdir().unwrap());
    let who = Who { actor: house.desk.account("supervisor").unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
    for number in 0..4 {
        // The data protection officer of an example home is in the compartment, so that half of the worlds do without it.
        let compartment = if seed.is_multiple_of(2) { "official-sensitive" } else { "health" };
        let marking = chance.one(&["open", "official", compartment, compartment, "health"]);
        let text = file(&mut chance);
        if !with_hidden && ["official-sensitive", "health"].contains(&marking) {
            continue;
        }
        let path = folder.path().join(format!("{number}.ijson"));
        std::fs::write(&path, text).unwrap();
        let dataset = Some(if marking.starts_with("open") { "seen" } else { "hidden" }.to_owned());
        let request = ImportRequest { paths: vec![path], dataset, marking: Some(marking.to_owned()), ..ImportRequest::default() };
        house.desk.import(&who, &request, &mut |_| ()).unwrap();
    }
    // So that pairs wait, and some are merged.
    let reviewer = Who { actor: house.desk.account("reviewer").unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
    house.desk.resolve(&reviewer, &candour_actions::ResolveRequest { schema: None, threshold: Some(0.6) }).unwrap();
    house
}

/// Receipts, numbers of entries and times left aside.
fn masked(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !["receipt", "receipt_index"].contains(&name.as_str()));
            fields.values_mut().for_each(masked);
        }
        Value::Array(values) => values.iter_mut().for_each(masked),
        Value::String(text) if text.len() > 18 && text.as_bytes()[10] == b'T' && text.as_bytes()[13] == b':' => "a time".clone_into(text),
        _ => {}
    }
}

/// Everything that an analyst and a data protection officer are told.
fn told(house: &House, asks_officer: bool) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    let session = house.session("analyst");
    let mut ask = |cookie: &str, method: Method, path: &str, body: &str| {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookie)
            .header("content-type", "application/json")
            .header("x-candour-purpose", "demo")
            .header("x-candour-request", "1");
        let reply = house.send(request.body(axum::body::Body::from(body.to_owned())).unwrap());
        let text = match serde_json::from_slice::<Value>(&reply.bytes) {
            Ok(mut value) => {
                masked(&mut value);
                value.to_string()
            }
            Err(_) => reply.bytes.escape_ascii().to_string(),
        };
        answers.push((format!("{path} {body}"), format!("{} {text}", reply.status)));
    };
    for (path, questions) in READS {
        for question in questions {
            match path.contains("{id}") {
                true => IDS.iter().for_each(|id| ask(&session, Method::GET, &format!("{}{question}", path.replace("{id}", id)), "")),
                false => ask(&session, Method::GET, &format!("{path}{question}"), ""),
            }
        }
    }
    let officer = house.session("data-protection-officer");
    for id in IDS.iter().filter(|_| asks_officer) {
        ask(&officer, Method::GET, &format!("/api/disclosures/{id}"), "");
    }
    answers
}

#[test]
fn every_address_answers_as_if_the_hidden_had_never_been() {
    for seed in 0..CASES {
        let (answers, expected) = [true, false].map(|with_hidden| told(&house(seed, with_hidden), !seed.is_multiple_of(2))).into();
        assert_eq!(answers.len(), expected.len());
        assert!(answers.iter().filter(|(_, answer)| answer.starts_with("200")).count() > answers.len() / 3, "most questions are answered: {answers:?}");
        for (answer, expected) in answers.iter().zip(&expected) {
            assert_eq!(answer, expected, "seed {seed}");
        }
    }
}
