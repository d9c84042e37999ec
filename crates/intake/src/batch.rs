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
    /// Bytes of the file consumed so far.
    pub bytes: u64,
    /// Whether the file is at its end.
    pub done: bool,
    pub(crate) claims: usize,
}

impl Batch {
    pub(crate) fn push(&mut self, draft: Draft) {
        self.claims += draft.claims.len();
        self.drafts.push(draft);
    }
}
