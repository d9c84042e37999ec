//! What answers are made of: entities, links and statements as people see them. These are the house's wire types; the
//! command line prints them and the server sends them.

use candour_model::{grade::Grade, source::Locator, statement::Statement};
use serde::Serialize;
use utoipa::ToSchema;

use crate::world::Sight;

/// A value of one word as texts write it, such as a classification.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An entity in one line.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq)]
pub struct EntityRef {
    /// Public id; of a merged entity that of its representative.
    pub id: String,
    /// Schema name.
    pub schema: String,
    /// Caption.
    pub caption: String,
    /// Whether it is a shared value, such as a telephone number, rather than an entity.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub value: bool,
}

/// A node of a chart.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq)]
pub struct ChartNode {
    /// Public id.
    pub id: String,
    /// Schema name; for a shared value its type.
    pub schema: String,
    /// POLE letter as a word.
    pub pole: String,
    /// Caption.
    pub caption: String,
    /// Links away from where the chart begins.
    pub hop: u32,
    /// How many visible links it has in all.
    pub degree: u32,
    /// Whether it is a shared value.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub value: bool,
}

/// A link of a chart.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChartEdge {
    /// Id of the link entity, or one put together from its ends.
    pub id: String,
    /// Schema of the link entity, or name of the property.
    pub schema: String,
    /// What the source does to the target, with its most telling detail.
    pub label: String,
    /// Node it starts from.
    pub source: String,
    /// Node it leads to.
    pub target: String,
    /// Whether the direction means anything.
    pub directed: bool,
}

/// A statement with all that is known of its origin.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StatementView {
    /// FollowTheMoney's statement id.
    pub id: String,
    /// The entity as its dataset names it.
    pub entity_id: String,
    /// Schema name.
    pub schema: String,
    /// Property name.
    pub prop: String,
    /// Cleaned value.
    pub value: String,
    /// The source's own spelling, where it differs.
    pub original_value: Option<String>,
    /// ISO 639-3 language.
    pub lang: Option<String>,
    /// Dataset.
    pub dataset: String,
    /// Document.
    pub source: String,
    /// Place in the document.
    pub place: String,
    /// 3x5x2 grade.
    pub grade: String,
    /// Marking id.
    pub marking: String,
    /// `fact` or `assessment`.
    pub kind: String,
    /// Where it stands.
    pub status: String,
    /// How it came to be.
    pub method: String,
    /// From when it held in the world, ISO 8601 prefix.
    pub valid_from: Option<String>,
    /// Until when it held.
    pub valid_to: Option<String>,
    /// Who brought it in.
    pub actor: String,
    /// When it was brought in, RFC 3339.
    pub recorded_at: String,
}

impl StatementView {
    /// The statement as people see it.
    pub(crate) fn of(statement: &Statement) -> Self {
        Self {
            id: statement.id().to_string(),
            entity_id: statement.entity_id.clone(),
            schema: statement.schema.clone(),
            prop: statement.prop.clone(),
            value: statement.value.clone(),
            original_value: statement.original_value.clone(),
            lang: statement.lang.clone(),
            dataset: statement.dataset.clone(),
            source: statement.source.clone(),
            place: place(statement.locator),
            grade: grade(statement.grade),
            marking: statement.marking.clone(),
            kind: statement.kind.word().to_owned(),
            status: statement.status.word().to_owned(),
            method: statement.method.clone(),
            valid_from: statement.valid_from.clone(),
            valid_to: statement.valid_to.clone(),
            actor: statement.actor.clone(),
            recorded_at: instant(statement.recorded_at),
        }
    }
}

fn place(locator: Locator) -> String {
    locator.to_string()
}

fn grade(grade: Grade) -> String {
    grade.to_string()
}

/// Milliseconds since 1970 as RFC 3339 in UTC.
pub(crate) fn instant(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds).map_or_else(|_| String::new(), |time| time.to_string())
}

impl Sight<'_> {
    /// A node in one line.
    pub(crate) fn reference(&self, node: candour_links::NodeNo) -> EntityRef {
        match node.entity() {
            Some(entity) => {
                let kind = self.kind(entity);
                EntityRef { id: self.id(node), schema: kind.schema.to_owned(), caption: self.caption(entity), value: false }
            }
            None => {
                let (kind, value) = self.world.graph.value_of(node).map_or(("", ""), |(kind, value)| (kind.name(), value));
                EntityRef { id: format!("{kind}:{value}"), schema: kind.to_owned(), caption: value.to_owned(), value: true }
            }
        }
    }

    /// A node of a chart.
    pub(crate) fn chart_node(&self, node: candour_links::NodeNo, hop: u32) -> ChartNode {
        let EntityRef { id, schema, caption, value } = self.reference(node);
        let pole = node.entity().map_or("object", |entity| self.kind(entity).pole).to_owned();
        ChartNode { id, schema, pole, caption, hop, degree: u32::try_from(self.view.degree(node)).unwrap_or(u32::MAX), value }
    }
}
