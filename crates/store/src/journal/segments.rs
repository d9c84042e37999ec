//! Segments: runs of entries whose content is sealed under one key.

use rusqlite::{Connection, OptionalExtension as _, params};
use rustc_hash::FxHashSet;

use super::number;
use crate::{
    error::StoreError,
    keystore::{Keystore, SegmentKey},
};

/// After how many entries the next segment begins. Entries that were sealed just before may still come in afterwards.
pub(super) const LENGTH: u64 = 4096;

/// What a segment is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Entries were sealed under it when they were made.
    Written,
    /// It took over the entries of another one, of which some had fields erased.
    Rewritten,
    /// No entry is sealed under it any more; its key is destroyed, or must be.
    Retired,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Rewritten => "rewritten",
            Self::Retired => "retired",
        }
    }
}

/// The segments that the database knows.
#[derive(Debug, Default)]
pub(super) struct Segments {
    pub(super) live: FxHashSet<u64>,
    pub(super) retired: FxHashSet<u64>,
    /// The last one that was begun for new entries.
    pub(super) last_written: Option<u64>,
}

impl Segments {
    pub(super) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut found = Self::default();
        let mut query = connection.prepare_cached("SELECT no, state FROM segment")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let no = u64::try_from(row.get::<_, i64>(0)?).map_err(|_| StoreError::Damaged("a segment of the journal has a negative number".to_owned()))?;
            let state: String = row.get(1)?;
            if state == State::Retired.name() {
                found.retired.insert(no);
                continue;
            }
            found.live.insert(no);
            if state == State::Written.name() {
                found.last_written = found.last_written.max(Some(no));
            }
        }
        Ok(found)
    }

    pub(super) fn knows(&self, no: u64) -> bool {
        self.live.contains(&no) || self.retired.contains(&no)
    }

    /// The number after all of them.
    pub(super) fn next(&self) -> u64 {
        self.live.iter().chain(&self.retired).max().map_or(0, |last| last.saturating_add(1))
    }

    /// Makes a segment known before its first entry.
    pub(super) fn begin(&mut self, connection: &Connection, key: &SegmentKey, state: State) -> Result<(), StoreError> {
        let mut add = connection.prepare_cached("INSERT INTO segment VALUES (?, ?, ?)")?;
        add.execute(params![number(key.no())?, key.check(), state.name()])?;
        self.live.insert(key.no());
        Ok(())
    }

    /// Says that a segment has no entries any more.
    pub(super) fn retire(&mut self, connection: &Connection, no: u64) -> Result<(), StoreError> {
        connection.prepare_cached("UPDATE segment SET state = ? WHERE no = ?")?.execute(params![State::Retired.name(), number(no)?])?;
        self.live.remove(&no);
        self.retired.insert(no);
        Ok(())
    }
}

/// How many entries a segment has among the newest ones.
pub(super) fn filled(connection: &Connection, no: u64) -> Result<u64, StoreError> {
    let count: i64 = connection.query_row("SELECT count(*) FROM journal WHERE segment = ?", [number(no)?], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Refuses a key that is not the one which the segment was begun with.
pub(super) fn check(connection: &Connection, key: &SegmentKey, keystore: &Keystore) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached("SELECT key_check FROM segment WHERE no = ?")?;
    let known: Option<Vec<u8>> = query.query_row([number(key.no())?], |row| row.get(0)).optional()?;
    if known.is_some_and(|known| known != key.check()) {
        return Err(StoreError::Refused(format!(
            "`{}` is not the key that this home's journal was written with; put the home's own keystore back",
            keystore.path(key.no()).display()
        )));
    }
    Ok(())
}
