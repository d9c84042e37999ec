//! Reviews and restrictions from outside: what is due when, what a decision changes, and that a restriction hides
//! everywhere and is lifted without a trace.

use candour_actions::{ActionError, ExportFormat, ExportRequest, Purpose, RetentionDecision, ReviewRequest, SearchRequest, Who, known_at};
use serde_json::{Value, json};

use crate::{
    home::{HOUR, TestHome},
    matrix::search,
};

const PEOPLE: &str = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"],"phone":["+441632960001"]}}
{"id":"bert","schema":"Person","properties":{"name":["Bert Miller"],"phone":["+441632960001"]}}
{"id":"firm","schema":"Company","properties":{"name":["Mere Haulage Ltd"]}}
{"id":"owns","schema":"Ownership","properties":{"owner":["anna"],"asset":["firm"],"startDate":["2019-04"]}}
{"id":"note","schema":"IntelligenceReport","properties":{"title":["harbour"],"about":["anna","bert"]}}
"#;

fn town() -> TestHome {
    let home = TestHome::new();
    home.import(&home.who("analyst", "demo"), "town.ijson", PEOPLE, "open");
    home
}

/// For a purpose that reads what is restricted.
fn officer(home: &TestHome) -> Who {
    let purpose = Purpose { id: "retention".to_owned(), case: Some("R/1".to_owned()), reason: Some("a test".to_owned()), mandate: None };
    Who { purpose: Some(purpose), ..home.who("data-protection-officer", "demo") }
}

fn request(decision: RetentionDecision, next: Option<&str>) -> ReviewRequest {
    ReviewRequest { decision, rationale: "still before the court".to_owned(), next: next.map(|day| known_at(day).unwrap()), whole: false }
}

/// Everything that an analyst reads, receipts left aside.
fn all(home: &TestHome) -> Value {
    let desk = &home.desk;
    let who = home.who("supervisor", "demo");
    let value = |outcome: Result<Value, ActionError>| outcome.unwrap_or_else(|error| json!(error.to_string()));
    let opened: Vec<Value> =
        ["anna", "bert", "firm", "owns", "note"].iter().map(|id| value(desk.open_entity(&who, id, None).map(|answer| json!(answer.value)))).collect();
    let request = ExportRequest { format: ExportFormat::Ftm, query: None, to: "a test".to_owned() };
    let (_, mut file) = desk.export(&who, &request).unwrap().value.into_reader().unwrap();
    json!({
        "search": desk.search(&who, &SearchRequest { limit: 50, ..search("mere*") }).map(|answer| json!(answer.value)).unwrap_or_default(),
        "one": desk.search(&who, &search("kovak")).unwrap().value,
        "suggest": desk.suggest(&who, "ann", 9).unwrap().value,
        "opened": opened,
        "near": value(desk.neighbours(&who, "firm", 2).map(|answer| json!(answer.value))),
        "timeline": value(desk.timeline(&who, &["firm".to_owned()]).map(|answer| json!(answer.value))),
        "export": std::io::read_to_string(&mut file).unwrap(),
    })
}

#[test]
fn records_fall_due_by_the_charters_years() {
    let home = town();
    let reviewer = home.who("reviewer", "demo");
    let list = |limit, offset| home.desk.review_list(&reviewer, limit, offset).unwrap().value;
    let first = list(50, 0);
    assert_eq!((first.total, first.overdue), (4, 0), "links are reviewed with what they link");
    let mut ids: Vec<&str> = first.due.iter().map(|due| due.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["anna", "bert", "firm", "note"]);
    assert!(first.due.iter().all(|due| due.held_since == "2026-01-01T00:00:00Z" && due.due > due.held_since && !due.group_label.is_empty()));
    // Page by page it is the same list.
    let paged: Vec<String> = (0..5).flat_map(|offset| list(1, offset).due).map(|due| due.id).collect();
    assert_eq!(paged, first.due.iter().map(|due| due.id.clone()).collect::<Vec<_>>());
}

#[test]
fn what_falls_due_soon_is_counted() {
    let home = town();
    let reviewer = home.who("reviewer", "demo");
    let due = || home.desk.review_list(&reviewer, 50, 0).unwrap().value;
    assert_eq!((due().soon, due().overdue, due().notice_days), (0, 0, 90));
    for id in ["anna", "firm"] {
        home.desk.review_decide(&reviewer, id, &request(RetentionDecision::Retain, Some("2027-05-01"))).unwrap();
    }
    let (falls_due, day) = (known_at("2027-05-01").unwrap(), 24 * HOUR);
    for (before, soon, overdue) in [(91 * day, 0, 0), (90 * day, 2, 0), (1, 2, 0), (0, 0, 2)] {
        home.set_time(falls_due - before);
        assert_eq!((due().soon, due().overdue), (soon, overdue), "{before}");
    }
}

#[test]
fn an_age_counts_where_the_charter_says_so() {
    let home = TestHome::new();
    let born = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1960-02-03"]}}"#;
    home.import(&home.who("analyst", "demo"), "anna.ijson", born, "official");
    let due = || home.desk.review_list(&home.who("reviewer", "demo"), 1, 0).unwrap().value.due.remove(0).due;
    assert_eq!(due(), "2032-01-01T00:00:00Z", "six clear years");
    home.change_charter("charter.toml", "clear_years = 6\n", "clear_years = 6\nuntil_age = 70\n");
    home.adopt_charter().unwrap();
    assert_eq!(due(), "2030-02-03T00:00:00Z");
}

