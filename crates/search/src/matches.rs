//! Which clusters satisfy a question: the words of it are brought together over all visible documents of a cluster.

use candour_model::id::EntityNo;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    error::SearchError,
    evidence::{self, Evidence},
    identity::Identity,
    plan::{Clause, Plan},
    view::View,
};

/// A cluster that satisfies the question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    /// Its representative.
    pub(crate) entity: u32,
    /// The sum of the best scores of each clause, added in the order of the question.
    pub(crate) score: f32,
}

/// All clusters that satisfy a plan, each once, in no order.
pub(crate) fn find(view: &View<'_>, plan: &Plan, identity: &dyn Identity) -> Result<Vec<Match>, SearchError> {
    let mut matches = if plan.wanted.is_empty() { everything(view, identity) } else { satisfying(view, &plan.wanted, identity)? };
    if !plan.unwanted.is_empty() {
        let mut unwanted = FxHashSet::default();
        for source in plan.unwanted.iter().flat_map(|clause| &clause.sources) {
            unwanted.extend(evidence::places(view, source)?.iter().filter_map(|place| representative(view, identity, place.document)));
        }
        matches.retain(|found| !unwanted.contains(&found.entity));
    }
    Ok(matches)
}

fn representative(view: &View<'_>, identity: &dyn Identity, document: u32) -> Option<u32> {
    view.snapshot.entities.get(document as usize).map(|entity| identity.representative(EntityNo(*entity)).0)
}

fn everything(view: &View<'_>, identity: &dyn Identity) -> Vec<Match> {
    let (mut matches, mut merged) = (Vec::new(), FxHashSet::default());
    for entity in view.entities() {
        let representative = identity.representative(EntityNo(entity)).0;
        // Nearly all stand alone; only the others need remembering.
        if representative == entity || (view.documents_of(representative).next().is_none() && merged.insert(representative)) {
            matches.push(Match { entity: representative, score: 0.0 });
        }
    }
    matches
}

fn satisfying(view: &View<'_>, wanted: &[Clause], identity: &dyn Identity) -> Result<Vec<Match>, SearchError> {
    let mut evidence = Vec::with_capacity(wanted.len());
    for (place, clause) in wanted.iter().enumerate() {
        let gathered = Evidence::gather(view, clause)?;
        if gathered.scored.is_empty() {
            return Ok(Vec::new());
        }
        evidence.push((place, gathered));
    }
    // The rarest first: only what satisfies it is worth remembering.
    evidence.sort_by_key(|(_, evidence)| evidence.scored.len());
    let first = evidence.first().map_or(0, |(_, evidence)| evidence.scored.len());
    let mut board = Board::new(wanted.len(), Slots::new(first, view.snapshot.documents_of.len()));
    for (turn, (clause, evidence)) in evidence.iter().enumerate() {
        for (document, score) in &evidence.scored {
            if let Some(entity) = representative(view, identity, *document) {
                board.put(entity, *clause, *score, turn == 0);
            }
        }
    }
    Ok(board.complete())
}

/// For each cluster the best score of each clause.
struct Board {
    width: usize,
    slots: Slots,
    entities: Vec<u32>,
    /// `width` scores for each entity.
    scores: Vec<f32>,
}

/// Less than any score.
const MISSING: f32 = -1.0;

impl Board {
    fn new(width: usize, slots: Slots) -> Self {
        Self { width, slots, entities: Vec::new(), scores: Vec::new() }
    }

    fn put(&mut self, entity: u32, clause: usize, score: f32, may_add: bool) {
        let row = match self.slots.get(entity) {
            Some(row) => row,
            None if may_add => {
                let row = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
                self.slots.set(entity, row);
                self.entities.push(entity);
                self.scores.resize(self.scores.len() + self.width, MISSING);
                row
            }
            None => return,
        };
        if let Some(best) = self.scores.get_mut(row as usize * self.width + clause) {
            *best = best.max(score);
        }
    }

    fn complete(&self) -> Vec<Match> {
        let rows = self.entities.iter().zip(self.scores.chunks_exact(self.width));
        rows.filter(|(_, scores)| scores.iter().all(|score| *score > MISSING))
            .map(|(entity, scores)| Match { entity: *entity, score: scores.iter().sum() })
            .collect()
    }
}

/// Where an entity stands on the board.
enum Slots {
    /// For few: by hashing.
    Few(FxHashMap<u32, u32>),
    /// For many: one place for each entity, holding its row plus one.
    Many(Vec<u32>),
}

impl Slots {
    fn new(expected: usize, entities: u32) -> Self {
        if expected > entities as usize / 32 { Self::Many(vec![0; entities as usize]) } else { Self::Few(FxHashMap::default()) }
    }

    #[inline]
    fn get(&self, entity: u32) -> Option<u32> {
        match self {
            Self::Few(rows) => rows.get(&entity).copied(),
            Self::Many(rows) => rows.get(entity as usize)?.checked_sub(1),
        }
    }

    fn set(&mut self, entity: u32, row: u32) {
        match self {
            Self::Few(rows) => {
                rows.insert(entity, row);
            }
            Self::Many(rows) => {
                let at = entity as usize;
                if rows.len() <= at {
                    rows.resize(at + 1, 0);
                }
                if let Some(place) = rows.get_mut(at) {
                    *place = row + 1;
                }
            }
        }
    }
}
