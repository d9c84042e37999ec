//! A person's word on whether two records speak of the same thing. It outranks any machine's and outlives every rerun.

use candour_model::{
    id::{EntityNo, MarkingNo},
    judgement::Verdict,
};
use candour_store::{Judged, PairOrigin};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::Answer,
    world::Sight,
};

/// A judgement that was recorded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JudgementView {
    /// One record.
    pub a: String,
    /// The other.
    pub b: String,
    /// `same`, `different` or `unsure`.
    pub verdict: String,
}

impl Desk {
    /// Says whether two records are the same, and why.
    pub fn judge(&self, who: &Who, a: &str, b: &str, verdict: Verdict, why: &str) -> Result<Answer<JudgementView>, ActionError> {
        let query = format!("{a} {b} {verdict}");
        let access = self.decide(who, Action::Judge, &query)?;
        let prepared = self.judged(&access, a, b, verdict, why);
        let judged = self.or_record(who, &access, &query, prepared)?;
        let view = JudgementView { a: a.to_owned(), b: b.to_owned(), verdict: verdict.word().to_owned() };
        let touched = vec![a.to_owned(), b.to_owned()];
        let changed = self.change(
            &access,
            who,
            &query,
            move |_| (format!("judged: {verdict}"), touched),
            move |transaction| {
                let judged = Judged { recorded_at: transaction.now(), ..judged };
                transaction.judge(&judged)
            },
        );
        let answer = self.or_record(who, &access, &query, changed)?;
        // The word is said whether or not memory can be read just now.
        let _ = self.renew_memory();
        Ok(Answer { value: view, receipt: answer.receipt })
    }

    fn judged(&self, access: &Access, a: &str, b: &str, verdict: Verdict, why: &str) -> Result<Judged, ActionError> {
        if why.trim().is_empty() {
            return Err(ActionError::BadInput("a judgement needs a reason; say why in a few words".to_owned()));
        }
        if a == b {
            return Err(ActionError::BadInput(format!("`{a}` is one record; a judgement needs two")));
        }
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let find = |id: &str| sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned()));
        let (first, second) = (find(a)?, find(b)?);
        Ok(Judged {
            a: first,
            b: second,
            verdict,
            needs: self.markings_of(access, &[first, second])?,
            origin: PairOrigin::Person,
            probability: None,
            why: why.to_owned(),
            actor: access.actor().id.clone(),
            recorded_at: 0,
        })
    }

    /// The markings of all that the bearer sees of these records: what a verdict on them may rest on.
    pub(crate) fn markings_of(&self, access: &Access, entities: &[EntityNo]) -> Result<Vec<MarkingNo>, ActionError> {
        let mut markings = Vec::new();
        self.store().read(|reader| -> Result<(), ActionError> {
            for entity in entities {
                reader.rows(*entity, access.visible(), |row| markings.extend(reader.marking_of(row)))?;
            }
            Ok(())
        })?;
        markings.sort_unstable();
        markings.dedup();
        Ok(markings)
    }
}
