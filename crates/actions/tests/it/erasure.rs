//! Erasure from outside: afterwards no file of the home holds what was erased, every proof still verifies, nobody finds
//! anything, and whoever was handed it is known.

use std::{
    fs,
    path::{Path, PathBuf},
};

use candour_actions::{
    ActionError, ErasedView, ExportFormat, ExportRequest, Purpose, Receipt, ResolveRequest, RetentionDecision, ReviewRequest, SearchRequest, Verdict, Who,
};
use candour_ledger::{Request, Source, VerifierKey, verify};
use serde_json::{Value, json};

use crate::{home::TestHome, matrix::search};

const PEOPLE: &str = r#"{"id":"q-7781","schema":"Person","properties":{"name":["Quentin Zorblatt"],"birthDate":["1971-03-09"],"phone":["+441632960777"],"notes":["limps on the left leg since Easter"]}}
{"id":"q-7782","schema":"Person","properties":{"name":["Quentin Zorblatt"],"birthDate":["1971-03-09"],"phone":["+441632960777"]}}
{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"]}}
{"id":"firm","schema":"Company","properties":{"name":["Mere Haulage Ltd"]}}
{"id":"owns-q","schema":"Ownership","properties":{"owner":["q-7781"],"asset":["firm"],"role":["sleeping partner of the haulier"]}}
{"id":"note","schema":"IntelligenceReport","properties":{"title":["harbour"],"about":["q-7781","anna"]}}
"#;
/// Of one record, from a file of its own.
const ALONE: &str = r#"{"id":"q-7781","schema":"Person","properties":{"alias":["Zed the Limper"]}}
"#;
/// What must be nowhere once both records are gone.
const ERASED: [&str; 11] = [
    "q-9999",
    "9th of March",
    "q-7781",
    "q-7782",
    "Zorblatt",
    "zorblatt",
    "960777",
    "limps on the left leg",
    "sleeping partner of",
    "Zed the Limper",
    "zed-alone",
];

pub(crate) struct Folder(pub(crate) PathBuf);

impl Source for Folder {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn town() -> TestHome {
    let home = TestHome::new();
    home.import(&home.who("analyst", "demo"), "town.ijson", PEOPLE, "open");
    home.import(&home.who("analyst", "demo"), "zed-alone.ijson", ALONE, "open");
    home
}

fn who(home: &TestHome, person: &str, purpose: &str) -> Who {
    let purpose = Purpose { id: purpose.to_owned(), case: Some("R/1".to_owned()), reason: Some("a test".to_owned()), mandate: None };
    Who { purpose: Some(purpose), ..home.who(person, "demo") }
}

fn decide(home: &TestHome, person: &str, id: &str, decision: RetentionDecision, whole: bool) -> Receipt {
    let request = ReviewRequest { decision, rationale: "Zorblatt asked for it".to_owned(), next: None, whole };
    home.desk.review_decide(&home.who(person, "demo"), id, &request).unwrap().receipt
}

fn export(home: &TestHome, to: &str, query: Option<&str>) -> Receipt {
    let request = ExportRequest { format: ExportFormat::Ftm, query: query.map(str::to_owned), to: to.to_owned() };
    home.desk.export(&home.who("supervisor", "demo"), &request).unwrap().receipt
}

fn found(home: &TestHome, text: &str) -> u64 {
    home.desk.search(&home.who("supervisor", "demo"), &SearchRequest { limit: 0, ..search(text) }).unwrap().value.total
}

/// Files below a folder that hold any of these texts.
fn holding(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(holding(&entry.path(), texts));
            continue;
        }
        let bytes = fs::read(entry.path()).unwrap();
        let holds = texts.iter().filter(|text| bytes.windows(text.len()).any(|window| window == text.as_bytes()));
        found.extend(holds.map(|text| format!("{} holds `{text}`", entry.path().display())));
    }
    found
}

/// What is wrong with a published log and receipts, as an outsider finds it.
fn faults(home: &TestHome, folder: &Path, since: Option<&[u8]>, receipts: &[Receipt]) -> Vec<String> {
    let named: Vec<(&str, &Receipt)> = receipts.iter().map(|receipt| ("receipt", receipt)).collect();
    let key = VerifierKey::parse(home.desk.log_key()).unwrap();
    let verified = verify(&Folder(folder.to_owned()), &Request { key: &key, witnesses: &[], since, receipts: &named });
    verified.problems.iter().map(ToString::to_string).collect()
}

fn publish(home: &TestHome, name: &str) -> PathBuf {
    let folder = home.outside().join(name);
    home.desk.ledger_publish(&home.who("overseer", "demo"), &folder).unwrap();
    folder
}

