//! Laws that hold for every person, action, purpose and marking, and the few that hold under every charter.

use std::sync::LazyLock;

use candour_charter::{Actor, Charter, DEFAULT};
use candour_model::{
    id::MarkingNo,
    marking::{Classification, Handling, Marking, SpecialCategory},
    purpose::Purpose,
};
use proptest::prelude::*;

use crate::setting;

#[expect(clippy::unwrap_used, reason = "a test without it has nothing to test")]
static SHIPPED: LazyLock<Charter> = LazyLock::new(|| Charter::builtin().unwrap());
/// A charter that permits everything to everybody: what holds under it holds under every charter.
#[expect(clippy::unwrap_used, reason = "a test without it has nothing to test")]
static LAX: LazyLock<Charter> = LazyLock::new(|| {
    let policies = |path: &str| path.starts_with("policies/");
    let mut files: Vec<_> = setting::texts().into_iter().filter(|(path, _)| !policies(path)).collect();
    files.push(("policies/all.cedar".to_owned(), "permit (principal, action, resource);".to_owned()));
    Charter::from_files(&files).unwrap()
});

const CLASSIFICATIONS: [Classification; 5] =
    [Classification::Open, Classification::Official, Classification::OfficialSensitive, Classification::Secret, Classification::TopSecret];
const WITHOUT_PURPOSE: [&str; 11] = [
    "ledger_status",
    "ledger_publish",
    "charter_show",
    "charter_adopt",
    "mandate_draft",
    "mandate_sign",
    "mandate_revoke",
    "mandate_list",
    "break_glass_list",
    "manage_people",
    "issue_token",
];

/// Actions that need a purpose and touch no evidence.
const WITHOUT_EVIDENCE: [&str; 5] = ["read_journal", "oversee", "break_glass_request", "break_glass_approve", "break_glass_review"];

fn classification() -> impl Strategy<Value = Classification> {
    proptest::sample::select(&CLASSIFICATIONS[..])
}

/// Declared ids with some undeclared ones among them.
fn ids(declared: Vec<String>) -> impl Strategy<Value = String> {
    prop_oneof![9 => proptest::sample::select(declared), 1 => "[a-z_-]{0,12}", 1 => any::<String>()]
}

fn role() -> impl Strategy<Value = String> {
    ids(SHIPPED.roles().iter().map(|role| role.id.clone()).collect())
}

fn action() -> impl Strategy<Value = String> {
    ids(SHIPPED.actions().map(str::to_owned).collect())
}

fn compartment() -> impl Strategy<Value = String> {
    prop_oneof![Just("harbour".to_owned()), Just("beacon".to_owned())]
}

prop_compose! {
    fn actor()(id in any::<String>(), roles in prop::collection::vec(role(), 0..4), clearance in classification(), compartments in prop::collection::vec(compartment(), 0..3)) -> Actor {
        Actor { id, name: String::new(), roles, clearance, compartments }
    }
}

prop_compose! {
    fn purpose()(id in ids(SHIPPED.purposes().iter().map(|purpose| purpose.id.clone()).collect()), case in prop::option::of("[A-Z ]{0,3}"), reason in prop::option::of("[a-z ]{0,3}")) -> Purpose {
        Purpose { id, case, reason, mandate: None }
    }
}

prop_compose! {
    fn marking()(id in "[a-z]{1,6}", classification in classification(), compartment in prop::option::of(compartment()), special in any::<bool>(), retention in 1_u8..5) -> Marking {
        let special = if special { vec![SpecialCategory::Health] } else { Vec::new() };
        Marking { id, classification, handling: Handling::P, conditions: None, compartment, special, retention, restricted: false }
    }
}

fn seen(charter: &Charter, actor: &Actor, purpose: &Purpose, markings: &[Marking]) -> Vec<u16> {
    charter.visible(actor, purpose, &setting::plain(), (0..).map(MarkingNo).zip(markings)).iter().map(|number| number.0).collect()
}

fn declares(charter: &Charter, purpose: &Purpose) -> bool {
    let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    charter.purposes().iter().any(|rule| rule.id == purpose.id && (!rule.needs_case || given(&purpose.case)) && (!rule.needs_reason || given(&purpose.reason)))
}

