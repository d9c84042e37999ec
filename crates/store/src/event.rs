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

    /// Calls `each` with the events of a kind that came after the one at place `after`, oldest first. Costs what has been
    /// appended since, of whatever kind.
    pub fn events_since(&self, kind: &str, after: u64, mut each: impl FnMut(Event)) -> Result<(), StoreError> {
        // The plus keeps the kind from choosing the index, under which all of its history would be walked through.
        let mut query = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM event WHERE seq > ? AND +kind = ? ORDER BY seq"))?;
        let after = i64::try_from(after).map_err(|_| StoreError::Limit("9,223,372,036,854,775,807 events"))?;
        let mut rows = query.query(params![after, kind])?;
        while let Some(row) = rows.next()? {
            each(read(row)?);
        }
        Ok(())
    }

    /// The first event of a kind whose subjects rise with time, such as days: the oldest one of the least subject. One look
    /// into an index.
    pub fn oldest_event(&self, kind: &str) -> Result<Option<Event>, StoreError> {
        self.end_event(kind, "ASC")
    }

    /// The last event of such a kind: the newest one of the greatest subject. One look into an index.
    pub fn newest_event(&self, kind: &str) -> Result<Option<Event>, StoreError> {
        self.end_event(kind, "DESC")
    }

    fn end_event(&self, kind: &str, order: &str) -> Result<Option<Event>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM event WHERE kind = ? ORDER BY subject {order}, seq {order} LIMIT 1");
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([kind])?;
        rows.next()?.map(read).transpose()
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