#[test]
fn a_review_moves_the_day_and_a_decision_is_shown() {
    let home = town();
    let (desk, reviewer) = (&home.desk, home.who("reviewer", "demo"));
    let due = |id: &str| desk.review_list(&reviewer, 50, 0).unwrap().value.due.into_iter().find(|due| due.id == id).unwrap();
    assert!(due("anna").decided.is_none());
    let reviewed = desk.review_decide(&reviewer, "anna", &request(RetentionDecision::Retain, Some("2027-05-01"))).unwrap().value;
    assert_eq!(reviewed.records, ["anna"]);
    let after = due("anna");
    assert_eq!((after.due.as_str(), after.decided.as_ref()), ("2027-05-01T23:59:59.999Z", Some(&reviewed.decided)));
    assert_eq!((reviewed.decided.by.as_str(), reviewed.decided.rationale.as_str()), ("reviewer", "still before the court"));
    assert_eq!(desk.review_list(&reviewer, 1, 0).unwrap().value.due[0].id, "anna");
    for (bad, words) in [
        (ReviewRequest { rationale: " ".to_owned(), ..request(RetentionDecision::Erase, None) }, "rationale"),
        (request(RetentionDecision::Erase, Some("2027-05-01")), "only what is retained"),
        (request(RetentionDecision::Retain, Some("2001-05-01")), "lie ahead"),
    ] {
        let error = desk.review_decide(&reviewer, "anna", &bad).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    assert!(matches!(desk.review_decide(&reviewer, "nobody", &request(RetentionDecision::Erase, None)), Err(ActionError::NotFound(_))));
}

#[test]
fn a_restriction_hides_everywhere_and_is_lifted_without_a_trace() {
    let home = town();
    let desk = &home.desk;
    let before = all(&home);
    let restricted = desk.restrict(&officer(&home), "anna", "accuracy contested", false).unwrap().value;
    assert_eq!((restricted.restricted, restricted.statements), (true, 2));
    let hidden = all(&home);
    let text = hidden.to_string();
    assert!(!text.contains("Kovak") && !text.contains("2019-04"), "{text}");
    for (place, id) in [(0, "anna"), (3, "owns")] {
        assert!(hidden["opened"][place].as_str().unwrap().contains(&format!("there is no entity `{id}`")));
    }
    // As if it had never been.
    let twin = TestHome::new();
    let without: String = PEOPLE.lines().filter(|line| !line.contains(r#""id":"anna""#) && !line.contains(r#""id":"owns""#)).collect::<Vec<_>>().join("\n");
    let without = without.replace(r#""about":["anna","bert"]"#, r#""about":["bert"]"#);
    twin.import(&twin.who("analyst", "demo"), "town.ijson", &without, "open");
    let strip = |value: &Value| {
        let text = value.to_string();
        // Lines of the file differ, and with them the places of statements.
        let mut shown: String = text.split("\"place\":").map(|part| part.split_once(',').map_or(part, |(_, rest)| rest)).collect();
        shown.retain(|c| !c.is_ascii_digit());
        shown
    };
    assert_eq!(strip(&hidden["search"]), strip(&all(&twin)["search"]));
    assert_eq!(strip(&hidden["near"]), strip(&all(&twin)["near"]));
    assert_eq!(strip(&hidden["timeline"]), strip(&all(&twin)["timeline"]));
    // For those whose purpose reads it, it is there and says what it is.
    let seen = json!(desk.open_entity(&Who { purpose: officer(&home).purpose, ..home.who("reviewer", "demo") }, "anna", None).unwrap().value).to_string();
    assert!(seen.contains("open+restricted"), "{seen}");
    let due = desk.review_list(&officer(&home), 50, 0).unwrap().value.due;
    assert!(due.iter().find(|due| due.id == "anna").unwrap().restricted_since.is_some());
    assert!(desk.review_list(&home.who("reviewer", "demo"), 50, 0).unwrap().value.due.iter().all(|due| due.id != "anna"));

    assert!(matches!(desk.restrict(&home.who("supervisor", "demo"), "anna", "not seen", true), Err(ActionError::NotFound(_))));
    assert!(!desk.restrict(&officer(&home), "anna", "found accurate", true).unwrap().value.restricted);
    assert_eq!(all(&home), before);
    let error = desk.restrict(&officer(&home), "anna", "again", true).unwrap_err().to_string();
    assert!(error.contains("is not restricted"), "{error}");
}

#[test]
fn disclosures_name_each_recipient_once() {
    let home = town();
    let desk = &home.desk;
    for (to, query) in [("Crown Prosecution", None), ("Court of Leeds", Some("kovak")), ("Council", Some("miller"))] {
        let request = ExportRequest { format: ExportFormat::Csv, query: query.map(str::to_owned), to: to.to_owned() };
        desk.export(&home.who("supervisor", "demo"), &request).unwrap();
    }
    let told = |id: &str| desk.disclosures(&officer(&home), id).unwrap().value.disclosures.into_iter().map(|one| one.recipient).collect::<Vec<_>>();
    assert_eq!(told("anna"), ["Crown Prosecution", "Court of Leeds"]);
    assert_eq!(told("bert"), ["Crown Prosecution", "Council"]);
    assert_eq!(told("firm"), ["Crown Prosecution"]);
    for nobody in ["nobody", "erased-1"] {
        assert!(matches!(desk.disclosures(&officer(&home), nobody), Err(ActionError::NotFound(_))));
    }
}
