//! The journal: a private record of who asked or changed what and why, and a public leaf for each entry.
//!
//! Leaves commit to the entries without telling anything of them (see [`candour_ledger::commitment`]). All entries of
//! one transaction are appended together: their rows, the tiles that they fill, one signed checkpoint. Rows and tree
//! become durable with the change that they record, or not at all. Proofs for new entries come from the right edge of
//! the tree, which is kept in memory; nothing is read back.
//!
//! The content is sealed under the keys of the [keystore](crate::keystore). Whoever records an entry commits to it and
//! seals it in their own thread ([`Pending`]) and proves it there once it is durable ([`Recorded`]); the writer's part in
//! between is short.

mod at_rest;
mod body;
mod cosigned;
mod entry;
mod peaks;
mod pen;
mod pending;
mod published;
mod redact;
mod segments;
mod tiles;
mod upgrade;

use std::sync::Arc;

use candour_ledger::{Checkpoint, Edge, Hash, Note, ReceiptField, Withheld, commitment, hash::leaf_hash, proof::Proof, tile::Tile};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    error::StoreError,
    keystore::{Keystore, SegmentKey},
    outside::{FaultPoint, Outside},
    store::LogIdentity,
};
use pending::Batch;
use segments::{Segments, State};

pub use at_rest::journal_at_rest;
pub(crate) use candour_ledger::Receipt;
pub(crate) use cosigned::{check_cosigned, consistency, cosigned, set_cosigned};
pub use entry::{EntryFields, JournalEntry};
pub(crate) use entry::{entries, entry};
pub(crate) use pen::Pen;
pub(crate) use pending::{Pending, Recorded};
pub use published::LogStatus;
pub(crate) use published::{file, prove, publish, status};
pub(crate) use redact::Redaction;
pub(crate) use upgrade::seal_v1;

/// What a group of changes does to the journal.
#[derive(Default)]
pub(crate) struct Recording {
    /// New entries.
    pub(crate) pending: Vec<Pending>,
    /// Fields of older entries that are to be erased.
    pub(crate) redactions: Vec<Redaction>,
}

/// The journal of one store, as its writing thread holds it.
pub(crate) struct Journal {
    identity: LogIdentity,
    pub(crate) pen: Arc<Pen>,
    /// `None` while what is in memory may differ from what is stored.
    edge: Option<Edge>,
    checkpoint: String,
    segments: Segments,
    /// Entries under the current key.
    filled: u64,
    /// The key that follows the current one once the transaction is durable.
    next: Option<Arc<SegmentKey>>,
    /// Keys drawn for rewritten segments by the transaction under way.
    fresh: Vec<u64>,
    /// Keys that must be destroyed as soon as the transaction is durable.
    doomed: Vec<u64>,
}

impl Journal {
    /// Opens the journal, and begins its log where there is none yet. A log that belongs to another origin or key, or
    /// whose stored tree does not have the root that was signed, or that is shorter than the keystore remembers, is refused.
    pub(crate) fn open(connection: &Connection, identity: LogIdentity, outside: Outside, keystore: Keystore) -> Result<Self, StoreError> {
        begin(connection, &identity)?;
        let edge = restore(connection, &identity)?;
        check_high_water(connection, &identity, &keystore)?;
        let segments = Segments::load(connection)?;
        for no in segments.retired.iter().filter(|no| keystore.has(**no)) {
            // The process ended before it came to this.
            keystore.destroy(*no)?;
        }
        keystore.reserve_below(segments.next());
        let newest = connection.query_row("SELECT segment FROM journal ORDER BY seq DESC LIMIT 1", [], |row| row.get::<_, i64>(0)).optional()?;
        if newest.is_some_and(|newest| !u64::try_from(newest).is_ok_and(|newest| segments.live.contains(&newest))) {
            return Err(StoreError::Damaged("the segment of the newest journal entry is not among the journal's segments".to_owned()));
        }
        // A key that was made in advance and that no entry has come to use is as good as a new one.
        let unused = keystore.numbers()?.into_iter().rfind(|no| segments.last_written < Some(*no) && !segments.knows(*no));
        let current = match segments.last_written.filter(|no| keystore.has(*no)).or(unused) {
            Some(no) => keystore.key(no)?,
            None => keystore.create_next()?,
        };
        segments::check(connection, &current, &keystore)?;
        let filled = segments::filled(connection, current.no())?;
        let outside = outside.monotonic(newest_time(connection)?);
        let pen = Arc::new(Pen::new(identity.origin.clone(), outside, keystore, current));
        let checkpoint = published::head(connection)?.checkpoint;
        Ok(Self { identity, pen, edge: Some(edge), checkpoint, segments, filled, next: None, fresh: Vec::new(), doomed: Vec::new() })
    }

