//! One row per entity and one column per property; several values stand in one cell, separated by semicolons.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use super::{Selection, broken};
use crate::error::ActionError;

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    let mut columns: BTreeSet<String> = BTreeSet::new();
    selection.each(|selected| {
        for statement in selected.statements.iter().filter(|statement| !columns.contains(&statement.prop) && !statement.value.is_empty()).collect::<Vec<_>>() {
            columns.insert(statement.prop.clone());
        }
        Ok(())
    })?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["id", "schema", "caption"].into_iter().chain(columns.iter().map(String::as_str))).map_err(broken)?;
    selection.each(|selected| {
        let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for statement in &selected.statements {
            values.entry(&statement.prop).or_default().insert(&statement.value);
        }
        let cells = columns
            .iter()
            .map(|column| values.get(column.as_str()).map_or_else(String::new, |values| safe(&values.iter().copied().collect::<Vec<_>>().join("; "))));
        let row: Vec<String> = [selected.id.clone(), selected.schema.to_owned(), safe(&selected.caption)].into_iter().chain(cells).collect();
        writer.write_record(&row).map_err(broken)
    })?;
    writer.flush().map_err(broken)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
fn safe(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok();
    if !is_number && text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
