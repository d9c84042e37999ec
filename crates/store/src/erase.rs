//! Erasure: what is held on an entity is destroyed, and a tombstone with no content is left.
//!
//! With it go the links that have it as an end, every statement elsewhere whose value is its id, the words said on it,
//! and the name of a document that held nothing else. Everything else stays as it is. The bytes are gone from the files
//! once [`crate::Store::scrub`] has been called.

mod buried;
mod mentions;
mod reach;

use std::collections::BTreeSet;

use candour_model::{
    id::{EntityNo, MarkingNo},
    ontology::Ontology,
    types::TypeKind,
};
use rusqlite::{Connection, OptionalExtension as _, params};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    error::StoreError,
    journal::{self, JournalEntry},
    names::{Names, ProvenanceNo, SourceNo, SymbolNo},
    pairs,
    transaction::Transaction,
};

pub use buried::Withheld;
pub(crate) use buried::without_buried;
pub use mentions::Mentions;
pub(crate) use reach::Reach;

/// What an erasure destroyed.
#[derive(Debug, Clone, Default)]
pub struct Erased {
    /// What stands in place of the ids that were asked for, in their order.
    pub tombstones: Vec<String>,
    /// Statements of the entities that were asked for.
    pub statements: u64,
    /// Links that had one of them as an end.
    pub links: u64,
    /// Statements of those links.
    pub link_statements: u64,
    /// Statements of other entities whose value was the id of something erased.
    pub references: u64,
    /// Words on pairs.
    pub pairs: u64,
    /// Documents that held nothing else, whose names went as well.
    pub sources: u64,
    /// Numbers of all that went, links included.
    pub entities: Vec<EntityNo>,
    /// Recognises what was erased in other texts.
    pub mentions: Mentions,
}

