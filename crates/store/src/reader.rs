//! Reading under visibility: every answer is what it would be had the hidden statements never been stored.

use std::sync::Arc;

use candour_model::{
    id::{EntityNo, MarkingNo},
    statement::Statement,
    visible::Visible,
};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    error::StoreError,
    names::{Names, SourceNo},
    pairs::{self, Judged},
    progress::{self, Progress},
    row::{self, Row},
};

/// A reading connection with a snapshot of the names.
pub struct Reader<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) names: Arc<Names>,
}

impl Reader<'_> {
    /// The names that go with this reader's rows.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Number of the entity with this public id, whether or not anything of it is visible.
    pub fn entity_no(&self, id: &str) -> Result<Option<EntityNo>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT no FROM entity WHERE id = ?")?;
        Ok(query.query_row([id], |row| row.get(0)).optional()?.map(EntityNo))
    }

    /// Public id of an entity.
    pub fn entity_id(&self, no: EntityNo) -> Result<String, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT id FROM entity WHERE no = ?")?;
        query.query_row([no.0], |row| row.get(0)).optional()?.ok_or_else(|| StoreError::Damaged(format!("entity number {no} has no id")))
    }

    /// How many entities have a number; an upper bound that no answer may show.
    pub fn entity_bound(&self) -> Result<u32, StoreError> {
        let last: Option<u32> = self.connection.query_row("SELECT max(no) FROM entity", [], |row| row.get(0))?;
        Ok(last.map_or(0, |no| no.saturating_add(1)))
    }

    /// Marking of a stored row.
    #[must_use]
    pub fn marking_of(&self, row: &Row<'_>) -> Option<MarkingNo> {
        self.names.provenance(row.provenance).map(|provenance| provenance.marking)
    }

    /// Calls `each` with the visible rows of one entity, in order of recording.
    pub fn rows(&self, entity: EntityNo, visible: &Visible, mut each: impl FnMut(&Row<'_>)) -> Result<(), StoreError> {
        let mut query = self.connection.prepare_cached(&format!("SELECT {} FROM statement WHERE entity = ?", Row::COLUMNS))?;
        let mut rows = query.query([entity.0])?;
        while let Some(row) = rows.next()? {
            let row = row::read(row)?;
            if self.marking_of(&row).is_some_and(|marking| visible.sees(marking)) {
                each(&row);
            }
        }
        Ok(())
    }

    /// The visible statements of one entity, in order of recording.
    pub fn statements(&self, entity: EntityNo, visible: &Visible) -> Result<Vec<Statement>, StoreError> {
        let id = self.entity_id(entity)?;
        let mut statements = Vec::new();
        self.rows(entity, visible, |row| statements.push(row.named(&self.names, &id)))?;
        statements.into_iter().collect()
    }

    /// Calls `each` with every visible row in order of entity; one pass over the table. Stops when `each` says `false`.
    pub fn scan(&self, visible: &Visible, mut each: impl FnMut(&Row<'_>) -> bool) -> Result<(), StoreError> {
        let sees: Vec<bool> = self.provenance_verdicts(visible);
        let mut query = self.connection.prepare(&format!("SELECT {} FROM statement ORDER BY entity, seq", Row::COLUMNS))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let row = row::read(row)?;
            let seen = usize::try_from(row.provenance.0).ok().and_then(|index| sees.get(index)).copied().unwrap_or(false);
            if seen && !each(&row) {
                break;
            }
        }
        Ok(())
    }

    /// Calls `each` with the number and public id of every entity, in order of number.
    pub fn entity_ids(&self, mut each: impl FnMut(EntityNo, &str)) -> Result<(), StoreError> {
        let mut query = self.connection.prepare_cached("SELECT no, id FROM entity ORDER BY no")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            each(EntityNo(row.get(0)?), row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        }
        Ok(())
    }

    /// Up to `limit` entities above `after` whose index documents are out of date.
    pub fn unindexed(&self, after: Option<EntityNo>, limit: u32) -> Result<Vec<EntityNo>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT entity FROM unindexed WHERE entity > ? ORDER BY entity LIMIT ?")?;
        let after = after.map_or(-1, |no| i64::from(no.0));
        let found = query.query_map(params![after, limit], |row| Ok(EntityNo(row.get(0)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The words on pairs that count: a person's before a machine's, the newest of each.
    pub fn pairs(&self, each: impl FnMut(Judged)) -> Result<(), StoreError> {
        pairs::standing(self.connection, |_| true, each)
    }

    /// All words on pairs, pair by pair; of one pair's words a later one outranks an earlier one.
    pub fn words(&self, each: impl FnMut(Judged)) -> Result<(), StoreError> {
        pairs::all(self.connection, each)
    }

    /// The words on pairs that count for one bearer: as if the words that rest on hidden statements had never been said,
    /// so that a hidden newer word does not silence a visible older one.
    pub fn pairs_seen(&self, visible: &Visible, each: impl FnMut(Judged)) -> Result<(), StoreError> {
        pairs::standing(self.connection, |word| word.needs.iter().all(|marking| visible.sees(*marking)), each)
    }

    /// How far an import of a source by a recipe has come.
    pub fn progress(&self, source: SourceNo, recipe: &str, step: u32) -> Result<Progress, StoreError> {
        progress::read(self.connection, source, recipe, step)
    }

    /// How many statements are stored; for the operator's status, never for an answer.
    pub fn statement_count(&self) -> Result<u64, StoreError> {
        let last: Option<i64> = self.connection.query_row("SELECT value FROM counter WHERE name = 'seq'", [], |row| row.get(0)).optional()?;
        Ok(u64::try_from(last.unwrap_or_default()).unwrap_or_default())
    }

    fn provenance_verdicts(&self, visible: &Visible) -> Vec<bool> {
        (0..self.names.provenance_count())
            .map(|no| u32::try_from(no).ok().and_then(|no| self.names.provenance(crate::names::ProvenanceNo(no))))
            .map(|provenance| provenance.is_some_and(|provenance| visible.sees(provenance.marking)))
            .collect()
    }
}
