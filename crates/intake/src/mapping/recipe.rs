//! A mapping understood: names checked against the ontology, entities in an order in which links find their ends.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use candour_model::{
    grade::Grade,
    id::{PropNo, SchemaNo},
    ontology::{Ontology, Property, Schema},
    statement::Kind,
    types::TypeKind,
};

use super::document::{DatasetDoc, EntityDoc, MappingDoc, PropertyDoc, QueryDoc, Setting, SettingsDoc};
use crate::error::IntakeError;

/// One query: which files, which rows of them, which entities.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) place: String,
    pub(crate) dataset: String,
    pub(crate) files: Vec<String>,
    pub(crate) delimiter: Option<u8>,
    pub(crate) filters: Vec<(String, BTreeSet<String>)>,
    pub(crate) filters_not: Vec<(String, BTreeSet<String>)>,
    /// In order of dependency.
    pub(crate) entities: Vec<Entity>,
}

/// One entity of each row.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) name: String,
    pub(crate) schema: SchemaNo,
    pub(crate) id: IdRule,
    pub(crate) marking: Option<Value<String>>,
    pub(crate) grade: Option<Value<Grade>>,
    pub(crate) kind: Option<Value<Kind>>,
    pub(crate) properties: Vec<Prop>,
}

/// How an entity's id comes about.
#[derive(Debug, Clone)]
pub(crate) enum IdRule {
    /// The value of a column.
    Column(String),
    /// SHA-1 over the literal and the sorted key values, as FollowTheMoney does.
    Hash { literal: String, keys: Vec<String> },
}

/// A setting: fixed, or read from a column.
#[derive(Debug, Clone)]
pub(crate) enum Value<T> {
    Literal(T),
    Column(String),
}

/// One property of an entity.
#[derive(Debug, Clone)]
pub(crate) struct Prop {
    pub(crate) no: PropNo,
    pub(crate) name: String,
    pub(crate) kind: TypeKind,
    pub(crate) max_length: usize,
    pub(crate) required: bool,
    pub(crate) lang: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) from: From,
    pub(crate) map: BTreeMap<String, String>,
    pub(crate) join: Option<String>,
    pub(crate) split: Option<String>,
}

/// Where a property's values come from.
#[derive(Debug, Clone)]
pub(crate) enum From {
    /// Position of another entity of the same query.
    Entity(usize),
    /// Columns and literals.
    Values { columns: Vec<String>, literals: Vec<String> },
    /// Text with columns in it: pieces and column names in turn.
    Template(Vec<Piece>),
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Text(String),
    Column(String),
}

impl Query {
    /// Every column the query reads, with the place that names it.
    pub(crate) fn columns(&self) -> Vec<(String, &str)> {
        let mut columns = Vec::new();
        for (column, _) in self.filters.iter().chain(&self.filters_not) {
            columns.push((format!("{}, filters", self.place), column.as_str()));
        }
        for entity in &self.entities {
            let place = format!("{}, entity `{}`", self.place, entity.name);
            columns.extend(entity.columns().into_iter().map(|(inner, column)| (format!("{place}{inner}"), column)));
        }
        columns
    }
}

impl Entity {
    fn columns(&self) -> Vec<(String, &str)> {
        let mut columns: Vec<(String, &str)> = match &self.id {
            IdRule::Column(column) => vec![(", id_column".to_owned(), column.as_str())],
            IdRule::Hash { keys, .. } => keys.iter().map(|key| (", keys".to_owned(), key.as_str())).collect(),
        };
        for (setting, column) in
            [("marking", column_of(self.marking.as_ref())), ("grade", column_of(self.grade.as_ref())), ("kind", column_of(self.kind.as_ref()))]
        {
            columns.extend(column.map(|column| (format!(", {setting}"), column)));
        }
        for prop in &self.properties {
            let place = format!(", property `{}`", prop.name);
            match &prop.from {
                From::Entity(_) => {}
                From::Values { columns: named, .. } => columns.extend(named.iter().map(|column| (place.clone(), column.as_str()))),
                From::Template(pieces) => columns.extend(pieces.iter().filter_map(|piece| match piece {
                    Piece::Column(column) => Some((place.clone(), column.as_str())),
                    Piece::Text(_) => None,
                })),
            }
        }
        columns
    }
}

fn column_of<T>(value: Option<&Value<T>>) -> Option<&str> {
    match value {
        Some(Value::Column(column)) => Some(column),
        _ => None,
    }
}

