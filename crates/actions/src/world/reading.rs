//! One pass over the store that fills a [`World`].

use candour_links::{GraphBuilder, Link, LinkLabel, NodeNo};
use candour_model::{
    id::{EntityNo, MarkingNo, PropNo, order_key},
    judgement::Verdict,
    ontology::{Ontology, Property, Schema},
    types::TypeKind,
    visible::Visible,
};
use candour_store::{Past, Reader, Row, StoreError};
use rustc_hash::FxHashMap;

use super::{
    World,
    captions::{Captions, Gathering, NO_CAPTION},
    ids::Ids,
};

impl World {
    /// Reads everything there is.
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let mut ids = Ids::default();
        reader.entity_ids(|_, id| ids.push(id))?;
        let everything: Visible = reader.names().markings().map(|(no, _)| no).collect();
        let mut pass = Pass::new(reader, &ids);
        reader.scan(&everything, |row| {
            pass.take(row);
            true
        })?;
        let Pass { mut builder, captions, .. } = pass.finish();
        reader.words(|word| builder.judge(word.a, word.b, word.verdict == Verdict::Same, &word.needs))?;
        Self::finish(builder, ids, captions)
    }
}

impl World {
    /// Reads some entities as they were known, and nothing else. This world's number of an entity is its place in the
    /// list.
    pub(crate) fn read_past(past: &Past<'_>, entities: &[EntityNo]) -> Result<Self, StoreError> {
        let reader = past.reader();
        let mut ids = Ids::default();
        let mut numbers: FxHashMap<EntityNo, EntityNo> = FxHashMap::default();
        for (no, entity) in (0..).map(EntityNo).zip(entities) {
            ids.push(&reader.entity_id(*entity)?);
            numbers.insert(*entity, no);
        }
        let everything: Visible = reader.names().markings().map(|(no, _)| no).collect();
        let mut pass = Pass::new(reader, &ids);
        for (no, entity) in (0..).map(EntityNo).zip(entities) {
            past.rows(*entity, &everything, |row| pass.take(&Row { entity: no, ..*row }))?;
        }
        let Pass { mut builder, captions, .. } = pass.finish();
        past.words(|word| {
            if let (Some(a), Some(b)) = (numbers.get(&word.a), numbers.get(&word.b)) {
                builder.judge(*a, *b, word.verdict == Verdict::Same, &word.needs);
            }
        })?;
        Self::finish(builder, ids, captions)
    }

    fn finish(builder: GraphBuilder, ids: Ids, captions: Captions) -> Result<Self, StoreError> {
        let graph = builder.finish(|entity| (order_key(ids.get(entity)), ids.get(entity))).map_err(|error| StoreError::Refused(error.to_string()))?;
        Ok(Self { ids, captions, graph, views: std::sync::Mutex::default() })
    }
}

/// What is known of a schema and property of the store, looked up once each.
#[derive(Clone, Copy)]
struct Known {
    schema: &'static Schema,
    prop: Option<&'static Property>,
    rank: u8,
    end: Option<End>,
}

/// Which end of a link a property holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Source,
    Target,
}

struct Pass<'r> {
    reader: &'r Reader<'r>,
    ids: &'r Ids,
    builder: GraphBuilder,
    captions: Captions,
    gathering: Gathering,
    known: FxHashMap<(u32, u32), Option<Known>>,
    current: EntityNo,
    sources: Vec<(EntityNo, MarkingNo)>,
    targets: Vec<(EntityNo, MarkingNo)>,
}

impl<'r> Pass<'r> {
    fn new(reader: &'r Reader<'r>, ids: &'r Ids) -> Self {
        Self {
            reader,
            ids,
            builder: GraphBuilder::default(),
            captions: Captions::default(),
            gathering: Gathering::default(),
            known: FxHashMap::default(),
            current: EntityNo(0),
            sources: Vec::new(),
            targets: Vec::new(),
        }
    }

    fn take(&mut self, row: &Row<'_>) {
        while self.current < row.entity {
            self.end_entity();
        }
        let Some(marking) = self.reader.marking_of(row) else { return };
        self.builder.entity(row.entity, marking);
        let Some(known) = self.lookup(row) else { return };
        self.gathering.add(marking, known.schema, known.rank, row.value);
        let Some(prop) = known.prop else { return };
        if let Some(end) = known.end {
            if let Some(other) = self.ids.find(row.value) {
                let ends = if end == End::Source { &mut self.sources } else { &mut self.targets };
                ends.push((other, marking));
            }
        } else if prop.kind == TypeKind::Entity {
            if let Some(other) = self.ids.find(row.value) {
                self.link(row.entity, NodeNo::of(other), prop.no, marking);
            }
        } else if prop.kind.is_pivot() && prop.special.is_none() && !row.value.is_empty() {
            let value = self.builder.value(prop.kind, row.value);
            self.link(row.entity, value, prop.no, marking);
        }
    }

    fn link(&mut self, source: EntityNo, target: NodeNo, prop: PropNo, marking: MarkingNo) {
        self.builder.link(Link { label: LinkLabel::Property(prop), source: NodeNo::of(source), target, needs: (marking, marking) });
    }

    fn end_entity(&mut self) {
        for (source, first) in &self.sources {
            for (target, second) in &self.targets {
                let label = LinkLabel::Entity(self.current);
                self.builder.link(Link { label, source: NodeNo::of(*source), target: NodeNo::of(*target), needs: (*first, *second) });
            }
        }
        self.sources.clear();
        self.targets.clear();
        self.captions.push(&mut self.gathering);
        self.current = EntityNo(self.current.0.saturating_add(1));
    }

    fn finish(mut self) -> Self {
        while self.captions.len() < self.ids.len() {
            self.end_entity();
        }
        self
    }

    fn lookup(&mut self, row: &Row<'_>) -> Option<Known> {
        let key = (row.schema.0, row.prop.0);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let names = self.reader.names();
        let known = names.symbol(row.schema).zip(names.symbol(row.prop)).and_then(|(schema, prop)| describe(schema, prop));
        self.known.insert(key, known);
        known
    }
}

fn describe(schema: &str, prop: &str) -> Option<Known> {
    let schema = Ontology::builtin().schema(schema)?;
    let prop = schema.prop(prop);
    let candidates = schema.edge.as_ref().map_or(&schema.caption, |edge| &edge.caption);
    let position = prop.and_then(|prop| candidates.iter().position(|no| *no == prop.no));
    let rank = position.and_then(|position| u8::try_from(position).ok()).unwrap_or(NO_CAPTION);
    let end = schema.edge.as_ref().zip(prop).and_then(|(edge, prop)| match prop.no {
        no if no == edge.source => Some(End::Source),
        no if no == edge.target => Some(End::Target),
        _ => None,
    });
    Some(Known { schema, prop, rank, end })
}
