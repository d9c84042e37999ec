//! A mapping understood: every name is checked against the ontology and every column is a number. Made in
//! [`super::compile`], run in [`super::apply`].

use std::collections::BTreeSet;

use candour_model::{
    grade::Grade,
    id::{PropNo, SchemaNo},
    statement::Kind,
    types::TypeKind,
};
use rustc_hash::FxHashMap;

/// One query: which files, which rows of them, which entities.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) place: String,
    pub(crate) dataset: String,
    /// Replaces the dataset's name at the beginning of what is hashed into ids.
    pub(crate) key_prefix: Option<String>,
    /// Whether ids bear FollowTheMoney's signature of the dataset.
    pub(crate) sign: bool,
    pub(crate) files: Vec<String>,
    pub(crate) delimiter: Option<u8>,
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
    /// Every column that the query reads, once.
    pub(crate) columns: Vec<Column>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) filters_not: Vec<Filter>,
    /// In order of dependency.
    pub(crate) entities: Vec<Entity>,
}

/// A column as the mapping names it.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The first place of the mapping that names it.
    pub(crate) place: String,
}

/// The position of a column in [`Query::columns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Col(pub(crate) usize);

/// The values of a column that a row must have, or must not. The empty text stands for an empty cell.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) column: Col,
    pub(crate) values: BTreeSet<String>,
}

/// One entity of each row.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) name: String,
    pub(crate) schema: SchemaNo,
    pub(crate) id: IdRule,
    /// Whether another entity of the query refers to it.
    pub(crate) is_referred: bool,
    pub(crate) marking: Option<Value<String>>,
    pub(crate) grade: Option<Value<Grade>>,
    pub(crate) kind: Option<Value<Kind>>,
    pub(crate) valid_from: Option<DateSetting>,
    pub(crate) valid_to: Option<DateSetting>,
    /// Countries first: other values are read in their light.
    pub(crate) properties: Vec<Prop>,
    /// How many of the properties are countries.
    pub(crate) countries: usize,
}

/// How an entity's id comes about.
#[derive(Debug, Clone)]
pub(crate) enum IdRule {
    /// The value of a column.
    Column(Col),
    /// Text with columns in it.
    Template(Vec<Piece>),
    /// SHA-1 over prefix, literal and the sorted key values, as FollowTheMoney does.
    Hash { literal: String, keys: Vec<Col> },
}

/// A setting: fixed, or read from a column.
#[derive(Debug, Clone)]
pub(crate) enum Value<T> {
    Literal(T),
    Column(Col),
}

/// A date that is a setting.
#[derive(Debug, Clone)]
pub(crate) struct DateSetting {
    /// A literal is cleaned already.
    pub(crate) value: Value<String>,
    /// Pattern of the dates in the column.
    pub(crate) format: Option<String>,
}

impl DateSetting {
    /// The column that it is read from.
    pub(crate) fn column(&self) -> Option<Col> {
        match self.value {
            Value::Literal(_) => None,
            Value::Column(column) => Some(column),
        }
    }
}

/// One property of an entity.
#[derive(Debug, Clone)]
pub(crate) struct Prop {
    pub(crate) no: PropNo,
    pub(crate) name: String,
    pub(crate) kind: TypeKind,
    /// Unicode scalar values.
    pub(crate) max_length: usize,
    pub(crate) required: bool,
    pub(crate) lang: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) from: From,
    pub(crate) map: FxHashMap<String, String>,
    pub(crate) split: Option<String>,
}

/// Where a property's values come from.
#[derive(Debug, Clone)]
pub(crate) enum From {
    /// Position of another entity of the same query.
    Entity(usize),
    /// Columns and literals, each a value of its own.
    Values { literals: Vec<Literal>, columns: Vec<Col> },
    /// Columns and literals, put together into one value.
    Joined { literals: Vec<String>, columns: Vec<Col>, by: String },
    /// Text with columns in it.
    Template(Vec<Piece>),
}

/// A value that stands in the mapping itself.
#[derive(Debug, Clone)]
pub(crate) struct Literal {
    pub(crate) raw: String,
    /// Its cleaned form, where that depends on nothing in the row.
    pub(crate) cleaned: Option<String>,
}

/// A piece of a template.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Text(String),
    Column(Col),
}

impl Prop {
    /// The columns it reads.
    pub(crate) fn columns(&self) -> impl Iterator<Item = Col> {
        let (listed, pieces): (&[Col], &[Piece]) = match &self.from {
            From::Entity(_) => (&[], &[]),
            From::Values { columns, .. } | From::Joined { columns, .. } => (columns, &[]),
            From::Template(pieces) => (&[], pieces),
        };
        listed.iter().copied().chain(pieces.iter().filter_map(|piece| match piece {
            Piece::Column(column) => Some(*column),
            Piece::Text(_) => None,
        }))
    }
}
