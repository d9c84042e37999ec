//! Decisions in words, for the person who asked. They speak of roles, purposes and rules, which everybody may read, and
//! never of evidence.

use candour_model::purpose::Purpose;

use crate::{actor::Actor, authority::Authority, charter::Charter, decision::Bar, mandate::time_text, rules::PurposeRule, world::Asker};

/// After a yes.
pub(crate) fn allowed(action: &str, purpose: Option<&Purpose>, policies: &[String]) -> String {
    let purpose = purpose.map(|purpose| format!(" for the purpose `{}`", purpose.id)).unwrap_or_default();
    let plural = if policies.len() == 1 { "policy" } else { "policies" };
    format!("`{action}` is allowed{purpose} by the {plural} {}", list(policies.iter().map(String::as_str), "and"))
}

/// After a no of the program itself.
pub(crate) fn barred(charter: &Charter, bar: Bar, asker: &Asker, actor: &Actor, action: &str, purpose: Option<&Purpose>, authority: &Authority<'_>) -> String {
    let stated = purpose.map(|purpose| purpose.id.as_str()).unwrap_or_default();
    let rule = charter.purpose(stated);
    let label = rule.map(|rule| rule.label.as_str()).unwrap_or_default();
    match bar {
        Bar::UnknownAction => format!("the charter knows no action `{action}`; it knows {}", list(charter.actions(), "and")),
        Bar::NoRole if actor.roles.is_empty() => "you hold no role, so there is nothing you may do here; ask whoever keeps the accounts for one".to_owned(),
        Bar::NoRole => format!(
            "the charter does not declare the role {} that you hold; ask whoever keeps the accounts for one that it does",
            list(actor.roles.iter().map(String::as_str), "or")
        ),
        Bar::CharterExpired => format!(
            "the charter expired at {}, so nothing is decided on evidence; ask whoever keeps it to have the next version signed",
            time_text(charter.expires_ms())
        ),
        Bar::UnknownPurpose => state_another(charter, asker, actor, action, &format!("the charter declares no purpose `{stated}`")),
        Bar::NoPurpose => state_another(charter, asker, actor, action, &format!("`{action}` needs a purpose and none is stated")),
        Bar::NoCase => format!("the purpose `{stated}` ({label}) needs a case; give the reference of the case this belongs to"),
        Bar::NoReason => format!("the purpose `{stated}` ({label}) needs a reason; say in a sentence why this is necessary"),
        Bar::MandateNotInForce | Bar::MandateOfOtherPurpose | Bar::MandateOfOtherGroup | Bar::NoMandate => mandate(bar, stated, purpose, authority),
    }
}

/// What is wrong about a mandate.
fn mandate(bar: Bar, stated: &str, purpose: Option<&Purpose>, authority: &Authority<'_>) -> String {
    let id = purpose.and_then(|purpose| purpose.mandate.as_deref()).unwrap_or_default();
    let (of, group) = authority.mandate.map(|mandate| (mandate.purpose.as_str(), mandate.group.as_str())).unwrap_or_default();
    match bar {
        Bar::MandateNotInForce => format!("the mandate `{id}` is not in force; state one that is, or none where the purpose needs none"),
        Bar::MandateOfOtherPurpose => format!("the mandate `{id}` is for the purpose `{of}` and not for `{stated}`; state that purpose or another mandate"),
        Bar::MandateOfOtherGroup => format!("the mandate `{id}` is for the role `{group}`, which you do not hold; state a mandate for a role of yours"),
        _ => format!("the purpose `{stated}` opens evidence only under a mandate in force; state one, or ask for break-glass access"),
    }
}

/// After a no of the policies.
pub(crate) fn refused(charter: &Charter, asker: &Asker, actor: &Actor, action: &str, purpose: Option<&Purpose>, policies: &[String]) -> String {
    if let Some(policy) = policies.first() {
        let because = charter.world.because(policy).unwrap_or("ask whoever keeps the charter what it is for");
        return format!("`{action}` is forbidden by the policy `{policy}`: {because}");
    }
    let problem = purpose.map(|purpose| format!("`{action}` is no part of the purpose `{}` for {}", purpose.id, holder(charter, actor)));
    state_another(charter, asker, actor, action, &problem.unwrap_or_default())
}

/// A problem that another purpose would solve and the purposes that do; where none does, who could do it instead.
fn state_another(charter: &Charter, asker: &Asker, actor: &Actor, action: &str, problem: &str) -> String {
    let purposes = charter.purposes_for(asker, action);
    if purposes.is_empty() {
        return ask_somebody(charter, actor, action);
    }
    format!("{problem}; state {}", list_of(purposes.iter().map(|purpose| described(purpose)), "or"))
}

fn described(purpose: &PurposeRule) -> String {
    let needs = [(purpose.needs_case, "a case"), (purpose.needs_reason, "a reason"), (purpose.needs_mandate, "a mandate")];
    let needs: Vec<String> = needs.iter().filter(|(needed, _)| *needed).map(|(_, what)| (*what).to_owned()).collect();
    let with = if needs.is_empty() { "" } else { " with " };
    format!("`{}`{with}{}", purpose.id, list_of(needs.into_iter(), "and"))
}

fn ask_somebody(charter: &Charter, actor: &Actor, action: &str) -> String {
    let able = charter.able(action);
    let who = holder(charter, actor);
    if able.is_empty() {
        return format!("`{action}` is allowed to no role, so not to {who}; whoever keeps the charter can change that in a policy");
    }
    format!("`{action}` is not allowed to {who} for any purpose; ask somebody with the role {}", list(able.iter().map(String::as_str), "or"))
}

/// The person's declared roles in words.
fn holder(charter: &Charter, actor: &Actor) -> String {
    let roles = charter.roles().iter().filter(|role| actor.roles.contains(&role.id)).map(|role| role.id.as_str());
    format!("the role {}", list(roles, "and"))
}

pub(crate) fn list<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    list_of(words.map(|word| format!("`{word}`")), last)
}

fn list_of(words: impl Iterator<Item = String>, last: &str) -> String {
    let words: Vec<String> = words.collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, before)) => format!("{} {last} {end}", before.join(", ")),
    }
}
