//! What the public sees of the journal: the files of a static C2SP log, its status, and receipts in the newest tree.

use candour_ledger::{
    Checkpoint, LedgerError, Nodes, Note, TiledNodes, bundle,
    hash::leaf_hash,
    tile::{Resource, Tile},
    tree::{prove_inclusion, verify_inclusion},
};
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::{Receipt, cosigned, entry::Stored, pen::Pen, receipt, tiles, width};
use crate::error::StoreError;

/// The log as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogStatus {
    /// Whose log it is.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// Root of its tree, base64.
    pub root: String,
    /// The newest signed checkpoint.
    pub checkpoint: String,
    /// The key that verifies it, `NAME+ID+KEY`.
    pub log_key: String,
}

/// The row of the log.
pub(super) struct Head {
    pub(super) vkey: String,
    pub(super) size: u64,
    pub(super) checkpoint: String,
}

pub(super) fn head(connection: &Connection) -> Result<Head, StoreError> {
    let row = connection
        .prepare_cached("SELECT vkey, size, checkpoint FROM log")?
        .query_row([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get(2)?)))
        .optional()?;
    let damaged = || StoreError::Damaged("the journal has no log".to_owned());
    let (vkey, size, checkpoint) = row.ok_or_else(damaged)?;
    Ok(Head { vkey, size: u64::try_from(size).map_err(|_| damaged())?, checkpoint })
}

impl Head {
    fn note(&self) -> Result<Note, StoreError> {
        Ok(Note::parse(self.checkpoint.as_bytes())?)
    }

    pub(super) fn status(self) -> Result<LogStatus, StoreError> {
        let Checkpoint { origin, size, root, .. } = Checkpoint::parse(self.note()?.text())?;
        Ok(LogStatus { origin, size, root: root.to_string(), checkpoint: self.checkpoint, log_key: self.vkey })
    }
}

/// The log as it stands.
pub(crate) fn status(connection: &Connection) -> Result<LogStatus, StoreError> {
    head(connection)?.status()
}

/// The bytes at a path of the static layout. Partial tiles are served for every width that the tree has had.
pub(crate) fn file(connection: &Connection, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
    if path == cosigned::FILE {
        return Ok(cosigned::cosigned(connection)?.map(String::into_bytes));
    }
    let head = head(connection)?;
    let exists = |tile: Tile| Tile::of(tile.level(), tile.n(), head.size).is_some_and(|now| now.width() >= tile.width());
    match Resource::parse(path) {
        Ok(Resource::Checkpoint) => Ok(Some(head.checkpoint.into_bytes())),
        Ok(Resource::Tile(tile)) if exists(tile) => Ok(Some(hashes(connection, tile)?)),
        Ok(Resource::Entries(tile)) if exists(tile) => Ok(Some(entries(connection, tile)?)),
        Ok(_) | Err(_) => Ok(None),
    }
}

/// Calls `each` with every path and its bytes: entries and tiles first, and last the checkpoint that needs them, so that
/// whoever reads a half-written copy still finds what the older checkpoint says.
pub(crate) fn publish(connection: &Connection, mut each: impl FnMut(&str, &[u8]) -> Result<(), StoreError>) -> Result<LogStatus, StoreError> {
    let head = head(connection)?;
    for tile in Tile::all(head.size) {
        if tile.level() == 0 {
            each(&tile.entries_path(), &entries(connection, tile)?)?;
        }
        each(&tile.path(), &hashes(connection, tile)?)?;
    }
    if let Some(cosigned) = cosigned::cosigned(connection)? {
        each(cosigned::FILE, cosigned.as_bytes())?;
    }
    each(&Resource::Checkpoint.path(), head.checkpoint.as_bytes())?;
    head.status()
}

fn hashes(connection: &Connection, tile: Tile) -> Result<Vec<u8>, StoreError> {
    Ok(Tile::format(&tiles::hashes(connection, tile)?))
}

fn entries(connection: &Connection, tile: Tile) -> Result<Vec<u8>, StoreError> {
    let (mut bytes, mut count) = (Vec::new(), 0);
    tiles::leaves(connection, tile, |leaf| {
        count += 1;
        Ok(bundle::push(&mut bytes, leaf)?)
    })?;
    if count != width(tile) {
        return Err(StoreError::Damaged(format!("the journal has {count} of the {} entries of `{}`", tile.width(), tile.entries_path())));
    }
    Ok(bytes)
}

/// The nodes of the tree of `size` leaves, read from the database as they are needed.
pub(super) fn nodes(connection: &Connection, size: u64) -> impl Nodes {
    TiledNodes::new(size, |tile| tiles::hashes(connection, tile).map_err(|error| LedgerError::Tile { path: tile.path(), why: error.to_string() }))
}

/// A receipt for an entry in the newest tree.
pub(crate) fn prove(connection: &Connection, pen: &Pen, index: u64) -> Result<Receipt, StoreError> {
    let head = head(connection)?;
    if index >= head.size {
        return Err(StoreError::Refused(format!("there is no journal entry `{index}`; there are {}, numbered from 0", head.size)));
    }
    let stored = Stored::find(connection, pen, index)?.ok_or_else(|| StoreError::Damaged(format!("journal entry {index} is missing")))?;
    let path = prove_inclusion(&nodes(connection, head.size), index, head.size)?;
    let root = Checkpoint::parse(head.note()?.text())?.root;
    verify_inclusion(&leaf_hash(&stored.leaf), index, head.size, &path, &root)
        .map_err(|_| StoreError::Damaged(format!("the leaf of journal entry {index} is not the one that the tree has in its place")))?;
    Ok(receipt((index, head.size, stored.time), &stored.leaf, stored.shown(), path, head.note()?))
}