#[test]
fn what_is_erased_is_nowhere_and_every_proof_still_holds() {
    let home = town();
    let desk = &home.desk;
    let (analyst, reviewer, officer) = (home.who("analyst", "demo"), home.who("reviewer", "demo"), home.who("data-protection-officer", "demo"));
    // Rejects that tell of the person.
    let broken = PEOPLE.lines().next().unwrap().replace("1971-03-09", "9th of March, by Zorblatt").replace("q-7781", "q-9999");
    home.import(&analyst, "broken.ijson", &broken, "open");
    desk.erase(&officer, "q-9999", false).unwrap_err();
    desk.resolve(&reviewer, &ResolveRequest::default()).unwrap();
    desk.judge(&reviewer, "q-7781", "anna", Verdict::Different, "Zorblatt is a man").unwrap();
    let mut receipts = vec![desk.search(&analyst, &search("zorblatt")).unwrap().receipt, desk.search(&analyst, &search("\"01632 960777\"")).unwrap().receipt];
    receipts.push(desk.open_entity(&analyst, "q-7781", None).unwrap().receipt);
    receipts.push(desk.search(&analyst, &search("kovak")).unwrap().receipt);
    receipts.push(export(&home, "Crown Prosecution", None));
    receipts.push(export(&home, "Court of Leeds", Some("kovak")));
    receipts.push(decide(&home, "reviewer", "q-7781", RetentionDecision::Erase, true));
    let published = publish(&home, "before");
    let checkpoint = fs::read(published.join("checkpoint")).unwrap();
    assert!(!holding(&home.path(), &ERASED).is_empty());

    let erased = desk.erase(&officer, "q-7781", true).unwrap();
    receipts.push(erased.receipt.clone());
    let told: ErasedView = erased.value;
    assert_eq!(
        (told.tombstone.as_str(), told.others.as_slice(), told.stay.as_slice()),
        ("erased-1", ["erased-2".to_owned(), "erased-3".to_owned()].as_slice(), [].as_slice())
    );
    assert_eq!((told.statements, told.links, told.sources), (11, 1, 2), "{told:?}");
    assert!(told.entries >= 7, "{told:?}");
    assert_eq!(told.notify.iter().map(|one| one.recipient.as_str()).collect::<Vec<_>>(), ["Crown Prosecution"]);
    assert_eq!(told.rejects, 1, "{told:?}");

    assert_eq!(holding(&home.path(), &ERASED), Vec::<String>::new());
    for text in ["zorblatt", "quentin", "limper", "960777"] {
        assert_eq!(found(&home, text), 0, "{text}");
    }
    assert_eq!(found(&home, "kovak"), 1);
    assert!(matches!(desk.open_entity(&analyst, "q-7781", None), Err(ActionError::NotFound(_))));
    assert!(matches!(desk.open_entity(&analyst, "erased-1", None), Err(ActionError::NotFound(_))));
    let note = json!(desk.open_entity(&analyst, "note", None).unwrap().value).to_string();
    assert!(note.contains("anna") && !note.contains("7781"), "{note}");
    assert_eq!(desk.disclosures(&officer, "erased-1").unwrap().value.disclosures, told.notify);

    receipts.push(desk.search(&analyst, &search("kovak")).unwrap().receipt);
    let now = publish(&home, "after");
    assert_eq!(faults(&home, &published, None, &receipts[..2]), Vec::<String>::new());
    assert_eq!(faults(&home, &now, Some(&checkpoint), &receipts), Vec::<String>::new());
    assert_eq!(holding(home.path().as_path(), &["Zorblatt"]), Vec::<String>::new());
}

#[test]
fn what_entries_say_of_the_erased_is_struck_out_and_the_rest_stays() {
    let home = town();
    let desk = &home.desk;
    let (analyst, officer) = (home.who("analyst", "demo"), home.who("data-protection-officer", "demo"));
    let looks = [
        (desk.search(&analyst, &search("zorblatt")).unwrap().receipt.index, true),
        (desk.search(&analyst, &search("ZORBLATT -nobody")).unwrap().receipt.index, true),
        (desk.search(&analyst, &search("mere haulage")).unwrap().receipt.index, false),
        (desk.neighbours(&analyst, "firm", 1).unwrap().receipt.index, true),
        (desk.open_entity(&analyst, "anna", None).unwrap().receipt.index, false),
        (desk.search(&analyst, &search("kovak")).unwrap().receipt.index, false),
    ];
    decide(&home, "reviewer", "q-7781", RetentionDecision::Erase, false);
    decide(&home, "reviewer", "q-7782", RetentionDecision::Erase, false);
    for id in ["q-7781", "q-7782"] {
        desk.erase(&officer, id, false).unwrap();
    }
    let overseer = who(&home, "overseer", "oversight");
    for (index, is_struck) in looks {
        let entry = desk.read_journal(&overseer, index, 1).unwrap().value.entries.remove(0);
        let field = |name: &str| entry.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap();
        assert_eq!(field("query").is_empty(), is_struck, "{index}: {entry:?}");
        assert_eq!(field("actor"), "analyst");
        assert_eq!(field("purpose"), "demo");
    }
    let all = json!(desk.read_journal(&overseer, 0, 1000).unwrap().value).to_string();
    assert!(!all.contains("orblatt") && !all.contains("7781"), "{all}");
}

