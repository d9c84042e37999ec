//! The laws of the machine, for any steps by anybody on any days.

use std::collections::BTreeSet;

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use proptest::prelude::*;

use super::*;
use crate::hook::{Force, Lint, NOTICE};
use crate::working_days::Calendar;

const START: Date = date(2026, 2, 2);

fn lint(force: Force) -> Lint {
    Lint { value: "value".to_owned(), force, reasons: Vec::new(), questions: Vec::new(), notice: NOTICE }
}

fn item(grade: &str, source: &str, final_ruling: bool) -> EvidenceItem {
    EvidenceItem { id: "item".to_owned(), grade: grade.parse().expect("a grade"), source: source.to_owned(), final_ruling }
}

fn actor(person: &str, role: Role) -> Actor {
    Actor { person: person.to_owned(), role }
}

fn refer(evidence: Vec<EvidenceItem>) -> Step {
    Step::Refer { rule: "rule".to_owned(), lint: lint(Force::MayHold), evidence }
}

fn any_role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Machine, Role::CommercialLead, Role::CaseOfficer, Role::MandateHolder, Role::Supplier, Role::Buyer, Role::Reviewer])
}

fn any_text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![String::new(), "why".to_owned()])
}

fn any_person() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "ann", "ben", "cat", "dee"]).prop_map(str::to_owned)
}

fn any_evidence() -> impl Strategy<Value = Vec<EvidenceItem>> {
    let one = (prop::sample::select(vec!["1A", "2B", "2C", "3E"]), prop::sample::select(vec!["court", "press"]), any::<bool>());
    prop::collection::vec(one.prop_map(|(grade, source, ruling)| item(grade, source, ruling)), 0..3)
}

fn any_step() -> impl Strategy<Value = Step> {
    let outcome = prop::sample::select(vec![Outcome::Clear, Outcome::Conditions, Outcome::Exclude, Outcome::Reprocure]);
    prop_oneof![
        Just(Step::Screen),
        any_text().prop_map(|reasons| Step::Clear { reasons }),
        (any_text(), any::<bool>(), any_evidence()).prop_map(|(rule, may, evidence)| Step::Refer {
            rule,
            lint: lint(if may { Force::MayHold } else { Force::InformOnly }),
            evidence
        }),
        (any_person(), prop::option::of(-5_i64..120))
            .prop_map(|(countersigner, days)| Step::Hold { countersigner, until: days.and_then(|days| START.checked_add(days.days()).ok()) }),
        Just(Step::Expire),
        any::<bool>().prop_map(|some| Step::Notify { disclosed: if some { vec!["item".to_owned()] } else { Vec::new() } }),
        (any::<bool>(), any_text()).prop_map(|(supplier, text)| Step::Answer { party: if supplier { Party::Supplier } else { Party::Buyer }, text }),
        Just(Step::Convene),
        (any_text(), outcome, any_text()).prop_map(|(recommendation, outcome, reasons)| Step::Decide { recommendation, outcome, reasons }),
        Just(Step::Announce),
        Just(Step::Close),
        Just(Step::Sign),
        Just(Step::Challenge),
        any_text().prop_map(|reasons| Step::Resume { reasons }),
        any_text().prop_map(|what| Step::Change { what }),
    ]
}

