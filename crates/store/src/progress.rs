//! How far an import has come, kept in the transaction of each batch so that an interrupted one goes on where it stopped.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{error::StoreError, names::SourceNo};

/// The state of one step of an import: one query of a mapping over one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The next record to take, counted from 0.
    pub next: u64,
    /// Whether the file was read to its end.
    pub done: bool,
}

/// Reads the progress of a step; nothing recorded is the beginning.
pub(crate) fn read(connection: &Connection, source: SourceNo, recipe: &str, step: u32) -> Result<Progress, StoreError> {
    let found = connection
        .prepare_cached("SELECT next, done FROM progress WHERE source = ? AND recipe = ? AND step = ?")?
        .query_row(params![source.0, recipe, step], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map_or(Progress::default(), |(next, done)| Progress { next: u64::try_from(next).unwrap_or_default(), done }))
}

/// Records the progress of a step.
pub(crate) fn write(connection: &Connection, source: SourceNo, recipe: &str, step: u32, progress: Progress) -> Result<(), StoreError> {
    let next = i64::try_from(progress.next).map_err(|_| StoreError::Limit("records in one file"))?;
    connection.prepare_cached("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?)")?.execute(params![source.0, recipe, step, next, progress.done])?;
    Ok(())
}
