//! Laws of the shipped charter, shown by putting every question: all roles singly and in pairs, every purpose, every action, every
//! kind of marking, every kind of mandate, with and without break-glass access.

use candour_charter::{Actor, Authority, Charter, Glass, Mandate};
use candour_model::{
    id::MarkingNo,
    marking::{Classification, Handling, Marking, SpecialCategory},
    purpose::Purpose,
};

use crate::setting::{NOW, mandate, texts};

/// Nobody, everybody with one role, everybody with two; cleared for everything and members of everything.
fn people(charter: &Charter) -> Vec<Actor> {
    let roles: Vec<String> = charter.roles().iter().map(|role| role.id.clone()).collect();
    let mut sets = vec![Vec::new()];
    for (at, one) in roles.iter().enumerate() {
        sets.push(vec![one.clone()]);
        sets.extend(roles[at + 1..].iter().map(|other| vec![one.clone(), other.clone()]));
    }
    let person = |roles: Vec<String>| Actor {
        id: roles.join("+"),
        name: String::new(),
        roles,
        clearance: Classification::TopSecret,
        compartments: vec!["harbour".to_owned()],
    };
    sets.into_iter().map(person).collect()
}

/// No mandate; and mandates for a purpose and a role, of no class, of one and of two, reaching little and everything.
fn mandates(charter: &Charter, purpose: &str, group: &str) -> Vec<Option<Mandate>> {
    let mut all = vec![None];
    for classes in [&[][..], &[SpecialCategory::Health], &[SpecialCategory::Belief, SpecialCategory::Health]] {
        for highest in [Classification::Open, Classification::TopSecret] {
            let (purpose, group) = (purpose.to_owned(), group.to_owned());
            all.push(Some(Mandate { purpose, group, classes: classes.to_vec(), highest, ..mandate(charter) }));
        }
    }
    all
}

fn glasses() -> [Option<Glass>; 2] {
    [None, Some(Glass { id: "glass-1".to_owned(), opens: vec!["harbour".to_owned()] })]
}

fn stated(id: &str, mandate: Option<&Mandate>) -> Purpose {
    Purpose { id: id.to_owned(), case: Some("CR/1".to_owned()), reason: Some("a reason".to_owned()), mandate: mandate.map(|mandate| mandate.id.clone()) }
}

fn markings() -> Vec<Marking> {
    let mut all = Vec::new();
    for classification in [Classification::Open, Classification::OfficialSensitive, Classification::TopSecret] {
        for special in [&[][..], &[SpecialCategory::Health], &[SpecialCategory::Belief], &[SpecialCategory::Belief, SpecialCategory::Health]] {
            for compartment in [None, Some("harbour".to_owned())] {
                for restricted in [false, true] {
                    all.push(Marking {
                        id: format!("m{}", all.len()),
                        classification,
                        handling: Handling::P,
                        conditions: None,
                        compartment: compartment.clone(),
                        special: special.to_vec(),
                        retention: 4,
                        restricted,
                    });
                }
            }
        }
    }
    all
}

const JOURNAL: [&str; 2] = ["read_journal", "oversee"];
const WITHOUT_EVIDENCE: [&str; 16] = [
    "break_glass_approve",
    "break_glass_list",
    "break_glass_request",
    "break_glass_review",
    "charter_adopt",
    "charter_show",
    "issue_token",
    "ledger_publish",
    "ledger_status",
    "mandate_draft",
    "mandate_list",
    "mandate_revoke",
    "mandate_sign",
    "manage_people",
    "oversee",
    "read_journal",
];

