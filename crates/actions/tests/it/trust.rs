//! Attacks on what stands behind a decision: mandates, the charter's signatures, the clock, second persons, witnesses. Each
//! has to open nothing, and to leave an entry.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use candour_actions::{Action, ActionError, ExportFormat, ExportRequest, MandateRequest, Purpose, Who};
use candour_ledger::{
    Note, SigningKey,
    witness::{AddCheckpoint, Witness, WitnessRefusal},
};

use crate::{
    audit::able,
    home::{HOUR, TestHome},
    matrix::{attempt, mandate, prepare, search},
};

const PEOPLE: &str = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"]}}
"#;
const ILL: &str = r#"{"id":"zed","schema":"Person","properties":{"name":["Zed Kovak"]}}
"#;
const HARBOUR: &str = r#"{"id":"hal","schema":"Person","properties":{"name":["Hal Kovak"]}}
"#;
/// The purpose that the shipped charter opens under a mandate alone.
const PURPOSE: &str = "protect-vulnerable-people";

fn town() -> TestHome {
    let home = TestHome::new();
    home.import(&home.who("analyst", "demo"), "town.ijson", PEOPLE, "official");
    home.import(&home.who("analyst", "demo"), "ill.ijson", ILL, "health");
    home.import(&home.who("supervisor", "demo"), "harbour.ijson", HARBOUR, "official-sensitive");
    home
}

/// The analyst under a mandate.
fn under(home: &TestHome, id: &str) -> Who {
    let purpose = Purpose { id: PURPOSE.to_owned(), case: Some("CR/1".to_owned()), reason: Some("a test".to_owned()), mandate: Some(id.to_owned()) };
    Who { purpose: Some(purpose), ..home.who("analyst", "demo") }
}

/// How many people an asker finds, or the refusal's words.
fn found(home: &TestHome, who: &Who) -> Result<u64, String> {
    home.desk.search(who, &search("kovak")).map(|answer| answer.value.total).map_err(|error| match error {
        ActionError::Refused { explanation, receipt } => {
            assert!(receipt.is_some(), "{explanation} was not recorded");
            explanation
        }
        other => panic!("{other}"),
    })
}

fn draft(home: &TestHome, request: &MandateRequest) -> String {
    home.desk.mandate_draft(&home.who("supervisor", "demo"), request).unwrap().value.text
}

fn sign(home: &TestHome, id: &str, text: &str) {
    home.desk.mandate_sign(&home.who("overseer", "demo"), id, &home.signature(text)).unwrap();
}

#[test]
fn a_mandate_opens_what_it_names_while_it_is_in_force_and_not_a_moment_longer() {
    let home = town();
    assert_eq!(found(&home, &home.who("analyst", "demo")), Ok(1));
    let text = draft(&home, &mandate(&home, "welfare"));
    assert!(found(&home, &under(&home, "welfare")).unwrap_err().contains("0 of the authority's keys"), "a draft opens nothing");
    sign(&home, "welfare", &text);
    assert_eq!(found(&home, &under(&home, "welfare")), Ok(2));
    // The mandate of one purpose is worth nothing for another, and to nobody outside its group.
    let mut other = under(&home, "welfare");
    other.purpose.as_mut().unwrap().id = "demo".to_owned();
    assert!(found(&home, &other).unwrap_err().contains("is for the purpose"));
    let officer = Who { purpose: under(&home, "welfare").purpose, ..home.who("data-protection-officer", "demo") };
    found(&home, &officer).unwrap_err();
    assert!(found(&home, &under(&home, "guessed")).unwrap_err().contains("there is no mandate `guessed`"));
    let start = home.desk.now();
    home.set_time(start + 24 * HOUR);
    assert!(found(&home, &under(&home, "welfare")).unwrap_err().contains("ran out"));
    home.set_time(start);
    assert!(found(&home, &under(&home, "welfare")).unwrap_err().contains("ran out"), "a clock that is set back opens nothing again");
}

