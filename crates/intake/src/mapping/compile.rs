//! From the mapping as written to the mapping understood: names are checked against the ontology, and entities put in
//! an order in which links find their ends.

use std::{collections::BTreeMap, path::Path};

use candour_model::{grade::Grade, ontology::Ontology, statement::Kind};

use super::{
    document::{ColumnDoc, DatasetDoc, EntityDoc, MappingDoc, QueryDoc, Setting, SettingsDoc, Strings},
    property::compile_prop,
    recipe::{Col, Column, DateSetting, Entity, Filter, IdRule, Piece, Query, Value},
};
use crate::{error::IntakeError, validity};

/// Where in a mapping something is wrong.
pub(super) struct Fault<'a> {
    pub(super) path: &'a Path,
    pub(super) place: String,
}

impl Fault<'_> {
    pub(super) fn error(&self, what: &str, remedy: &str) -> IntakeError {
        let place = if self.place.is_empty() { String::new() } else { format!(", {}", self.place) };
        IntakeError::Mapping { path: self.path.to_owned(), place, what: what.to_owned(), remedy: remedy.to_owned() }
    }

    pub(super) fn within(&self, inner: &str) -> Self {
        Self { path: self.path, place: format!("{}, {inner}", self.place) }
    }
}

/// The columns of a query, each once.
#[derive(Default)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    pub(super) fn number(&mut self, name: &str, place: &str) -> Col {
        // Headers are trimmed when they are read, so names are too.
        let name = name.trim();
        let position = self.0.iter().position(|column| column.name == name).unwrap_or_else(|| {
            self.0.push(Column { name: name.to_owned(), place: place.to_owned() });
            self.0.len() - 1
        });
        Col(position)
    }

    /// Text with `{{columns}}` in it.
    pub(super) fn pieces(&mut self, template: &str, place: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((text, after)) = rest.split_once("{{") {
            let Some((column, after)) = after.split_once("}}") else { break };
            if !text.is_empty() {
                pieces.push(Piece::Text(text.to_owned()));
            }
            pieces.push(Piece::Column(self.number(column, place)));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        pieces
    }
}

/// Checks a whole document.
pub(crate) fn compile(path: &Path, document: MappingDoc) -> Result<Vec<Query>, IntakeError> {
    let mut queries = Vec::new();
    for (dataset, mut doc) in document {
        let listed: Vec<QueryDoc> = doc.query.take().into_iter().chain(std::mem::take(&mut doc.queries)).collect();
        if listed.is_empty() {
            return Err(Fault { path, place: format!("dataset `{dataset}`") }.error("it has no queries", "add `queries:` with one entry per file"));
        }
        for (position, query) in (1..).zip(listed) {
            let fault = Fault { path, place: format!("dataset `{dataset}`, query {position}") };
            queries.push(compile_query(&fault, &dataset, &doc, &query)?);
        }
    }
    if queries.is_empty() {
        return Err(Fault { path, place: String::new() }.error("it maps nothing", "begin with a dataset name and `queries:`"));
    }
    Ok(queries)
}

fn compile_query(fault: &Fault<'_>, dataset: &str, outer: &DatasetDoc, doc: &QueryDoc) -> Result<Query, IntakeError> {
    if doc.database.is_some() {
        return Err(fault.error("database sources are not built", "export the tables to CSV files and name them under `csv:`"));
    }
    let files = doc.files();
    if files.is_empty() {
        return Err(fault.error("it names no file", "add `csv: FILE.csv`"));
    }
    if doc.entities.is_empty() {
        return Err(fault.error("it has no entities", "add `entities:` with at least one"));
    }
    if doc.entities.values().all(|entity| entity.properties.is_empty()) {
        return Err(fault.error("none of its entities has properties, so nothing would be stored", "add `properties:` to at least one"));
    }
    let delimiter = match doc.delimiter.map(u8::try_from) {
        None => None,
        Some(Ok(byte)) if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Some(byte),
        Some(_) => return Err(fault.error("the delimiter is not a single ASCII character that can separate", "use `,`, `;`, `|` or a tab (`\"\\t\"`)")),
    };
    let encoding = match &doc.encoding {
        None => None,
        Some(label) => Some(encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            fault.error(
                &format!("there is no encoding `{label}`"),
                "use a WHATWG label such as `utf-8`, `windows-1252`, `windows-1251` or `utf-16le`, or leave it out",
            )
        })?),
    };
    let settings = doc.settings().over(&outer.settings());
    let order = dependency_order(fault, &doc.entities)?;
    let mut columns = Columns::default();
    let filters = compile_filters(&mut columns, &doc.filters, &format!("{}, filters", fault.place));
    let filters_not = compile_filters(&mut columns, &doc.filters_not, &format!("{}, filters_not", fault.place));
    let mut entities: Vec<Entity> = Vec::with_capacity(order.len());
    for (name, entity) in order.iter().filter_map(|name| doc.entities.get_key_value(name)) {
        let fault = fault.within(&format!("entity `{name}`"));
        entities.push(compile_entity(&fault, name, entity, &settings, &mut columns, &Siblings { order: &order, all: &doc.entities })?);
    }
    Ok(Query {
        place: fault.place.clone(),
        dataset: dataset.to_owned(),
        key_prefix: outer.key_prefix.clone(),
        sign: outer.sign,
        files,
        delimiter,
        encoding,
        columns: columns.0,
        filters,
        filters_not,
        entities,
    })
}