/// Checks a whole document.
pub(crate) fn compile(path: &Path, document: MappingDoc) -> Result<Vec<Query>, IntakeError> {
    let mut queries = Vec::new();
    for (dataset, doc) in document {
        let settings = doc.settings();
        let DatasetDoc { query, queries: listed, .. } = doc;
        let all: Vec<QueryDoc> = query.into_iter().chain(listed).collect();
        let fault = Fault { path, place: format!(", dataset `{dataset}`") };
        if all.is_empty() {
            return Err(fault.error("it has no queries", "add `queries:` with one entry per file"));
        }
        for (position, doc) in (1..).zip(all) {
            let place = format!("dataset `{dataset}`, query {position}");
            queries.push(compile_query(path, place, &dataset, &settings, doc)?);
        }
    }
    if queries.is_empty() {
        return Err(Fault { path, place: String::new() }.error("it maps nothing", "begin with a dataset name and `queries:`"));
    }
    Ok(queries)
}

/// Where in a mapping something is wrong.
struct Fault<'a> {
    path: &'a Path,
    place: String,
}

impl Fault<'_> {
    fn error(&self, what: &str, remedy: &str) -> IntakeError {
        IntakeError::Mapping { path: self.path.to_owned(), place: self.place.clone(), what: what.to_owned(), remedy: remedy.to_owned() }
    }
}

fn compile_query(path: &Path, place: String, dataset: &str, outer: &SettingsDoc, doc: QueryDoc) -> Result<Query, IntakeError> {
    let fault = Fault { path, place: format!(", {place}") };
    if doc.database.is_some() {
        return Err(fault.error("database sources are not built", "export the tables to CSV files and name them under `csv:`"));
    }
    if doc.csv.0.is_empty() {
        return Err(fault.error("it names no file", "add `csv: FILE.csv`"));
    }
    if doc.entities.is_empty() {
        return Err(fault.error("it has no entities", "add `entities:` with at least one"));
    }
    let delimiter = match doc.delimiter.map(u8::try_from) {
        None => None,
        Some(Ok(byte)) if byte.is_ascii() => Some(byte),
        Some(_) => return Err(fault.error("the delimiter is not a single ASCII character", "use `,`, `;`, `|` or a tab")),
    };
    let order = dependency_order(&fault, &doc.entities)?;
    let settings = doc.settings().over(outer);
    let mut entities: Vec<Entity> = Vec::with_capacity(order.len());
    for name in &order {
        if let Some(entity) = doc.entities.get(name) {
            let compiled = compile_entity(path, &place, name, &settings, entity, &order, &doc.entities)?;
            entities.push(compiled);
        }
    }
    let sets =
        |filters: BTreeMap<String, super::document::Strings>| filters.into_iter().map(|(column, values)| (column, values.0.into_iter().collect())).collect();
    Ok(Query { place, dataset: dataset.to_owned(), files: doc.csv.0, delimiter, filters: sets(doc.filters), filters_not: sets(doc.filters_not), entities })
}

impl SettingsDoc {
    fn over(&self, outer: &Self) -> Self {
        let or = |inner: &Option<Setting>, outer: &Option<Setting>| inner.clone().or_else(|| outer.clone());
        Self { marking: or(&self.marking, &outer.marking), grade: or(&self.grade, &outer.grade), kind: or(&self.kind, &outer.kind) }
    }
}

/// An order in which every entity stands after those it refers to.
fn dependency_order(fault: &Fault<'_>, entities: &BTreeMap<String, EntityDoc>) -> Result<Vec<String>, IntakeError> {
    let mut order: Vec<String> = Vec::new();
    while order.len() < entities.len() {
        let ready = entities.iter().find(|(name, entity)| {
            !order.contains(name)
                && entity.properties.values().filter_map(|prop| prop.entity.as_ref()).all(|needed| order.contains(needed) || !entities.contains_key(needed))
        });
        let Some((name, _)) = ready else {
            return Err(fault.error("its entities refer to each other in a circle", "break the circle: map one of the links in a query of its own"));
        };
        order.push(name.clone());
    }
    Ok(order)
}

