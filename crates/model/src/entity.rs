//! An entity on its way in: an id, a schema and claims, before a store has numbered anything.

use crate::{
    grade::Grade,
    id::{PropNo, SchemaNo},
    source::Locator,
    statement::Kind,
};

/// One value claimed for a property, already cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Property of the draft's schema.
    pub prop: PropNo,
    /// Cleaned value.
    pub value: String,
    /// The source's own spelling, where it differs.
    pub original: Option<String>,
    /// ISO 639-3 language of the value.
    pub lang: Option<String>,
    /// Place inside the source.
    pub locator: Locator,
}

/// An entity as one place of one source describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id its dataset gives it.
    pub id: String,
    /// Its schema.
    pub schema: SchemaNo,
    /// What is claimed of it. May be empty: the entity is then only said to exist.
    pub claims: Vec<Claim>,
    /// Marking id, where the source sets one of its own for this entity.
    pub marking: Option<String>,
    /// Grade, where the source sets one of its own for this entity.
    pub grade: Option<Grade>,
    /// Fact or assessment.
    pub kind: Kind,
    /// From when it held in the world, ISO 8601 prefix, where the source says so.
    pub valid_from: Option<String>,
    /// Until when it held, ISO 8601 prefix.
    pub valid_to: Option<String>,
}
