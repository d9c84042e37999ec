//! A recipe meets a row: the hot path of an import.

use std::borrow::Cow;

use candour_model::{
    entity::{Claim, Draft},
    source::Locator,
    statement::Kind,
    types::{Context, TypeKind},
};
use csv::StringRecord;
use rustc_hash::FxHashMap;
use sha1::{Digest as _, Sha1};
use smallvec::SmallVec;

use super::recipe::{Entity, From, IdRule, Piece, Prop, Query, Value, kind_of};
use crate::{batch::Batch, reject::Reject};

/// A query bound to the header of one file: columns are positions now.
pub(crate) struct Bound<'q> {
    query: &'q Query,
    columns: FxHashMap<&'q str, usize>,
    file: String,
}

/// The first column a query names that a file has not, with the place in the mapping.
pub(crate) struct MissingColumn {
    pub(crate) place: String,
    pub(crate) column: String,
}

/// One row of one file.
struct Line<'r> {
    record: &'r StringRecord,
    line: u64,
    row: u32,
}

impl<'q> Bound<'q> {
    /// Looks every column up.
    pub(crate) fn new(query: &'q Query, header: &[String], file: &str) -> Result<Self, MissingColumn> {
        let mut columns = FxHashMap::default();
        for (place, column) in query.columns() {
            let position = header.iter().position(|name| name == column).ok_or_else(|| MissingColumn { place, column: column.to_owned() })?;
            columns.insert(column, position);
        }
        Ok(Self { query, columns, file: file.to_owned() })
    }

    /// Maps one row into the batch. `row` counts records from 1, `line` is the line of the file.
    pub(crate) fn map(&self, record: &StringRecord, line: u64, row: u32, batch: &mut Batch) {
        let line = Line { record, line, row };
        if !self.passes(&line) {
            return;
        }
        let mut ids: SmallVec<[Option<String>; 4]> = SmallVec::new();
        for entity in &self.query.entities {
            let draft = self.entity(entity, &line, &ids, batch);
            ids.push(draft.as_ref().map(|draft| draft.id.clone()));
            if let Some(draft) = draft.filter(|draft| !draft.claims.is_empty()) {
                batch.push(draft);
            }
        }
    }

    fn passes(&self, line: &Line<'_>) -> bool {
        let holds = |column: &str, values: &std::collections::BTreeSet<String>| self.cell(line, column).is_some_and(|value| values.contains(value));
        self.query.filters.iter().all(|(column, values)| holds(column, values)) && !self.query.filters_not.iter().any(|(column, values)| holds(column, values))
    }