    /// Takes everything from what is stored, after a transaction that did not become durable.
    pub(crate) fn reload(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.edge = None;
        self.next = None;
        self.segments = Segments::load(connection)?;
        for no in std::mem::take(&mut self.fresh) {
            if !self.segments.knows(no) {
                // Should this fail, a key that nothing was sealed with stays behind.
                let _ = self.pen.keystore.destroy(no);
            }
        }
        self.doomed.retain(|no| self.segments.retired.contains(no));
        self.filled = segments::filled(connection, self.pen.current().no())?;
        self.edge = Some(restore(connection, &self.identity)?);
        self.checkpoint = published::head(connection)?.checkpoint;
        Ok(())
    }

    /// Appends entries inside the caller's transaction and signs one checkpoint for all of them; before that, erases what
    /// is to be erased. Where this or the caller's commit fails, [`Self::reload`] must come before the next call; until
    /// then it refuses. After the commit comes [`Self::committed`].
    pub(crate) fn append(
        &mut self,
        connection: &Connection,
        recording: Recording,
        reach: impl Fn(FaultPoint) -> Result<(), StoreError>,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.redact(connection, &recording.redactions, &reach)?;
        if recording.pending.is_empty() {
            return Ok(Vec::new());
        }
        let mut edge = self.edge.take().ok_or(StoreError::Stopped)?;
        let first = edge.size();
        let previous = format!("{first} {}", edge.root());
        let mut full = Vec::new();
        let mut leaves = Vec::with_capacity(recording.pending.len());
        let mut pending = recording.pending;
        let mut add = connection.prepare_cached("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)")?;
        for pending in &mut pending {
            self.settle(connection, pending)?;
            let leaf = pending.leaf(&previous)?;
            add.execute(params![number(edge.size())?, pending.time, leaf, previous, number(pending.segment)?, pending.sealed])?;
            edge.push(leaf_hash(&leaf), &mut full);
            leaves.push(leaf);
        }
        drop(add);
        reach(FaultPoint::Recorded)?;
        tiles::store(connection, &edge, &full)?;
        reach(FaultPoint::TilesStored)?;
        let note = sign(&self.identity, &edge)?;
        self.checkpoint = note.to_string();
        connection.prepare_cached("UPDATE log SET size = ?, checkpoint = ?")?.execute(params![number(edge.size())?, self.checkpoint])?;
        reach(FaultPoint::Signed)?;
        let batch = Arc::new(Batch { previous, edge: edge.clone(), full, checkpoint: note });
        self.edge = Some(edge);
        let recorded = (first..).zip(pending).zip(leaves).map(|((index, pending), leaf)| Recorded { pending, index, leaf, batch: Arc::clone(&batch) });
        Ok(recorded.collect())
    }

    /// Sees to it that the segment of an entry is known, and is one that is there to stay.
    fn settle(&mut self, connection: &Connection, pending: &mut Pending) -> Result<(), StoreError> {
        if self.segments.retired.contains(&pending.segment) {
            // It was sealed just before its segment was retired.
            let mut key = self.next.clone().unwrap_or_else(|| self.pen.current());
            if self.segments.retired.contains(&key.no()) {
                key = self.pen.next()?;
                self.next = Some(Arc::clone(&key));
            }
            pending.seal(&self.pen, &key)?;
        }
        if !self.segments.live.contains(&pending.segment) {
            let key = self.pen.keystore.key(pending.segment)?;
            self.segments.begin(connection, &key, State::Written)?;
        }
        if pending.segment == self.pen.current().no() {
            self.filled += 1;
        }
        Ok(())
    }

    /// What is left to do once the transaction is durable: begin the next segment, destroy keys.
    pub(crate) fn committed(&mut self) -> Result<(), StoreError> {
        self.fresh.clear();
        let mut next = self.next.take();
        if next.is_none() && (self.filled >= segments::LENGTH || self.segments.retired.contains(&self.pen.current().no())) {
            // Without a new key the old segment grows longer, which is no reason to stop.
            next = self.pen.next().ok();
        }
        if let Some(key) = next {
            self.pen.turn_to(key);
            self.filled = 0;
        } else if self.filled >= segments::LENGTH / 2 {
            self.pen.ask_for_spare();
        }
        self.destroy_doomed()
    }

    /// Writes down in the keystore how far the log has come.
    pub(crate) fn mark(&self) -> Result<(), StoreError> {
        self.pen.keystore.set_high_water(&self.checkpoint)
    }
}