fn has_role(charter: &Charter, actor: &Actor) -> bool {
    charter.roles().iter().any(|role| actor.roles.contains(&role.id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Under every charter: no evidence without a purpose; what is not declared is refused; a purpose lacks nothing.
    #[test]
    fn what_is_not_declared_is_refused(actor in actor(), action in action(), purpose in prop::option::of(purpose())) {
        for charter in [&*SHIPPED, &*LAX] {
            let decision = charter.decide(&actor, &action, purpose.as_ref(), &setting::plain());
            let known = charter.actions().any(|known| known == action);
            let grounds = purpose.as_ref().map_or(WITHOUT_PURPOSE.contains(&action.as_str()), |purpose| declares(charter, purpose));
            prop_assert!(!decision.allowed || (known && grounds && has_role(charter, &actor)), "{decision:?}");
            prop_assert!(!decision.explanation.is_empty());
            prop_assert!(!decision.allowed || !decision.policies.is_empty(), "a permission names its policy");
        }
        let permitted = LAX.actions().any(|known| known == action) && has_role(&LAX, &actor) && purpose.as_ref().is_some_and(|purpose| declares(&LAX, purpose));
        let needs_mandate = purpose.as_ref().is_some_and(|purpose| LAX.purposes().iter().any(|rule| rule.id == purpose.id && rule.needs_mandate));
        let permitted = permitted && (!needs_mandate || WITHOUT_EVIDENCE.contains(&action.as_str()) || WITHOUT_PURPOSE.contains(&action.as_str()));
        prop_assert!(!permitted || LAX.decide(&actor, &action, purpose.as_ref(), &setting::plain()).allowed, "and nothing else is");
    }

    /// Under every charter: a special category is seen by nobody, and nothing for an undeclared or incomplete purpose.
    #[test]
    fn special_categories_are_never_visible(actor in actor(), purpose in purpose(), markings in prop::collection::vec(marking(), 0..8)) {
        for charter in [&*SHIPPED, &*LAX] {
            let seen = seen(charter, &actor, &purpose, &markings);
            prop_assert!(seen.iter().all(|number| markings[usize::from(*number)].special.is_empty()));
            prop_assert!(seen.is_empty() || (has_role(charter, &actor) && declares(charter, &purpose)));
        }
    }

    /// Clearance and membership are needed, and more of either never hides anything.
    #[test]
    fn visibility_grows_with_clearance_and_membership(actor in actor(), higher in classification(), purpose in purpose(), markings in prop::collection::vec(marking(), 0..8)) {
        let before = seen(&SHIPPED, &actor, &purpose, &markings);
        for number in &before {
            let marking = &markings[usize::from(*number)];
            prop_assert!(marking.classification <= actor.clearance);
            prop_assert!(marking.compartment.as_ref().is_none_or(|compartment| actor.compartments.contains(compartment)));
        }
        let raised = Actor { clearance: actor.clearance.max(higher), ..actor.clone() };
        let joined = Actor { compartments: vec!["harbour".to_owned(), "beacon".to_owned()], ..actor };
        for more in [raised, joined] {
            let after = seen(&SHIPPED, &more, &purpose, &markings);
            prop_assert!(before.iter().all(|number| after.contains(number)));
        }
    }

    /// A marking is judged by itself: neither its neighbours nor its number nor a namesake matters.
    #[test]
    fn markings_are_judged_one_by_one(actor in actor(), purpose in purpose(), markings in prop::collection::vec(marking(), 0..8)) {
        let together = seen(&SHIPPED, &actor, &purpose, &markings);
        for (number, marking) in (0..).zip(&markings) {
            let alone = !seen(&SHIPPED, &actor, &purpose, std::slice::from_ref(marking)).is_empty();
            prop_assert_eq!(alone, together.contains(&number));
        }
    }

    /// Whoever runs the system or oversees it sees nothing, whatever other roles they hold.
    #[test]
    fn no_bypass(actor in actor(), outside in prop_oneof![Just("administrator"), Just("overseer")], action in action(), purpose in prop::option::of(purpose()), markings in prop::collection::vec(marking(), 0..8)) {
        let mut actor = actor;
        actor.roles.push(outside.to_owned());
        let harmless = [&WITHOUT_PURPOSE[..], &WITHOUT_EVIDENCE[..]].concat();
        prop_assert!(!SHIPPED.decide(&actor, &action, purpose.as_ref(), &setting::plain()).allowed || harmless.contains(&action.as_str()));
        if let Some(purpose) = purpose {
            prop_assert!(seen(&SHIPPED, &actor, &purpose, &markings).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Whatever the text, loading ends in a charter or an error that says something.
    #[test]
    fn no_text_makes_loading_panic(which in 0..DEFAULT.len(), at in any::<prop::sample::Index>(), length in 0_usize..200, text in prop_oneof![any::<String>(), "[a-zA-Z0-9\"'(){}\\[\\]<>=:;,.@?&|!#/\\\\ \n-]{0,200}"]) {
        let mut files: Vec<(String, String)> = DEFAULT.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let alone = text.clone();
        let whole: Vec<char> = files[which].1.chars().collect();
        let start = at.index(whole.len());
        let end = (start + length).min(whole.len());
        files[which].1 = whole[..start].iter().copied().chain(text.chars()).chain(whole[end..].iter().copied()).collect();
        for text in [files[which].1.clone(), alone] {
            files[which].1 = text;
            if let Err(problem) = Charter::from_files(&files) {
                prop_assert!(!problem.to_string().is_empty());
            }
        }
    }
}

/// Texts made to exhaust the stack or the patience of a parser.
#[test]
fn deep_texts_are_refused() {
    let policy = |condition: String| ("policies/more.cedar", format!("permit (principal, action, resource) when {{ {condition} }};"));
    for (path, text) in [
        policy(format!("{}true{}", "(".repeat(100_000), ")".repeat(100_000))),
        policy("(".repeat(100_000)),
        policy(format!("{}true", "!".repeat(100_000))),
        policy(format!("principal{}", ".a".repeat(100_000))),
        policy(format!("{}true", "if true then true else ".repeat(100_000))),
        policy(format!("true{}", " && true".repeat(100_000))),
        policy(format!("{}1{} == 1", "[".repeat(100_000), "]".repeat(100_000))),
        ("schema.cedarschema", format!("type T = {}Long{};", "Set<".repeat(100_000), ">".repeat(100_000))),
        ("charter.toml", format!("organisation = {}", "[".repeat(100_000))),
        ("charter.toml", format!("{}organisation = 1", "a.".repeat(100_000))),
    ] {
        let mut files: Vec<(String, String)> =
            DEFAULT.iter().filter(|(known, _)| *known != path).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        files.push((path.to_owned(), text));
        let problem = Charter::from_files(&files).unwrap_err().to_string();
        assert!(problem.starts_with(path), "{problem}");
    }
}