impl Transaction<'_> {
    /// Destroys what is held on these entities.
    pub fn erase(&mut self, entities: &[EntityNo]) -> Result<Erased, StoreError> {
        // What is freed is overwritten; for good, since what one change frees may lie open until a later one.
        self.connection.execute_batch("PRAGMA secure_delete = ON")?;
        let (connection, names) = (self.connection, &*self.names);
        let reach = Reach::of(connection, names, entities)?;
        let mut erased = Erased { entities: reach.whole.iter().copied().collect(), ..Erased::default() };
        let mut gone = Gone::default();
        for entity in &reach.whole {
            let count = gone.take(connection, names, *entity, None)?;
            let counter = if entities.contains(entity) { &mut erased.statements } else { &mut erased.link_statements };
            *counter += count;
        }
        for (entity, rows) in &reach.link_rows {
            erased.link_statements += gone.take(connection, names, *entity, Some(rows))?;
        }
        erased.links = count(reach.whole.len().saturating_sub(entities.len()) + reach.link_rows.len());
        erased.references = count(reach.references.len());
        for (entity, seq) in &reach.references {
            gone.take_reference(connection, *entity, *seq)?;
        }
        for entity in &reach.whole {
            erased.pairs += count(connection.prepare_cached("DELETE FROM pair WHERE a = ?1 OR b = ?1")?.execute([entity.0])?);
            connection.prepare_cached("DELETE FROM restricted WHERE entity = ?")?.execute([entity.0])?;
        }
        self.bury(entities, &mut erased, &mut gone)?;
        let (mut texts, provenances) = gone.into_texts();
        let left = texts.left_alone(self.connection)?;
        erased.sources = self.forget_sources(&provenances, &left, &mut texts)?;
        erased.mentions = texts;
        self.forget_words(&erased.mentions)?;
        self.outdate(reach.touched())?;
        Ok(erased)
    }

    /// Puts tombstones in the place of ids.
    fn bury(&mut self, asked: &[EntityNo], erased: &mut Erased, gone: &mut Gone) -> Result<(), StoreError> {
        let salt = self.salt()?;
        let at = self.now();
        let connection = self.connection;
        let mut next: i64 = connection.query_row("SELECT coalesce(max(no), 0) FROM tombstone", [], |row| row.get(0))?;
        let links = erased.entities.iter().filter(|entity| !asked.contains(entity));
        for entity in asked.iter().chain(links) {
            let id: String = connection.query_row("SELECT id FROM entity WHERE no = ?", [entity.0], |row| row.get(0))?;
            let tombstone = loop {
                next += 1;
                let name = format!("{TOMBSTONE}{next}");
                let is_taken = connection.query_row("SELECT 1 FROM entity WHERE id = ?", [&name], |_| Ok(())).optional()?.is_some();
                if !is_taken {
                    break name;
                }
            };
            let needs = pairs::numbers(&gone.markings_of(self.names, *entity));
            connection.execute("UPDATE entity SET id = ? WHERE no = ?", params![tombstone, entity.0])?;
            connection.execute("INSERT INTO tombstone VALUES (?, ?, ?, ?, ?)", params![next, entity.0, buried::digest(&salt, &id), needs, at])?;
            gone.texts.add_id(&id);
            if asked.contains(entity) {
                erased.tombstones.push(tombstone);
            }
        }
        Ok(())
    }

    /// The salt of the digests of erased ids, drawn once.
    fn salt(&self) -> Result<Vec<u8>, StoreError> {
        if let Some(salt) = self.connection.query_row("SELECT salt FROM salt", [], |row| row.get(0)).optional()? {
            return Ok(salt);
        }
        let mut salt = vec![0; 32];
        (self.outside.random)(&mut salt);
        self.connection.execute("INSERT INTO salt VALUES (0, ?)", [&salt])?;
        Ok(salt)
    }

    /// Takes the names of documents that hold nothing any more, and of data sets that have no other documents.
    fn forget_sources(&mut self, gone: &FxHashSet<u32>, left: &FxHashSet<u32>, texts: &mut Mentions) -> Result<u64, StoreError> {
        let source = |provenance: &u32| self.names.provenance(ProvenanceNo(*provenance)).map(|provenance| provenance.source);
        let held: FxHashSet<SourceNo> = left.iter().filter_map(source).collect();
        let empty: BTreeSet<SourceNo> = gone.iter().filter_map(source).filter(|source| !held.contains(source)).collect();
        let mut datasets = BTreeSet::new();
        for no in &empty {
            if let Some((dataset, source)) = self.names.source(*no) {
                texts.add_text(&source.path);
                datasets.insert(dataset);
            }
            self.connection.execute("UPDATE source SET path = 'erased', sha256 = 'erased-' || no, size = 0 WHERE no = ?", [no.0])?;
            self.connection.execute("DELETE FROM progress WHERE source = ?", [no.0])?;
        }
        for dataset in datasets {
            let others =
                self.connection.query_row("SELECT count(*) FROM source WHERE dataset = ? AND path <> 'erased'", [dataset.0], |row| row.get::<_, i64>(0))?;
            if others == 0 {
                texts.add_text(self.names.dataset(dataset).unwrap_or_default());
                self.connection.execute("UPDATE dataset SET name = 'erased-' || no WHERE no = ?", [dataset.0])?;
            }
        }
        *self.names = Names::load(self.connection)?;
        Ok(count(empty.len()))
    }

    /// Takes reasons that mention what was erased out of words on other pairs.
    fn forget_words(&self, mentions: &Mentions) -> Result<(), StoreError> {
        let mut query = self.connection.prepare("SELECT no, why FROM pair WHERE origin = 'person'")?;
        let mut rows = query.query([])?;
        let mut found: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            if mentions.are_in(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?) {
                found.push(row.get(0)?);
            }
        }
        for no in found {
            self.connection.execute("UPDATE pair SET why = '' WHERE no = ?", [no])?;
        }
        Ok(())
    }

    /// Says that these entities' index documents are out of date although no statement was added. The running number goes
    /// on, so that whoever read them before does not take them for indexed.
    pub(crate) fn outdate(&mut self, entities: impl IntoIterator<Item = EntityNo>) -> Result<(), StoreError> {
        let mut add = self.connection.prepare_cached("INSERT OR REPLACE INTO unindexed VALUES (?, ?)")?;
        for entity in entities {
            add.execute((entity.0, *self.next_seq))?;
        }
        *self.next_seq += 1;
        Ok(())
    }

    /// Up to `limit` entries of the journal from number `first` on, as they were before this change.
    pub fn journal_entries(&self, first: u64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        journal::entries(self.connection, self.pen, first, limit)
    }

    /// Gives the events of one thing other bodies: the one exception to their being append-only, for what may no longer
    /// be held. `reword` gives `None` for a body that stays.
    pub fn reword_events(&mut self, kind: &str, reword: impl Fn(&str, &str) -> Option<String>) -> Result<u64, StoreError> {
        let mut changed = Vec::new();
        self.reader().events(kind, |event| changed.extend(reword(&event.subject, &event.body).map(|body| (event.seq, body))))?;
        for (seq, body) in &changed {
            let seq = i64::try_from(*seq).map_err(|_| StoreError::Limit("events"))?;
            self.connection.execute("UPDATE event SET body = ? WHERE seq = ?", params![body, seq])?;
        }
        Ok(count(changed.len()))
    }
}