#[test]
fn mandates_that_are_not_in_force_open_nothing() {
    let home = town();
    let mut later = mandate(&home, "later");
    (later.not_before, later.not_after) = (later.not_before + HOUR, later.not_after + HOUR);
    let text = draft(&home, &later);
    sign(&home, "later", &text);
    assert!(found(&home, &under(&home, "later")).unwrap_err().contains("not in force before"));

    // An old version does not come back once a newer one is in force.
    let first = draft(&home, &mandate(&home, "twice"));
    sign(&home, "twice", &first);
    let mut narrower = mandate(&home, "twice");
    narrower.classes.clear();
    let second = draft(&home, &narrower);
    sign(&home, "twice", &second);
    assert_eq!(found(&home, &under(&home, "twice")), Ok(1), "the narrower version is the one in force");
    let replayed = home.desk.mandate_sign(&home.who("overseer", "demo"), "twice", &home.signature(&first)).unwrap_err();
    assert!(replayed.to_string().contains("another text"), "{replayed}");
    assert_eq!(found(&home, &under(&home, "twice")), Ok(1));

    // A signature by a key that is not the authority's counts for nothing.
    let text = draft(&home, &mandate(&home, "forged"));
    let stranger = SigningKey::generate("candour.invalid/harrow-mere-city/authority-1", [9; 32]).unwrap();
    let forged = Note::sign(&text, &stranger).unwrap().to_string();
    assert!(home.desk.mandate_sign(&home.who("overseer", "demo"), "forged", &forged).is_err());
    found(&home, &under(&home, "forged")).unwrap_err();

    // What the charter does not permit cannot even be drafted.
    let mut greedy = mandate(&home, "greedy");
    greedy.classes.push(candour_actions::SpecialCategory::Politics);
    greedy.classes.sort();
    assert!(home.desk.mandate_draft(&home.who("supervisor", "demo"), &greedy).unwrap_err().to_string().contains("politics"));
}

#[test]
fn from_the_moment_of_revocation_sessions_and_cursors_get_nothing_more() {
    let home = town();
    let text = draft(&home, &mandate(&home, "welfare"));
    sign(&home, "welfare", &text);
    let who = under(&home, "welfare");
    let mut page = search("kovak");
    page.limit = 1;
    assert_eq!(home.desk.search(&who, &page).unwrap().value.total, 2);
    home.desk.mandate_revoke(&home.who("overseer", "demo"), "welfare", "the order was quashed").unwrap();
    page.offset = 1;
    assert!(matches!(home.desk.search(&who, &page), Err(ActionError::Refused { .. })), "the next page of an answer that was begun");
    assert!(home.desk.open_entity(&who, "zed", None).is_err(), "an id that was seen before");
    assert!(home.desk.mandate_sign(&home.who("overseer", "demo"), "welfare", &home.signature(&text)).is_err());
    assert!(home.desk.mandate_draft(&home.who("supervisor", "demo"), &mandate(&home, "welfare")).is_err(), "an ended id is not used again");
}

#[test]
fn a_charter_without_enough_signatures_or_out_of_order_leaves_the_old_one_in_force() {
    let home = town();
    let hash = || home.desk.charter_show(&home.who("analyst", "demo")).unwrap().value.hash;
    let before = hash();
    home.change_charter("charter.toml", "label = \"Demonstration\"", "label = \"Trying out\"");
    let refused = |what: &str| {
        let error = home.desk.charter_adopt(&home.who("administrator", "demo")).unwrap_err().to_string();
        assert_eq!(hash(), before, "{what}: {error}");
        error
    };
    refused("the old signature over a changed text");
    home.sign_charter();
    let folder = home.path().join("charter");
    let note = std::fs::read_to_string(folder.join("charter.note")).unwrap();
    std::fs::write(folder.join("charter.note"), note.replace("authority-1", "authority-2")).unwrap();
    refused("a key that the authority does not have");
    std::fs::write(folder.join("charter.note"), &note).unwrap();
    let adopted = home.desk.charter_adopt(&home.who("overseer", "demo")).unwrap().value;
    assert_eq!((adopted.version, adopted.changes.is_empty()), (2, false));
    assert_ne!(hash(), before);
    let error = home.desk.charter_adopt(&home.who("overseer", "demo")).unwrap_err().to_string();
    assert!(error.contains("in force already"), "{error}");
    // Rolled back to the first version, with its genuine signature.
    let rules = std::fs::read_to_string(folder.join("charter.toml")).unwrap();
    let old: String =
        rules.lines().filter(|line| !line.starts_with("previous")).map(|line| format!("{}\n", line.replace("version = 2", "version = 1"))).collect();
    std::fs::write(folder.join("charter.toml"), old.replace("Trying out", "Demonstration")).unwrap();
    let charter = candour_actions::Charter::load(&folder).unwrap();
    std::fs::write(folder.join("charter.note"), home.signature(&charter.statement())).unwrap();
    let error = home.desk.charter_adopt(&home.who("overseer", "demo")).unwrap_err().to_string();
    assert!(error.contains("never taken back"), "{error}");
}

