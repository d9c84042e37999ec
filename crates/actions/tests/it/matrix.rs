//! Every example role against every action and purpose: what the desk does, what it records, and that both are what the
//! charter says.

use std::{
    fmt::Write as _,
    fs,
    sync::atomic::{AtomicU64, Ordering},
};

use candour_actions::{
    Action, ActionError, Authority, Charter, Classification, ExportFormat, ExportRequest, MandateRequest, OverseePart, OverseeRequest, OverseeSpan,
    PathRequest, PeopleChange, Person, Purpose, ResolveRequest, RetentionDecision, ReviewRequest, SearchRequest, SpecialCategory, TokenRequest, Verdict, Who,
};

use crate::home::{HOUR, TestHome, import_of};

const TOWN: &str = r#"{"id":"anna","schema":"Person","properties":{"name":["Anna Kovak"],"birthDate":["1980-02-03"],"phone":["+441632960001"]}}
{"id":"ann","schema":"Person","properties":{"name":["Ann Kovak"],"birthDate":["1980-02-03"]}}
{"id":"firm","schema":"Company","properties":{"name":["Mere Haulage Ltd"]}}
{"id":"owns","schema":"Ownership","properties":{"owner":["anna"],"asset":["firm"],"startDate":["2019"]}}
"#;

fn town() -> TestHome {
    let home = TestHome::new();
    home.import(&home.who("analyst", "demo"), "town.ijson", TOWN, "open");
    home
}

pub(crate) fn search(query: &str) -> SearchRequest {
    SearchRequest { query: query.to_owned(), schemas: Vec::new(), datasets: Vec::new(), limit: 10, offset: 0 }
}

