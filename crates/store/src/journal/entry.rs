//! Entries: what a caller wants recorded, what waits for its transaction, and what is read back.

use candour_ledger::{
    ReceiptField,
    commitment::{self, Leaf, Seed},
    receipt::{TIME, time_text},
};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::number;
use crate::{error::StoreError, outside::Outside};

/// What an entry says, as an ordered list of named fields. The journal puts `time` before them, from its own clock; and
/// `previous_epoch` behind them, which names the tree before the transaction; a `time` or `previous_epoch` that a caller hands in is
/// replaced. In use between the two are `actor, action, purpose, case, reason, mandate, charter, policies, query, outcome, results`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFields {
    /// Names and values.
    pub fields: Vec<(&'static str, String)>,
}

impl EntryFields {
    /// No fields yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more field at the end.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }
}

/// Name of the field that says which tree an entry's transaction found: `SIZE ROOT`, the root in base64.
const PREVIOUS: &str = "previous_epoch";

/// An entry that waits for its transaction, with everything random about it decided.
pub(crate) struct Pending {
    pub(super) time: i64,
    pub(super) seed: Seed,
    fields: Vec<(&'static str, String)>,
}

impl Pending {
    /// Takes the time and draws the seed of the salts.
    pub(crate) fn new(entry: EntryFields, outside: &Outside) -> Self {
        let time = outside.now();
        let mut seed = [0; 32];
        (outside.random)(&mut seed);
        let mut fields = vec![(TIME, time_text(time).unwrap_or_default())];
        fields.extend(entry.fields.into_iter().filter(|(name, _)| ![TIME, PREVIOUS].contains(name)));
        Self { time, seed, fields }
    }

    /// Names the tree that comes before.
    pub(super) fn follow(&mut self, previous: &str) {
        self.fields.push((PREVIOUS, previous.to_owned()));
    }

    /// The public leaf, and the fields as a receipt shows them.
    pub(super) fn committed(&self) -> Result<(Leaf, Vec<ReceiptField>), StoreError> {
        committed(&self.seed, self.fields.iter().map(|(name, value)| (*name, value.as_str())))
    }

    /// The private content.
    pub(super) fn body(&self) -> Result<String, StoreError> {
        serde_json::to_string(&self.fields).map_err(|error| StoreError::Damaged(error.to_string()))
    }
}

fn committed<'f>(seed: &Seed, fields: impl Iterator<Item = (&'f str, &'f str)>) -> Result<(Leaf, Vec<ReceiptField>), StoreError> {
    let mut commitments = Vec::new();
    let mut shown = Vec::new();
    for (position, (name, value)) in (0..).zip(fields) {
        let salt = commitment::salt(seed, position);
        commitments.push(commitment::commit(&salt, name, value.as_bytes())?);
        shown.push(ReceiptField::new(name, value, &salt));
    }
    Ok((commitment::leaf(&commitments)?, shown))
}

/// An entry of the journal with its private content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number, from 0.
    pub index: u64,
    /// When it was made, in milliseconds since 1970-01-01T00:00Z.
    pub time: i64,
    /// Names and values in order, the time first.
    pub fields: Vec<(String, String)>,
    /// The public leaf, lower-case hex.
    pub leaf: String,
}

impl JournalEntry {
    /// Value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An entry as it is stored.
pub(super) struct Stored {
    pub(super) entry: JournalEntry,
    seed: Seed,
}

impl Stored {
    const COLUMNS: &'static str = "seq, time, leaf, seed, body";

    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let seq: i64 = row.get(0)?;
        let body: String = row.get(4)?;
        let leaf: Vec<u8> = row.get(2)?;
        let damaged = |what: &str| StoreError::Damaged(format!("journal entry {seq}: {what}"));
        let fields = serde_json::from_str(&body).map_err(|error| damaged(&error.to_string()))?;
        let index = u64::try_from(seq).map_err(|_| damaged("its number is negative"))?;
        let seed = row.get::<_, Vec<u8>>(3)?.try_into().map_err(|_| damaged("its seed has not 32 bytes"))?;
        Ok(Self { entry: JournalEntry { index, time: row.get(1)?, fields, leaf: hex::encode(leaf) }, seed })
    }

    pub(super) fn find(connection: &Connection, index: u64) -> Result<Option<Self>, StoreError> {
        let mut query = connection.prepare_cached(&format!("SELECT {} FROM journal WHERE seq = ?", Self::COLUMNS))?;
        query.query_row([number(index)?], |row| Ok(Self::read(row))).optional()?.transpose()
    }

    /// The leaf and the fields as a receipt shows them. An entry that was tampered with no longer leads to its leaf.
    pub(super) fn committed(&self) -> Result<(Leaf, Vec<ReceiptField>), StoreError> {
        let (leaf, fields) = committed(&self.seed, self.entry.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
        if hex::encode(leaf) != self.entry.leaf {
            return Err(StoreError::Damaged(format!("the content of journal entry {} is not what its leaf commits to", self.entry.index)));
        }
        Ok((leaf, fields))
    }
}

/// One entry, if there is one with that number.
pub(crate) fn entry(connection: &Connection, index: u64) -> Result<Option<JournalEntry>, StoreError> {
    if i64::try_from(index).is_err() {
        return Ok(None);
    }
    Ok(Stored::find(connection, index)?.map(|stored| stored.entry))
}

/// Up to `limit` entries from number `first` on.
pub(crate) fn entries(connection: &Connection, first: u64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
    let mut query = connection.prepare_cached(&format!("SELECT {} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?", Stored::COLUMNS))?;
    let mut rows = query.query((i64::try_from(first).unwrap_or(i64::MAX), limit))?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(Stored::read(row)?.entry);
    }
    Ok(entries)
}
