//! What an export is written from: visible entities with their visible statements, and the links between them.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use candour_links::{LinkLabel, NodeNo};
use candour_model::{id::EntityNo, ontology::Ontology, statement::Statement, types::TypeKind};

use crate::{chart, desk::Desk, error::ActionError, view::ChartEdge, world::Sight};

/// A visible entity with its visible statements; records merged into it come with it.
pub(super) struct Selected {
    pub(super) id: String,
    pub(super) schema: &'static str,
    pub(super) pole: &'static str,
    pub(super) caption: String,
    pub(super) members: Vec<String>,
    pub(super) statements: Vec<Statement>,
}

impl Selected {
    /// The ids of the records merged into it; empty where it is one record.
    pub(super) fn merged(&self) -> &[String] {
        if self.members.len() > 1 { &self.members } else { &[] }
    }
}

/// A link between two selected entities.
pub(super) struct SelectedLink {
    pub(super) edge: ChartEdge,
    /// The entity that is the link; none where a property is.
    entity: Option<EntityNo>,
    source: EntityNo,
}

impl SelectedLink {
    /// Whether the link is an entity of its own, rather than a property.
    pub(super) fn is_entity(&self) -> bool {
        self.entity.is_some()
    }
}

/// What a format writes from.
pub(crate) struct Selection<'s> {
    desk: &'s Desk,
    pub(super) sight: &'s Sight<'s>,
    entities: Vec<EntityNo>,
    nodes: OnceCell<BTreeSet<EntityNo>>,
}

impl<'s> Selection<'s> {
    /// Puts entities, each the representative of its cluster, into the order of public ids.
    pub(super) fn new(desk: &'s Desk, sight: &'s Sight<'s>, mut entities: Vec<EntityNo>) -> Self {
        entities.sort_by(|a, b| sight.world.ids.get(*a).cmp(sight.world.ids.get(*b)));
        Self { desk, sight, entities, nodes: OnceCell::new() }
    }

    /// How many entities there are, links that are entities among them.
    pub(super) fn len(&self) -> usize {
        self.entities.len()
    }

    /// Public ids of all of them, in order.
    pub(super) fn ids(&self) -> Vec<String> {
        self.entities.iter().map(|entity| self.sight.id(NodeNo::of(*entity))).collect()
    }

    /// All records, those merged into one among them.
    pub(super) fn records(&self) -> Vec<EntityNo> {
        self.entities.iter().flat_map(|entity| self.sight.members(*entity)).collect()
    }

    /// Calls `each` with every entity, in order of public id.
    pub(super) fn each(&self, each: impl FnMut(&Selected) -> Result<(), ActionError>) -> Result<(), ActionError> {
        self.each_where(|_| true, each)
    }

    /// Calls `each` with every entity of a schema, in order of public id.
    pub(super) fn each_of(&self, schema: &str, each: impl FnMut(&Selected) -> Result<(), ActionError>) -> Result<(), ActionError> {
        self.each_where(|entity| self.sight.kind(entity).schema == schema, each)
    }

    /// Calls `each` with every entity that a chart shows as a node, in order of public id.
    pub(super) fn each_node(&self, each: impl FnMut(&Selected) -> Result<(), ActionError>) -> Result<(), ActionError> {
        self.each_where(|entity| self.nodes().contains(&entity), each)
    }

    fn each_where(&self, wanted: impl Fn(EntityNo) -> bool, mut each: impl FnMut(&Selected) -> Result<(), ActionError>) -> Result<(), ActionError> {
        for entity in self.entities.iter().filter(|entity| wanted(**entity)) {
            each(&self.load(*entity)?)?;
        }
        Ok(())
    }

    /// Calls `each` with every link between two nodes, in order of its source and then of itself.
    pub(super) fn each_link(&self, mut each: impl FnMut(&SelectedLink) -> Result<(), ActionError>) -> Result<(), ActionError> {
        let ids: BTreeSet<String> = self.nodes().iter().map(|node| self.id(*node)).collect();
        for source in &self.entities {
            for (edge, entity) in self.links_from(*source) {
                if ids.contains(&edge.source) && ids.contains(&edge.target) {
                    each(&SelectedLink { edge, entity, source: *source })?;
                }
            }
        }
        Ok(())
    }

