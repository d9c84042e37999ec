//! A recipe meets a row: the hot path of an import. Columns are positions by now, and nothing is allocated for a cell
//! that is not kept.

mod settings;

use std::{borrow::Cow, collections::BTreeSet};

use candour_model::{
    entity::{Claim, Draft},
    source::Locator,
    statement::Kind,
    types::Context,
};
use csv::StringRecord;
use sha1::Sha1;
use smallvec::SmallVec;

use super::{
    id::{self, Signer},
    recipe::{Col, Entity, From, IdRule, Piece, Prop, Query},
};
use crate::{batch::Batch, cell, reject::Reject};

/// A value this many times longer than its property takes is refused before anybody tries to clean it.
const HOPELESS: usize = 64;

/// A query bound to the header of one file.
pub(crate) struct Bound<'q> {
    query: &'q Query,
    /// Position in the record, for every [`Col`].
    positions: Vec<usize>,
    /// State of the key hash, for every entity.
    seeds: Vec<Sha1>,
    signer: Option<Signer>,
    markings: Option<&'q BTreeSet<String>>,
    file: &'q str,
}

/// Why a query does not fit a file.
pub(crate) struct Misfit {
    /// Place in the mapping.
    pub(crate) place: String,
    pub(crate) column: String,
    /// How often the header has the column: never, or more than once.
    pub(crate) found: usize,
}

/// What a query is bound with.
pub(crate) struct Frame<'q> {
    /// The name that rejects show.
    pub(crate) file: &'q str,
    /// The dataset that the statements go to.
    pub(crate) dataset: &'q str,
    /// Ids of the markings that rows may name, where that is known.
    pub(crate) markings: Option<&'q BTreeSet<String>>,
}

impl<'q> Bound<'q> {
    /// Looks every column up.
    pub(crate) fn new(query: &'q Query, header: &[String], frame: &Frame<'q>) -> Result<Self, Misfit> {
        let mut positions = Vec::with_capacity(query.columns.len());
        for column in &query.columns {
            let mut places = header.iter().enumerate().filter(|(_, name)| **name == column.name).map(|(position, _)| position);
            match (places.next(), places.count()) {
                (Some(position), 0) => positions.push(position),
                (first, more) => return Err(Misfit { place: column.place.clone(), column: column.name.clone(), found: usize::from(first.is_some()) + more }),
            }
        }
        let prefix = query.key_prefix.as_deref().unwrap_or(frame.dataset);
        let seed = |entity: &Entity| match &entity.id {
            IdRule::Hash { literal, .. } => id::seed(prefix, literal),
            IdRule::Column(_) | IdRule::Template(_) => Sha1::default(),
        };
        Ok(Self {
            query,
            positions,
            seeds: query.entities.iter().map(seed).collect(),
            signer: query.sign.then(|| Signer::new(frame.dataset)),
            markings: frame.markings,
            file: frame.file,
        })
    }

    /// Maps one row into the batch. `row` counts records from 1, `line` is the line of the file.
    pub(crate) fn map(&self, record: &StringRecord, line: u64, row: u32, batch: &mut Batch) {
        let mut row = Row { bound: self, record, line, row, batch };
        if !row.passes() {
            return;
        }
        let mut ids: SmallVec<[Option<String>; 8]> = SmallVec::new();
        for (entity, seed) in self.query.entities.iter().zip(&self.seeds) {
            let id = match row.entity(entity, seed, &ids) {
                None => None,
                Some(draft) if draft.claims.is_empty() => Some(draft.id),
                Some(draft) => {
                    let id = entity.is_referred.then(|| draft.id.clone());
                    row.batch.push(draft);
                    id
                }
            };
            ids.push(id);
        }
    }

    fn position(&self, column: Col) -> Option<usize> {
        self.positions.get(column.0).copied()
    }

    fn column_name(&self, column: Col) -> &'q str {
        self.query.columns.get(column.0).map_or("", |column| column.name.as_str())
    }
}

/// One row of one file, on its way into a batch.
struct Row<'r> {
    bound: &'r Bound<'r>,
    record: &'r StringRecord,
    line: u64,
    row: u32,
    batch: &'r mut Batch,
}

/// The id that a row gives an entity.
enum Key {
    Some(String),
    /// The cells that it would be made of are empty.
    Empty,
    /// It cannot be an id: why, and the text.
    Bad(String, String),
}

impl<'r> Row<'r> {
    fn passes(&self) -> bool {
        let query = self.bound.query;
        query.filters.iter().all(|filter| filter.values.contains(self.cell(filter.column).as_ref()))
            && !query.filters_not.iter().any(|filter| filter.values.contains(self.cell(filter.column).as_ref()))
    }

