//! Which emergency accesses there were.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    actors::Person,
    break_glass_request::GlassView,
    desk::Desk,
    error::ActionError,
    glasses::Phase,
    sealed::{Answer, Sealed},
};

/// Emergency accesses.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GlassesView {
    /// Newest first.
    pub glasses: Vec<GlassView>,
}

impl Desk {
    /// All of them, newest first.
    pub fn break_glass_list(&self, who: &Who) -> Result<Answer<GlassesView>, ActionError> {
        self.answer(who, Action::BreakGlassList, "", |access| {
            let (in_force, now) = (self.in_force(), self.now());
            let days = in_force.charter.thresholds().break_glass_review_days;
            let mut records: Vec<_> = in_force.glasses.all().collect();
            records.sort_by_key(|record| std::cmp::Reverse((record.requested.at, record.id.clone())));
            let glasses: Vec<GlassView> = records.into_iter().map(|record| GlassView::of(record, now, days)).collect();
            let results = glasses.iter().map(|glass| glass.id.clone()).collect();
            Ok(Sealed::under(access, GlassesView { glasses }, results))
        })
    }

    /// The emergency access that is open to a person, for whichever purpose: for a banner, not for decisions.
    #[must_use]
    pub fn glass_of(&self, person: &Person) -> Option<GlassView> {
        let (in_force, now) = (self.in_force(), self.now());
        let open = in_force.glasses.all().filter(|glass| glass.requested.by == person.id && glass.phase(now) == Phase::Open);
        open.max_by_key(|glass| glass.ends()).map(|glass| GlassView::of(glass, now, in_force.charter.thresholds().break_glass_review_days))
    }
}
