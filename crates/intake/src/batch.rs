//! What one stretch of a file yields.

use candour_model::entity::Draft;

use crate::reject::Reject;

/// Drafts from consecutive records, ready to be stored in one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    /// What the records describe.
    pub drafts: Vec<Draft>,
    /// What could not be taken.
    pub rejects: Vec<Reject>,
    /// Records read so far in this step, the skipped ones of an earlier run included.
    pub next: u64,
    /// Records of this batch that gave neither draft nor reject, because the mapping filters them out or finds nothing
    /// of its own in them.
    pub filtered: u64,
    /// Bytes of the file consumed so far.
    pub bytes: u64,
    /// Whether the file is at its end.
    pub done: bool,
    pub(crate) claims: usize,
}

impl Batch {
    pub(crate) fn push(&mut self, draft: Draft) {
        self.claims += draft.claims.len().max(1);
        self.drafts.push(draft);
    }

    /// How much it holds; a record that leaves this unchanged was filtered out.
    pub(crate) fn extent(&self) -> (usize, usize) {
        (self.drafts.len(), self.rejects.len())
    }

    /// Whether it is time to hand it over.
    pub(crate) fn is_full(&self, claims: usize) -> bool {
        self.claims >= claims || self.rejects.len() >= claims
    }
}
