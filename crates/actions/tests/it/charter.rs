//! The charter may change at any moment: what was decided under the old one is not released under the new one.

use candour_actions::{Action, ActionError, Purpose, TokenRequest};

use crate::{
    audit::able,
    home::{TestHome, import_of},
    matrix::{attempt, prepare, search},
};

const PEOPLE: &str = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"]}}
{"id":"ann","schema":"Person","properties":{"name":["Ann Kovak"]}}
{"id":"firm","schema":"Company","properties":{"name":["Mere Haulage Ltd"]}}
{"id":"owns","schema":"Ownership","properties":{"owner":["anna"],"asset":["firm"]}}
"#;

fn town() -> TestHome {
    let home = TestHome::new();
    home.import(&home.who("analyst", "demo"), "town.ijson", PEOPLE, "official");
    home
}

#[test]
fn an_answer_that_was_prepared_under_the_old_charter_is_dropped() {
    let home = town();
    for action in Action::ALL {
        prepare(&home, *action);
        home.desk.warm().unwrap();
        let who = able(&home, *action);
        let (first, before) = (home.count("journal"), ["statement", "entity", "pair"].map(|table| home.count(table)));
        home.refresh_while_recording();
        let answer = attempt(&home, &who, *action);
        assert!(matches!(answer, Err(ActionError::PolicyChanged)), "{action}: {answer:?}");
        assert_eq!(["statement", "entity", "pair"].map(|table| home.count(table)), before, "{action} changed something all the same");
        let last = home.entries(first).pop().unwrap();
        assert_eq!((last["action"].as_str(), last["outcome"].as_str()), (action.name(), "charter changed meanwhile"));
        assert_eq!(std::fs::read_dir(home.path().join("exports")).map_or(0, Iterator::count), 0, "{action} left evidence behind");
        attempt(&home, &who, *action).unwrap();
    }
}

#[test]
fn a_token_lives_no_longer_than_the_charter_allows() {
    let home = town();
    home.change_charter("charter.toml", "absolute_hours = 10", "absolute_hours = 10\ntoken_days = 10");
    home.adopt_charter().unwrap();
    let issue = |days| {
        let request = TokenRequest { label: "a program".to_owned(), purpose: "demo".to_owned(), mandate: None, days };
        home.desk.issue_token(&home.who("analyst", "demo"), &request).map(drop)
    };
    let error = issue(11).unwrap_err().to_string();
    assert!(error.contains("the charter allows 1 to 10"), "{error}");
    issue(10).unwrap();
}

#[test]
fn permits_do_not_outlive_the_charter() {
    let home = town();
    let analyst = home.who("analyst", "demo");
    let total = || home.desk.search(&analyst, &search("kovak")).unwrap().value.total;
    assert_eq!(total(), 2);
    home.change_charter("policies/markings.cedar", "resource.classification > principal.clearance", "resource.classification > 0");
    assert_eq!(total(), 2, "the charter in force is the one that was read");
    let hash = home.desk.charter_show(&analyst).unwrap().value.hash;
    home.adopt_charter().unwrap();
    assert_eq!(total(), 0);
    assert!(matches!(home.desk.open_entity(&analyst, "anna", None), Err(ActionError::NotFound(_))));
    assert_ne!(home.desk.charter_show(&analyst).unwrap().value.hash, hash);
    home.change_charter("policies/markings.cedar", "resource.classification > 0", "resource.classification > principal.clearance");
    home.adopt_charter().unwrap();
    assert_eq!(total(), 2);
}

#[test]
fn a_charter_that_is_not_valid_leaves_the_old_one_in_force() {
    let home = town();
    let analyst = home.who("analyst", "demo");
    home.change_charter("policies/analysis.cedar", "permit (", "permitted (");
    home.adopt_charter().unwrap_err();
    assert_eq!(home.desk.search(&analyst, &search("kovak")).unwrap().value.total, 2);
}

#[test]
fn markings_that_a_new_charter_declares_can_be_used_at_once() {
    let home = town();
    let analyst = home.who("analyst", "demo");
    let markings = std::fs::read_to_string(home.path().join("charter/charter.toml")).unwrap();
    std::fs::write(home.path().join("charter/charter.toml"), markings + "\n[[markings]]\nid = \"town\"\nclassification = \"open\"\n").unwrap();
    home.adopt_charter().unwrap();
    let path = home.outside().join("more.ijson");
    std::fs::write(&path, r#"{"id":"zed","schema":"Person","properties":{"name":["Zed Kovak"]}}"#).unwrap();
    home.desk.import(&analyst, &import_of(&path, "town"), &mut |_| ()).unwrap();
    assert_eq!(home.desk.search(&analyst, &search("kovak")).unwrap().value.total, 3);
}

#[test]
fn what_is_seen_depends_on_all_that_a_person_holds_and_not_on_their_name() {
    let home = town();
    let mut who = home.who("supervisor", "demo");
    assert_eq!(home.desk.search(&who, &search("kovak")).unwrap().value.total, 2);
    who.actor.clearance = candour_actions::Classification::Open;
    assert_eq!(home.desk.search(&who, &search("kovak")).unwrap().value.total, 0);
    who.purpose = Some(Purpose { id: "disclosure".to_owned(), case: Some("CR/1".to_owned()), reason: Some("asked for".to_owned()), mandate: None });
    assert_eq!(home.desk.search(&who, &search("kovak")).unwrap().value.total, 0);
}
