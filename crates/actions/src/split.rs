//! Undoing a merge: a record is taken out of its cluster, and stays out until a person says otherwise.

use candour_model::{id::EntityNo, judgement::Verdict};
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

/// What became of a cluster.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SplitView {
    /// The record that now stands alone.
    pub id: String,
    /// The records that it was merged with.
    pub from: Vec<String>,
}

impl Desk {
    /// Takes a record out of its cluster.
    pub fn split(&self, who: &Who, id: &str, why: &str) -> Result<Answer<SplitView>, ActionError> {
        let access = self.decide(who, Action::Split, id)?;
        let prepared = self.parting(&access, id, why);
        let (view, words) = self.or_record(who, &access, id, prepared)?;
        let touched: Vec<String> = view.from.iter().chain([&view.id]).cloned().collect();
        let changed = self.change(
            &access,
            who,
            id,
            move |()| ("split".to_owned(), touched),
            move |transaction| {
                let now = transaction.now();
                for word in words {
                    transaction.judge(&Judged { recorded_at: now, ..word })?;
                }
                Ok(())
            },
        );
        let answer = self.or_record(who, &access, id, changed)?;
        // The word is said whether or not memory can be read just now.
        let _ = self.renew_memory();
        Ok(Answer { value: view, receipt: answer.receipt })
    }

    fn parting(&self, access: &Access, id: &str, why: &str) -> Result<(SplitView, Vec<Judged>), ActionError> {
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let entity = sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
        let others: Vec<EntityNo> = sight.members(entity).into_iter().filter(|member| *member != entity).collect();
        if others.is_empty() {
            return Err(ActionError::BadInput(format!("`{id}` is merged with nothing, so there is nothing to split")));
        }
        let mut words = Vec::with_capacity(others.len());
        for other in &others {
            words.push(Judged {
                a: entity,
                b: *other,
                verdict: Verdict::Different,
                needs: self.markings_of(access, &[entity, *other])?,
                origin: PairOrigin::Person,
                probability: None,
                why: why.to_owned(),
                actor: access.actor().id.clone(),
                recorded_at: 0,
            });
        }
        let from = others.iter().map(|other| world.ids.get(*other).to_owned()).collect();
        Ok((SplitView { id: id.to_owned(), from }, words))
    }
}