    /// The text of a cell; empty where there is none.
    fn cell(&self, column: Col) -> Cow<'r, str> {
        self.bound.position(column).and_then(|position| self.record.get(position)).map_or(Cow::Borrowed(""), cell::text)
    }

    /// The entity as this row describes it. A draft without claims is a mere reference.
    fn entity(&mut self, entity: &Entity, seed: &Sha1, ids: &[Option<String>]) -> Option<Draft> {
        let id = match self.key(&entity.id, seed) {
            Key::Some(id) => id,
            Key::Bad(reason, text) => {
                self.reject(&self.id_columns(&entity.id), reason, &text);
                return None;
            }
            Key::Empty => {
                self.report_missing_key(entity);
                return None;
            }
        };
        let mut draft = Draft {
            id,
            schema: entity.schema,
            claims: Vec::with_capacity(entity.properties.len()),
            marking: None,
            grade: None,
            kind: Kind::Fact,
            valid_from: None,
            valid_to: None,
        };
        if entity.properties.is_empty() {
            return Some(draft);
        }
        if let Err((column, reason, value)) = self.settings(entity, &mut draft) {
            self.reject(self.bound.column_name(column), reason, &value);
            return None;
        }
        let rejected = self.batch.rejects.len();
        let (countries, others) = entity.properties.split_at_checked(entity.countries).unwrap_or_default();
        if !countries.iter().all(|prop| self.prop(prop, ids, &[], &mut draft)) {
            return None;
        }
        let codes: SmallVec<[String; 1]> = draft.claims.iter().map(|claim| claim.value.clone()).collect();
        let codes: SmallVec<[&str; 1]> = codes.iter().map(String::as_str).collect();
        if !others.iter().all(|prop| self.prop(prop, ids, &codes, &mut draft)) {
            return None;
        }
        if draft.claims.is_empty() && self.batch.rejects.len() == rejected {
            let reason = format!("the row says nothing of entity `{}` but its key, so it is not stored; fill a cell, or map a literal", entity.name);
            self.reject(&self.id_columns(&entity.id), reason, &draft.id);
        }
        Some(draft)
    }

    fn key(&self, rule: &IdRule, seed: &Sha1) -> Key {
        let text = match rule {
            IdRule::Hash { keys, .. } => {
                let values: SmallVec<[Cow<'_, str>; 4]> = keys.iter().map(|key| self.cell(*key)).collect();
                return match id::hash(seed, values.iter().map(AsRef::as_ref)) {
                    None => Key::Empty,
                    Some(hash) => Key::Some(self.bound.signer.as_ref().map_or_else(|| hash.clone(), |signer| signer.sign(&hash))),
                };
            }
            IdRule::Column(column) => self.cell(*column),
            IdRule::Template(pieces) => {
                // Half a template would make one entity of many.
                let has_gap = pieces.iter().any(|piece| matches!(piece, Piece::Column(column) if self.cell(*column).is_empty()));
                if has_gap { Cow::Borrowed("") } else { Cow::Owned(self.filled(pieces)) }
            }
        };
        if text.is_empty() {
            return Key::Empty;
        }
        match id::named(&text) {
            Ok(id) => Key::Some(self.bound.signer.as_ref().map_or_else(|| id.clone(), |signer| signer.sign(&id))),
            Err(reason) => Key::Bad(reason, text.into_owned()),
        }
    }

    /// An entity with values and no id would vanish without a word.
    fn report_missing_key(&mut self, entity: &Entity) {
        let value = entity.properties.iter().flat_map(Prop::columns).map(|column| self.cell(column)).find(|cell| !cell.is_empty());
        if let Some(value) = value {
            let reason = format!("entity `{}` has values and no id, because its key is empty; fill the key, or filter such rows out", entity.name);
            self.reject(&self.id_columns(&entity.id), reason, &value);
        }
    }

    fn id_columns(&self, rule: &IdRule) -> String {
        let columns: Vec<&str> = match rule {
            IdRule::Column(column) => vec![self.bound.column_name(*column)],
            IdRule::Hash { keys, .. } => keys.iter().map(|key| self.bound.column_name(*key)).collect(),
            IdRule::Template(pieces) => pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Column(column) => Some(self.bound.column_name(*column)),
                    Piece::Text(_) => None,
                })
                .collect(),
        };
        columns.join(", ")
    }

    /// Adds the values of one property; `false` where a required one has none.
    fn prop(&mut self, prop: &Prop, ids: &[Option<String>], countries: &[&str], draft: &mut Draft) -> bool {
        let before = draft.claims.len();
        let mut out = Out { prop, countries, claims: &mut draft.claims };
        match &prop.from {
            From::Entity(position) => {
                if let Some(Some(id)) = ids.get(*position) {
                    out.claims.push(self.claim(prop, id.clone(), None, None));
                }
            }
            From::Values { literals, columns } => {
                for literal in literals {
                    match &literal.cleaned {
                        Some(value) => {
                            let original = (*value != literal.raw).then(|| literal.raw.clone());
                            out.claims.push(self.claim(prop, value.clone(), original, None));
                        }
                        None => self.split(&literal.raw, None, &mut out),
                    }
                }
                for column in columns {
                    let cell = self.cell(*column);
                    if !cell.is_empty() {
                        self.split(&cell, Some(*column), &mut out);
                    }
                }
            }
            From::Joined { literals, columns, by } => {
                let cells: SmallVec<[Cow<'_, str>; 4]> = columns.iter().map(|column| self.cell(*column)).filter(|cell| !cell.is_empty()).collect();
                let values: SmallVec<[&str; 4]> = literals.iter().map(String::as_str).chain(cells.iter().map(AsRef::as_ref)).collect();
                if columns.is_empty() || !cells.is_empty() {
                    self.split(&values.join(by), None, &mut out);
                }
            }
            From::Template(pieces) => {
                // Where all columns of a template are empty, what remains of it says nothing.
                let mut columns = prop.columns().peekable();
                if columns.peek().is_none() || columns.any(|column| !self.cell(column).is_empty()) {
                    self.split(self.filled(pieces).trim(), None, &mut out);
                }
            }
        }
        !prop.required || draft.claims.len() > before
    }

    fn filled(&self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Column(column) => text.push_str(&self.cell(*column)),
            }
        }
        text
    }

    fn split(&mut self, value: &str, column: Option<Col>, out: &mut Out<'_>) {
        match &out.prop.split {
            Some(separator) => {
                for part in value.split(separator.as_str()).map(str::trim).filter(|part| !part.is_empty()) {
                    self.clean(part, column, out);
                }
            }
            None => self.clean(value, column, out),
        }
    }

    fn clean(&mut self, raw: &str, column: Option<Col>, out: &mut Out<'_>) {
        let prop = out.prop;
        let mapped = if prop.map.is_empty() { raw } else { prop.map.get(raw).map_or(raw, String::as_str) };
        if mapped.len() / HOPELESS > prop.max_length {
            return self.reject_long(prop, mapped, raw, column);
        }
        match prop.kind.clean(mapped, &Context { countries: out.countries, format: prop.format.as_deref() }) {
            Ok(value) if value.len() > prop.max_length && value.chars().count() > prop.max_length => self.reject_long(prop, &value, raw, column),
            Ok(value) => {
                let original = (value != raw).then(|| raw.to_owned());
                let value = match (&self.bound.signer, prop.kind) {
                    (Some(signer), candour_model::types::TypeKind::Entity) => signer.sign(&value),
                    _ => value.into_owned(),
                };
                out.claims.push(self.claim(prop, value, original, column));
            }
            Err(refusal) => self.reject(column.map_or(prop.name.as_str(), |column| self.bound.column_name(column)), refusal.to_string(), raw),
        }
    }

    fn claim(&self, prop: &Prop, value: String, original: Option<String>, column: Option<Col>) -> Claim {
        let number = column.and_then(|column| self.bound.position(column)).and_then(|position| u32::try_from(position + 1).ok());
        Claim { prop: prop.no, value, original, lang: prop.lang.clone(), locator: Locator::Cell { row: self.row, column: number.unwrap_or(0) } }
    }

    fn reject_long(&mut self, prop: &Prop, value: &str, raw: &str, column: Option<Col>) {
        let reason = format!(
            "the value has {} characters and `{}` takes {}; split it, or keep it in a document of its own",
            value.chars().count(),
            prop.name,
            prop.max_length
        );
        self.reject(column.map_or(prop.name.as_str(), |column| self.bound.column_name(column)), reason, raw);
    }

    fn reject(&mut self, column: &str, reason: String, value: &str) {
        self.batch.rejects.push(Reject::new(self.bound.file, self.line, column, reason, value));
    }
}

/// Where the values of one property go.
struct Out<'o> {
    prop: &'o Prop,
    countries: &'o [&'o str],
    claims: &'o mut Vec<Claim>,
}
