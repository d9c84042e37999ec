//! Where a statement comes from: the document and the place inside it.

use std::fmt;

/// The place inside a source; counted from 1 as people count, spans in Unicode scalar values from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Locator {
    /// The whole document.
    Whole,
    /// A table's record (1 is the first line after the header) and column.
    Cell {
        /// Record number.
        row: u32,
        /// Column number; 0 where the value was put together from several columns or is a literal.
        column: u32,
    },
    /// A line of a line-based file.
    Line(u32),
    /// A page.
    Page(u32),
    /// Characters `start..end` of the text.
    Span {
        /// First character.
        start: u32,
        /// One past the last character.
        end: u32,
    },
}

impl Locator {
    /// The line or row number that comes nearest to this place; 0 for a whole document.
    #[must_use]
    pub fn line(self) -> u64 {
        match self {
            Self::Whole | Self::Span { .. } => 0,
            Self::Cell { row, .. } => u64::from(row),
            Self::Line(line) | Self::Page(line) => u64::from(line),
        }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("whole document"),
            Self::Cell { row, column: 0 } => write!(f, "row {row}"),
            Self::Cell { row, column } => write!(f, "row {row}, column {column}"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Page(page) => write!(f, "page {page}"),
            Self::Span { start, end } => write!(f, "characters {start}-{end}"),
        }
    }
}

/// A document as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Dataset it belongs to.
    pub dataset: String,
    /// File name or path as it was given to the import.
    pub path: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
}
