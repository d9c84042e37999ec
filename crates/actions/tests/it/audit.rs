//! No audit, no answer; and what goes wrong after a decision is on record too.

use std::{fs, path::PathBuf};

use candour_actions::{Action, ActionError, ExportFormat, ExportRequest, ImportRequest, PathRequest, ResolveRequest, SearchRequest, Verdict, Who};

use crate::{
    home::{TestHome, import_of},
    matrix::{attempt, prepare, search},
};

const PEOPLE: &str = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}
{"id":"ann","schema":"Person","properties":{"name":["Ann Kovak"],"birthDate":["1980-02-03"]}}
{"id":"firm","schema":"Company","properties":{"name":["Mere Haulage Ltd"]}}
{"id":"owns","schema":"Ownership","properties":{"owner":["anna"],"asset":["firm"]}}
"#;

fn town() -> TestHome {
    let home = TestHome::new();
    home.import(&home.who("analyst", "demo"), "town.ijson", PEOPLE, "open");
    home
}

/// What a change would change, and the journal.
const TABLES: [&str; 4] = ["statement", "entity", "pair", "journal"];

/// Somebody who may do it.
pub(crate) fn able(home: &TestHome, action: Action) -> Who {
    let person = match action {
        Action::ReadJournal | Action::LedgerPublish | Action::Oversee | Action::BreakGlassReview => "overseer",
        Action::CharterAdopt | Action::ManagePeople => "administrator",
        Action::Erase => "data-protection-officer",
        _ => "supervisor",
    };
    home.who(person, "demo")
}

/// As a full or failing disk does it: the entry fails alone, or takes the whole transaction with it.
const FAILURES: [&str; 2] = ["ABORT", "ROLLBACK"];

#[test]
fn while_the_journal_cannot_be_written_nobody_gets_an_answer() {
    let home = town();
    let sign_in = home.desk.renew_sign_ins().unwrap().remove(0);
    for (action, failure) in Action::ALL.iter().flat_map(|action| FAILURES.map(|failure| (*action, failure))) {
        prepare(&home, action);
        home.desk.warm().unwrap();
        let before = TABLES.map(|table| home.count(table));
        home.database().execute_batch(&format!("CREATE TRIGGER broken BEFORE INSERT ON journal BEGIN SELECT RAISE({failure}, 'no space left'); END")).unwrap();
        let answer = attempt(&home, &able(&home, action), action);
        assert!(matches!(&answer, Err(error @ ActionError::Store(_)) if error.to_string().contains("no space left")), "{action}: {answer:?}");
        let refusal = attempt(&home, &home.who("administrator", "demo"), action);
        assert!(matches!(refusal, Err(ActionError::Store(_))), "{action}: a refusal that is not recorded is not told, {refusal:?}");
        assert!(matches!(home.desk.sign_in(&sign_in.token), Err(ActionError::Store(_))));
        assert!(matches!(home.desk.sign_in("no such token"), Err(ActionError::Store(_))));
        home.database().execute_batch("DROP TRIGGER broken").unwrap();
        assert_eq!(TABLES.map(|table| home.count(table)), before, "{action} changed something");
        let left = fs::read_dir(home.path().join("exports")).map_or(0, Iterator::count);
        assert_eq!(left, 0, "{action} left evidence behind");
        attempt(&home, &able(&home, action), action).unwrap();
    }
    home.desk.sign_in(&sign_in.token).unwrap();
}

/// Something that fails after it was allowed.
type Attempt = fn(&TestHome, &Who) -> Result<(), ActionError>;

fn import(home: &TestHome, who: &Who, request: ImportRequest) -> Result<(), ActionError> {
    let paths = if request.paths.is_empty() { vec![home.outside().join("town.ijson")] } else { request.paths.clone() };
    home.desk.import(who, &ImportRequest { paths, ..request }, &mut |_| ()).map(drop)
}

fn export(home: &TestHome, who: &Who, query: Option<&str>, to: &str) -> Result<(), ActionError> {
    let request = ExportRequest { format: ExportFormat::Csv, query: query.map(str::to_owned), to: to.to_owned() };
    home.desk.export(who, &request).map(drop)
}

