//! Records as columns of codes: each distinct text of a column is kept once and cells hold its number.

mod builder;
mod dictionary;

pub use builder::TableBuilder;
pub(crate) use dictionary::{Dictionary, NONE};

use crate::kind::Kind;

/// A table of records, in an order that their contents make, whatever order they came in.
#[derive(Debug)]
pub struct Table {
    pub(crate) ids: Dictionary,
    /// Per record, the source that it comes from.
    pub(crate) sources: Vec<u8>,
    pub(crate) columns: Vec<Column>,
}

/// One column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) dictionary: Dictionary,
    /// Code of the first value of each record, or [`NONE`].
    pub(crate) first: Vec<u32>,
    /// Further values: record and code, in order of records.
    pub(crate) more: Vec<(u32, u32)>,
}

impl Table {
    /// Records.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.ids.len()
    }

    /// The id of a record.
    #[must_use]
    pub fn id(&self, row: u32) -> &str {
        self.ids.text(row)
    }

    /// The record with an id.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    /// Names, kinds, and how many cells hold something and how many distinct values there are.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Kind, usize, usize)> {
        self.columns
            .iter()
            .map(|column| (column.name.as_str(), column.kind, column.first.iter().filter(|code| **code != NONE).count(), column.dictionary.len()))
    }

    /// The values of a record in a column.
    pub(crate) fn values(&self, column: usize, row: u32) -> impl Iterator<Item = &str> {
        self.columns.get(column).into_iter().flat_map(move |column| column.codes(row).map(|code| column.dictionary.text(code)))
    }
}

impl Column {
    /// The codes of a record's values.
    pub(crate) fn codes(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.first.get(row as usize).copied().filter(|code| *code != NONE);
        let from = self.more.partition_point(|(of, _)| *of < row);
        let more = self.more.get(from..).unwrap_or_default().iter().take_while(move |(of, _)| *of == row).map(|(_, code)| *code);
        first.into_iter().chain(more)
    }
}
