//! Disclosures: which entities were handed to whom, so that the recipients can be told when something of it is erased,
//! restricted or put right.

use candour_model::id::EntityNo;
use rusqlite::params;

use crate::{error::StoreError, reader::Reader, transaction::Transaction};

/// Evidence handed to somebody outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// Its number within the store, from 1.
    pub no: i64,
    /// When, in milliseconds since 1970-01-01T00:00Z.
    pub at: i64,
    /// Who received it.
    pub recipient: String,
    /// Who handed it out.
    pub actor: String,
    /// As what, such as the name of a format; nothing of the content.
    pub what: String,
}

impl Transaction<'_> {
    /// Records that these entities were handed to a recipient.
    pub fn disclosed(&mut self, recipient: &str, actor: &str, what: &str, entities: &[EntityNo]) -> Result<(), StoreError> {
        let at = self.now();
        let no = self
            .connection
            .prepare_cached("INSERT INTO disclosure (at, recipient, actor, what) VALUES (?, ?, ?, ?)")?
            .insert(params![at, recipient, actor, what])?;
        let mut add = self.connection.prepare_cached("INSERT OR IGNORE INTO disclosed VALUES (?, ?)")?;
        for entity in entities {
            add.execute((entity.0, no))?;
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The disclosures that an entity was part of, oldest first. An erased one keeps its number and its disclosures.
    pub fn disclosures(&self, entity: EntityNo) -> Result<Vec<Disclosure>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT no, at, recipient, actor, what FROM disclosure WHERE no IN (SELECT disclosure FROM disclosed WHERE entity = ?) ORDER BY no",
        )?;
        let found = query
            .query_map([entity.0], |row| Ok(Disclosure { no: row.get(0)?, at: row.get(1)?, recipient: row.get(2)?, actor: row.get(3)?, what: row.get(4)? }))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