/// How the ids of tombstones begin.
const TOMBSTONE: &str = "erased-";

/// What was held on what is erased.
#[derive(Default)]
struct Gone {
    texts: Mentions,
    provenances: FxHashSet<u32>,
    by_entity: FxHashMap<EntityNo, FxHashSet<u32>>,
}

impl Gone {
    /// Deletes all rows of an entity, or some of them, and keeps what they said.
    fn take(&mut self, connection: &Connection, names: &Names, entity: EntityNo, only: Option<&Vec<i64>>) -> Result<u64, StoreError> {
        let mut taken = 0;
        {
            let mut query = connection.prepare_cached("SELECT seq, schema, prop, value, original, provenance FROM statement WHERE entity = ?")?;
            let mut rows = query.query([entity.0])?;
            while let Some(row) = rows.next()? {
                let seq: i64 = row.get(0)?;
                if only.is_some_and(|only| !only.contains(&seq)) {
                    continue;
                }
                taken += 1;
                let kind = kind_of(names, SymbolNo(row.get(1)?), SymbolNo(row.get(2)?));
                for column in [3, 4] {
                    if let Some(text) = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)? {
                        self.texts.add_value(text, kind);
                    }
                }
                let provenance = row.get(5)?;
                self.provenances.insert(provenance);
                self.by_entity.entry(entity).or_default().insert(provenance);
            }
        }
        match only {
            None => {
                connection.prepare_cached("DELETE FROM statement WHERE entity = ?")?.execute([entity.0])?;
            }
            Some(only) => {
                let mut delete = connection.prepare_cached("DELETE FROM statement WHERE entity = ? AND seq = ?")?;
                for seq in only {
                    delete.execute((entity.0, seq))?;
                }
            }
        }
        Ok(taken)
    }

    /// Deletes a statement whose value is an erased id. Where a document says nothing else of the entity, it still says
    /// that there is one.
    fn take_reference(&mut self, connection: &Connection, entity: EntityNo, seq: i64) -> Result<(), StoreError> {
        const OTHERS: &str = "SELECT EXISTS (SELECT 1 FROM statement AS other, statement AS own WHERE own.entity = ?1 AND own.seq = ?2
            AND other.entity = ?1 AND other.seq <> ?2 AND other.provenance = own.provenance AND other.schema = own.schema)";
        let place = (entity.0, seq);
        let has_others: bool = connection.prepare_cached(OTHERS)?.query_row(place, |row| row.get(0))?;
        let original: Option<String> =
            connection.prepare_cached("SELECT original FROM statement WHERE entity = ? AND seq = ?")?.query_row(place, |row| row.get(0))?;
        original.iter().for_each(|text| self.texts.add_text(text));
        if has_others {
            connection.prepare_cached("DELETE FROM statement WHERE entity = ? AND seq = ?")?.execute(place)?;
            return Ok(());
        }
        let exists: Option<u32> = connection.query_row("SELECT no FROM symbol WHERE name = 'id'", [], |row| row.get(0)).optional()?;
        let exists = match exists {
            Some(no) => no,
            None => {
                connection.execute("INSERT INTO symbol SELECT count(*), 'id' FROM symbol", [])?;
                connection.query_row("SELECT no FROM symbol WHERE name = 'id'", [], |row| row.get(0))?
            }
        };
        connection
            .prepare_cached(
                "UPDATE statement SET prop = ?3, value = '', original = NULL, lang = NULL, place = 0, place_a = 0, place_b = 0 WHERE entity = ?1 AND seq = ?2",
            )?
            .execute((entity.0, seq, exists))?;
        Ok(())
    }

    fn markings_of(&self, names: &Names, entity: EntityNo) -> Vec<MarkingNo> {
        let provenances = self.by_entity.get(&entity).into_iter().flatten();
        let markings: BTreeSet<MarkingNo> = provenances.filter_map(|no| names.provenance(ProvenanceNo(*no))).map(|provenance| provenance.marking).collect();
        markings.into_iter().collect()
    }

    fn into_texts(self) -> (Mentions, FxHashSet<u32>) {
        (self.texts, self.provenances)
    }
}

/// The type of a property as a schema has it; none where this build does not know it.
pub(crate) fn kind_of(names: &Names, schema: SymbolNo, prop: SymbolNo) -> Option<TypeKind> {
    let schema = Ontology::builtin().schema(names.symbol(schema)?)?;
    Some(schema.prop(names.symbol(prop)?)?.kind)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