#[test]
fn erasing_takes_a_decision_by_somebody_else() {
    let home = town();
    let desk = &home.desk;
    let officer = home.who("data-protection-officer", "demo");
    let refused = |id: &str, whole: bool, words: &str| {
        let Err(ActionError::Refused { explanation, receipt }) = desk.erase(&officer, id, whole) else { panic!("`{id}` was erased") };
        assert!(explanation.contains(words), "{explanation}");
        let entry = desk.read_journal(&who(&home, "overseer", "oversight"), receipt.unwrap().index, 1).unwrap().value.entries.remove(0);
        let field = |name: &str| entry.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap();
        assert_eq!((field("outcome").as_str(), field("policies").as_str()), ("refused", "program:erasure-by-two"));
    };
    refused("anna", false, "no review has decided");
    decide(&home, "data-protection-officer", "anna", RetentionDecision::Erase, false);
    refused("anna", false, "you decided yourself");
    decide(&home, "reviewer", "anna", RetentionDecision::Erase, false);
    decide(&home, "reviewer", "anna", RetentionDecision::Retain, false);
    refused("anna", false, "no review has decided");
    // Of a merged thing the record alone, unless every record was decided on.
    desk.judge(&home.who("reviewer", "demo"), "q-7781", "q-7782", Verdict::Same, "one passport").unwrap();
    decide(&home, "reviewer", "q-7782", RetentionDecision::Erase, false);
    refused("q-7782", true, "no review has decided that `q-7781`");
    let named = Who { purpose: Some(Purpose { reason: Some("as Quentin Zorblatt wishes".to_owned()), ..Purpose::plain("demo") }), ..officer.clone() };
    // The name is the other record's as well, so that it may be written; the note of one alone may not.
    let erased = desk.erase(&named, "q-7782", false).unwrap().value;
    assert_eq!((erased.stay.as_slice(), erased.others.as_slice()), (["q-7781".to_owned()].as_slice(), [].as_slice()));
    decide(&home, "reviewer", "q-7781", RetentionDecision::Erase, false);
    let error = desk.erase(&named, "q-7781", false).unwrap_err().to_string();
    assert!(error.contains("state another"), "{error}");
    desk.erase(&officer, "q-7781", false).unwrap();
    assert!(matches!(desk.erase(&officer, "nobody", false), Err(ActionError::NotFound(_))));
    assert!(matches!(desk.erase(&home.who("supervisor", "demo"), "anna", false), Err(ActionError::Refused { .. })));
}

#[test]
fn an_import_does_not_bring_it_back_unnoticed() {
    let home = town();
    let desk = &home.desk;
    decide(&home, "reviewer", "q-7781", RetentionDecision::Erase, true);
    desk.erase(&home.who("data-protection-officer", "demo"), "q-7781", false).unwrap();
    let again = home.import(&home.who("analyst", "demo"), "again.ijson", PEOPLE, "open").value;
    assert_eq!(again.rejected, 3, "the record, its link, and what a note says of it: {again:?}");
    let rejects = fs::read_to_string(again.rejects_file.unwrap()).unwrap();
    assert_eq!(rejects.matches("erased earlier").count(), 3, "{rejects}");
    assert!(!rejects.contains("q-7781") && !rejects.contains("Zorblatt"), "{rejects}");
    assert!(matches!(desk.open_entity(&home.who("analyst", "demo"), "q-7781", None), Err(ActionError::NotFound(_))));
    assert_eq!(found(&home, "limps"), 0);
}

#[test]
fn an_erasure_that_was_broken_off_is_finished() {
    let home = town();
    fs::write(home.path().join("erasing"), "").unwrap();
    home.desk.finish_erasures().unwrap();
    assert!(!home.path().join("erasing").exists());
    assert_eq!(found(&home, "zorblatt"), 2);
}

#[test]
fn an_eraser_is_told_nothing_of_what_he_does_not_see() {
    let answers = [false, true].map(|with_hidden| {
        let home = town();
        if with_hidden {
            let hidden = r#"{"id":"anna","schema":"Person","properties":{"alias":["The Harbour Source"],"birthDate":["1980-02-03"]}}"#;
            home.import(&home.who("supervisor", "demo"), "hidden.ijson", hidden, "health");
        }
        decide(&home, "reviewer", "anna", RetentionDecision::Erase, false);
        let erased: Value = json!(home.desk.erase(&home.who("data-protection-officer", "demo"), "anna", false).unwrap().value);
        assert_eq!(holding(&home.path(), &["The Harbour Source"]), Vec::<String>::new());
        erased
    });
    assert_eq!(answers[0]["statements"], answers[1]["statements"]);
    assert_eq!(answers[0]["sources"], answers[1]["sources"]);
}
