//! Single decisions with their policies and the sentence a person reads.

use candour_charter::{Actor, Charter};
use candour_model::{marking::Classification, purpose::Purpose};

use crate::setting;

fn actor(roles: &[&str]) -> Actor {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    Actor {
        id: "someone".to_owned(),
        name: "Someone".to_owned(),
        roles,
        clearance: Classification::OfficialSensitive,
        compartments: vec!["harbour".to_owned()],
    }
}

/// Each question as `roles | action | purpose | case | reason` with its answer below; a blank purpose is none.
fn check(charter: &Charter, questions: &[&str]) -> String {
    let mut answers = String::new();
    for question in questions {
        let parts: Vec<&str> = question.split('|').map(str::trim).collect();
        let text = |at: usize| parts.get(at).filter(|part| !part.is_empty()).map(|part| (*part).to_owned());
        let roles: Vec<&str> = parts.first().into_iter().flat_map(|roles| roles.split_whitespace()).collect();
        let purpose = text(2).map(|id| Purpose { id, case: text(3), reason: text(4), mandate: None });
        let decision = charter.decide(&actor(&roles), &text(1).unwrap_or_default(), purpose.as_ref(), &setting::plain());
        let word = if decision.allowed { "yes" } else { "no" };
        answers += &format!("{question}\n  {word} {:?}\n  {}\n", decision.policies, decision.explanation);
        assert!(!decision.explanation.contains('\n') && !decision.explanation.is_empty());
    }
    answers
}

#[test]
fn decisions_say_why_and_what_to_do() {
    let charter = Charter::builtin().unwrap();
    snapshot(
        "decisions",
        &check(
            &charter,
            &[
                "analyst | search | demo",
                "analyst | search",
                "analyst | search | snooping",
                "analyst | search | crime-investigation",
                "analyst | search | crime-investigation | CR/1",
                "analyst | search | intelligence-development | CR/1",
                "analyst | search | intelligence-development | | a pattern of thefts",
                "analyst | search | subject-access | SAR/1",
                "analyst | export | demo",
                "analyst | judge",
                "supervisor | export | disclosure | CR/1",
                "supervisor | export | disclosure | CR/1 | asked for by the prosecutor",
                "supervisor | export | crime-investigation | CR/1",
                "reviewer case-officer | search | contract-scrutiny | PR/1",
                "data-protection-officer | open_entity | subject-access | SAR/1",
                "data-protection-officer | open_entity | crime-investigation | CR/1",
                "data-protection-officer | read_journal | oversight | | quarterly check",
                "overseer | ledger_publish",
                "overseer | search | demo",
                "administrator | search | demo",
                "administrator | search",
                "administrator supervisor | search | demo",
                "administrator | read_journal | demo",
                "administrator | charter_show",
                "case-officer | neighbours | demo",
                "case-officer | import | demo",
                " | charter_show",
                "chief wizard | search | demo",
                "analyst wizard | search | demo",
                "analyst | delete_everything | demo",
                "analyst | see | demo",
                "analyst | evidence | demo",
                "analyst | ledger_status | snooping",
            ],
        ),
    );
}

#[test]
fn what_no_role_may_do_is_said_to_be_so() {
    let mut files = setting::texts();
    for (path, text) in &mut files {
        if path == "policies/analysis.cedar" {
            *text = text.replace("Action::\"export\", ", "");
        }
    }
    let charter = Charter::from_files(&files).unwrap();
    insta::assert_snapshot!(check(&charter, &["supervisor | export | demo", "analyst | export"]), @"
    supervisor | export | demo
      no []
      `export` is allowed to no role, so not to the role `supervisor`; whoever keeps the charter can change that in a policy
    analyst | export
      no [\"program:purpose-required\"]
      `export` is allowed to no role, so not to the role `analyst`; whoever keeps the charter can change that in a policy
    ");
}

/// A committed snapshot without the expression it came from: the report repeats each question.
fn snapshot(name: &str, report: &str) {
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, report) });
}
