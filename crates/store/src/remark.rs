//! Restriction: what is held on an entity is kept, under markings that only a few purposes read. Lifting it gives every
//! statement the marking back that it had.

use std::collections::BTreeSet;

use candour_model::{
    id::{EntityNo, MarkingNo},
    marking::Marking,
};
use rusqlite::OptionalExtension as _;
use rustc_hash::FxHashMap;

use crate::{
    erase::Reach,
    error::StoreError,
    names::{Provenance, ProvenanceNo},
    pairs,
    reader::Reader,
    transaction::Transaction,
};

/// What a restricted marking has in its id after that of the marking it comes from.
const RESTRICTED: &str = "+restricted";

/// What a restriction, or lifting one, re-marked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remarked {
    /// Statements, of links and references too.
    pub statements: u64,
    /// Links among what they belong to.
    pub links: u64,
}

impl Transaction<'_> {
    /// Restricts these entities, the links that have them as an end, and the statements that refer to any of these. What
    /// comes in later is not restricted until this is called again.
    pub fn restrict(&mut self, entities: &[EntityNo]) -> Result<Remarked, StoreError> {
        let at = self.now();
        for entity in entities {
            self.connection.execute("INSERT OR IGNORE INTO restricted VALUES (?, ?)", (entity.0, at))?;
        }
        let reach = Reach::of(self.connection, self.names, entities)?;
        let remarked = self.remark(&reach, &Reach::default(), entities.len(), Self::restricted)?;
        self.remark_words(&reach, &Reach::default(), Self::restricted)?;
        Ok(remarked)
    }

    /// Lifts the restriction of these entities. What another restriction also reaches stays restricted.
    pub fn lift(&mut self, entities: &[EntityNo]) -> Result<Remarked, StoreError> {
        for entity in entities {
            self.connection.execute("DELETE FROM restricted WHERE entity = ?", [entity.0])?;
        }
        let still: Vec<EntityNo> = {
            let mut query = self.connection.prepare_cached("SELECT entity FROM restricted")?;
            let found = query.query_map([], |row| row.get(0).map(EntityNo))?;
            found.collect::<Result<_, _>>()?
        };
        let keeps = if still.is_empty() { Reach::default() } else { Reach::of(self.connection, self.names, &still)? };
        let reach = Reach::of(self.connection, self.names, entities)?;
        let remarked = self.remark(&reach, &keeps, entities.len(), Self::unrestricted)?;
        self.remark_words(&reach, &keeps, Self::unrestricted)?;
        Ok(remarked)
    }

    fn remark(
        &mut self,
        reach: &Reach,
        keeps: &Reach,
        asked: usize,
        other: fn(&mut Self, &Marking) -> Result<Option<MarkingNo>, StoreError>,
    ) -> Result<Remarked, StoreError> {
        let links = reach.whole.len().saturating_sub(asked) + reach.link_rows.len();
        let mut remarked = Remarked { statements: 0, links: u64::try_from(links).unwrap_or(u64::MAX) };
        let mut provenances: FxHashMap<u32, Option<u32>> = FxHashMap::default();
        for entity in reach.touched() {
            let rows: Vec<(i64, u32)> = {
                let mut query = self.connection.prepare_cached("SELECT seq, provenance FROM statement WHERE entity = ?")?;
                let rows = query.query_map([entity.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect::<Result<_, _>>()?
            };
            for (seq, provenance) in rows {
                if !reach.covers(entity, seq) || keeps.covers(entity, seq) {
                    continue;
                }
                let to = match provenances.get(&provenance) {
                    Some(to) => *to,
                    None => {
                        let to = self.other_provenance(ProvenanceNo(provenance), other)?;
                        provenances.insert(provenance, to);
                        to
                    }
                };
                if let Some(to) = to {
                    self.connection.prepare_cached("UPDATE statement SET provenance = ? WHERE entity = ? AND seq = ?")?.execute((to, entity.0, seq))?;
                    remarked.statements += 1;
                }
            }
        }
        self.outdate(reach.touched())?;
        Ok(remarked)
    }

    fn other_provenance(
        &mut self,
        no: ProvenanceNo,
        other: fn(&mut Self, &Marking) -> Result<Option<MarkingNo>, StoreError>,
    ) -> Result<Option<u32>, StoreError> {
        let damaged = || StoreError::Damaged(format!("provenance {} is not known", no.0));
        let provenance = self.names.provenance(no).cloned().ok_or_else(damaged)?;
        let marking = self.names.marking(provenance.marking).cloned().ok_or_else(damaged)?;
        let Some(marking) = other(self, &marking)? else { return Ok(None) };
        Ok(Some(self.names.intern_provenance(self.connection, &Provenance { marking, ..provenance })?.0))
    }

    fn restricted(&mut self, marking: &Marking) -> Result<Option<MarkingNo>, StoreError> {
        if marking.restricted {
            return Ok(None);
        }
        let restricted = Marking { id: format!("{}{RESTRICTED}", marking.id), restricted: true, ..marking.clone() };
        self.names.intern_marking(self.connection, &restricted).map(Some)
    }

    fn unrestricted(&mut self, marking: &Marking) -> Result<Option<MarkingNo>, StoreError> {
        let Some(id) = marking.id.strip_suffix(RESTRICTED).filter(|_| marking.restricted) else { return Ok(None) };
        let unrestricted = Marking { id: id.to_owned(), restricted: false, ..marking.clone() };
        self.names.intern_marking(self.connection, &unrestricted).map(Some)
    }

    /// A word on a pair counts for those who see what it was said on: of a restricted record, under restricted markings. Where
    /// the other end stays restricted, so does the word.
    fn remark_words(
        &mut self,
        reach: &Reach,
        keeps: &Reach,
        other: fn(&mut Self, &Marking) -> Result<Option<MarkingNo>, StoreError>,
    ) -> Result<(), StoreError> {
        for entity in &reach.whole {
            let words: Vec<(i64, u32, u32, String)> = {
                let mut query = self.connection.prepare_cached("SELECT no, a, b, needs FROM pair WHERE a = ?1 OR b = ?1")?;
                let words = query.query_map([entity.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
                words.collect::<Result<_, _>>()?
            };
            for (no, a, b, stored) in words {
                if keeps.whole.contains(&EntityNo(a)) || keeps.whole.contains(&EntityNo(b)) {
                    continue;
                }
                let mut needs = BTreeSet::new();
                for marking in pairs::markings(&stored)? {
                    let known = self.names.marking(marking).cloned();
                    needs.insert(known.map(|known| other(self, &known)).transpose()?.flatten().unwrap_or(marking));
                }
                let remarked = pairs::numbers(&needs.into_iter().collect::<Vec<_>>());
                if remarked != stored {
                    self.connection.prepare_cached("UPDATE pair SET needs = ? WHERE no = ?")?.execute((remarked, no))?;
                }
            }
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// Since when an entity has been restricted, in milliseconds since 1970; `None` where it is not itself.
    pub fn restricted_since(&self, entity: EntityNo) -> Result<Option<i64>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT at FROM restricted WHERE entity = ?")?;
        Ok(query.query_row([entity.0], |row| row.get(0)).optional()?)
    }
}