#[test]
fn emergency_access_takes_a_second_person_lasts_an_hour_and_waits_for_a_review() {
    let home = town();
    let analyst = home.who("analyst", "demo");
    assert_eq!(found(&home, &analyst), Ok(1));
    let supervisor = home.who("supervisor", "demo");
    let asked = home.desk.break_glass_request(&supervisor, &["harbour".to_owned()], "a child is missing").unwrap().value;
    let own = home.desk.break_glass_approve(&supervisor, &asked.id).unwrap_err();
    assert!(matches!(&own, ActionError::Refused { explanation, .. } if explanation.contains("second person")), "{own}");
    assert!(home.desk.break_glass_request(&analyst, &["no-such".to_owned()], "a child is missing").is_err());
    let asked = home.desk.break_glass_request(&analyst, &["harbour".to_owned()], "a child is missing").unwrap().value;
    assert_eq!(found(&home, &analyst), Ok(1), "a request opens nothing");
    home.desk.break_glass_approve(&supervisor, &asked.id).unwrap();
    assert_eq!(found(&home, &analyst), Ok(2), "a compartment is open, a special category is not");
    assert_eq!(found(&home, &home.who("analyst", "record-keeping")), Ok(1), "for the purpose that was stated alone");
    let entry = home.entries(0).pop().unwrap();
    assert_eq!(entry["mandate"], "");
    assert!(home.desk.break_glass_review(&home.who("overseer", "demo"), &asked.id, "fine").is_err(), "while it is open");
    home.set_time(home.desk.now() + HOUR);
    assert_eq!(found(&home, &analyst), Ok(1), "an hour later");
    let public = home.desk.public_register().unwrap().break_glass;
    assert_eq!((public.total, public.open_reviews, public.last_30_days), (1, 1, 1));
    // Seven days after its end its review is overdue, for whoever lists it and for the public.
    let late = || home.desk.break_glass_list(&home.who("overseer", "demo")).unwrap().value.glasses.into_iter().find(|glass| glass.id == asked.id).unwrap();
    assert_eq!((late().review_due_at.as_deref(), late().review_overdue, public.overdue_reviews), (Some("2026-01-08T01:00:00Z"), false, 0));
    home.set_time(home.desk.now() + 7 * 24 * HOUR);
    assert!(late().review_overdue);
    assert_eq!(home.desk.public_register().unwrap().break_glass.overdue_reviews, 1);
    home.desk.break_glass_review(&home.who("overseer", "demo"), &asked.id, "it was justified").unwrap();
    assert!(!late().review_overdue && late().review_due_at.is_none());
    let public = home.desk.public_register().unwrap().break_glass;
    assert_eq!((public.open_reviews, public.overdue_reviews), (0, 0));
}

/// Decided in time, and over before it is told.
#[test]
fn what_ends_while_it_is_answered_is_not_told() {
    let home = town();
    let text = draft(&home, &mandate(&home, "welfare"));
    sign(&home, "welfare", &text);
    let asked = home.desk.break_glass_request(&home.who("analyst", "demo"), &["harbour".to_owned()], "a child is missing").unwrap().value;
    home.desk.break_glass_approve(&home.who("supervisor", "demo"), &asked.id).unwrap();
    let start = home.desk.now();
    for (who, ends, opened) in [(home.who("analyst", "demo"), start + HOUR, 2), (under(&home, "welfare"), start + 24 * HOUR, 2)] {
        home.set_time(ends - 1);
        assert_eq!(found(&home, &who), Ok(opened));
        home.set_time_while_recording(ends);
        let outcome = home.desk.search(&who, &search("kovak")).map(|answer| answer.value.total);
        assert!(matches!(outcome, Err(ActionError::PolicyChanged)), "{outcome:?}");
        assert_eq!(home.entries(0).pop().unwrap()["outcome"], "charter changed meanwhile");
    }
}

