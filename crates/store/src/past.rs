//! Reading as known at an instant: what was recorded later does not exist. Nothing is ever overwritten, so the past is
//! what is stored without what came after it.

use candour_model::{id::EntityNo, statement::Statement, visible::Visible};

use crate::{error::StoreError, pairs::Judged, reader::Reader, row::Row};

/// What a reader reads of the statements and words on pairs that were recorded by an instant. Who may see what is a
/// matter of today: visibility is handed in as everywhere.
#[derive(Clone, Copy)]
pub struct Past<'r> {
    reader: &'r Reader<'r>,
    known_at: i64,
}

impl<'r> Reader<'r> {
    /// The same evidence as it was known at an instant, which is itself included. Milliseconds since
    /// 1970-01-01T00:00Z. What a change records bears the time at which the change began, so that of an instant within
    /// a change that is still under way more becomes known once it is done.
    #[must_use]
    pub fn known_at(&'r self, instant: i64) -> Past<'r> {
        Past { reader: self, known_at: instant }
    }
}

impl<'r> Past<'r> {
    /// The reader of today, for names and numbers.
    #[must_use]
    pub fn reader(&self) -> &'r Reader<'r> {
        self.reader
    }

    /// Calls `each` with the visible rows of one entity that were known, in order of recording.
    pub fn rows(&self, entity: EntityNo, visible: &Visible, mut each: impl FnMut(&Row<'_>)) -> Result<(), StoreError> {
        self.reader.rows(entity, visible, |row| {
            if row.recorded_at <= self.known_at {
                each(row);
            }
        })
    }

    /// The visible statements of one entity that were known, in order of recording.
    pub fn statements(&self, entity: EntityNo, visible: &Visible) -> Result<Vec<Statement>, StoreError> {
        let mut statements = self.reader.statements(entity, visible)?;
        statements.retain(|statement| statement.recorded_at <= self.known_at);
        Ok(statements)
    }

    /// All words on pairs that had been said, pair by pair; of one pair's words a later one outranks an earlier one.
    pub fn words(&self, mut each: impl FnMut(Judged)) -> Result<(), StoreError> {
        self.reader.words(|word| {
            if word.recorded_at <= self.known_at {
                each(word);
            }
        })
    }
}
