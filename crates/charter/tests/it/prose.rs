//! The shipped charter as its guide tells it, decided in the plainest way: no Cedar, nothing of the crate's own deciding.
//!
//! Written from `docs/guide/charter.md` and `charter/charter.toml`, rule by rule, so that it can be read beside them. It is slow
//! on purpose and knows the shipped charter only.

use candour_charter::{Actor, Authority, Mandate};
use candour_model::{marking::Marking, purpose::Purpose};

/// A purpose: its id, and whether it needs a case, a reason, a mandate, and reads what is restricted.
struct Words(&'static str, bool, bool, bool, bool);

const PURPOSES: [Words; 10] = [
    Words("demo", false, false, false, false),
    Words("crime-investigation", true, false, false, false),
    Words("intelligence-development", false, true, false, false),
    Words("record-keeping", false, false, false, false),
    Words("disclosure", true, true, false, true),
    Words("subject-access", true, false, false, true),
    Words("retention", false, true, false, true),
    Words("protect-vulnerable-people", true, true, true, false),
    Words("oversight", false, true, false, false),
    Words("contract-scrutiny", true, false, false, false),
];

const ROLES: [&str; 8] = ["analyst", "reviewer", "supervisor", "data-protection-officer", "overseer", "commercial-lead", "case-officer", "administrator"];

/// Whether somebody holds a role: a supervisor is a reviewer, and a reviewer is an analyst.
fn is(actor: &Actor, role: &str) -> bool {
    let holds = |role: &str| actor.roles.iter().any(|held| held == role);
    match role {
        "analyst" => holds("analyst") || holds("reviewer") || holds("supervisor"),
        "reviewer" => holds("reviewer") || holds("supervisor"),
        other => holds(other),
    }
}

fn any(actor: &Actor, roles: &[&str]) -> bool {
    roles.iter().any(|role| is(actor, role))
}

fn words(purpose: &Purpose) -> Option<&'static Words> {
    PURPOSES.iter().find(|words| words.0 == purpose.id)
}

fn given(text: &Option<String>) -> bool {
    text.as_ref().is_some_and(|text| !text.trim().is_empty())
}

/// Actions that open or change evidence.
const EVIDENCE: [&str; 16] = [
    "import",
    "resolve",
    "judge",
    "split",
    "explain",
    "search",
    "open_entity",
    "neighbours",
    "path",
    "timeline",
    "export",
    "review_list",
    "review_decide",
    "erase",
    "restrict",
    "disclosures",
];

/// What works without a purpose, and for every purpose alike.
fn always(actor: &Actor, action: &str) -> Option<bool> {
    Some(match action {
        "ledger_status" | "charter_show" | "mandate_list" => true,
        "ledger_publish" | "charter_adopt" => any(actor, &["administrator", "overseer"]),
        "mandate_draft" => any(actor, &["supervisor", "data-protection-officer"]),
        "mandate_sign" => any(actor, &["supervisor", "data-protection-officer", "overseer", "administrator"]),
        "mandate_revoke" => any(actor, &["supervisor", "data-protection-officer", "overseer"]),
        "break_glass_list" => any(actor, &["analyst", "overseer", "data-protection-officer"]),
        "manage_people" => is(actor, "administrator"),
        "issue_token" => any(actor, &["analyst", "data-protection-officer", "commercial-lead", "case-officer"]),
        _ => return None,
    })
}

/// Whether some role of theirs does something for a purpose, were nothing forbidden.
fn role_does(actor: &Actor, action: &str, purpose: &str) -> bool {
    let serves = |purposes: &[&str]| purposes.contains(&purpose);
    let desk = serves(&["demo", "crime-investigation", "intelligence-development", "record-keeping", "protect-vulnerable-people"]);
    let contracts = any(actor, &["commercial-lead", "case-officer"]) && serves(&["demo", "contract-scrutiny"]);
    let officer = is(actor, "data-protection-officer");
    match action {
        "import" | "explain" => is(actor, "analyst") && desk,
        "search" | "open_entity" => {
            (is(actor, "analyst") && desk)
                || (is(actor, "reviewer") && serves(&["retention"]))
                || (is(actor, "supervisor") && serves(&["demo", "disclosure"]))
                || (officer && serves(&["demo", "subject-access", "retention"]))
                || contracts
        }
        "neighbours" | "timeline" => (is(actor, "analyst") && desk) || (is(actor, "reviewer") && serves(&["retention"])) || contracts,
        "path" => (is(actor, "analyst") && desk) || contracts,
        "resolve" => is(actor, "analyst") && serves(&["demo", "record-keeping"]),
        "judge" | "split" => is(actor, "reviewer") && serves(&["demo", "record-keeping"]),
        "export" => is(actor, "supervisor") && serves(&["demo", "disclosure"]),
        "review_list" | "review_decide" => (officer || is(actor, "reviewer")) && serves(&["demo", "retention"]),
        "erase" => officer && serves(&["demo", "retention", "subject-access"]),
        "restrict" => (officer && serves(&["demo", "retention", "subject-access"])) || (is(actor, "supervisor") && serves(&["demo", "retention"])),
        "disclosures" => {
            (officer && serves(&["demo", "retention", "subject-access", "disclosure"]))
                || (is(actor, "supervisor") && serves(&["demo", "retention", "disclosure"]))
        }
        "read_journal" | "oversee" | "break_glass_review" => (officer || is(actor, "overseer")) && serves(&["demo", "oversight"]),
        "break_glass_request" => is(actor, "analyst") && desk && purpose != "record-keeping",
        "break_glass_approve" => is(actor, "supervisor") && desk,
        _ => false,
    }
}

