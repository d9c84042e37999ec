//! Handing records over, with what they are called in messages.

use std::path::Path;

use candour_resolve::{ResolveError, TableBuilder};

use crate::{error::LinkageError, spec::Side};

/// Longest value that is compared, in bytes. What is longer is a document; comparing two of them letter by letter would
/// take hours and say little. The rest of it is left out.
const LONGEST: usize = 1024;

/// A table that records of one file go into.
#[derive(Debug)]
pub(crate) struct Filling<'t> {
    path: &'t Path,
    side: Side,
    into: &'t mut TableBuilder,
    id: String,
    rows: u64,
}

impl<'t> Filling<'t> {
    pub(crate) fn new(path: &'t Path, side: Side, into: &'t mut TableBuilder) -> Self {
        Self { path, side, into, id: String::new(), rows: 0 }
    }

    /// Records so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Begins a record.
    pub(crate) fn record(&mut self, id: &str) -> Result<(), LinkageError> {
        self.rows += 1;
        let id = id.trim();
        if id.is_empty() {
            return Err(LinkageError::table(self.path, self.place(), "has no id", "give every record an id of its own"));
        }
        // Two files may use the same ids; an id of the left one is lower than any of the right one.
        let (id, source) = match self.side {
            Side::Only => (id, 0),
            Side::Left | Side::Right => {
                self.id.clear();
                self.id.push(if self.side == Side::Left { 'l' } else { 'r' });
                self.id.push_str(id);
                (self.id.as_str(), u8::from(self.side == Side::Right))
            }
        };
        self.into.record(id, source).map_err(|error| match error {
            ResolveError::DuplicateId(_) => {
                let own = if self.side == Side::Only { id } else { id.get(1..).unwrap_or_default() };
                LinkageError::table(self.path, self.place(), format!("the id `{own}` is that of an earlier row, too"), "give every record an id of its own")
            }
            other => other.into(),
        })
    }

    /// Adds a value to the record begun last.
    pub(crate) fn value(&mut self, column: usize, value: &str) {
        self.into.value(column, if value.len() > LONGEST { shortened(value) } else { value });
    }

    /// Where the record begun last stands, for messages: the header is row 1.
    pub(crate) fn place(&self) -> String {
        format!(", row {}", self.rows + 1)
    }
}

#[cold]
fn shortened(value: &str) -> &str {
    let end = (0..=LONGEST).rev().find(|end| value.is_char_boundary(*end)).unwrap_or(0);
    value.get(..end).unwrap_or_default()
}
