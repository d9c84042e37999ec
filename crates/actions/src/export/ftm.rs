//! FollowTheMoney entities, one JSON object a line. Records merged into an entity are listed as `referents`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use candour_model::{ontology::Ontology, types::TypeKind};
use serde::Serialize;

use super::{Selected, Selection, broken};
use crate::error::ActionError;

#[derive(Serialize)]
struct Entity<'e> {
    id: &'e str,
    schema: &'e str,
    properties: BTreeMap<&'e str, BTreeSet<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    referents: Vec<&'e str>,
}

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    selection.each(|selected| {
        let entity = Entity {
            id: &selected.id,
            schema: selected.schema,
            properties: properties(selection, selected),
            referents: if selected.members.len() > 1 { selected.members.iter().map(String::as_str).collect() } else { Vec::new() },
        };
        serde_json::to_writer(&mut *out, &entity).map_err(broken)?;
        out.write_all(b"\n").map_err(broken)
    })
}

fn properties<'s>(selection: &Selection<'_>, selected: &'s Selected) -> BTreeMap<&'s str, BTreeSet<String>> {
    let mut properties: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for statement in selected.statements.iter().filter(|statement| !statement.value.is_empty()) {
        let is_reference =
            Ontology::builtin().schema(&statement.schema).and_then(|schema| schema.prop(&statement.prop)).is_some_and(|prop| prop.kind == TypeKind::Entity);
        let merged = if is_reference { selection.sight.find_entity(&statement.value) } else { None };
        let value = merged.map_or_else(|| statement.value.clone(), |entity| selection.sight.id(candour_links::NodeNo::of(entity)));
        properties.entry(&statement.prop).or_default().insert(value);
    }
    properties
}
