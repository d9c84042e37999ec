//! Entries on their way: what waits for its transaction, and what has become of it.

use std::sync::Arc;

use candour_ledger::{
    Edge, FullTile, Hash, Note, Receipt, ReceiptField,
    commitment::{self, Leaf, Seed},
    receipt::{TIME, time_text},
    tree::prove_inclusion,
};

use super::{
    body,
    entry::{EntryFields, PREVIOUS},
    peaks::Peaks,
    pen::Pen,
    receipt,
};
use crate::{error::StoreError, keystore::SegmentKey};

/// An entry that waits for its transaction. Everything about it is decided and sealed but its number and the tree before it,
/// which only the writer knows.
pub(crate) struct Pending {
    pub(super) time: i64,
    seed: Seed,
    fields: Vec<(&'static str, String)>,
    /// Over the commitments to `fields`.
    commitments: Peaks,
    pub(super) segment: u64,
    pub(super) sealed: Vec<u8>,
}

impl Pending {
    /// Takes the time, draws the seed of the salts, commits to every field and seals the content.
    pub(crate) fn new(entry: EntryFields, pen: &Pen) -> Result<Self, StoreError> {
        let time = pen.outside.now();
        let mut seed = [0; 32];
        (pen.outside.random)(&mut seed);
        let mut fields = Vec::with_capacity(entry.fields.len() + 1);
        fields.push((TIME, time_text(time).unwrap_or_default()));
        fields.extend(entry.fields.into_iter().filter(|(name, _)| ![TIME, PREVIOUS].contains(name)));
        let mut commitments = Peaks::default();
        for (position, (name, value)) in (0..).zip(&fields) {
            commitments.push(&commitment::commit(&commitment::salt(&seed, position), name, value.as_bytes())?);
        }
        let mut pending = Self { time, seed, fields, commitments, segment: 0, sealed: Vec::new() };
        pending.seal(pen, &pen.current())?;
        Ok(pending)
    }

    /// Seals the content under a key.
    pub(super) fn seal(&mut self, pen: &Pen, key: &SegmentKey) -> Result<(), StoreError> {
        self.sealed = pen.seal(key, body::whole(&self.seed, &self.fields)?)?;
        self.segment = key.no();
        Ok(())
    }

    /// The public leaf, once it is known which tree comes before.
    pub(super) fn leaf(&self, previous: &str) -> Result<Leaf, StoreError> {
        let mut commitments = self.commitments.clone();
        let salt = commitment::salt(&self.seed, commitments.size());
        commitments.push(&commitment::commit(&salt, PREVIOUS, previous.as_bytes())?);
        Ok(commitment::leaf_of(&commitments.root()))
    }

    /// The fields as a receipt shows them.
    fn shown(self, previous: &str) -> Vec<ReceiptField> {
        let salt = |position| commitment::salt(&self.seed, position);
        let last = ReceiptField::new(PREVIOUS, previous, &salt(self.commitments.size()));
        let fields = (0..).zip(&self.fields).map(|(position, (name, value))| ReceiptField::new(name, value, &salt(position)));
        fields.chain([last]).collect()
    }
}

/// What the entries of one transaction have in common.
pub(super) struct Batch {
    /// The tree before them, as their last field names it.
    pub(super) previous: String,
    pub(super) edge: Edge,
    pub(super) full: Vec<FullTile>,
    pub(super) checkpoint: Note,
}

/// An entry that is durable.
pub(crate) struct Recorded {
    pub(super) pending: Pending,
    pub(super) index: u64,
    pub(super) leaf: Leaf,
    pub(super) batch: Arc<Batch>,
}

impl Recorded {
    /// Proves it; done by whoever waited for it and not by the writer.
    pub(crate) fn receipt(self) -> Result<Receipt, StoreError> {
        let Self { pending, index, leaf, batch } = self;
        let size = batch.edge.size();
        let path: Vec<Hash> = prove_inclusion(&batch.edge.with(&batch.full), index, size)?;
        let time = pending.time;
        Ok(receipt((index, size, time), &leaf, (pending.shown(&batch.previous), Vec::new()), path, batch.checkpoint.clone()))
    }
}
