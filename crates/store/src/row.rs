//! A statement as the store keeps it: numbers where a [`candour_model::statement::Statement`] has names.

use candour_model::{id::EntityNo, source::Locator, statement::Statement};

use crate::{
    error::StoreError,
    names::{Names, ProvenanceNo, SymbolNo},
};

/// One stored statement, borrowed from the database's page.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The entity.
    pub entity: EntityNo,
    /// Its place in the order of recording, unique in the store.
    pub seq: i64,
    /// Schema name.
    pub schema: SymbolNo,
    /// Property name.
    pub prop: SymbolNo,
    /// Cleaned value.
    pub value: &'a str,
    /// The source's spelling, where it differs.
    pub original: Option<&'a str>,
    /// Language.
    pub lang: Option<&'a str>,
    /// What it shares with others of its import.
    pub provenance: ProvenanceNo,
    /// Place inside the source.
    pub locator: Locator,
    /// From when it held.
    pub valid_from: Option<&'a str>,
    /// Until when it held.
    pub valid_to: Option<&'a str>,
    /// When it was recorded, in milliseconds.
    pub recorded_at: i64,
}

impl Row<'_> {
    /// The columns that [`read`] expects, in its order.
    pub(crate) const COLUMNS: &'static str =
        "entity, seq, schema, prop, value, original, lang, provenance, place, place_a, place_b, valid_from, valid_to, recorded_at";

    /// Puts names in the place of numbers.
    pub(crate) fn named(&self, names: &Names, entity_id: &str) -> Result<Statement, StoreError> {
        let damaged = |what: &str| StoreError::Damaged(format!("statement {} refers to an unknown {what}", self.seq));
        let provenance = names.provenance(self.provenance).ok_or_else(|| damaged("provenance"))?;
        let (_, source) = names.source(provenance.source).ok_or_else(|| damaged("source"))?;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Statement {
            entity_id: entity_id.to_owned(),
            schema: names.symbol(self.schema).ok_or_else(|| damaged("schema"))?.to_owned(),
            prop: names.symbol(self.prop).ok_or_else(|| damaged("property"))?.to_owned(),
            value: self.value.to_owned(),
            original_value: owned(self.original),
            lang: owned(self.lang),
            dataset: source.dataset.clone(),
            source: source.path.clone(),
            locator: self.locator,
            grade: provenance.grade,
            marking: names.marking(provenance.marking).ok_or_else(|| damaged("marking"))?.id.clone(),
            kind: provenance.kind,
            status: provenance.status,
            method: provenance.method.clone(),
            valid_from: owned(self.valid_from),
            valid_to: owned(self.valid_to),
            recorded_at: self.recorded_at,
            actor: provenance.actor.clone(),
        })
    }
}

/// Reads a row of [`Row::COLUMNS`].
pub(crate) fn read<'a>(row: &'a rusqlite::Row<'_>) -> Result<Row<'a>, rusqlite::Error> {
    let text = |index: usize| -> Result<Option<&'a str>, rusqlite::Error> { Ok(row.get_ref(index)?.as_str_or_null()?) };
    Ok(Row {
        entity: EntityNo(row.get(0)?),
        seq: row.get(1)?,
        schema: SymbolNo(row.get(2)?),
        prop: SymbolNo(row.get(3)?),
        value: row.get_ref(4)?.as_str()?,
        original: text(5)?,
        lang: text(6)?,
        provenance: ProvenanceNo(row.get(7)?),
        locator: locator(row.get(8)?, row.get(9)?, row.get(10)?),
        valid_from: text(11)?,
        valid_to: text(12)?,
        recorded_at: row.get(13)?,
    })
}

/// The three numbers a place is stored as.
pub(crate) fn place(locator: Locator) -> (u8, u32, u32) {
    match locator {
        Locator::Whole => (0, 0, 0),
        Locator::Cell { row, column } => (1, row, column),
        Locator::Line(line) => (2, line, 0),
        Locator::Page(page) => (3, page, 0),
        Locator::Span { start, end } => (4, start, end),
    }
}

fn locator(place: u8, a: u32, b: u32) -> Locator {
    match place {
        1 => Locator::Cell { row: a, column: b },
        2 => Locator::Line(a),
        3 => Locator::Page(a),
        4 => Locator::Span { start: a, end: b },
        _ => Locator::Whole,
    }
}
