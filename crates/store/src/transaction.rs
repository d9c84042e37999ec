//! What may happen inside one change: statements, words on pairs, progress, and the journal entry that goes with them.

use std::sync::Arc;

use candour_model::{
    entity::Draft,
    id::{DatasetNo, EntityNo, MarkingNo},
    marking::Marking,
    source::Source,
    visible::Visible,
};
use rusqlite::Connection;

use crate::{
    error::StoreError,
    ingest::{self, Ingested, Origin},
    journal::{EntryFields, Pen, Pending, Recording, Redaction},
    names::{Names, SourceNo},
    outside::Outside,
    pairs::{self, Judged},
    progress::{self, Progress},
    reader::Reader,
};

/// A change under way. It becomes durable together with its journal entries, or not at all.
pub struct Transaction<'t> {
    pub(crate) connection: &'t Connection,
    pub(crate) names: &'t mut Names,
    pub(crate) next_seq: &'t mut i64,
    pub(crate) recording: &'t mut Recording,
    /// Why an entry could not be prepared; the change fails for it.
    pub(crate) unrecorded: Option<StoreError>,
    pub(crate) pen: &'t Pen,
    pub(crate) outside: &'t Outside,
}

impl Transaction<'_> {
    /// Appends drafts as statements.
    pub fn ingest(&mut self, drafts: &[Draft], origin: &Origin) -> Result<Ingested, StoreError> {
        ingest::ingest(self.connection, self.names, self.next_seq, drafts, origin, None)
    }

    /// Appends drafts as statements, and counts them for somebody who sees no more than `visible` and what they brought
    /// in themselves.
    pub fn ingest_for(&mut self, visible: &Visible, drafts: &[Draft], origin: &Origin) -> Result<Ingested, StoreError> {
        ingest::ingest(self.connection, self.names, self.next_seq, drafts, origin, Some(visible))
    }

    /// Number of a marking, given one if it is new.
    pub fn marking(&mut self, marking: &Marking) -> Result<MarkingNo, StoreError> {
        self.names.intern_marking(self.connection, marking)
    }

    /// Number of a dataset, given one if it is new.
    pub fn dataset(&mut self, name: &str) -> Result<DatasetNo, StoreError> {
        self.names.intern_dataset(self.connection, name)
    }

    /// Number of a source document, given one if it is new.
    pub fn source(&mut self, source: &Source) -> Result<SourceNo, StoreError> {
        self.names.intern_source(self.connection, source)
    }

    /// Appends a word on a pair.
    pub fn judge(&mut self, judged: &Judged) -> Result<(), StoreError> {
        pairs::append(self.connection, judged)
    }

    /// Records how far an import has come.
    pub fn set_progress(&mut self, source: SourceNo, recipe: &str, step: u32, progress: Progress) -> Result<(), StoreError> {
        progress::write(self.connection, source, recipe, step, progress)
    }

    /// Forgets that these entities' index documents are out of date. `statements` is what
    /// [`Reader::statement_count`] said when they were read: an entity of which more has been stored since is not up to
    /// date, and stays on the list.
    pub fn indexed(&mut self, entities: &[EntityNo], statements: u64) -> Result<(), StoreError> {
        let first_unread = i64::try_from(statements).map_err(|_| StoreError::Limit("9,223,372,036,854,775,807 statements"))?;
        let mut query = self.connection.prepare_cached(
            "DELETE FROM unindexed WHERE entity = ?1 AND since < ?2 AND NOT EXISTS (SELECT 1 FROM statement WHERE entity = ?1 AND seq >= ?2)",
        )?;
        for entity in entities {
            query.execute((entity.0, first_unread))?;
        }
        Ok(())
    }

    /// Says that every entity's index documents are out of date.
    pub fn reindex_all(&mut self) -> Result<(), StoreError> {
        self.connection.execute("INSERT OR IGNORE INTO unindexed (entity) SELECT no FROM entity", [])?;
        Ok(())
    }

    /// Adds an entry to the journal; its number is known once the change is durable.
    pub fn record(&mut self, fields: EntryFields) {
        match Pending::new(fields, self.pen) {
            Ok(pending) => self.recording.pending.push(pending),
            Err(error) => self.unrecorded = Some(error),
        }
    }

    /// The number that the next entry of this change will have, so that the change itself can name it.
    pub fn next_entry(&self) -> Result<u64, StoreError> {
        let pending = u64::try_from(self.recording.pending.len()).unwrap_or(u64::MAX);
        Ok(crate::journal::status(self.connection)?.size.saturating_add(pending))
    }

    /// Erases fields of an entry that is durable already: their values and salts go, their commitments stay, so that every
    /// proof still verifies. With the change the key under which they could be read is destroyed: no copy of the database
    /// can be made to give them back. Receipts that were handed out are out of reach. `time` and `previous_epoch` say
    /// nothing of anybody and are refused.
    pub fn redact_journal(&mut self, index: u64, fields: &[&str]) -> Result<(), StoreError> {
        self.recording.redactions.push(Redaction::new(self.connection, self.pen, index, fields)?);
        Ok(())
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.outside.now()
    }

    /// Reads what is stored, this change included.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader { connection: self.connection, names: Arc::new(self.names.clone()) }
    }
}
