//! A spreadsheet: one sheet per schema with a row per entity, `links` between the selected entities, and `sources`, which
//! has a row for each value with where it comes from, how it is graded and how it is marked.
//!
//! Nothing is cut off. A value that is longer than a cell stands in `sources` in several rows, numbered in the column
//! `part`; where it would stand elsewhere the cell says so.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::{Seek, Write},
};

use candour_model::{ontology::Ontology, statement::Statement};

use super::{
    Selection,
    selection::in_order,
    spreadsheet::{Limits, Sheet, Workbook, length},
};
use crate::error::ActionError;

const LINKS: [&str; 8] = ["id", "schema", "label", "source", "source caption", "target", "target caption", "directed"];
const SOURCES: [&str; 17] = [
    "id",
    "entity",
    "schema",
    "property",
    "value",
    "part",
    "original value",
    "language",
    "dataset",
    "source",
    "place",
    "grade",
    "marking",
    "kind",
    "status",
    "method",
    "held",
];

pub(super) fn write(selection: &Selection<'_>, out: &mut (impl Write + Seek)) -> Result<(), ActionError> {
    let mut book = Workbook::new(out, Limits::EXCEL)?;
    for (schema, properties) in columns(selection)? {
        entities(selection, &mut book, schema, &properties)?;
    }
    links(selection, &mut book)?;
    sources(selection, &mut book)?;
    book.finish()?.flush().map_err(super::broken)
}

/// The schemata there are, each with the properties that its entities use: those that the ontology features, then the others by
/// name.
fn columns(selection: &Selection<'_>) -> Result<BTreeMap<&'static str, Vec<String>>, ActionError> {
    let mut used: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    selection.each(|selected| {
        let known = used.entry(selected.schema).or_default();
        for statement in selected.statements.iter().filter(|statement| !statement.value.is_empty()) {
            if !known.contains(&statement.prop) {
                known.insert(statement.prop.clone());
            }
        }
        Ok(())
    })?;
    let ordered = |schema: &str, names: BTreeSet<String>| -> Vec<String> {
        let known = Ontology::builtin().schema(schema);
        let place = |name: &String| known.and_then(|schema| schema.prop(name).and_then(|prop| schema.featured.iter().position(|no| *no == prop.no)));
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_by_cached_key(|name| (place(name).unwrap_or(usize::MAX), name.clone()));
        names
    };
    Ok(used.into_iter().map(|(schema, names)| (schema, ordered(schema, names))).collect())
}

fn entities<W: Write + Seek>(selection: &Selection<'_>, book: &mut Workbook<W>, schema: &str, properties: &[String]) -> Result<(), ActionError> {
    let header: Vec<String> = ["id", "caption", "merged"].map(str::to_owned).into_iter().chain(properties.iter().cloned()).collect();
    book.sheet(schema, &header, |sheet| {
        let limits = sheet.limits();
        selection.each_of(schema, |selected| {
            let values = selection.properties(&selected.statements);
            let mut cells =
                vec![selected.id.clone(), fitting(limits, &selected.caption).into_owned(), fitting(limits, &selected.merged().join("; ")).into_owned()];
            cells.extend(properties.iter().map(|property| {
                let joined = values.get(property.as_str()).map_or_else(String::new, |values| values.iter().map(String::as_str).collect::<Vec<_>>().join("; "));
                fitting(limits, &joined).into_owned()
            }));
            sheet.row(cells.iter().map(String::as_str))
        })
    })
}

fn links<W: Write + Seek>(selection: &Selection<'_>, book: &mut Workbook<W>) -> Result<(), ActionError> {
    let caption = |id: &str| selection.sight.find_entity(id).map_or_else(String::new, |entity| selection.sight.caption(entity));
    book.sheet("links", &LINKS.map(str::to_owned), |sheet| {
        let limits = sheet.limits();
        selection.each_link(|link| {
            let edge = &link.edge;
            let (label, source, target) = (fitting(limits, &edge.label), caption(&edge.source), caption(&edge.target));
            let (source, target) = (fitting(limits, &source), fitting(limits, &target));
            let directed = if edge.directed { "yes" } else { "no" };
            sheet.row([&edge.id, &edge.schema, &*label, &edge.source, &*source, &edge.target, &*target, directed])
        })
    })
}

fn sources<W: Write + Seek>(selection: &Selection<'_>, book: &mut Workbook<W>) -> Result<(), ActionError> {
    book.sheet("sources", &SOURCES.map(str::to_owned), |sheet| {
        selection.each(|selected| in_order(&selected.statements).into_iter().try_for_each(|statement| source(sheet, &selected.id, statement)))?;
        // A search finds entities; the links between them may rest on records that it did not find.
        selection.each_link(|link| {
            if link.is_entity() && !selection.has(link) {
                in_order(&selection.evidence(link)?).into_iter().try_for_each(|statement| source(sheet, &link.edge.id, statement))?;
            }
            Ok(())
        })
    })
}

fn source<W: Write + Seek>(sheet: &mut Sheet<'_, W>, id: &str, statement: &Statement) -> Result<(), ActionError> {
    let values = sheet.limits().pieces(&statement.value);
    let originals = sheet.limits().pieces(statement.original_value.as_deref().unwrap_or_default());
    let parts = values.len().max(originals.len());
    let (place, grade, held) = (statement.locator.to_string(), statement.grade.to_string(), held(statement));
    for part in 0..parts {
        let number = if parts > 1 { format!("{} of {parts}", part + 1) } else { String::new() };
        let piece = |pieces: &[String]| pieces.get(part).cloned().unwrap_or_default();
        let (value, original) = (piece(&values), piece(&originals));
        sheet.row([
            id,
            &statement.entity_id,
            &statement.schema,
            &statement.prop,
            &value,
            &number,
            &original,
            statement.lang.as_deref().unwrap_or_default(),
            &statement.dataset,
            &statement.source,
            &place,
            &grade,
            &statement.marking,
            statement.kind.word(),
            statement.status.word(),
            &statement.method,
            &held,
        ])?;
    }
    Ok(())
}

/// From when until when a statement held, as ISO 8601 writes intervals; empty where it does not say.
pub(super) fn held(statement: &Statement) -> String {
    match (&statement.valid_from, &statement.valid_to) {
        (None, None) => String::new(),
        (from, to) => format!("{}/{}", from.as_deref().unwrap_or(".."), to.as_deref().unwrap_or("..")),
    }
}

/// The text, or where to find it when it is longer than a cell.
fn fitting(limits: Limits, text: &str) -> Cow<'_, str> {
    if limits.fit(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{} characters, more than a cell holds: see the sheet `sources`", length(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_not_cut_but_pointed_to() {
        let limits = Limits { text: 5, ..Limits::EXCEL };
        assert_eq!(fitting(limits, "12345"), "12345");
        assert_eq!(fitting(limits, "123🚐5"), "6 characters, more than a cell holds: see the sheet `sources`");
    }
}
