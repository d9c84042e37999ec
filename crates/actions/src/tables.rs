//! The tables in which records are compared: one for each family of kinds whose members can be the same thing.

mod background;

use candour_model::ontology::{Ontology, Schema};
use candour_resolve::{ResolveError, Table, TableBuilder};
use rustc_hash::FxHashMap;

use crate::{
    records::{Field, Record},
    tables::background::{Dice, FULL, MARK},
};

/// Columns of issued numbers at most: those that most records have.
const MOST_IDENTIFIERS: usize = 12;

/// One table.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) table: Table,
    /// Place among the candidates, by row; invented records have none.
    places: Vec<Option<u32>>,
}

impl Family {
    /// The place of a row among the candidates.
    pub(crate) fn place(&self, row: u32) -> Option<u32> {
        self.places.get(usize::try_from(row).ok()?).copied().flatten()
    }
}

/// Whether things of two kinds can be the same thing.
pub(crate) fn comparable(left: &Schema, right: &Schema) -> bool {
    Ontology::builtin().common(left, right).is_some()
}

/// What a kind is told apart among. A legal entity of no known kind may be a person and may be an organisation.
pub(crate) fn families(schema: &'static Schema) -> Vec<&'static str> {
    if schema.is_a("Person") {
        vec!["Person"]
    } else if schema.is_a("Organization") {
        vec!["Organization"]
    } else if schema.is_a("LegalEntity") {
        vec!["Person", "Organization"]
    } else {
        let mut matchable = schema.ancestors.iter().filter_map(|no| Ontology::builtin().by_no(*no)).filter(|ancestor| ancestor.matchable);
        matchable.next_back().map(|ancestor| vec![ancestor.name.as_str()]).unwrap_or_default()
    }
}

/// The tables that records make, those left out that hold nothing to compare. `id` gives the public id of a candidate.
pub(crate) fn tables<'w>(records: &[Record<'_>], id: impl Fn(u32) -> &'w str) -> Result<Vec<Family>, ResolveError> {
    let mut names: Vec<&'static str> = records.iter().flat_map(|record| families(record.schema)).collect();
    names.sort_unstable();
    names.dedup();
    let mut tables = Vec::with_capacity(names.len());
    for name in names {
        let members: Vec<&Record<'_>> = records.iter().filter(|record| families(record.schema).contains(&name)).collect();
        tables.extend(table(name, &members, &id)?);
    }
    Ok(tables)
}

fn table<'w>(name: &'static str, members: &[&Record<'_>], id: &impl Fn(u32) -> &'w str) -> Result<Option<Family>, ResolveError> {
    let fields = fields(members);
    if members.len() < 2 || fields.is_empty() {
        return Ok(None);
    }
    let columns: Vec<_> = fields.iter().map(|field| field.column(name == "Organization")).collect();
    let mut builder = TableBuilder::new(&columns);
    let mut dice = Dice::new();
    for number in 0..FULL.saturating_sub(members.len()) {
        builder.record(&format!("{MARK}{number:04}"), 0)?;
        for (column, (_, kind)) in columns.iter().enumerate() {
            builder.value(column, &dice.value(*kind));
        }
    }
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    for record in members {
        known.insert(id(record.place), record.place);
        builder.record(id(record.place), 0)?;
        for (field, value) in &record.fields {
            if let Ok(column) = fields.binary_search(field) {
                builder.value(column, value);
            }
        }
    }
    let table = builder.build();
    // The table's rows are in an order of its own.
    let places = (0_u32..).take(table.rows()).map(|row| known.get(table.id(row)).copied()).collect();
    Ok(Some(Family { name, table, places }))
}

/// The fields that any of these records fills, in order.
fn fields(members: &[&Record<'_>]) -> Vec<Field> {
    let mut filled: std::collections::BTreeMap<Field, usize> = std::collections::BTreeMap::new();
    for record in members {
        for chunk in record.fields.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((field, _)) = chunk.first() {
                *filled.entry(*field).or_default() += 1;
            }
        }
    }
    let (mut identifiers, mut fields): (Vec<_>, Vec<_>) = filled.into_iter().partition(|(field, _)| matches!(field, Field::Identifier(_)));
    identifiers.sort_by_key(|(_, records)| std::cmp::Reverse(*records));
    identifiers.truncate(MOST_IDENTIFIERS);
    fields.extend(identifiers);
    let mut fields: Vec<Field> = fields.into_iter().map(|(field, _)| field).collect();
    fields.sort_unstable();
    fields
}
