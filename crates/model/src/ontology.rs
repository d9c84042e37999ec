//! The ontology: which kinds of thing and link there are, and what can be said of each.
//!
//! The schemata are FollowTheMoney's (names, properties, types, inheritance and edges), with those that an intelligence
//! desk needs on top. They stand as text in `schema/*.yaml` and are built into the binary.

mod build;
mod document;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::{
    id::{PropNo, SchemaNo},
    marking::SpecialCategory,
    types::TypeKind,
};

pub use build::OntologyError;

/// All schemata and their properties.
#[derive(Debug, Clone, Default)]
pub struct Ontology {
    schemata: Vec<Schema>,
    properties: Vec<Property>,
    by_name: FxHashMap<String, SchemaNo>,
}

/// The letter of POLE that a schema falls under, with links and documents told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pole {
    /// A person or organisation.
    Person,
    /// An object.
    Object,
    /// A location.
    Location,
    /// An event.
    Event,
    /// A link between others.
    Link,
    /// A document.
    Document,
}

impl Pole {
    /// The word that people write.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Object => "object",
            Self::Location => "location",
            Self::Event => "event",
            Self::Link => "link",
            Self::Document => "document",
        }
    }
}

/// How the entities of a schema link two others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Property that holds the end it starts from.
    pub source: PropNo,
    /// Property that holds the end it leads to.
    pub target: PropNo,
    /// What the source does to the target, such as `owns`.
    pub label: String,
    /// Whether the direction means anything.
    pub directed: bool,
    /// Properties that say more on a chart, best first.
    pub caption: Vec<PropNo>,
}

/// A kind of thing or link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Its number in this build.
    pub no: SchemaNo,
    /// Name, such as `Person`.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Name for people, of several.
    pub plural: String,
    /// One sentence.
    pub description: String,
    /// POLE letter.
    pub pole: Pole,
    /// Only a root for others; no entity has it.
    pub is_abstract: bool,
    /// Whether its entities take part in entity resolution.
    pub matchable: bool,
    /// Itself and all schemata it extends, nearest first.
    pub ancestors: Vec<SchemaNo>,
    /// Properties that make a caption, best first.
    pub caption: Vec<PropNo>,
    /// Properties shown first.
    pub featured: Vec<PropNo>,
    /// Properties without which an entity says little.
    pub required: Vec<PropNo>,
    /// Properties that say when it began, best first.
    pub begins: Vec<PropNo>,
    /// Properties that say when it ended, best first.
    pub ends: Vec<PropNo>,
    /// What it links, where it is a link.
    pub edge: Option<Edge>,
    props: FxHashMap<String, PropNo>,
    order: Vec<PropNo>,
}

/// Something that can be said of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its number in this build.
    pub no: PropNo,
    /// Name, such as `birthDate`.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// The schema that declares it.
    pub schema: SchemaNo,
    /// Type of its values.
    pub kind: TypeKind,
    /// Schema of the entity it refers to, where it refers to one.
    pub range: Option<String>,
    /// The far side of a reference: can be read, never set.
    pub stub: bool,
    /// Name of the far side, on the schema it refers to.
    pub reverse: Option<String>,
    /// Form of an identifier, such as `lei`.
    pub format: Option<String>,
    /// Longest value, in Unicode scalar values.
    pub max_length: usize,
    /// Whether it tells entities apart.
    pub matchable: bool,
    /// Not shown unless asked for.
    pub hidden: bool,
    /// Sensitive processing: never matched, faceted or filtered on without a mandate that names it.
    pub special: Option<SpecialCategory>,
}

impl Ontology {
    /// The ontology of this build.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Ontology> = OnceLock::new();
        // A test holds that the built-in text is valid, so the empty fallback is never met.
        BUILTIN.get_or_init(|| Self::parse(&FILES).unwrap_or_default())
    }

    /// Builds an ontology from the texts of schema files.
    pub fn parse(files: &[&str]) -> Result<Self, OntologyError> {
        build::build(files)
    }

    /// The schema of this name.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.by_no(*self.by_name.get(name)?)
    }

    /// The schema with this number.
    #[must_use]
    pub fn by_no(&self, no: SchemaNo) -> Option<&Schema> {
        self.schemata.get(usize::from(no.0))
    }

    /// All schemata in order of name.
    pub fn schemata(&self) -> impl Iterator<Item = &Schema> {
        self.schemata.iter()
    }

    /// The property with this number.
    #[must_use]
    pub fn prop(&self, no: PropNo) -> Option<&Property> {
        self.properties.get(usize::from(no.0))
    }

    /// The more specific of two schemata, where one is a kind of the other.
    #[must_use]
    pub fn common<'o>(&'o self, a: &'o Schema, b: &'o Schema) -> Option<&'o Schema> {
        if a.is_kind_of(b.no) {
            Some(a)
        } else if b.is_kind_of(a.no) {
            Some(b)
        } else {
            None
        }
    }
}

impl Schema {
    /// The property of this name, its own or inherited.
    #[must_use]
    pub fn prop(&self, name: &str) -> Option<&'static Property> {
        Ontology::builtin().prop(*self.props.get(name)?)
    }

    /// All properties, its own and inherited, in order of declaration from the root down.
    pub fn properties(&self) -> impl Iterator<Item = &'static Property> {
        self.order.iter().filter_map(|no| Ontology::builtin().prop(*no))
    }

    /// Whether it is, or extends, the schema of this name.
    #[must_use]
    pub fn is_a(&self, name: &str) -> bool {
        Ontology::builtin().schema(name).is_some_and(|other| self.is_kind_of(other.no))
    }

    /// Whether it is, or extends, the schema with this number.
    #[must_use]
    pub fn is_kind_of(&self, other: SchemaNo) -> bool {
        self.ancestors.contains(&other)
    }
}

const FILES: [&str; include!(concat!(env!("OUT_DIR"), "/schema_count.rs"))] = include!(concat!(env!("OUT_DIR"), "/schema_files.rs"));

#[cfg(test)]
mod tests;