fn compile_entity(
    path: &Path,
    place: &str,
    name: &str,
    outer: &SettingsDoc,
    doc: &EntityDoc,
    order: &[String],
    all: &BTreeMap<String, EntityDoc>,
) -> Result<Entity, IntakeError> {
    let fault = Fault { path, place: format!(", {place}, entity `{name}`") };
    let ontology = Ontology::builtin();
    let schema = ontology.schema(&doc.schema).ok_or_else(|| {
        let known: Vec<&str> = ontology.schemata().map(|schema| schema.name.as_str()).collect();
        fault.error(&format!("there is no schema `{}`", doc.schema), &format!("use one of {}", known.join(", ")))
    })?;
    let id = match (&doc.id_column, doc.keys.0.is_empty()) {
        (Some(column), true) => IdRule::Column(column.clone()),
        (None, false) => IdRule::Hash { literal: doc.key_literal.clone().unwrap_or_default(), keys: doc.keys.0.clone() },
        (None, true) => return Err(fault.error("it has neither `keys` nor `id_column`", "name the columns that tell one entity from another")),
        (Some(_), false) => return Err(fault.error("it has both `keys` and `id_column`", "keep one of them")),
    };
    let settings = doc.settings().over(outer);
    let mut properties = Vec::with_capacity(doc.properties.len());
    for (prop_name, prop_doc) in &doc.properties {
        let fault = Fault { path, place: format!("{}, property `{prop_name}`", fault.place) };
        let prop = schema.prop(prop_name).ok_or_else(|| unknown_property(&fault, schema, prop_name))?;
        if prop.stub {
            return Err(fault.error("it is the far side of a link and cannot be set", "set the property on the entity that is the link"));
        }
        properties.push(compile_prop(&fault, prop, prop_doc, order, all)?);
    }
    // Countries first: phone numbers are read in their light.
    properties.sort_by_key(|prop| prop.kind != TypeKind::Country);
    Ok(Entity {
        name: name.to_owned(),
        schema: schema.no,
        id,
        marking: settings.marking.map(|setting| match setting {
            Setting::Literal(text) => Value::Literal(text),
            Setting::Column { column } => Value::Column(column),
        }),
        grade: parsed(&fault, settings.grade, |text| text.parse::<Grade>().map_err(|error| error.to_string()))?,
        kind: parsed(&fault, settings.kind, kind_of)?,
        properties,
    })
}

/// `fact` or `assessment`.
pub(crate) fn kind_of(text: &str) -> Result<Kind, String> {
    match text {
        "fact" => Ok(Kind::Fact),
        "assessment" => Ok(Kind::Assessment),
        other => Err(format!("`{other}` is no kind of statement; write `fact` or `assessment`")),
    }
}

fn parsed<T>(fault: &Fault<'_>, setting: Option<Setting>, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<Value<T>>, IntakeError> {
    Ok(match setting {
        None => None,
        Some(Setting::Column { column }) => Some(Value::Column(column)),
        Some(Setting::Literal(text)) => Some(Value::Literal(parse(&text).map_err(|what| fault.error(&what, "correct it"))?)),
    })
}

fn unknown_property(fault: &Fault<'_>, schema: &Schema, name: &str) -> IntakeError {
    let mut known: Vec<&str> = schema.properties().filter(|prop| !prop.stub).map(|prop| prop.name.as_str()).collect();
    known.sort_unstable();
    fault.error(&format!("schema `{}` has no property `{name}`", schema.name), &format!("use one of {}", known.join(", ")))
}

fn compile_prop(fault: &Fault<'_>, prop: &Property, doc: &PropertyDoc, order: &[String], all: &BTreeMap<String, EntityDoc>) -> Result<Prop, IntakeError> {
    let from = match (&doc.entity, &doc.template) {
        (Some(entity), _) => From::Entity(referred(fault, prop, entity, order, all)?),
        (None, Some(template)) => From::Template(pieces(template)),
        (None, None) if doc.columns.0.is_empty() && doc.literals.0.is_empty() => {
            return Err(fault.error("it says not where its values come from", "add `column:`, `columns:`, `literal:`, `template:` or `entity:`"));
        }
        (None, None) => From::Values { columns: doc.columns.0.clone(), literals: doc.literals.0.clone() },
    };
    Ok(Prop {
        no: prop.no,
        name: prop.name.clone(),
        kind: prop.kind,
        max_length: prop.max_length,
        required: doc.required,
        lang: doc.lang.clone(),
        format: doc.format.clone().or_else(|| prop.format.clone()),
        from,
        map: doc.map.clone(),
        join: doc.join.clone(),
        split: doc.split.clone(),
    })
}

fn referred(fault: &Fault<'_>, prop: &Property, entity: &str, order: &[String], all: &BTreeMap<String, EntityDoc>) -> Result<usize, IntakeError> {
    let (Some(position), Some(target)) = (order.iter().position(|name| name == entity), all.get(entity)) else {
        return Err(fault.error(&format!("the query has no entity `{entity}`"), &format!("use one of {}", order.join(", "))));
    };
    let Some(range) = &prop.range else {
        return Err(fault.error(&format!("its values are of type `{}`, not entities", prop.kind.name()), "use `column:` instead of `entity:`"));
    };
    let fits = Ontology::builtin().schema(&target.schema).is_none_or(|schema| schema.is_a(range));
    if !fits {
        return Err(fault.error(&format!("it takes a `{range}`, and `{entity}` is a `{}`", target.schema), "change the schema or the property"));
    }
    Ok(position)
}

fn pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once("{{") {
        let Some((column, after)) = after.split_once("}}") else { break };
        pieces.push(Piece::Text(text.to_owned()));
        pieces.push(Piece::Column(column.trim().to_owned()));
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}
