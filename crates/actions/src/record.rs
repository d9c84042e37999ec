//! The fields of a journal entry, in their fixed order (see `docs/formats/ledger.md`).

use candour_store::EntryFields;

use crate::{access::Who, action::Action, error::ActionError};

/// Under what something was decided.
#[derive(Clone, Copy)]
pub(crate) struct Under<'a> {
    /// Hash of the charter.
    pub(crate) charter: &'a str,
    /// The mandate or emergency access, as the journal names it.
    pub(crate) mandate: &'a str,
    /// The policies that decided.
    pub(crate) policies: &'a [String],
}

/// An entry about a decided action.
pub(crate) fn fields(under: Under<'_>, who: &Who, action: Action, query: &str, outcome: &str, results: &[String]) -> EntryFields {
    let purpose = who.purpose.as_ref();
    entry([
        &who.actor.id,
        action.name(),
        purpose.map_or("", |purpose| &purpose.id),
        purpose.and_then(|purpose| purpose.case.as_deref()).unwrap_or_default(),
        purpose.and_then(|purpose| purpose.reason.as_deref()).unwrap_or_default(),
        under.mandate,
        under.charter,
        &under.policies.join(" "),
        query,
        outcome,
        &results.join(" "),
    ])
}

/// An entry about something that no policy decides, such as a sign-in.
pub(crate) fn bare(charter: &str, actor: &str, action: &str, outcome: &str) -> EntryFields {
    entry([actor, action, "", "", "", "", charter, "", "", outcome, ""])
}

/// An entry that the program writes by itself.
pub(crate) fn machine(charter: &str, actor: &str, action: &str, query: &str, outcome: &str, results: &str) -> EntryFields {
    entry([actor, action, "", "", "", "", charter, "", query, outcome, results])
}

fn entry(values: [&str; 11]) -> EntryFields {
    const NAMES: [&str; 11] = ["actor", "action", "purpose", "case", "reason", "mandate", "charter", "policies", "query", "outcome", "results"];
    EntryFields { fields: NAMES.into_iter().zip(values).map(|(name, value)| (name, value.to_owned())).collect() }
}

/// The word for what went wrong after the decision.
pub(crate) fn outcome_of(error: &ActionError) -> &'static str {
    match error {
        ActionError::NotFound(_) | ActionError::NotKnownThen { .. } => "nothing found",
        ActionError::BadInput(_) | ActionError::Intake(_) | ActionError::Adopt(_) => "not understood",
        ActionError::Search(error) if error.is_question() => "not understood",
        ActionError::PolicyChanged => "charter changed meanwhile",
        ActionError::NotCosigned(_) => "no witness vouched for it",
        _ => "failed",
    }
}
