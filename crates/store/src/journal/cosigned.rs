//! The newest checkpoint that witnesses have cosigned, and what they need to see before they do.

use candour_ledger::{
    Checkpoint, Hash, VerifierKey,
    tree::{self, prove_consistency},
};
use rusqlite::{Connection, OptionalExtension as _};

use super::{number, published};
use crate::error::StoreError;

/// Where it is published, beside `checkpoint`.
pub(super) const FILE: &str = "checkpoint.cosigned";

/// The checkpoint in a note, if the log signed it and has had that tree, and none that is newer is kept.
pub(crate) fn check_cosigned(connection: &Connection, note: &str) -> Result<Checkpoint, StoreError> {
    let head = published::head(connection)?;
    let checkpoint = Checkpoint::open(note.as_bytes(), &VerifierKey::parse(&head.vkey)?)?;
    let ours = head.status()?;
    if checkpoint.origin != ours.origin {
        return Err(StoreError::Refused(format!("the cosigned checkpoint is of the log `{}`, this is `{}`", checkpoint.origin, ours.origin)));
    }
    has_had(connection, ours.size, &checkpoint)?;
    Ok(checkpoint)
}

/// Refuses a checkpoint whose tree is not the beginning of the tree of `size` leaves that is stored.
pub(super) fn has_had(connection: &Connection, size: u64, checkpoint: &Checkpoint) -> Result<(), StoreError> {
    if checkpoint.size > size || tree::root(&published::nodes(connection, size), checkpoint.size)? != checkpoint.root {
        return Err(StoreError::Refused(format!("a tree of {} entries with the root `{}` is none that this log has had", checkpoint.size, checkpoint.root)));
    }
    Ok(())
}

/// Keeps it, unless there is a newer one already.
pub(crate) fn set_cosigned(connection: &Connection, size: u64, note: &str) -> Result<(), StoreError> {
    let mut put = connection.prepare_cached(
        "INSERT INTO cosigned VALUES (0, ?1, ?2) ON CONFLICT (no) DO UPDATE SET size = excluded.size, note = excluded.note WHERE excluded.size >= size",
    )?;
    if put.execute((number(size)?, note))? == 0 {
        return Err(StoreError::Refused(format!("a cosigned checkpoint of more than {size} entries is kept already")));
    }
    Ok(())
}

/// The kept one.
pub(crate) fn cosigned(connection: &Connection) -> Result<Option<String>, StoreError> {
    Ok(connection.prepare_cached("SELECT note FROM cosigned")?.query_row([], |row| row.get(0)).optional()?)
}

/// The proof that the tree of `new` leaves, whether or not it is still the newest, begins with that of `old` leaves.
pub(crate) fn consistency(connection: &Connection, old: u64, new: u64) -> Result<Vec<Hash>, StoreError> {
    let head = published::head(connection)?;
    if new > head.size {
        return Err(candour_ledger::LedgerError::OutOfTree(format!("tree of {new}"), head.size).into());
    }
    Ok(prove_consistency(&published::nodes(connection, head.size), old, new)?)
}