/// A witness that can be out of reach.
struct Stand {
    key: SigningKey,
    is_away: AtomicBool,
}

impl Witness for Stand {
    fn vkey(&self) -> &str {
        // Made once per test, and small.
        Box::leak(self.key.vkey().into_boxed_str())
    }

    fn add_checkpoint(&self, request: &AddCheckpoint) -> Result<String, WitnessRefusal> {
        if self.is_away.load(Ordering::SeqCst) {
            return Err(WitnessRefusal::Unreachable("it is away".to_owned()));
        }
        let mut note = request.checkpoint.clone();
        note.cosign(&self.key, 1_767_225_600).unwrap();
        let text = note.to_string();
        let line = text.lines().find(|line| line.starts_with("\u{2014} witness.example ")).unwrap();
        Ok(format!("{line}\n"))
    }
}

/// Some of all that can wait.
const WAITING: [Action; 6] = [Action::Export, Action::BreakGlassApprove, Action::Timeline, Action::OpenEntity, Action::ReadJournal, Action::LedgerPublish];

#[test]
fn exports_wait_for_a_witness_where_the_charter_says_so() {
    let home = town();
    let witness = Arc::new(Stand { key: SigningKey::generate_witness("witness.example", [7; 32]).unwrap(), is_away: AtomicBool::new(true) });
    let file = home.path().join("charter/charter.toml");
    let rules = std::fs::read_to_string(&file).unwrap();
    let (before, after) = rules.split_once("[ledger]\n").unwrap();
    let rest = after.split_once("\n[").map_or_else(String::new, |(_, rest)| format!("\n[{rest}"));
    let waiting = WAITING.map(|action| format!("\"{action}\"")).join(", ");
    let ledger =
        format!("[ledger]\nwitnesses = [{{ vkey = \"{}\", url = \"http://127.0.0.1:9/\" }}]\nthreshold = 1\nwait_for = [{waiting}]\n", witness.key.vkey());
    std::fs::write(&file, format!("{before}{ledger}{rest}")).unwrap();
    home.adopt_charter().unwrap();
    home.desk.set_witnesses(vec![witness.clone()]);
    let supervisor = home.who("supervisor", "demo");
    let request = ExportRequest { format: ExportFormat::Ftm, query: None, to: "the prosecutor".to_owned() };
    let error = home.desk.export(&supervisor, &request).map(drop).unwrap_err();
    assert!(matches!(error, ActionError::NotCosigned(_)), "{error}");
    assert_eq!(home.entries(0).pop().unwrap()["outcome"], "no witness vouched for it");
    for action in WAITING {
        prepare(&home, action);
        let outcome = attempt(&home, &able(&home, action), action);
        assert!(matches!(outcome, Err(ActionError::NotCosigned(_))), "{action}: {outcome:?}");
    }
    let asked = home.desk.break_glass_request(&home.who("analyst", "demo"), &["harbour".to_owned()], "a child is missing").unwrap().value;
    assert!(home.desk.break_glass_approve(&supervisor, &asked.id).is_err());
    assert_eq!(found(&home, &home.who("analyst", "demo")), Ok(1), "an approval that nobody vouches for opens nothing");
    witness.is_away.store(false, Ordering::SeqCst);
    let answer = home.desk.export(&supervisor, &request).unwrap();
    let cosigned = home.desk.public_register().unwrap().log.cosigned.unwrap();
    assert!(cosigned.size > answer.receipt.index);
    assert_eq!(cosigned.witnesses, ["witness.example"]);
    assert_eq!(found(&home, &home.who("analyst", "demo")), Ok(1));
}