/// One attempt at an action. Every name is spelt out, so that a new action does not compile without a row here.
pub(crate) fn attempt(home: &TestHome, who: &Who, action: Action) -> Result<(), ActionError> {
    let desk = &home.desk;
    match action {
        Action::Import => {
            static NUMBER: AtomicU64 = AtomicU64::new(0);
            let name = format!("import-{}.ijson", NUMBER.fetch_add(1, Ordering::Relaxed));
            let path = home.outside().join(&name);
            fs::write(&path, format!(r#"{{"id":"{name}","schema":"Vehicle","properties":{{"registrationNumber":["{name}"]}}}}"#)).unwrap();
            desk.import(who, &import_of(&path, "open"), &mut |_| ()).map(drop)
        }
        Action::Resolve => desk.resolve(who, &ResolveRequest::default()).map(drop),
        Action::Judge => desk.judge(who, "anna", "ann", Verdict::Same, "same birth date").map(drop),
        Action::Split => desk.split(who, "ann", "another household").map(drop),
        Action::Explain => desk.explain(who, "anna", "ann").map(drop),
        Action::Search => desk.search(who, &search("kovak")).map(drop),
        Action::OpenEntity => desk.open_entity(who, "anna", None).map(drop),
        Action::Neighbours => desk.neighbours(who, "anna", 1).map(drop),
        Action::Path => desk.path(who, "anna", "firm", &PathRequest::default()).map(drop),
        Action::Timeline => desk.timeline(who, &["anna".to_owned()]).map(drop),
        Action::Export => {
            let request = ExportRequest { format: ExportFormat::Ftm, query: None, to: "the prosecutor".to_owned() };
            desk.export(who, &request).map(drop)
        }
        Action::ReadJournal => desk.read_journal(who, 0, 5).map(drop),
        Action::LedgerStatus => desk.ledger_status(who).map(drop),
        Action::LedgerPublish => desk.ledger_publish(who, &home.outside().join("published")).map(drop),
        Action::CharterShow => desk.charter_show(who).map(drop),
        Action::CharterAdopt => desk.charter_adopt(who).map(drop),
        Action::MandateDraft => desk.mandate_draft(who, &mandate(home, &home.fresh("mandate"))).map(drop),
        Action::MandateSign => desk.mandate_sign(who, &home.last("mandate"), &home.signature(&home.last("mandate text"))).map(drop),
        Action::MandateRevoke => desk.mandate_revoke(who, &home.last("mandate"), "no longer needed").map(drop),
        Action::MandateList => desk.mandate_list(who).map(drop),
        Action::BreakGlassRequest => desk.break_glass_request(who, &["harbour".to_owned()], "a child is missing").map(drop),
        Action::BreakGlassApprove => desk.break_glass_approve(who, &home.last("glass")).map(drop),
        Action::BreakGlassReview => desk.break_glass_review(who, &home.last("glass"), "it was justified").map(drop),
        Action::BreakGlassList => desk.break_glass_list(who).map(drop),
        Action::ReviewList => desk.review_list(who, 10, 0).map(drop),
        Action::ReviewDecide => desk.review_decide(who, "anna", &review(RetentionDecision::Retain)).map(drop),
        Action::Erase => desk.erase(who, &home.last("record"), false).map(drop),
        Action::Restrict => desk.restrict(who, &home.last("record"), "its accuracy is contested", false).map(drop),
        Action::Disclosures => desk.disclosures(who, "anna").map(drop),
        Action::Oversee => desk.oversee(who, &OverseeRequest { part: OverseePart::State, span: OverseeSpan::default() }).map(drop),
        Action::ManagePeople => {
            let id = home.fresh("person");
            let add = PeopleChange::Add {
                id: id.clone(),
                name: id,
                roles: vec!["analyst".to_owned()],
                clearance: Classification::Official,
                compartments: Vec::new(),
                subject: None,
            };
            desk.manage_people(who, &add).map(drop)
        }
        Action::IssueToken => {
            let request = TokenRequest { label: "a program".to_owned(), purpose: "demo".to_owned(), mandate: None, days: 1 };
            desk.issue_token(who, &request).map(drop)
        }
    }
}

/// A mandate that the shipped charter permits.
pub(crate) fn mandate(home: &TestHome, id: &str) -> MandateRequest {
    MandateRequest {
        id: id.to_owned(),
        purpose: "protect-vulnerable-people".to_owned(),
        group: "analyst".to_owned(),
        classes: vec![SpecialCategory::Health],
        highest: Classification::OfficialSensitive,
        not_before: home.desk.now(),
        not_after: home.desk.now() + 24 * HOUR,
        grounds: "welfare checks ordered by the council".to_owned(),
    }
}

fn review(decision: RetentionDecision) -> ReviewRequest {
    ReviewRequest { decision, rationale: "as the rules say".to_owned(), next: None, whole: false }
}

/// Makes sure that there is something to do it to.
pub(crate) fn prepare(home: &TestHome, action: Action) {
    match action {
        Action::Split => attempt(home, &home.who("reviewer", "demo"), Action::Judge).unwrap(),
        Action::CharterAdopt => home.sign_charter(),
        Action::MandateSign | Action::MandateRevoke => {
            let drafted = home.desk.mandate_draft(&home.who("supervisor", "demo"), &mandate(home, &home.fresh("mandate"))).unwrap();
            home.keep("mandate text", drafted.value.text);
        }
        Action::BreakGlassApprove | Action::BreakGlassReview => {
            let asked = home.desk.break_glass_request(&home.who("analyst", "demo"), &["harbour".to_owned()], "a child is missing").unwrap();
            home.keep("glass", asked.value.id.clone());
            if action == Action::BreakGlassReview {
                home.desk.break_glass_approve(&home.who("supervisor", "demo"), &asked.value.id).unwrap();
                home.set_time(home.desk.now() + HOUR);
            }
        }
        Action::Erase | Action::Restrict => {
            let id = home.fresh("record");
            home.import(
                &home.who("analyst", "demo"),
                &format!("{id}.ijson"),
                &format!(r#"{{"id":"{id}","schema":"Vehicle","properties":{{"registrationNumber":["{id}"]}}}}"#),
                "open",
            );
            if action == Action::Erase {
                home.desk.review_decide(&home.who("reviewer", "demo"), &id, &review(RetentionDecision::Erase)).unwrap();
            }
        }
        _ => {}
    }
}

/// Attempts one cell and holds what is done, told and recorded against the charter; says whether it was allowed.
fn check(home: &TestHome, charter: &Charter, person: &Person, purpose: Option<&Purpose>, action: Action) -> bool {
    let who = Who { actor: person.actor(), purpose: purpose.cloned() };
    let decision = charter.decide(&who.actor, action.name(), purpose, &Authority::none(home.desk.now()));
    let cell = format!("{} {action} {:?}", person.id, purpose.map(|purpose| &purpose.id));
    if decision.allowed {
        prepare(home, action);
    }
    let in_force = home.desk.public_register().unwrap().charter.hash;
    let first = home.count("journal");
    let outcome = attempt(home, &who, action);
    let entries = home.entries(first);
    assert!(!entries.is_empty(), "{cell}");
    assert!(entries.len() == 1 || (matches!(action, Action::Import | Action::Erase) && decision.allowed), "{cell}: {entries:?}");
    for entry in entries.iter().filter(|entry| entry["actor"] != "candour") {
        let field = |name: &str| entry[name].as_str();
        assert_eq!((field("actor"), field("action")), (person.id.as_str(), action.name()), "{cell}");
        assert_eq!(field("purpose"), purpose.map_or("", |purpose| &purpose.id), "{cell}");
        assert_eq!(field("case"), purpose.and_then(|purpose| purpose.case.as_deref()).unwrap_or_default(), "{cell}");
        assert_eq!(field("charter"), in_force, "{cell}");
        assert_eq!(field("policies"), decision.policies.join(" "), "{cell}");
        assert_eq!(field("outcome") == "refused", !decision.allowed, "{cell}");
        assert_ne!(field("outcome"), "failed", "{cell}");
    }
    match outcome {
        Ok(()) => assert!(decision.allowed, "{cell} was done and the charter forbids it"),
        Err(ActionError::Refused { explanation, receipt }) => {
            assert!(!decision.allowed, "{cell} was refused and the charter allows it");
            assert_eq!(explanation, decision.explanation, "{cell}");
            assert_eq!(receipt.map(|receipt| receipt.index), Some(first), "{cell}");
        }
        Err(error) => panic!("{cell}: {error}"),
    }
    decision.allowed
}

#[test]
fn the_desk_does_what_the_charter_says_and_records_every_attempt() {
    let home = town();
    let charter = Charter::load(&home.path().join("charter")).unwrap();
    let full = |id: &String| Purpose { id: id.clone(), case: Some("CR/1".to_owned()), reason: Some("a test".to_owned()), mandate: None };
    let purposes: Vec<Purpose> = charter.purposes().iter().map(|rule| full(&rule.id)).collect();
    let mut table = String::new();
    for action in Action::ALL {
        writeln!(table, "{action}").unwrap();
        for role in charter.roles() {
            let person = home.desk.person(&role.id).unwrap();
            let mut allowed = Vec::new();
            for purpose in &purposes {
                if check(&home, &charter, &person, Some(purpose), *action) {
                    allowed.push(purpose.id.as_str());
                }
            }
            let without = check(&home, &charter, &person, None, *action);
            let words = match (without, allowed.is_empty()) {
                (true, _) => "always".to_owned(),
                (false, true) => "never".to_owned(),
                (false, false) => allowed.join(" "),
            };
            writeln!(table, "  {}: {words}", role.id).unwrap();
        }
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("matrix", table) });
}
