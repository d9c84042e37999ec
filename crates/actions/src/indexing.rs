//! The full-text index follows the store: entities whose statements are newer than their documents are indexed anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use candour_model::{
    id::{DatasetNo, EntityNo, MarkingNo, order_key},
    ontology::{Ontology, Schema},
    types::TypeKind,
    visible::Visible,
};
use candour_search::{Document, Index, SearchError};
use candour_store::{Reader, Row};

use crate::{
    desk::Desk,
    error::ActionError,
    world::{Sight, World},
};

/// How many entities are read and handed to the index at a time.
const CHUNK: u32 = 20_000;
/// How many entities go into one commit of the index.
const COMMIT: usize = 200_000;

/// Opens the index. One that cannot be read is wiped: it holds nothing that the store has not; `true` says so.
pub(crate) fn open(folder: &Path) -> Result<(Index, bool), ActionError> {
    match Index::open(folder) {
        Ok(index) => Ok((index, false)),
        Err(error) if error.needs_rebuild() => {
            Index::wipe(folder)?;
            Ok((Index::open(folder)?, true))
        }
        Err(error) => Err(error.into()),
    }
}

impl Desk {
    /// Indexes what is not yet indexed; says how many entities that were. Waits for whoever else is at it.
    pub fn index_pending(&self, progress: &mut dyn FnMut(u64)) -> Result<u64, ActionError> {
        let _indexing = self.memory().indexing.lock();
        self.index_all(progress)
    }

    /// Asks the index about one state of memory. What others have stored and not yet indexed is indexed first, unless
    /// somebody is at it.
    pub(crate) fn ask_index<T>(&self, visible: &Visible, ask: impl Fn(&Index, &Sight<'_>) -> Result<T, SearchError>) -> Result<(Arc<World>, T), ActionError> {
        if self.memory().has_pending()
            && let Ok(_indexing) = self.memory().indexing.try_lock()
        {
            self.index_all(&mut |_| ())?;
        }
        loop {
            let world = self.world()?;
            let found = ask(self.index(), &Sight::new(&world, visible))?;
            // The index may have learnt meanwhile what only a newer memory knows.
            if self.is_newest(&world) {
                return Ok((world, found));
            }
        }
    }

    fn index_all(&self, progress: &mut dyn FnMut(u64)) -> Result<u64, ActionError> {
        // Cleared first: a change that comes meanwhile sets it again.
        self.memory().set_pending(false);
        let done = self.index_known(progress);
        if done.is_err() {
            self.memory().set_pending(true);
        }
        done
    }

    /// Indexes entities that memory knows; what it does not know yet is indexed by whoever makes it known.
    fn index_known(&self, progress: &mut dyn FnMut(u64)) -> Result<u64, ActionError> {
        let bound = self.world()?.ids.len();
        let is_new = self.index().documents() == 0;
        let (mut after, mut total) = (None, 0);
        loop {
            let mut writer = None;
            let mut batch = Batch::default();
            while batch.entities.len() < COMMIT {
                let read = self.store().read(|reader| -> Result<_, ActionError> {
                    let mut chunk = reader.unindexed(after, CHUNK)?;
                    chunk.retain(|entity| entity.0 < bound);
                    if chunk.is_empty() {
                        return Ok(None);
                    }
                    let writer = match &mut writer {
                        Some(writer) => writer,
                        None => writer.insert(self.index().writer()?),
                    };
                    let gatherer = Gatherer::new(reader);
                    for entity in &chunk {
                        writer.replace(*entity, &gatherer.documents(*entity)?, is_new)?;
                    }
                    Ok(Some((chunk, reader.statement_count()?)))
                })?;
                let Some((chunk, statements)) = read else { break };
                after = chunk.last().copied();
                batch.add(chunk, statements);
                progress(total + batch.len());
            }
            let Some(mut writer) = writer else { return Ok(total) };
            writer.commit()?;
            total += batch.len();
            let Batch { entities, statements } = batch;
            self.store().commit(move |transaction| transaction.indexed(&entities, statements))?;
        }
    }
}

/// Entities that go into one commit of the index.
#[derive(Default)]
struct Batch {
    entities: Vec<EntityNo>,
    /// How many statements there were when the first of them was read.
    statements: u64,
}

impl Batch {
    fn add(&mut self, chunk: Vec<EntityNo>, statements: u64) {
        if self.entities.is_empty() {
            self.statements = statements;
        }
        self.entities.extend(chunk);
    }

    fn len(&self) -> u64 {
        u64::try_from(self.entities.len()).unwrap_or(u64::MAX)
    }
}

/// Turns an entity's statements into documents, one per marking.
struct Gatherer<'r> {
    reader: &'r Reader<'r>,
    everything: Visible,
}

impl<'r> Gatherer<'r> {
    fn new(reader: &'r Reader<'r>) -> Self {
        Self { reader, everything: reader.names().markings().map(|(no, _)| no).collect() }
    }

    fn documents(&self, entity: EntityNo) -> Result<Vec<Document>, ActionError> {
        let order = order_key(&self.reader.entity_id(entity)?);
        let mut by_marking: BTreeMap<MarkingNo, Document> = BTreeMap::new();
        let mut links: BTreeSet<MarkingNo> = BTreeSet::new();
        self.reader.rows(entity, &self.everything, |row| {
            let Some((marking, dataset, schema)) = self.place(row) else { return };
            if schema.edge.is_some() {
                links.insert(marking);
            }
            let document = by_marking.entry(marking).or_insert_with(|| Document {
                entity,
                marking,
                order,
                schema: schema.name.clone(),
                datasets: Vec::new(),
                names: Vec::new(),
                identifiers: Vec::new(),
                texts: Vec::new(),
            });
            if let Some(known) = Ontology::builtin().schema(&document.schema)
                && schema.is_kind_of(known.no)
            {
                document.schema.clone_from(&schema.name);
            }
            if !document.datasets.contains(&dataset.0) {
                document.datasets.push(dataset.0);
            }
            self.add_value(document, schema, row);
        })?;
        // Links are found through their ends; as hits of their own they would only crowd them out. What one marking's
        // statements say must not keep another's out.
        Ok(by_marking.into_values().filter(|document| !links.contains(&document.marking)).collect())
    }

    fn place(&self, row: &Row<'_>) -> Option<(MarkingNo, DatasetNo, &'static Schema)> {
        let names = self.reader.names();
        let provenance = names.provenance(row.provenance)?;
        let (dataset, _) = names.source(provenance.source)?;
        let schema = Ontology::builtin().schema(names.symbol(row.schema)?)?;
        Some((provenance.marking, dataset, schema))
    }

    fn add_value(&self, document: &mut Document, schema: &Schema, row: &Row<'_>) {
        let Some(prop) = self.reader.names().symbol(row.prop).and_then(|name| schema.prop(name)) else { return };
        // Special-category values are no way to find anyone.
        if prop.special.is_some() {
            return;
        }
        let list = match prop.kind {
            TypeKind::Entity | TypeKind::Json => return,
            TypeKind::Name => &mut document.names,
            TypeKind::Identifier | TypeKind::Phone | TypeKind::Email | TypeKind::Ip | TypeKind::Checksum | TypeKind::Url => &mut document.identifiers,
            _ => &mut document.texts,
        };
        list.push(row.value.to_owned());
        // A number is also looked for as the source wrote it, such as `07700 900138` for `+447700900138`.
        if matches!(prop.kind, TypeKind::Identifier | TypeKind::Phone) {
            list.extend(row.original.map(str::to_owned));
        }
    }
}
