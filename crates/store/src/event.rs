//! Events: what has happened to things that are not statements, such as charters, mandates and reviews. Append-only; how
//! a thing stands is folded from its events, in their order.

use rusqlite::{Connection, Row, params};

use crate::{error::StoreError, reader::Reader, transaction::Transaction};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its place in the order of all events of the store; rises, may leave gaps.
    pub seq: u64,
    /// To what kind of thing, such as `mandate`.
    pub kind: String,
    /// To which of them.
    pub subject: String,
    /// When, in milliseconds since 1970-01-01T00:00Z.
    pub at: i64,
    /// Who did it.
    pub actor: String,
    /// What happened; JSON by convention, of which the store knows nothing.
    pub body: String,
}

impl Transaction<'_> {
    /// Appends an event at the store's time and returns its place.
    pub fn append_event(&mut self, kind: &str, subject: &str, actor: &str, body: &str) -> Result<u64, StoreError> {
        let at = self.now();
        let mut add = self.connection.prepare_cached("INSERT INTO event (kind, subject, at, actor, body) VALUES (?, ?, ?, ?, ?)")?;
        place(add.insert(params![kind, subject, at, actor, body])?)
    }
}

impl Reader<'_> {
    /// Calls `each` with every event of a kind, oldest first.
    pub fn events(&self, kind: &str, mut each: impl FnMut(Event)) -> Result<(), StoreError> {
        let mut query = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM event WHERE kind = ? ORDER BY seq"))?;
        let mut rows = query.query([kind])?;
        while let Some(row) = rows.next()? {
            each(read(row)?);
        }
        Ok(())
    }

    /// The events of one thing, oldest first.
    pub fn events_of(&self, kind: &str, subject: &str) -> Result<Vec<Event>, StoreError> {
        of(self.connection, kind, subject)
    }
}

const COLUMNS: &str = "seq, kind, subject, at, actor, body";

fn of(connection: &Connection, kind: &str, subject: &str) -> Result<Vec<Event>, StoreError> {
    let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM event WHERE kind = ? AND subject = ? ORDER BY seq"))?;
    let mut rows = query.query([kind, subject])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(read(row)?);
    }
    Ok(events)
}

fn read(row: &Row<'_>) -> Result<Event, StoreError> {
    Ok(Event { seq: place(row.get(0)?)?, kind: row.get(1)?, subject: row.get(2)?, at: row.get(3)?, actor: row.get(4)?, body: row.get(5)? })
}

fn place(seq: i64) -> Result<u64, StoreError> {
    u64::try_from(seq).map_err(|_| StoreError::Damaged(format!("event {seq} has a negative place")))
}
