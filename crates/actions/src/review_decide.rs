//! A reviewer's decision on a record: it is kept, restricted or erased, and why. Deciding does neither of the latter:
//! erasing takes another person.

use candour_model::id::EntityNo;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    retention::{DecidedView, REVIEW, RetentionDecision, ReviewEvent},
    sealed::Answer,
    view::instant,
    world::Sight,
};

/// What is decided.
#[derive(Debug, Clone)]
pub struct ReviewRequest {
    /// The decision.
    pub decision: RetentionDecision,
    /// Why; required.
    pub rationale: String,
    /// When it falls due again, milliseconds since 1970; by the charter's years where none is given.
    pub next: Option<i64>,
    /// Whether it is decided for all records that this one is merged with as well.
    pub whole: bool,
}

/// A decision that was recorded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewedView {
    /// The record that was asked for.
    pub id: String,
    /// All records that it was decided for.
    pub records: Vec<String>,
    /// The decision.
    pub decided: DecidedView,
}

/// The events of a decision, by the record that they are of.
type Bodies = Vec<(EntityNo, String)>;

impl Desk {
    /// Records a decision.
    pub fn review_decide(&self, who: &Who, id: &str, request: &ReviewRequest) -> Result<Answer<ReviewedView>, ActionError> {
        let query = format!("{id} {}", request.decision.word());
        let access = self.decide(who, Action::ReviewDecide, &query)?;
        let prepared = self.reviewed(&access, id, request);
        let (records, events) = self.or_record(who, &access, &query, prepared)?;
        let (touched, told, actor) = (records.clone(), format!("reviewed: {}", request.decision.word()), access.actor().id.clone());
        let changed = self.change(
            &access,
            who,
            &query,
            move |_| (told, touched),
            move |transaction| {
                for (entity, body) in &events {
                    transaction.append_event(REVIEW, &entity.to_string(), &actor, body)?;
                }
                Ok(transaction.now())
            },
        );
        let answer = self.or_record(who, &access, &query, changed)?;
        let decided = DecidedView {
            decision: request.decision,
            rationale: request.rationale.trim().to_owned(),
            by: access.actor().id.clone(),
            at: instant(answer.value),
            next: request.next.map(instant),
        };
        Ok(Answer { value: ReviewedView { id: id.to_owned(), records, decided }, receipt: answer.receipt })
    }

    fn reviewed(&self, access: &Access, id: &str, request: &ReviewRequest) -> Result<(Vec<String>, Bodies), ActionError> {
        let rationale = request.rationale.trim();
        if rationale.is_empty() {
            return Err(ActionError::BadInput("a review needs its rationale; say why in a few words".to_owned()));
        }
        if request.next.is_some() && request.decision != RetentionDecision::Retain {
            return Err(ActionError::BadInput("only what is retained falls due again; leave the next date out".to_owned()));
        }
        if request.next.is_some_and(|next| next <= self.now()) {
            return Err(ActionError::BadInput("the next review must lie ahead; give a later date".to_owned()));
        }
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let entity = sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
        let records = if request.whole { sight.members(entity) } else { vec![entity] };
        let names = self.store().names();
        let mut events = Vec::with_capacity(records.len());
        for record in &records {
            let needs = self.markings_of(access, &[*record])?;
            let needs = needs.into_iter().filter_map(|no| names.marking(no).map(|marking| marking.id.clone())).collect();
            let event = ReviewEvent { decision: request.decision, rationale: rationale.to_owned(), next: request.next, needs };
            let body = serde_json::to_string(&event).map_err(|error| ActionError::BadInput(error.to_string()))?;
            events.push((*record, body));
        }
        Ok((records.iter().map(|record| world.ids.get(*record).to_owned()).collect(), events))
    }
}
