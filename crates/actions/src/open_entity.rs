//! Everything visible about one thing: its values with their statements, its links, the records merged into it.

use std::collections::BTreeMap;

use candour_links::{LinkHit, NodeNo};
use candour_model::{
    id::EntityNo,
    ontology::{Ontology, Property},
    statement::Statement,
    types::TypeKind,
};
use candour_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    chart,
    desk::Desk,
    error::ActionError,
    known_at,
    sealed::{Answer, Sealed},
    view::{EntityRef, StatementView},
    world::{Sight, Surroundings},
};

/// One thing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntityView {
    /// Public id.
    pub id: String,
    /// Schema name.
    pub schema: String,
    /// Schema for people.
    pub label: String,
    /// POLE letter as a word.
    pub pole: String,
    /// Caption.
    pub caption: String,
    /// The instant of which this is the state of knowledge, RFC 3339; absent where it is today's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_at: Option<String>,
    /// Ids of the records merged into it; itself alone where there are no others.
    pub members: Vec<String>,
    /// Its properties, the telling ones first.
    pub properties: Vec<PropertyView>,
    /// The statements that the values rest on.
    pub statements: Vec<StatementView>,
    /// Its links.
    pub links: Vec<LinkView>,
}

/// A property with its values.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PropertyView {
    /// Name.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Type of the values.
    #[serde(rename = "type")]
    pub kind: String,
    /// Distinct values.
    pub values: Vec<ValueView>,
}

/// A value with the places of the statements that give it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ValueView {
    /// As it is stored.
    pub value: String,
    /// For people: the caption of an entity, else the value.
    pub display: String,
    /// The entity it refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityRef>,
    /// Positions in `statements`.
    pub statements: Vec<usize>,
}

/// A link seen from one of its ends.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq)]
pub struct LinkView {
    /// Schema of the link entity, or name of the property.
    pub schema: String,
    /// What the source does to the target.
    pub label: String,
    /// `out`, `in` or `none`.
    pub direction: String,
    /// Id of the link.
    pub id: String,
    /// What the link says of itself, such as a role.
    pub detail: String,
    /// The far end.
    pub other: EntityRef,
}

impl Desk {
    /// Opens one thing; with `known_at` (milliseconds since 1970-01-01T00:00Z) as it was known at that instant: its
    /// values, members, links and all captions come from statements and judgements recorded by then. Of today are the
    /// charter, which decides who may see what, and the ontology's words.
    pub fn open_entity(&self, who: &Who, id: &str, known_at: Option<i64>) -> Result<Answer<EntityView>, ActionError> {
        let known_at = known_at.map(|instant| (instant, known_at::shown(instant)));
        let query = known_at.as_ref().map_or_else(|| id.to_owned(), |(_, shown)| format!("{id} known at {shown}"));
        self.answer(who, Action::OpenEntity, &query, |access| {
            let world = self.world()?;
            let sight = Sight::new(&world, access.visible());
            let entity = sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
            let view = self.store().read(|reader| match known_at {
                None => describe(&sight, entity, |member| reader.statements(member, access.visible())),
                Some((instant, shown)) => {
                    let past = reader.known_at(instant);
                    let then = Surroundings::read(&past, &sight, entity)?;
                    let sight = Sight::new(&then.world, access.visible());
                    let Some(entity) = sight.find_entity(id) else { return Err(ActionError::NotKnownThen { id: id.to_owned(), known_at: shown }) };
                    let view = describe(&sight, entity, |member| then.statements(&past, member, access.visible()))?;
                    Ok(EntityView { known_at: Some(shown), ..view })
                }
            })?;
            let results = view.members.clone();
            Ok(Sealed::under(access, view, results))
        })
    }
}

