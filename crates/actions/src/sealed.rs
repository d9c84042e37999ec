//! Evidence on its way out, closed until the journal has a durable entry of it.

use candour_store::Receipt;

use crate::access::Access;

/// A computed answer that nobody can look at yet. Only [`crate::Desk`] opens it, by recording who asked what, why,
/// and which ids come out.
#[must_use = "a sealed answer is of no use until the journal has opened it"]
pub struct Sealed<T> {
    value: T,
    results: Vec<String>,
}

/// An opened answer with the receipt of its journal entry.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// Proof of the journal entry.
    pub receipt: Receipt,
}

impl<T> Sealed<T> {
    /// Closes an answer that was computed under an access. `results` are the public ids that it shows.
    pub(crate) fn under(_access: &Access, value: T, results: Vec<String>) -> Self {
        Self { value, results }
    }

    /// The ids for the journal.
    pub(crate) fn results(&self) -> &[String] {
        &self.results
    }

    /// Opens the answer; called with the receipt of its durable entry in hand.
    pub(crate) fn open(self, receipt: Receipt) -> Answer<T> {
        Answer { value: self.value, receipt }
    }
}