    /// The trimmed cell, if it holds anything.
    fn cell<'r>(&self, line: &Line<'r>, column: &str) -> Option<&'r str> {
        let value = line.record.get(*self.columns.get(column)?)?.trim();
        (!value.is_empty()).then_some(value)
    }

    fn entity(&self, entity: &Entity, line: &Line<'_>, ids: &[Option<String>], batch: &mut Batch) -> Option<Draft> {
        let Some(id) = self.id(&entity.id, line) else {
            // An entity with properties and no id would vanish without a word.
            if !entity.properties.is_empty() && !entity.properties.iter().any(|prop| prop.required) {
                let column = match &entity.id {
                    IdRule::Column(column) => column.clone(),
                    IdRule::Hash { keys, .. } => keys.join(", "),
                };
                self.reject(
                    line,
                    &column,
                    format!("entity `{}` has no id, because its key is empty; fill the cell, or mark a property `required`", entity.name),
                    "",
                    batch,
                );
            }
            return None;
        };
        let mut draft = Draft { id, schema: entity.schema, claims: Vec::with_capacity(entity.properties.len()), marking: None, grade: None, kind: Kind::Fact };
        self.settings(entity, line, &mut draft).map_err(|(column, reason, value)| self.reject(line, &column, reason, &value, batch)).ok()?;
        let mut countries: SmallVec<[String; 1]> = SmallVec::new();
        for prop in &entity.properties {
            let before = draft.claims.len();
            self.prop(prop, line, ids, &countries, &mut draft, batch);
            if prop.required && draft.claims.len() == before {
                return None;
            }
            if prop.kind == TypeKind::Country {
                countries.extend(draft.claims.iter().skip(before).map(|claim| claim.value.clone()));
            }
        }
        Some(draft)
    }

    fn id(&self, rule: &IdRule, line: &Line<'_>) -> Option<String> {
        match rule {
            IdRule::Column(column) => self.cell(line, column).map(str::to_owned),
            IdRule::Hash { literal, keys } => {
                let mut values: SmallVec<[&str; 4]> = keys.iter().filter_map(|key| self.cell(line, key)).collect();
                if values.is_empty() {
                    return None;
                }
                values.sort_unstable();
                let mut digest = Sha1::new_with_prefix(literal.as_bytes());
                for value in values {
                    digest.update(value.as_bytes());
                }
                Some(hex::encode(digest.finalize()))
            }
        }
    }

    fn settings(&self, entity: &Entity, line: &Line<'_>, draft: &mut Draft) -> Result<(), (String, String, String)> {
        draft.marking = match &entity.marking {
            None => None,
            Some(Value::Literal(id)) => Some(id.clone()),
            // No marking never means everyone: an empty cell is refused, not defaulted.
            Some(Value::Column(column)) => {
                let empty = || (column.clone(), "the row has no marking; write one, or give the mapping a literal".to_owned(), String::new());
                Some(self.cell(line, column).ok_or_else(empty)?.to_owned())
            }
        };
        draft.grade = match &entity.grade {
            None => None,
            Some(Value::Literal(grade)) => Some(*grade),
            Some(Value::Column(column)) => match self.cell(line, column) {
                None => None,
                Some(text) => Some(text.parse().map_err(|error| (column.clone(), format!("{error}"), text.to_owned()))?),
            },
        };
        draft.kind = match &entity.kind {
            None => Kind::Fact,
            Some(Value::Literal(kind)) => *kind,
            Some(Value::Column(column)) => match self.cell(line, column) {
                None => Kind::Fact,
                Some(text) => kind_of(text).map_err(|reason| (column.clone(), reason, text.to_owned()))?,
            },
        };
        Ok(())
    }

    fn prop(&self, prop: &Prop, line: &Line<'_>, ids: &[Option<String>], countries: &[String], draft: &mut Draft, batch: &mut Batch) {
        match &prop.from {
            From::Entity(position) => {
                if let Some(Some(id)) = ids.get(*position) {
                    self.claim(prop, Cow::Borrowed(id), None, line, 0, draft);
                }
            }
            From::Template(pieces) => {
                let text: String = pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Text(text) => text.as_str(),
                        Piece::Column(column) => self.cell(line, column).unwrap_or_default(),
                    })
                    .collect();
                let has_content = pieces.iter().any(|piece| matches!(piece, Piece::Column(column) if self.cell(line, column).is_some()));
                if has_content {
                    self.value(prop, text.trim(), line, 0, countries, draft, batch);
                }
            }
            From::Values { columns, literals } => {
                if let Some(join) = &prop.join {
                    let values: SmallVec<[&str; 4]> =
                        literals.iter().map(String::as_str).chain(columns.iter().filter_map(|column| self.cell(line, column))).collect();
                    if !values.is_empty() {
                        self.value(prop, &values.join(join), line, 0, countries, draft, batch);
                    }
                    return;
                }
                for literal in literals {
                    self.value(prop, literal, line, 0, countries, draft, batch);
                }
                for column in columns {
                    if let Some(value) = self.cell(line, column) {
                        let number = self.columns.get(column.as_str()).and_then(|position| u32::try_from(position + 1).ok()).unwrap_or_default();
                        self.value(prop, value, line, number, countries, draft, batch);
                    }
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one row, passed down the hot path")]
    fn value(&self, prop: &Prop, value: &str, line: &Line<'_>, column: u32, countries: &[String], draft: &mut Draft, batch: &mut Batch) {
        match &prop.split {
            Some(separator) => {
                for part in value.split(separator.as_str()).map(str::trim).filter(|part| !part.is_empty()) {
                    self.cleaned(prop, part, line, column, countries, draft, batch);
                }
            }
            None => self.cleaned(prop, value, line, column, countries, draft, batch),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one row, passed down the hot path")]
    fn cleaned(&self, prop: &Prop, raw: &str, line: &Line<'_>, column: u32, countries: &[String], draft: &mut Draft, batch: &mut Batch) {
        let mapped = prop.map.get(raw).map_or(raw, String::as_str);
        let countries: SmallVec<[&str; 2]> = countries.iter().map(String::as_str).collect();
        let context = Context { countries: &countries, format: prop.format.as_deref() };
        match prop.kind.clean(mapped, &context) {
            Ok(value) if value.len() > prop.max_length && value.chars().count() > prop.max_length => {
                let reason = format!(
                    "the value has {} characters and `{}` takes {}; split it or keep it in a document",
                    value.chars().count(),
                    prop.name,
                    prop.max_length
                );
                self.reject(line, &self.column_name(column), reason, raw, batch);
            }
            Ok(value) => self.claim(prop, value, Some(raw), line, column, draft),
            Err(refusal) => self.reject(line, &self.column_name(column), refusal.to_string(), raw, batch),
        }
    }

    fn claim(&self, prop: &Prop, value: Cow<'_, str>, raw: Option<&str>, line: &Line<'_>, column: u32, draft: &mut Draft) {
        let original = raw.filter(|raw| *raw != value).map(str::to_owned);
        draft.claims.push(Claim {
            prop: prop.no,
            value: value.into_owned(),
            original,
            lang: prop.lang.clone(),
            locator: Locator::Cell { row: line.row, column },
        });
    }

    fn column_name(&self, column: u32) -> String {
        let position = usize::try_from(column).unwrap_or_default();
        self.columns.iter().find(|(_, found)| **found + 1 == position).map(|(name, _)| (*name).to_owned()).unwrap_or_default()
    }

    fn reject(&self, line: &Line<'_>, column: &str, reason: String, value: &str, batch: &mut Batch) {
        batch.rejects.push(Reject::new(&self.file, line.line, column, reason, value));
    }
}
