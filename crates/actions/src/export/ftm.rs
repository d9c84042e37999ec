//! FollowTheMoney entities, one JSON object a line. Records merged into an entity are listed as `referents`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use serde::Serialize;

use super::{Selection, broken};
use crate::error::ActionError;

#[derive(Serialize)]
struct Entity<'e> {
    id: &'e str,
    schema: &'e str,
    properties: BTreeMap<&'e str, BTreeSet<String>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    referents: &'e [String],
}

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    selection.each(|selected| {
        let entity = Entity { id: &selected.id, schema: selected.schema, properties: selection.properties(&selected.statements), referents: selected.merged() };
        serde_json::to_writer(&mut *out, &entity).map_err(broken)?;
        out.write_all(b"\n").map_err(broken)
    })
}