/// A step by somebody who may do it more often than not, so that cases get far.
fn any_deed() -> impl Strategy<Value = (Step, Actor, i64)> {
    (any_step(), any_person(), any_role(), 0_usize..4, 0_i64..20).prop_map(|(step, person, role, luck, days)| {
        let fit = TABLE.iter().find(|row| row.by_move == step.kind()).and_then(|row| row.who.first()).copied();
        let role = if luck > 0 { fit.unwrap_or(role) } else { role };
        (step, Actor { person, role }, days)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn laws_hold_whatever_is_tried(deeds in prop::collection::vec(any_deed(), 1..60)) {
        let calendar = Calendar::builtin().expect("the shipped text");
        let mut case = Case::register(START);
        let mut today = START;
        for (step, by, days) in deeds {
            today = today.checked_add(days.days()).expect("a day");
            let before = case.clone();
            let Ok(next) = before.step(&step, &by, today, &calendar) else { continue };
            let row = TABLE.iter().find(|row| row.by_move == step.kind() && row.from.contains(&before.state())).expect("a row of the table");
            prop_assert!(row.who.contains(&by.role));
            if next.hold().is_some() && before.hold().is_none() {
                let hold = next.hold().expect("a hold");
                prop_assert!(by.role == Role::MandateHolder, "a hold by {by:?}");
                prop_assert!(hold.until >= today && hold.countersigner != hold.by);
                prop_assert!(!hold.by.is_empty() && !hold.countersigner.is_empty());
                let referrer = next.noted().referrer.as_deref();
                prop_assert!(referrer.is_some() && referrer != Some(hold.by.as_str()) && referrer != Some(hold.countersigner.as_str()));
                prop_assert!(next.noted().evidence.iter().any(|item| item.grade.to_string().ends_with(['A', 'B'])));
            }
            prop_assert_eq!(next.state() == State::Held && next.hold().is_none(), false, "held without a hold");
            if next.state() == State::Standstill || (next.state() == State::Watch && step == Step::Sign) {
                prop_assert!(next.hold().is_none(), "awarded while held");
                prop_assert!(next.noted().outcome.is_none_or(Outcome::permits_award), "awarded against the decision");
            }
            if step == Step::Sign {
                let announced = next.noted().announced.expect("a notice");
                let between = (1..).map_while(|nth: i64| announced.checked_add(nth.days()).ok().filter(|day| *day < today));
                prop_assert!(between.filter(|day| calendar.is_working_day(*day)).count() >= 8);
            }
            if next.state() == State::Decided {
                prop_assert!(next.noted().outcome.is_some());
                prop_assert!(before.state() == State::Review || next.noted().referrer.as_deref() != Some(by.person.as_str()));
            }
            if before.state() == State::Review {
                prop_assert_eq!(step.kind(), Move::Resume);
                prop_assert_eq!(Some(next.state()), before.noted().before_review);
            }
            case = next;
        }
        // Whatever was done: a hold that runs has an end, and when it is past, it can be released.
        if let Some(hold) = case.hold() && case.state() != State::Review {
            let late = hold.until.max(today).checked_add(1.day()).expect("a day");
            let released = case.step(&Step::Expire, &actor("", Role::Machine), late, &calendar);
            prop_assert!(released.as_ref().is_ok_and(|case| case.hold().is_none()), "{released:?}");
        }
    }
}

#[test]
fn a_case_goes_all_the_way() {
    let calendar = Calendar::builtin().expect("the shipped text");
    let (machine, lead, officer, holder) =
        (actor("", Role::Machine), actor("lea", Role::CommercialLead), actor("ann", Role::CaseOfficer), actor("ben", Role::MandateHolder));
    let deeds = [
        (Step::Screen, &machine, date(2026, 2, 2), State::Screened),
        (refer(vec![item("1A", "court", true)]), &officer, date(2026, 2, 3), State::Referred),
        (Step::Hold { countersigner: "cat".to_owned(), until: Some(date(2026, 3, 31)) }, &holder, date(2026, 2, 4), State::Held),
        (Step::Notify { disclosed: vec!["item".to_owned()] }, &officer, date(2026, 2, 5), State::Notice),
        (Step::Answer { party: Party::Supplier, text: "no".to_owned() }, &actor("sam", Role::Supplier), date(2026, 2, 10), State::Reply),
        (Step::Convene, &officer, date(2026, 2, 20), State::Panel),
        (
            Step::Decide { recommendation: "conditions".to_owned(), outcome: Outcome::Conditions, reasons: "because".to_owned() },
            &holder,
            date(2026, 2, 27),
            State::Decided,
        ),
        (Step::Announce, &lead, date(2026, 3, 2), State::Standstill),
        (Step::Sign, &lead, date(2026, 3, 13), State::Watch),
        (Step::Change { what: "an extension".to_owned() }, &machine, date(2027, 1, 4), State::Screened),
    ];
    let mut case = Case::register(START);
    for (step, by, today, state) in deeds {
        case = case.step(&step, by, today, &calendar).unwrap_or_else(|refusal| panic!("{step:?}: {refusal}"));
        assert_eq!(case.state(), state);
    }
}

#[test]
fn refusals_say_what_is_needed() {
    let calendar = Calendar::builtin().expect("the shipped text");
    let screened = Case::register(START).step(&Step::Screen, &actor("", Role::Machine), START, &calendar).expect("screened");
    let officer = actor("ann", Role::CaseOfficer);
    let referred = |evidence| screened.step(&refer(evidence), &officer, START, &calendar).expect("referred");
    let check = |case: &Case, step: Step, by: &Actor, says: &str| {
        let refusal = case.step(&step, by, START, &calendar).expect_err("a refusal").to_string();
        assert!(refusal.contains(says), "{refusal}");
    };
    let until = Some(date(2026, 3, 1));
    let hold = |countersigner: &str, until| Step::Hold { countersigner: countersigner.to_owned(), until };
    let holder = actor("ben", Role::MandateHolder);
    check(&screened, hold("cat", until), &holder, "allows no Hold");
    check(&referred(vec![item("1A", "court", true)]), hold("cat", None), &holder, "without a day of expiry");
    check(&referred(vec![item("1A", "court", true)]), hold("cat", Some(date(2027, 1, 1))), &holder, "90 days from now");
    check(&referred(vec![item("1A", "court", true)]), hold("ben", until), &holder, "signed by two");
    check(&referred(vec![item("1A", "court", true)]), hold("ann", until), &holder, "signed by two");
    check(&referred(vec![item("1A", "court", true)]), hold("cat", until), &actor("", Role::Machine), "not for a Machine");
    check(&referred(vec![item("2C", "press", true)]), hold("cat", until), &holder, "graded A or B");
    check(&referred(vec![item("1B", "press", false)]), hold("cat", until), &holder, "one source");
    let informs = Step::Refer { rule: "rule".to_owned(), lint: lint(Force::InformOnly), evidence: vec![item("1A", "court", true)] };
    check(&screened, informs, &officer, "only informs");
}

#[test]
fn every_state_can_be_reached_and_no_machine_holds() {
    let mut reached = BTreeSet::from([State::Registered]);
    loop {
        let more: BTreeSet<State> = TABLE.iter().filter(|row| row.from.iter().any(|from| reached.contains(from))).filter_map(|row| row.to).collect();
        let before = reached.len();
        reached.extend(more);
        if reached.len() == before {
            break;
        }
    }
    assert_eq!(reached, BTreeSet::from(State::ALL));
    for row in TABLE {
        assert!(row.by_move != Move::Hold || row.who == [Role::MandateHolder]);
        assert!(!row.needs.is_empty());
    }
}