#[test]
fn what_goes_wrong_after_the_decision_is_recorded_once() {
    let home = town();
    let attempts: [(&str, Action, &str, Attempt); 17] = [
        ("no such entity", Action::OpenEntity, "nothing found", |home, who| home.desk.open_entity(who, "nobody", None).map(drop)),
        ("neighbours of nothing", Action::Neighbours, "nothing found", |home, who| home.desk.neighbours(who, "nobody", 1).map(drop)),
        ("too deep", Action::Neighbours, "not understood", |home, who| home.desk.neighbours(who, "anna", 9).map(drop)),
        ("path to nothing", Action::Path, "nothing found", |home, who| home.desk.path(who, "anna", "nobody", &PathRequest::default()).map(drop)),
        ("timeline of none", Action::Timeline, "not understood", |home, who| home.desk.timeline(who, &[]).map(drop)),
        ("half a phrase", Action::Search, "not understood", |home, who| home.desk.search(who, &search("\"anna")).map(drop)),
        ("too many hits", Action::Search, "not understood", |home, who| home.desk.search(who, &SearchRequest { limit: 1_000_000, ..search("anna") }).map(drop)),
        ("no recipient", Action::Export, "not understood", |home, who| export(home, who, None, " ")),
        ("half a phrase to export", Action::Export, "not understood", |home, who| export(home, who, Some("\"anna"), "the prosecutor")),
        ("no such schema", Action::Resolve, "not understood", |home, who| {
            home.desk.resolve(who, &ResolveRequest { schema: Some("Wizard".to_owned()), threshold: None }).map(drop)
        }),
        ("no reason", Action::Judge, "not understood", |home, who| home.desk.judge(who, "anna", "ann", Verdict::Same, " ").map(drop)),
        ("one record", Action::Judge, "not understood", |home, who| home.desk.judge(who, "anna", "anna", Verdict::Same, "why").map(drop)),
        ("nothing to split", Action::Split, "not understood", |home, who| home.desk.split(who, "firm", "why").map(drop)),
        ("not matchable", Action::Explain, "not understood", |home, who| home.desk.explain(who, "anna", "owns").map(drop)),
        ("no such file", Action::Import, "not understood", |home, who| {
            import(home, who, ImportRequest { paths: vec![PathBuf::from("no/such/file.ijson")], ..ImportRequest::default() })
        }),
        ("no such mapping", Action::Import, "not understood", |home, who| {
            import(home, who, ImportRequest { mapping: Some(PathBuf::from("no/such/mapping.yml")), ..ImportRequest::default() })
        }),
        ("no such marking", Action::Import, "not understood", |home, who| {
            import(home, who, ImportRequest { marking: Some("cosmic".to_owned()), ..ImportRequest::default() })
        }),
    ];
    for (name, action, outcome, attempt) in attempts {
        let first = home.count("journal");
        let answer = attempt(&home, &home.who("supervisor", "demo"));
        assert!(answer.is_err_and(|error| !matches!(error, ActionError::Refused { .. })), "{name}");
        let entries = home.entries(first);
        assert_eq!(entries.len(), 1, "{name}: {entries:?}");
        assert_eq!((entries[0]["action"].as_str(), entries[0]["outcome"].as_str()), (action.name(), outcome), "{name}");
        assert_eq!(entries[0]["results"], "", "{name}");
    }
    assert_eq!(fs::read_dir(home.path().join("exports")).map_or(0, Iterator::count), 0, "a failed export leaves nothing");
}

#[test]
fn an_import_that_breaks_off_says_so() {
    let home = town();
    let path = home.outside().join("odd.ijson");
    fs::write(&path, "[\n]").unwrap();
    let first = home.count("journal");
    home.desk.import(&home.who("analyst", "demo"), &import_of(&path, "open"), &mut |_| ()).unwrap_err();
    let entries = home.entries(first);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["action"], "import");
}

#[test]
fn answers_carry_the_receipt_of_the_entry_that_tells_of_them() {
    let home = town();
    let who = home.who("supervisor", "demo");
    let found = home.desk.search(&who, &search("kovak")).unwrap();
    let suggested = home.desk.suggest(&who, "kov", 5).unwrap();
    let opened = home.desk.open_entity(&who, "anna", None).unwrap();
    let nothing = home.desk.search(&who, &search("zebra")).unwrap();
    let own = home.desk.prove(&who, opened.receipt.index).unwrap();
    for (receipt, action, outcome, results) in [
        (&found.receipt, "search", "answered", "anna ann"),
        (&suggested.receipt, "search", "answered", "anna ann"),
        (&opened.receipt, "open_entity", "answered", "anna"),
        (&nothing.receipt, "search", "nothing found", ""),
        (&own.receipt, "ledger_status", "answered", &format!("entry {}", opened.receipt.index)),
    ] {
        let entry = &home.entries(receipt.index)[0];
        let shown = |name: &str| receipt.fields.iter().find(|field| field.name == name).map(|field| field.value.clone()).unwrap();
        for (name, expected) in [("actor", "supervisor"), ("action", action), ("outcome", outcome), ("results", results)] {
            assert_eq!((entry[name].as_str(), shown(name).as_str()), (expected, expected), "{name}");
        }
    }
    assert_eq!(own.value.fields, opened.receipt.fields);
    let others = home.desk.prove(&home.who("analyst", "demo"), opened.receipt.index).unwrap();
    let shown: Vec<&str> = others.value.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(shown, ["time"], "whose entry it is stays closed");
}

#[test]
fn sign_ins_and_their_failures_are_recorded() {
    let home = town();
    let sign_in = home.desk.renew_sign_ins().unwrap().into_iter().find(|sign_in| sign_in.person == "analyst").unwrap();
    let first = home.count("journal");
    assert_eq!(home.desk.sign_in(&sign_in.token).unwrap().id, "analyst");
    home.desk.sign_in("no such token").unwrap_err();
    let entries = home.entries(first);
    let told: Vec<_> = entries.iter().map(|entry| (entry["actor"].as_str(), entry["action"].as_str(), entry["outcome"].as_str())).collect();
    assert_eq!(told, [("analyst", "sign_in", "signed in"), ("nobody", "sign_in", "unknown token")]);
    assert!(entries.iter().all(|entry| entry.values().all(|value| !value.contains(&sign_in.token))));
}