/// The mandate that counts; `Err` where one is stated and does not.
fn mandate<'a>(actor: &Actor, purpose: &Purpose, authority: &Authority<'a>) -> Result<Option<&'a Mandate>, ()> {
    let Some(stated) = &purpose.mandate else { return Ok(None) };
    let mandate = authority.mandate.ok_or(())?;
    let good = mandate.id == *stated
        && mandate.not_before <= authority.now
        && authority.now < mandate.not_after
        && mandate.purpose == purpose.id
        && ROLES.contains(&mandate.group.as_str())
        && is(actor, &mandate.group);
    if good { Ok(Some(mandate)) } else { Err(()) }
}

/// May this person do this? `expires` is the end of the charter's last day.
pub(crate) fn may(actor: &Actor, action: &str, purpose: Option<&Purpose>, authority: &Authority<'_>, expires: i64) -> bool {
    let evidence = EVIDENCE.contains(&action);
    if !any(actor, &ROLES) || (evidence && authority.now >= expires) {
        return false;
    }
    let Some(purpose) = purpose else { return always(actor, action).unwrap_or(false) };
    let Some(Words(id, needs_case, needs_reason, needs_mandate, _)) = words(purpose) else { return false };
    if (*needs_case && !given(&purpose.case)) || (*needs_reason && !given(&purpose.reason)) {
        return false;
    }
    let Ok(mandate) = mandate(actor, purpose, authority) else { return false };
    if let Some(answer) = always(actor, action) {
        return answer;
    }
    if *needs_mandate && evidence && mandate.is_none() && authority.glass.is_none() {
        return false;
    }
    let kept_from_administrators = evidence || ["read_journal", "oversee", "break_glass_request", "break_glass_approve"].contains(&action);
    if (is(actor, "administrator") && kept_from_administrators) || (is(actor, "overseer") && evidence) {
        return false;
    }
    role_does(actor, action, id)
}

/// Does this person see what carries this marking?
pub(crate) fn sees(actor: &Actor, purpose: &Purpose, authority: &Authority<'_>, expires: i64, marking: &Marking) -> bool {
    if !any(actor, &ROLES) || authority.now >= expires || any(actor, &["administrator", "overseer"]) {
        return false;
    }
    let Some(Words(id, needs_case, needs_reason, needs_mandate, reads_restricted)) = words(purpose) else { return false };
    if (*needs_case && !given(&purpose.case)) || (*needs_reason && !given(&purpose.reason)) {
        return false;
    }
    let Ok(mandate) = mandate(actor, purpose, authority) else { return false };
    let within_mandate = mandate.is_some_and(|mandate| marking.classification <= mandate.highest);
    if *needs_mandate && !within_mandate && authority.glass.is_none() {
        return false;
    }
    let named = mandate.is_some_and(|mandate| marking.special.iter().all(|category| mandate.classes.contains(category)));
    if !marking.special.is_empty() && (!within_mandate || !named) {
        return false;
    }
    if marking.restricted && !reads_restricted {
        return false;
    }
    if marking.classification > actor.clearance {
        return false;
    }
    if let Some(compartment) = &marking.compartment {
        let opened = authority.glass.is_some_and(|glass| glass.opens.contains(compartment));
        if !opened && !actor.compartments.contains(compartment) {
            return false;
        }
    }
    let serves = |purposes: &[&str]| purposes.contains(id);
    (is(actor, "analyst") && serves(&["demo", "crime-investigation", "intelligence-development", "record-keeping", "protect-vulnerable-people"]))
        || (any(actor, &["supervisor", "data-protection-officer"]) && serves(&["disclosure"]))
        || (any(actor, &["reviewer", "data-protection-officer"]) && serves(&["retention"]))
        || (is(actor, "data-protection-officer") && serves(&["demo", "subject-access"]))
        || (any(actor, &["commercial-lead", "case-officer"])
            && serves(&["demo", "contract-scrutiny"])
            && marking.classification == candour_model::marking::Classification::Open)
}
