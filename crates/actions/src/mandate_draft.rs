//! Writing a mandate down, for the authority's keys to sign. A draft opens nothing.

use candour_charter::Mandate;
use candour_model::marking::{Classification, SpecialCategory};

use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    mandate_view::MandateView,
    mandates::{KIND, MandateEvent},
    sealed::Answer,
};

/// What a mandate is to say.
#[derive(Debug, Clone)]
pub struct MandateRequest {
    /// Id; one that is known gets a new version.
    pub id: String,
    /// The purpose that it opens.
    pub purpose: String,
    /// The role whose holders it serves.
    pub group: String,
    /// Special categories of data that it opens.
    pub classes: Vec<SpecialCategory>,
    /// The highest classification that it reaches.
    pub highest: Classification,
    /// From when; milliseconds since 1970, cut to the second.
    pub not_before: i64,
    /// Until when; milliseconds since 1970, cut to the second.
    pub not_after: i64,
    /// Why it is given, in one line.
    pub grounds: String,
}

impl Desk {
    /// Writes a version down. One that no signature could bring into force is refused with the reason.
    pub fn mandate_draft(&self, who: &Who, request: &MandateRequest) -> Result<Answer<MandateView>, ActionError> {
        let access = self.decide(who, Action::MandateDraft, &request.id)?;
        let in_force = self.in_force();
        let version = in_force.mandates.get(&request.id).and_then(|record| record.newest()).map_or(1, |newest| newest.mandate.version.saturating_add(1));
        let second = |time: i64| time.div_euclid(1000).saturating_mul(1000);
        let mandate = Mandate {
            id: request.id.clone(),
            version,
            purpose: request.purpose.clone(),
            group: request.group.clone(),
            classes: request.classes.clone(),
            highest: request.highest,
            not_before: second(request.not_before),
            not_after: second(request.not_after),
            charter: in_force.charter.hash().to_owned(),
            grounds: request.grounds.trim().to_owned(),
        };
        let fault = in_force.charter.mandate_fault(&mandate).map(ActionError::BadInput);
        let revoked = in_force.mandates.get(&request.id).is_some_and(|record| record.revoked.is_some());
        let ended = revoked
            .then(|| ActionError::BadInput(format!("the mandate `{}` was revoked, which ends all its versions; give the new one another id", request.id)));
        if let Some(error) = ended.or(fault) {
            return self.or_record(who, &access, &request.id, Err(error));
        }
        let text = mandate.to_text();
        let outcome = format!("version {version} drafted");
        let drafted = self.mandate_event(who, &access, &request.id, &outcome, &MandateEvent::Drafted { text });
        let receipt = self.or_record(who, &access, &request.id, drafted)?;
        self.mandate_answer(&request.id, version, receipt)
    }

    /// Appends an event of a mandate.
    pub(crate) fn mandate_event(
        &self,
        who: &Who,
        access: &crate::Access,
        id: &str,
        outcome: &str,
        event: &MandateEvent,
    ) -> Result<crate::Receipt, ActionError> {
        let (subject, actor) = (id.to_owned(), who.actor.id.clone());
        let body = serde_json::to_string(event).map_err(|error| ActionError::BadInput(error.to_string()))?;
        let changed = self.change_rules(access, who, id, outcome, move |transaction| transaction.append_event(KIND, &subject, &actor, &body).map(drop))?;
        Ok(changed.receipt)
    }

    /// A version of a mandate as it stands now.
    pub(crate) fn mandate_answer(&self, id: &str, version: u32, receipt: crate::Receipt) -> Result<Answer<MandateView>, ActionError> {
        let (in_force, now) = (self.in_force(), self.now());
        let found = in_force.mandates.get(id).and_then(|record| record.version(version).map(|version| MandateView::of(&in_force, record, version, now)));
        let value = found.ok_or_else(|| ActionError::BadInput(format!("there is no version {version} of the mandate `{id}`")))?;
        Ok(Answer { value, receipt })
    }
}
