//! Agreeing to somebody else's emergency access: an hour from now on at most, and counted in public.

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
    /// Agrees. Nobody agrees to a request of their own, whatever roles they hold.
    pub fn break_glass_approve(&self, who: &Who, id: &str) -> Result<Answer<GlassView>, ActionError> {
        let access = self.decide(who, Action::BreakGlassApprove, id)?;
        let (in_force, now) = (self.in_force(), self.now());
        let Some(record) = in_force.glasses.get(id) else { return self.or_record(who, &access, id, Err(no_glass(id))) };
        if record.requested.by == who.actor.id {
            return self.refuse_by_rule(who, &access, id, "second-person", format!("`{id}` is your own request; ask a second person to approve it"));
        }
        let problem = match record.phase(now) {
            Phase::Requested => None,
            Phase::Lapsed => Some(format!("`{id}` was requested more than a day ago; it has to be requested again")),
            Phase::Open | Phase::Over | Phase::Reviewed => Some(format!("`{id}` was approved already")),
        };
        if let Some(problem) = problem {
            return self.or_record(who, &access, id, Err(ActionError::BadInput(problem)));
        }
        let minutes = in_force.charter.thresholds().break_glass_minutes;
        let approved = self.glass_event(who, &access, id, id, &format!("approved for {minutes} minutes"), &GlassEvent::Approved { minutes });
        let receipt = self.or_record(who, &access, id, approved)?;
        if let Err(error) = self.vouched_for(Action::BreakGlassApprove, receipt.index) {
            // Decided anew, for the approval itself has changed the rules.
            let access = self.decide(who, Action::BreakGlassApprove, id)?;
            self.glass_event(who, &access, id, id, "withdrawn, for no witness vouches for it", &GlassEvent::Withdrawn { why: error.to_string() })?;
            return Err(error);
        }
        self.glass_answer(id, receipt)
    }
}
