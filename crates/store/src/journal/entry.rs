//! Entries: what a caller wants recorded, and what is read back.

use candour_ledger::{
    ReceiptField, Withheld,
    commitment::{self, Leaf},
    receipt::{TIME, time_text},
};
use rusqlite::{Connection, Row};
use zeroize::Zeroizing;

use super::{
    body::{self, Field},
    number,
    pen::Pen,
    segments,
};
use crate::error::StoreError;

/// What an entry says, as an ordered list of named fields. The journal puts `time` before them, from its own clock, and
/// `previous_epoch` behind them, which names the tree before the transaction; a `time` or `previous_epoch` that a caller hands
/// in is replaced. In use between the two are `actor, action, purpose, case, reason, mandate, charter, policies, query,
/// outcome, results`.
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
pub(super) const PREVIOUS: &str = "previous_epoch";

/// An entry of the journal with its private content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number, from 0.
    pub index: u64,
    /// When it was made, in milliseconds since 1970-01-01T00:00Z.
    pub time: i64,
    /// Names and values in order, the time first. The value of an erased field is empty.
    pub fields: Vec<(String, String)>,
    /// Names of the fields that have been erased.
    pub erased: Vec<String>,
    /// The public leaf, lower-case hex.
    pub leaf: String,
}

impl JournalEntry {
    /// Value of a field; of one that was erased, nothing.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().filter(|(known, _)| known == name && !self.erased.contains(known));
        found.next().map(|(_, value)| value.as_str())
    }
}

/// An entry as it is stored, opened and found to be what its leaf commits to.
pub(super) struct Stored {
    pub(super) index: u64,
    pub(super) time: i64,
    pub(super) leaf: Leaf,
    pub(super) fields: Vec<Field>,
    /// The content as it was sealed.
    pub(super) text: Zeroizing<Vec<u8>>,
}

impl Stored {
    const COLUMNS: &'static str = "seq, time, leaf, previous, segment, body";

    fn read(connection: &Connection, pen: &Pen, row: &Row<'_>) -> Result<Self, StoreError> {
        let seq: i64 = row.get(0)?;
        let damaged = |what: &str| StoreError::Damaged(format!("journal entry {seq}: {what}"));
        let index = u64::try_from(seq).map_err(|_| damaged("its number is negative"))?;
        let time = row.get(1)?;
        let leaf: Leaf = row.get::<_, Vec<u8>>(2)?.try_into().map_err(|_| damaged("its leaf has not 33 bytes"))?;
        let previous: Option<String> = row.get(3)?;
        let segment = u64::try_from(row.get::<_, i64>(4)?).map_err(|_| damaged("its segment is negative"))?;
        let key = pen.keystore.key(segment)?;
        let sealed = row.get_ref(5)?.as_blob().map_err(|_| damaged("its content is no blob"))?;
        let Some(text) = key.open(&pen.origin, sealed) else {
            segments::check(connection, &key, &pen.keystore)?;
            return Err(damaged("its content was changed, or belongs to another segment"));
        };
        let fields = body::read(&text, previous.as_deref()).ok_or_else(|| damaged("its content is not in any known form"))?;
        let stored = Self { index, time, leaf, fields, text };
        stored.check()?;
        Ok(stored)
    }

    pub(super) fn find(connection: &Connection, pen: &Pen, index: u64) -> Result<Option<Self>, StoreError> {
        let mut query = connection.prepare_cached(&format!("SELECT {} FROM journal WHERE seq = ?", Self::COLUMNS))?;
        let mut rows = query.query([number(index)?])?;
        rows.next()?.map(|row| Self::read(connection, pen, row)).transpose()
    }

    /// An entry that was tampered with, or moved to another place, no longer leads to its leaf.
    fn check(&self) -> Result<(), StoreError> {
        let commitments = self.fields.iter().map(Field::commitment).collect::<Result<Vec<_>, _>>()?;
        let says_its_time =
            self.fields.iter().any(|field| matches!(field, Field::Kept { name, value, .. } if name == TIME && Some(value) == time_text(self.time).as_ref()));
        if commitment::leaf(&commitments)? == self.leaf && says_its_time {
            return Ok(());
        }
        Err(StoreError::Damaged(format!("the content of journal entry {} is not what its leaf commits to", self.index)))
    }

    /// The fields as a receipt shows them, and those that it cannot show.
    pub(super) fn shown(&self) -> (Vec<ReceiptField>, Vec<Withheld>) {
        let (mut shown, mut withheld) = (Vec::new(), Vec::new());
        for (position, field) in (0..).zip(&self.fields) {
            match field {
                Field::Kept { name, value, salt } => shown.push(ReceiptField::new(name, value, salt)),
                Field::Erased { commitment, .. } => withheld.push(Withheld { position, commitment: format!("{commitment:x}") }),
            }
        }
        (shown, withheld)
    }

    fn entry(self) -> JournalEntry {
        let erased = self.fields.iter().filter(|field| matches!(field, Field::Erased { .. })).map(|field| field.name().to_owned()).collect();
        let fields = self.fields.into_iter().map(|field| match field {
            Field::Kept { name, value, .. } => (name, value),
            Field::Erased { name, .. } => (name, String::new()),
        });
        JournalEntry { index: self.index, time: self.time, fields: fields.collect(), erased, leaf: hex::encode(self.leaf) }
    }
}

/// One entry, if there is one with that number.
pub(crate) fn entry(connection: &Connection, pen: &Pen, index: u64) -> Result<Option<JournalEntry>, StoreError> {
    if i64::try_from(index).is_err() {
        return Ok(None);
    }
    Ok(Stored::find(connection, pen, index)?.map(Stored::entry))
}

/// Up to `limit` entries from number `first` on.
pub(crate) fn entries(connection: &Connection, pen: &Pen, first: u64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
    let mut query = connection.prepare_cached(&format!("SELECT {} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?", Stored::COLUMNS))?;
    let mut rows = query.query((i64::try_from(first).unwrap_or(i64::MAX), limit))?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(Stored::read(connection, pen, row)?.entry());
    }
    Ok(entries)
}
