//! The pairs that wait for a person's word, those first whose answer teaches most.
//!
//! Worth of an answer = uncertainty x (1 + log2(pairs of records that a yes would join)). Uncertainty is 4 p (1 - p), one at
//! even odds; a pair that is above the threshold and was held back all the same is as uncertain as even odds, for two
//! signs contradict each other. What a person has called unsure already comes after all the rest.

use std::cmp::Reverse;

use candour_links::NodeNo;
use candour_model::{id::EntityNo, judgement::Verdict};
use candour_store::{Judged, PairOrigin};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    matched::THRESHOLD,
    sealed::{Answer, Sealed},
    view::EntityRef,
    world::Sight,
};

/// Most pairs of one answer.
const MOST: usize = 1000;

/// What waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueueView {
    /// Pairs that wait.
    pub total: u64,
    /// A page of them.
    pub pairs: Vec<QueuedView>,
}

/// A pair that waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueuedView {
    /// One record; its own id, whatever it is merged with.
    pub a: EntityRef,
    /// The other.
    pub b: EntityRef,
    /// That they are the same, where a machine said so, 0 to 1.
    pub probability: Option<f64>,
    /// Why it waits, and what was found.
    pub why: String,
    /// Who spoke of it last: a method, or the id of a person who was unsure.
    pub by: String,
    /// Whether that was a person.
    pub by_person: bool,
    /// Records that a yes would bring together.
    pub records: u64,
}

impl Desk {
    /// Up to `limit` pairs from `offset` on.
    pub fn match_queue(&self, who: &Who, limit: usize, offset: usize) -> Result<Answer<QueueView>, ActionError> {
        self.answer(who, Action::Explain, &format!("queue: {limit} from {offset}"), |access| {
            if limit > MOST {
                return Err(ActionError::BadInput(format!("`{limit}` pairs are more than one answer holds; ask for up to {MOST}")));
            }
            let view = self.waiting(access, limit, offset)?;
            let results = view.pairs.iter().flat_map(|pair| [pair.a.id.clone(), pair.b.id.clone()]).collect();
            Ok(Sealed::under(access, view, results))
        })
    }

    fn waiting(&self, access: &Access, limit: usize, offset: usize) -> Result<QueueView, ActionError> {
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let mut waiting: Vec<Judged> = Vec::new();
        self.store().read(|reader| {
            reader.pairs_seen(access.visible(), |word| {
                let exists = sight.view.exists(NodeNo::of(word.a)) && sight.view.exists(NodeNo::of(word.b));
                // Of two that others have joined meanwhile nothing is left to say.
                if word.verdict == Verdict::Unsure && exists && sight.representative(word.a) != sight.representative(word.b) {
                    waiting.push(word);
                }
            })
        })?;
        let id = |entity: EntityNo| world.ids.get(entity);
        waiting.sort_by_cached_key(|word| {
            let ids = (id(word.a).min(id(word.b)).to_owned(), id(word.a).max(id(word.b)).to_owned());
            (word.origin == PairOrigin::Person, Reverse(worth(&sight, word)), ids)
        });
        let page = waiting.iter().skip(offset).take(limit).map(|word| queued(&sight, word)).collect();
        Ok(QueueView { total: u64::try_from(waiting.len()).unwrap_or(u64::MAX), pairs: page })
    }
}

/// Worth of an answer, in millionths.
fn worth(sight: &Sight<'_>, word: &Judged) -> u64 {
    let chance = word.probability.unwrap_or(0.5);
    let uncertainty = if chance >= THRESHOLD { 1.0 } else { 4.0 * chance * (1.0 - chance) };
    let pairs = sight.members(word.a).len().saturating_mul(sight.members(word.b).len());
    let worth = uncertainty * (1.0 + f64::from(u32::try_from(pairs).unwrap_or(u32::MAX)).log2());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 64 million")]
    let millionths = (worth * 1e6) as u64;
    millionths
}

fn queued(sight: &Sight<'_>, word: &Judged) -> QueuedView {
    // The same way round whichever came in first.
    let (a, b) = if sight.world.ids.get(word.a) <= sight.world.ids.get(word.b) { (word.a, word.b) } else { (word.b, word.a) };
    let by_person = word.origin == PairOrigin::Person;
    QueuedView {
        a: record(sight, a),
        b: record(sight, b),
        probability: word.probability,
        why: word.why.clone(),
        by: word.actor.clone(),
        by_person,
        records: u64::try_from(sight.members(a).len() + sight.members(b).len()).unwrap_or(u64::MAX),
    }
}

/// A record itself, not what it is merged with.
fn record(sight: &Sight<'_>, entity: EntityNo) -> EntityRef {
    let schema = sight.world.captions.schema(entity, sight.visible);
    let kind = || sight.kind(entity).label.to_owned();
    EntityRef {
        id: sight.world.ids.get(entity).to_owned(),
        schema: schema.map_or_else(|| "Thing".to_owned(), |schema| schema.name.clone()),
        caption: sight.world.captions.text(entity, sight.visible).map_or_else(kind, str::to_owned),
        value: false,
    }
}