fn compile_filters(columns: &mut Columns, filters: &BTreeMap<String, Strings>, place: &str) -> Vec<Filter> {
    let filter = |(column, values): (&String, &Strings)| Filter {
        column: columns.number(column, place),
        values: values.0.iter().map(|value| value.trim().to_owned()).collect(),
    };
    filters.iter().map(filter).collect()
}

impl SettingsDoc {
    fn over(&self, outer: &Self) -> Self {
        let or = |inner: &Option<Setting>, outer: &Option<Setting>| inner.clone().or_else(|| outer.clone());
        Self {
            marking: or(&self.marking, &outer.marking),
            grade: or(&self.grade, &outer.grade),
            kind: or(&self.kind, &outer.kind),
            valid_from: or(&self.valid_from, &outer.valid_from),
            valid_to: or(&self.valid_to, &outer.valid_to),
        }
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

/// The entities of a query, for references among them.
pub(super) struct Siblings<'a> {
    pub(super) order: &'a [String],
    pub(super) all: &'a BTreeMap<String, EntityDoc>,
}

fn compile_entity(
    fault: &Fault<'_>,
    name: &str,
    doc: &EntityDoc,
    outer: &SettingsDoc,
    columns: &mut Columns,
    siblings: &Siblings<'_>,
) -> Result<Entity, IntakeError> {
    let ontology = Ontology::builtin();
    let schema = ontology.schema(&doc.schema).ok_or_else(|| {
        let known: Vec<&str> = ontology.schemata().filter(|schema| !schema.is_abstract).map(|schema| schema.name.as_str()).collect();
        fault.error(&format!("there is no schema `{}`", doc.schema), &format!("use one of {}", known.join(", ")))
    })?;
    if schema.is_abstract && !doc.properties.is_empty() {
        return Err(fault.error(&format!("schema `{}` is only a root for others", schema.name), "use one that extends it"));
    }
    let is_referred = siblings.all.values().any(|other| other.properties.values().any(|prop| prop.entity.as_deref() == Some(name)));
    if doc.properties.is_empty() && !is_referred {
        return Err(fault.error("it has no properties, and no other entity refers to it", "add `properties:`, or leave the entity out"));
    }
    let settings = doc.settings().over(outer);
    let mut properties = Vec::with_capacity(doc.properties.len());
    let id = compile_id(fault, doc, columns)?;
    for (prop_name, prop) in &doc.properties {
        properties.push(compile_prop(&fault.within(&format!("property `{prop_name}`")), schema, prop_name, prop, columns, siblings)?);
    }
    properties.sort_by_key(|prop| prop.kind != candour_model::types::TypeKind::Country);
    let countries = properties.iter().take_while(|prop| prop.kind == candour_model::types::TypeKind::Country).count();
    let (valid_from, valid_to) = compile_validity(fault, settings.valid_from, settings.valid_to, columns)?;
    Ok(Entity {
        name: name.to_owned(),
        schema: schema.no,
        id,
        is_referred,
        marking: compile_setting(&fault.within("marking"), settings.marking, columns, |text| Ok(text.to_owned()))?,
        grade: compile_setting(&fault.within("grade"), settings.grade, columns, |text| text.parse::<Grade>().map_err(|error| error.to_string()))?,
        kind: compile_setting(&fault.within("kind"), settings.kind, columns, kind_of)?,
        valid_from,
        valid_to,
        properties,
        countries,
    })
}

fn compile_id(fault: &Fault<'_>, doc: &EntityDoc, columns: &mut Columns) -> Result<IdRule, IntakeError> {
    let keys: Vec<Col> = doc.keys().map(|key| columns.number(key, &format!("{}, keys", fault.place))).collect();
    match (&doc.id_column, &doc.id_template, keys.is_empty()) {
        (Some(column), None, true) => Ok(IdRule::Column(columns.number(column, &format!("{}, id_column", fault.place)))),
        (None, Some(template), true) => {
            let pieces = columns.pieces(template, &format!("{}, id_template", fault.place));
            if !pieces.iter().any(|piece| matches!(piece, Piece::Column(_))) {
                return Err(fault.error("its `id_template` names no column, so every row would be the same entity", "write it like `depot-{{ID}}`"));
            }
            Ok(IdRule::Template(pieces))
        }
        (None, None, false) => Ok(IdRule::Hash { literal: doc.key_literal.as_deref().unwrap_or_default().trim().to_owned(), keys }),
        (None, None, true) => Err(fault.error("it has neither `keys` nor `id_column` nor `id_template`", "name the columns that tell one entity from another")),
        _ => Err(fault.error("it has more than one of `keys`, `id_column` and `id_template`", "keep one of them")),
    }
}

/// `fact` or `assessment`.
pub(crate) fn kind_of(text: &str) -> Result<Kind, String> {
    match text {
        "fact" => Ok(Kind::Fact),
        "assessment" => Ok(Kind::Assessment),
        other => Err(format!("`{other}` is no kind of statement; write `fact` or `assessment`")),
    }
}

fn compile_setting<T>(
    fault: &Fault<'_>,
    setting: Option<Setting>,
    columns: &mut Columns,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<Value<T>>, IntakeError> {
    Ok(match setting {
        None => None,
        Some(Setting::Column(ColumnDoc { format: Some(_), .. })) => {
            return Err(fault.error("it takes no `format`", "leave the format out; only dates have one"));
        }
        Some(Setting::Column(ColumnDoc { column, format: None })) => Some(Value::Column(columns.number(&column, &fault.place))),
        Some(Setting::Literal(text)) => {
            Some(Value::Literal(parse(text.trim()).map_err(|what| fault.error(&what, "correct it, or name a column: `{column: NAME}`"))?))
        }
    })
}

/// From when and until when, both optional. Two literals in the wrong order are wrong in every row.
fn compile_validity(
    fault: &Fault<'_>,
    from: Option<Setting>,
    to: Option<Setting>,
    columns: &mut Columns,
) -> Result<(Option<DateSetting>, Option<DateSetting>), IntakeError> {
    let from = compile_date(&fault.within("valid_from"), from, columns)?;
    let to = compile_date(&fault.within("valid_to"), to, columns)?;
    let literal = |setting: &Option<DateSetting>| match setting {
        Some(DateSetting { value: Value::Literal(date), .. }) => Some(date.clone()),
        _ => None,
    };
    validity::check_order(literal(&from).as_deref(), literal(&to).as_deref())
        .map_err(|what| fault.error(&what, "the nearest of entity, query and dataset counts"))?;
    Ok((from, to))
}

fn compile_date(fault: &Fault<'_>, setting: Option<Setting>, columns: &mut Columns) -> Result<Option<DateSetting>, IntakeError> {
    match setting {
        None => Ok(None),
        Some(Setting::Column(ColumnDoc { format: Some(format), .. })) if !format.contains('%') => Err(no_date_pattern(fault, &format)),
        Some(Setting::Column(ColumnDoc { column, format })) => Ok(Some(DateSetting { value: Value::Column(columns.number(&column, &fault.place)), format })),
        literal => {
            let value = compile_setting(fault, literal, columns, |text| validity::date(text, None))?;
            Ok(value.map(|value| DateSetting { value, format: None }))
        }
    }
}

/// A `format` that could not be one of dates.
pub(super) fn no_date_pattern(fault: &Fault<'_>, format: &str) -> IntakeError {
    fault.error(&format!("`{format}` is no date pattern"), "write it like `%d/%m/%Y`")
}
