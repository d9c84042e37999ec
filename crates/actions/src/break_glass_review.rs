//! Closing the review of an emergency access. It stays open, and is counted in public as open, until somebody does.

use crate::{
    access::Who,
    action::Action,
    break_glass_request::{GlassView, no_glass},
    desk::Desk,
    error::ActionError,
    glasses::{GlassEvent, Phase},
    sealed::Answer,
};

impl Desk {
    /// Closes the review with what was found. Neither who asked nor who agreed may.
    pub fn break_glass_review(&self, who: &Who, id: &str, finding: &str) -> Result<Answer<GlassView>, ActionError> {
        let access = self.decide(who, Action::BreakGlassReview, id)?;
        let (in_force, now) = (self.in_force(), self.now());
        let Some(record) = in_force.glasses.get(id) else { return self.or_record(who, &access, id, Err(no_glass(id))) };
        let part = [Some(&record.requested), record.approved.as_ref()].into_iter().flatten().any(|word| word.by == who.actor.id);
        if part {
            return self.refuse_by_rule(who, &access, id, "review-by-others", format!("you took part in `{id}`; somebody else has to review it"));
        }
        let problem = match record.phase(now) {
            Phase::Over if finding.trim().is_empty() => Some("say what you found".to_owned()),
            Phase::Over => None,
            Phase::Open => Some(format!("`{id}` is still open; review it when its hour is over")),
            Phase::Requested | Phase::Lapsed => Some(format!("`{id}` was never approved; there is nothing to review")),
            Phase::Reviewed => Some(format!("the review of `{id}` is closed already")),
        };
        if let Some(problem) = problem {
            return self.or_record(who, &access, id, Err(ActionError::BadInput(problem)));
        }
        let reviewed = self.glass_event(who, &access, id, id, "review closed", &GlassEvent::Reviewed { finding: finding.trim().to_owned() });
        let receipt = self.or_record(who, &access, id, reviewed)?;
        self.glass_answer(id, receipt)
    }
}