fn describe(sight: &Sight<'_>, entity: EntityNo, read: impl Fn(EntityNo) -> Result<Vec<Statement>, StoreError>) -> Result<EntityView, ActionError> {
    let members = sight.members(entity);
    let mut statements = Vec::new();
    for member in &members {
        statements.extend(read(*member)?);
    }
    let first = members.first().copied().unwrap_or(EntityNo(u32::MAX));
    let kind = sight.kind(first);
    Ok(EntityView {
        id: sight.id(NodeNo::of(first)),
        schema: kind.schema.to_owned(),
        label: kind.label.to_owned(),
        pole: kind.pole.to_owned(),
        caption: sight.caption(first),
        known_at: None,
        members: members.iter().map(|member| sight.world.ids.get(*member).to_owned()).collect(),
        properties: properties(sight, kind.schema, &statements),
        statements: statements.iter().map(StatementView::of).collect(),
        links: links(sight, &members),
    })
}

fn properties(sight: &Sight<'_>, schema: &str, statements: &[Statement]) -> Vec<PropertyView> {
    let ontology = Ontology::builtin();
    let lookup = |statement: &Statement| ontology.schema(&statement.schema).and_then(|schema| schema.prop(&statement.prop));
    let mut by_name: BTreeMap<&str, (&'static Property, BTreeMap<&str, Vec<usize>>)> = BTreeMap::new();
    for (position, statement) in statements.iter().enumerate() {
        let Some(prop) = lookup(statement) else { continue };
        by_name.entry(&prop.name).or_insert_with(|| (prop, BTreeMap::new())).1.entry(&statement.value).or_default().push(position);
    }
    let featured = ontology.schema(schema).map(|schema| schema.featured.clone()).unwrap_or_default();
    let rank = |prop: &Property| featured.iter().position(|no| *no == prop.no).unwrap_or(usize::MAX);
    let mut groups: Vec<_> = by_name.into_values().collect();
    groups.sort_by(|(a, _), (b, _)| (rank(a), &a.label, &a.name).cmp(&(rank(b), &b.label, &b.name)));
    groups
        .into_iter()
        .map(|(prop, values)| PropertyView {
            name: prop.name.clone(),
            label: prop.label.clone(),
            kind: prop.kind.name().to_owned(),
            values: values.into_iter().map(|(value, statements)| value_view(sight, prop, value, statements)).collect(),
        })
        .collect()
}

fn value_view(sight: &Sight<'_>, prop: &Property, value: &str, statements: Vec<usize>) -> ValueView {
    let entity = if prop.kind == TypeKind::Entity { sight.find_entity(value).map(|entity| sight.reference(NodeNo::of(entity))) } else { None };
    let display = entity.as_ref().map_or_else(|| value.to_owned(), |entity| entity.caption.clone());
    ValueView { value: value.to_owned(), display, entity, statements }
}

fn links(sight: &Sight<'_>, members: &[EntityNo]) -> Vec<LinkView> {
    let own: Vec<NodeNo> = members.iter().map(|member| NodeNo::of(*member)).collect();
    let mut links = Vec::new();
    for member in members {
        for hit in sight.links(*member) {
            let is_source = own.contains(&hit.source);
            let other = if is_source { hit.target } else { hit.source };
            if !own.contains(&other) {
                links.push(link_view(sight, &hit, is_source, other));
            }
        }
    }
    links.sort_by(|a, b| {
        (&a.schema, &a.label, &a.direction, &a.other.caption, &a.other.id, &a.id).cmp(&(
            &b.schema,
            &b.label,
            &b.direction,
            &b.other.caption,
            &b.other.id,
            &b.id,
        ))
    });
    links.dedup();
    links
}

fn link_view(sight: &Sight<'_>, hit: &LinkHit, is_source: bool, other: NodeNo) -> LinkView {
    let edge = chart::edge(sight, hit);
    let detail = match hit.label {
        candour_links::LinkLabel::Entity(link) => sight.detail(link),
        candour_links::LinkLabel::Property(_) => String::new(),
    };
    let direction = match (edge.directed, is_source) {
        (false, _) => "none",
        (true, true) => "out",
        (true, false) => "in",
    };
    let label = edge.label.strip_suffix(&format!(" ({detail})")).unwrap_or(&edge.label).to_owned();
    LinkView { id: edge.id, schema: edge.schema, label, direction: direction.to_owned(), detail, other: sight.reference(other) }
}