/// How many keys of retired segments are still there.
pub(crate) fn keys_to_destroy(connection: &Connection, pen: &Pen) -> Result<u64, StoreError> {
    Ok(Segments::load(connection)?.retired.into_iter().filter(|no| pen.keystore.has(*no)).count() as u64)
}

/// Begins the log, or checks that it is the one that the key at hand belongs to.
fn begin(connection: &Connection, identity: &LogIdentity) -> Result<(), StoreError> {
    let known = connection.query_row("SELECT origin, vkey FROM log", [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).optional()?;
    let vkey = identity.key.vkey();
    match known {
        None if rows(connection)? > 0 => Err(StoreError::Damaged("the journal has entries but no log".to_owned())),
        None => {
            let note = sign(identity, &Edge::new())?;
            connection.execute("INSERT INTO log VALUES (0, ?, ?, 0, ?)", params![identity.origin, vkey, note.to_string()])?;
            Ok(())
        }
        Some((origin, _)) if origin != identity.origin => {
            Err(StoreError::Refused(format!("this home's log is `{origin}`, not `{}`; open it under the name that it was begun with", identity.origin)))
        }
        Some((_, key)) if key != vkey => {
            Err(StoreError::Refused(format!("this home's log is signed by `{key}`, and the key at hand is `{vkey}`; put the home's own key back")))
        }
        Some(_) => Ok(()),
    }
}

/// The tree's right edge, from what is stored.
fn restore(connection: &Connection, identity: &LogIdentity) -> Result<Edge, StoreError> {
    let head = published::head(connection)?;
    let signed = Checkpoint::open(head.checkpoint.as_bytes(), identity.key.verifier())?;
    let edge = Edge::restore(head.size, |tile| tiles::hashes(connection, tile))?;
    if signed.origin != identity.origin || signed.size != head.size || signed.root != edge.root() || rows(connection)? != head.size {
        return Err(StoreError::Damaged("the journal's entries and tiles do not have the root that its checkpoint signs".to_owned()));
    }
    Ok(edge)
}

/// Refuses a log that does not lead to the checkpoint that the keystore remembers.
fn check_high_water(connection: &Connection, identity: &LogIdentity, keystore: &Keystore) -> Result<(), StoreError> {
    let Some(remembered) = keystore.high_water()? else { return Ok(()) };
    let mark = keystore.high_water_file();
    let remembered = Checkpoint::open(remembered.as_bytes(), identity.key.verifier())
        .ok()
        .filter(|remembered| remembered.origin == identity.origin)
        .ok_or_else(|| StoreError::Refused(format!("`{}` is no checkpoint of this home's log; put the home's own keystore back", mark.display())))?;
    let found = published::head(connection)?.size;
    match cosigned::has_had(connection, found, &remembered) {
        Err(StoreError::Refused(_)) => Err(StoreError::RolledBack { found, remembered: remembered.size, mark }),
        outcome => outcome,
    }
}

/// The latest time that an entry was made at. Entries of one moment may stand in another order than their times.
fn newest_time(connection: &Connection) -> Result<i64, StoreError> {
    let newest = "SELECT coalesce(max(time), 0) FROM (SELECT time FROM journal ORDER BY seq DESC LIMIT 1024)";
    Ok(connection.query_row(newest, [], |row| row.get(0))?)
}

/// How many entries are stored, by the number of the last one.
fn rows(connection: &Connection) -> Result<u64, StoreError> {
    let rows: i64 = connection.query_row("SELECT coalesce(max(seq) + 1, 0) FROM journal", [], |row| row.get(0))?;
    u64::try_from(rows).map_err(|_| StoreError::Damaged("a journal entry has a negative number".to_owned()))
}

/// Signs the tree as it stands.
fn sign(identity: &LogIdentity, edge: &Edge) -> Result<Note, StoreError> {
    let checkpoint = Checkpoint { origin: identity.origin.clone(), size: edge.size(), root: edge.root(), extensions: Vec::new() };
    Ok(checkpoint.sign(&identity.key)?)
}

/// A receipt for the entry `at` (its number, the size of the tree, its time).
fn receipt(at: (u64, u64, i64), leaf: &commitment::Leaf, (fields, withheld): (Vec<ReceiptField>, Vec<Withheld>), path: Vec<Hash>, checkpoint: Note) -> Receipt {
    let (index, tree_size, time) = at;
    let proof = Proof { extra: None, index, path, checkpoint };
    Receipt { index, tree_size, time, leaf: hex::encode(leaf), proof: proof.to_string(), fields, withheld }
}

/// A number of ours as the database keeps it.
fn number(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Limit("9,223,372,036,854,775,807 journal entries"))
}

/// The width of a tile as a length.
fn width(tile: Tile) -> usize {
    usize::from(tile.width())
}