    /// The entities that a chart shows as nodes. One that is a link, such as an ownership, is none; one that is an event as
    /// well as a link, such as a sighting, is a node only where the link cannot be drawn or something else is linked to it.
    fn nodes(&self) -> &BTreeSet<EntityNo> {
        self.nodes.get_or_init(|| {
            let mut nodes: BTreeSet<EntityNo> = self.entities.iter().copied().filter(|entity| self.sight.kind(*entity).pole != "link").collect();
            let ids: BTreeSet<String> = nodes.iter().map(|node| self.id(*node)).collect();
            let (mut drawn, mut ends) = (BTreeSet::new(), BTreeSet::new());
            for (edge, entity) in self.entities.iter().flat_map(|source| self.links_from(*source)) {
                if ids.contains(&edge.source) && ids.contains(&edge.target) {
                    drawn.extend(entity.map(|entity| self.sight.representative(entity)));
                    ends.extend([edge.source, edge.target]);
                }
            }
            nodes.retain(|node| !drawn.contains(node) || ends.contains(&self.id(*node)));
            nodes
        })
    }

    /// The links that start from an entity. Each link is met from both of its ends; its source has it.
    fn links_from(&self, source: EntityNo) -> BTreeMap<ChartEdge, Option<EntityNo>> {
        let mut links = BTreeMap::new();
        for member in self.sight.members(source) {
            let own = NodeNo::of(member);
            for hit in self.sight.links(member).iter().filter(|hit| hit.source == own) {
                let entity = match hit.label {
                    LinkLabel::Entity(link) => Some(link),
                    LinkLabel::Property(_) => None,
                };
                links.insert(chart::edge(self.sight, hit), entity);
            }
        }
        links
    }

    fn id(&self, entity: EntityNo) -> String {
        self.sight.id(NodeNo::of(entity))
    }

    /// Whether the link is an entity that is selected itself.
    pub(super) fn has(&self, link: &SelectedLink) -> bool {
        let key = |entity: EntityNo| self.sight.world.ids.get(entity);
        link.entity.is_some_and(|entity| {
            let leader = self.sight.representative(entity);
            self.entities.binary_search_by(|known| key(*known).cmp(key(leader))).is_ok()
        })
    }

    /// The statements that a link rests on: those of the entity that it is, or those of the property that it is.
    pub(super) fn evidence(&self, link: &SelectedLink) -> Result<Vec<Statement>, ActionError> {
        let Some(entity) = link.entity else {
            let mut statements = self.load(link.source)?.statements;
            statements.retain(|statement| statement.prop == link.edge.schema && self.current(statement) == link.edge.target);
            return Ok(statements);
        };
        Ok(self.load(entity)?.statements)
    }

    /// The values of an entity by property, without repetition; a reference to a merged entity is to its representative.
    pub(super) fn properties<'e>(&self, statements: &'e [Statement]) -> BTreeMap<&'e str, BTreeSet<String>> {
        let mut properties: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for statement in statements.iter().filter(|statement| !statement.value.is_empty()) {
            properties.entry(&statement.prop).or_default().insert(self.current(statement));
        }
        properties
    }

    /// The value of a statement; where it refers to a merged entity, the id of its representative.
    fn current(&self, statement: &Statement) -> String {
        let merged = if is_reference(statement) { self.sight.find_entity(&statement.value) } else { None };
        merged.map_or_else(|| statement.value.clone(), |entity| self.id(entity))
    }

    fn load(&self, entity: EntityNo) -> Result<Selected, ActionError> {
        let members = self.sight.members(entity);
        let mut statements = Vec::new();
        self.desk.store().read(|reader| -> Result<(), ActionError> {
            for member in &members {
                statements.extend(reader.statements(*member, self.sight.visible)?);
            }
            Ok(())
        })?;
        let kind = self.sight.kind(entity);
        Ok(Selected {
            id: self.id(entity),
            schema: kind.schema,
            pole: kind.pole,
            caption: self.sight.caption(entity),
            members: members.iter().map(|member| self.sight.world.ids.get(*member).to_owned()).collect(),
            statements,
        })
    }
}

/// The statements that give a value, in an order that does not depend on when they were recorded.
pub(super) fn in_order(statements: &[Statement]) -> Vec<&Statement> {
    let mut ordered: Vec<&Statement> = statements.iter().filter(|statement| !statement.value.is_empty()).collect();
    ordered.sort_by(|a, b| place(a).cmp(&place(b)));
    ordered
}

fn place(statement: &Statement) -> impl Ord + '_ {
    let Statement { prop, value, dataset, source, locator, entity_id, grade, marking, .. } = statement;
    (prop, value, dataset, source, *locator, entity_id, *grade, marking)
}

/// Whether the value of a statement is the id of another entity.
pub(super) fn is_reference(statement: &Statement) -> bool {
    let prop = Ontology::builtin().schema(&statement.schema).and_then(|schema| schema.prop(&statement.prop));
    prop.is_some_and(|prop| prop.kind == TypeKind::Entity)
}
