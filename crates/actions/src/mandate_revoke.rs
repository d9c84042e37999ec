//! Ending a mandate before its time. From that moment it opens nothing, whoever holds a session, a cursor or an answer.

use crate::{access::Who, action::Action, desk::Desk, error::ActionError, mandate_view::MandateView, mandates::MandateEvent, sealed::Answer};

impl Desk {
    /// Ends all versions of a mandate, for good.
    pub fn mandate_revoke(&self, who: &Who, id: &str, why: &str) -> Result<Answer<MandateView>, ActionError> {
        let access = self.decide(who, Action::MandateRevoke, id)?;
        let in_force = self.in_force();
        let record = in_force.mandates.get(id);
        let problem = match record {
            None => Some(format!("there is no mandate `{id}`; `candour mandate list` shows those there are")),
            Some(record) if record.revoked.is_some() => Some(format!("the mandate `{id}` was revoked already")),
            Some(_) if why.trim().is_empty() => Some("say why the mandate is revoked; it is published".to_owned()),
            Some(_) => None,
        };
        if let Some(problem) = problem {
            return self.or_record(who, &access, id, Err(ActionError::BadInput(problem)));
        }
        let version = record.and_then(|record| record.newest()).map_or(1, |newest| newest.mandate.version);
        let revoked = self.mandate_event(who, &access, id, "revoked", &MandateEvent::Revoked { why: why.trim().to_owned() });
        let receipt = self.or_record(who, &access, id, revoked)?;
        self.mandate_answer(id, version, receipt)
    }
}