/// No administrator reads evidence or the journal, no overseer evidence, whatever their other role; no purpose, no evidence; no
/// evidence for a purpose that needs a mandate without one or broken glass.
#[test]
fn who_stands_outside_stays_outside() {
    let charter = Charter::from_files(&texts()).unwrap();
    let actions: Vec<String> = charter.actions().map(str::to_owned).collect();
    let evidence = |action: &str| !WITHOUT_EVIDENCE.contains(&action);
    assert_eq!(actions.iter().filter(|action| !evidence(action)).count(), WITHOUT_EVIDENCE.len());
    let (mut asked, mut allowed) = (0, 0);
    for person in people(&charter) {
        let outside = |role: &str| person.roles.iter().any(|held| held == role);
        for action in &actions {
            let without = charter.decide(&person, action, None, &Authority::none(NOW)).allowed;
            assert!(!without || (!evidence(action) && !JOURNAL.contains(&action.as_str()) && !person.roles.is_empty()), "{} {action}", person.id);
        }
        for purpose in charter.purposes() {
            for glass in glasses() {
                // A mandate's classes and reach matter to markings alone; that there is one matters here.
                let group = person.roles.first().map_or("analyst", String::as_str);
                for mandate in mandates(&charter, &purpose.id, group).into_iter().take(2) {
                    let authority = Authority { mandate: mandate.as_ref(), glass: glass.as_ref(), now: NOW };
                    let purpose_stated = stated(&purpose.id, mandate.as_ref());
                    for action in &actions {
                        let decision = charter.decide(&person, action, Some(&purpose_stated), &authority);
                        let what = || format!("{} {action} for {}: {decision:?}", person.id, purpose.id);
                        (asked, allowed) = (asked + 1, allowed + usize::from(decision.allowed));
                        if !decision.allowed {
                            continue;
                        }
                        assert!(!person.roles.is_empty(), "{}", what());
                        assert!(!(outside("administrator") && (evidence(action) || JOURNAL.contains(&action.as_str()))), "{}", what());
                        assert!(!(outside("overseer") && evidence(action)), "{}", what());
                        assert!(!(purpose.needs_mandate && evidence(action) && mandate.is_none() && glass.is_none()), "{}", what());
                    }
                }
            }
        }
    }
    assert!(asked > 40_000 && allowed > 1_000, "{asked} questions, {allowed} answered with yes");
}

/// No role sees special-category data without a mandate that names it; restricted data only for purposes that read it;
/// administrators and overseers see nothing.
#[test]
fn special_and_restricted_data_stay_closed() {
    let charter = Charter::from_files(&texts()).unwrap();
    let markings = markings();
    let (mut special_seen, mut restricted_seen) = (0, 0);
    for person in people(&charter) {
        let outside = person.roles.is_empty() || person.roles.iter().any(|held| held == "administrator" || held == "overseer");
        for purpose in charter.purposes() {
            for glass in glasses() {
                let groups: Vec<&str> = if person.roles.is_empty() { vec!["analyst"] } else { person.roles.iter().map(String::as_str).collect() };
                for mandate in groups.into_iter().flat_map(|group| mandates(&charter, &purpose.id, group)) {
                    let authority = Authority { mandate: mandate.as_ref(), glass: glass.as_ref(), now: NOW };
                    let visible = charter.visible(&person, &stated(&purpose.id, mandate.as_ref()), &authority, (0..).map(MarkingNo).zip(&markings));
                    for marking in visible.iter().map(|number| &markings[usize::from(number.0)]) {
                        let what = || format!("{} sees {marking:?} for {} under {mandate:?}", person.id, purpose.id);
                        assert!(!outside, "{}", what());
                        if !marking.special.is_empty() {
                            let named = |mandate: &Mandate| {
                                marking.special.iter().all(|category| mandate.classes.contains(category)) && marking.classification <= mandate.highest
                            };
                            assert!(mandate.as_ref().is_some_and(named), "{}", what());
                            special_seen += 1;
                        }
                        assert!(!marking.restricted || purpose.reads_restricted, "{}", what());
                        restricted_seen += usize::from(marking.restricted);
                    }
                }
            }
        }
    }
    assert!(special_seen > 100 && restricted_seen > 100, "{special_seen} special and {restricted_seen} restricted markings were seen");
}
