//! FollowTheMoney statements as CSV, in the columns and quoting of FollowTheMoney's own writer, each entity closed by its
//! `id` statement, whose value is a checksum over the entity's other statements.

use std::{collections::BTreeMap, io::Write};

use candour_model::{
    ontology::Ontology,
    statement::{Statement, StatementId},
};
use sha1::{Digest as _, Sha1};

use super::{Selection, broken};
use crate::error::ActionError;

const COLUMNS: [&str; 14] = [
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
];

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(out);
    writer.write_record(COLUMNS).map_err(broken)?;
    selection.each(|selected| {
        // One value may be stated by several sources of a dataset; FollowTheMoney knows it once.
        let mut distinct: BTreeMap<(&str, &str, StatementId), &Statement> = BTreeMap::new();
        for statement in selected.statements.iter().filter(|statement| !statement.value.is_empty()) {
            distinct.entry((&statement.prop, &statement.value, statement.id())).or_insert(statement);
        }
        for ((_, _, id), statement) in &distinct {
            let kind = Ontology::builtin().schema(&statement.schema).and_then(|schema| schema.prop(&statement.prop)).map_or("string", |prop| prop.kind.name());
            row(&mut writer, &selected.id, statement, kind, &statement.value, &id.to_string())?;
        }
        let mut ids: Vec<String> = distinct.keys().map(|(_, _, id)| id.to_string()).collect();
        ids.sort();
        let mut digest = Sha1::new_with_prefix(selected.schema.as_bytes());
        ids.iter().for_each(|id| digest.update(id.as_bytes()));
        let checksum = hex::encode(digest.finalize());
        let Some(last) = selected.statements.last() else { return Ok(()) };
        let closing = Statement {
            entity_id: selected.id.clone(),
            schema: selected.schema.to_owned(),
            prop: "id".to_owned(),
            original_value: None,
            lang: None,
            ..last.clone()
        };
        let id = StatementId::of(&closing.dataset, &selected.id, "id", &checksum, None, false).to_string();
        row(&mut writer, &selected.id, &closing, "id", &checksum, &id)
    })?;
    writer.flush().map_err(broken)
}

fn row(writer: &mut csv::Writer<impl Write>, canonical: &str, statement: &Statement, kind: &str, value: &str, id: &str) -> Result<(), ActionError> {
    let record = [
        canonical,
        &statement.entity_id,
        &statement.prop,
        kind,
        &statement.schema,
        value,
        &statement.dataset,
        "",
        statement.lang.as_deref().unwrap_or_default(),
        statement.original_value.as_deref().unwrap_or_default(),
        "f",
        "",
        "",
        id,
    ];
    writer.write_record(record).map_err(broken)
}
