//! The journal: a private record of who asked or changed what and why, and a public leaf for each entry.
//!
//! Leaves commit to the entries without telling anything of them (see [`candour_ledger::commitment`]). All entries of
//! one transaction are appended together: their rows, the tiles that they fill, one signed checkpoint. Rows and tree
//! become durable with the change that they record, or not at all. Proofs for new entries come from the right edge of
//! the tree, which is kept in memory; nothing is read back.

mod cosigned;
mod entry;
mod published;
mod tiles;

use candour_ledger::{Checkpoint, Edge, Hash, Note, ReceiptField, commitment, hash::leaf_hash, proof::Proof, tile::Tile, tree::prove_inclusion};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{error::StoreError, outside::FaultPoint, store::LogIdentity};

pub(crate) use candour_ledger::Receipt;
pub(crate) use cosigned::{check_cosigned, consistency, cosigned, set_cosigned};
pub use entry::{EntryFields, JournalEntry};
pub(crate) use entry::{Pending, entries, entry};
pub use published::LogStatus;
pub(crate) use published::{file, prove, publish, status};

/// The journal of one store, as its writing thread holds it.
pub(crate) struct Journal {
    identity: LogIdentity,
    /// `None` while what is in memory may differ from what is stored.
    edge: Option<Edge>,
}

impl Journal {
    /// Opens the journal, and begins its log where there is none yet. A log that belongs to another origin or key, or
    /// whose stored tree does not have the root that was signed, is refused.
    pub(crate) fn open(connection: &Connection, identity: LogIdentity) -> Result<Self, StoreError> {
        let known = connection.query_row("SELECT origin, vkey FROM log", [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).optional()?;
        let vkey = identity.key.vkey();
        match known {
            None if rows(connection)? > 0 => return Err(StoreError::Damaged("the journal has entries but no log".to_owned())),
            None => {
                let note = sign(&identity, &Edge::new())?;
                connection.execute("INSERT INTO log VALUES (0, ?, ?, 0, ?)", params![identity.origin, vkey, note.to_string()])?;
            }
            Some((origin, _)) if origin != identity.origin => {
                return Err(StoreError::Refused(format!(
                    "this home's log is `{origin}`, not `{}`; open it under the name that it was begun with",
                    identity.origin
                )));
            }
            Some((_, key)) if key != vkey => {
                return Err(StoreError::Refused(format!("this home's log is signed by `{key}`, and the key at hand is `{vkey}`; put the home's own key back")));
            }
            Some(_) => {}
        }
        let mut journal = Self { identity, edge: None };
        journal.reload(connection)?;
        Ok(journal)
    }

    /// Takes the tree's right edge from what is stored.
    pub(crate) fn reload(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.edge = None;
        let head = published::head(connection)?;
        let signed = Checkpoint::open(head.checkpoint.as_bytes(), self.identity.key.verifier())?;
        let edge = Edge::restore(head.size, |tile| tiles::hashes(connection, tile))?;
        if signed.size != head.size || signed.root != edge.root() || rows(connection)? != head.size {
            return Err(StoreError::Damaged("the journal's entries and tiles do not have the root that its checkpoint signs".to_owned()));
        }
        self.edge = Some(edge);
        Ok(())
    }

    /// Appends entries inside the caller's transaction and signs one checkpoint for all of them. Where this or the
    /// caller's commit fails, [`Self::reload`] must come before the next call; until then it refuses.
    pub(crate) fn append(
        &mut self,
        connection: &Connection,
        pending: &mut [Pending],
        reach: impl Fn(FaultPoint) -> Result<(), StoreError>,
    ) -> Result<Vec<Receipt>, StoreError> {
        if pending.is_empty() {
            return Ok(Vec::new());
        }
        let mut edge = self.edge.take().ok_or(StoreError::Stopped)?;
        let first = edge.size();
        let previous = format!("{first} {}", edge.root());
        let mut full = Vec::new();
        let mut entries = Vec::with_capacity(pending.len());
        {
            let mut add = connection.prepare_cached("INSERT INTO journal VALUES (?, ?, ?, ?, ?)")?;
            for pending in pending.iter_mut() {
                pending.follow(&previous);
                let (leaf, fields) = pending.committed()?;
                add.execute(params![number(edge.size())?, pending.time, leaf, pending.seed, pending.body()?])?;
                let hash = leaf_hash(&leaf);
                edge.push(hash, &mut full);
                entries.push((hash, leaf, fields));
            }
        }
        reach(FaultPoint::Recorded)?;
        tiles::store(connection, &edge, &full)?;
        reach(FaultPoint::TilesStored)?;
        let note = sign(&self.identity, &edge)?;
        let size = edge.size();
        connection.prepare_cached("UPDATE log SET size = ?, checkpoint = ?")?.execute(params![number(size)?, note.to_string()])?;
        reach(FaultPoint::Signed)?;
        let nodes = edge.with(&full);
        let mut receipts = Vec::with_capacity(pending.len());
        for ((index, (_, leaf, fields)), pending) in (first..).zip(entries).zip(pending) {
            let path = prove_inclusion(&nodes, index, size)?;
            receipts.push(receipt(index, size, pending.time, &leaf, fields, path, note.clone()));
        }
        drop(nodes);
        self.edge = Some(edge);
        Ok(receipts)
    }
}

/// The latest time that an entry was made at. Entries of one moment may stand in another order than their times.
pub(crate) fn newest_time(connection: &Connection) -> Result<i64, StoreError> {
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

fn receipt(index: u64, tree_size: u64, time: i64, leaf: &commitment::Leaf, fields: Vec<ReceiptField>, path: Vec<Hash>, checkpoint: Note) -> Receipt {
    let proof = Proof { extra: None, index, path, checkpoint };
    Receipt { index, tree_size, time, leaf: hex::encode(leaf), proof: proof.to_string(), fields, withheld: Vec::new() }
}

/// A number of ours as the database keeps it.
fn number(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Limit("9,223,372,036,854,775,807 journal entries"))
}

/// The width of a tile as a length.
fn width(tile: Tile) -> usize {
    usize::from(tile.width())
}
