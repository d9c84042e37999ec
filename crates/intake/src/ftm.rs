//! FollowTheMoney entities, one JSON object a line.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
};

use candour_model::{
    entity::{Claim, Draft},
    ontology::{Ontology, Schema},
    source::Locator,
    statement::Kind,
    types::{Context, TypeKind},
};
use serde::Deserialize;

use crate::{batch::Batch, error::IntakeError, reject::Reject, signature::Encoding, step::Step, table::decoded};

/// A line longer than this is refused. Bytes.
const LONGEST_LINE: u64 = 64 << 20;

#[derive(Deserialize)]
struct EntityLine {
    id: String,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
}

/// A file of entities that is being read.
#[doc(hidden)]
pub struct FtmReader<'s> {
    step: &'s Step,
    input: Box<dyn BufRead>,
    line: Vec<u8>,
    next: u64,
    bytes: u64,
}

impl<'s> FtmReader<'s> {
    pub(crate) fn open(step: &'s Step, skip: u64) -> Result<Self, IntakeError> {
        if step.signature.encoding == Encoding::Binary {
            return Err(IntakeError::Format {
                path: step.path.clone(),
                what: "holds bytes that no text has, so it is no file of JSON lines".to_owned(),
                remedy: "give FollowTheMoney entities, one JSON object a line".to_owned(),
            });
        }
        let input = Box::new(BufReader::with_capacity(1 << 18, decoded(&step.path, &step.signature)?));
        let mut reader = Self { step, input, line: Vec::new(), next: 0, bytes: 0 };
        while reader.next < skip && reader.read_line()? {}
        Ok(reader)
    }

    pub(crate) fn next_batch(&mut self, claims: usize) -> Result<Batch, IntakeError> {
        let mut batch = Batch::default();
        while batch.claims < claims && batch.rejects.len() < claims {
            if !self.read_line()? {
                batch.done = true;
                break;
            }
            self.take_line(&mut batch);
        }
        batch.next = self.next;
        batch.bytes = self.bytes;
        Ok(batch)
    }

    /// Reads one line; `false` at the end of the file.
    fn read_line(&mut self) -> Result<bool, IntakeError> {
        self.line.clear();
        let read = std::io::Read::take(&mut self.input, LONGEST_LINE).read_until(b'\n', &mut self.line).map_err(IntakeError::file(&self.step.path))?;
        let read = u64::try_from(read).unwrap_or_default();
        if read == LONGEST_LINE {
            return Err(IntakeError::Format {
                path: self.step.path.clone(),
                what: format!("line {} is longer than 64 MiB", self.next + 1),
                remedy: "split that entity, or check that the file has one JSON object a line".to_owned(),
            });
        }
        self.next += u64::from(read > 0);
        self.bytes += read;
        Ok(read > 0)
    }

    fn take_line(&mut self, batch: &mut Batch) {
        let text = String::from_utf8_lossy(&self.line);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let reject =
            |column: &str, reason: String, value: &str, batch: &mut Batch| batch.rejects.push(Reject::new(&self.step.name, self.next, column, reason, value));
        let entity: EntityLine = match serde_json::from_str(text) {
            Ok(entity) => entity,
            Err(error) => {
                let place = error.column();
                let reason = format!(
                    "no FollowTheMoney entity: {error} (character {place} of the line); write {{\"id\", \"schema\", \"properties\"}} as one JSON object"
                );
                return reject("", reason, text, batch);
            }
        };
        let Some(schema) = Ontology::builtin().schema(&entity.schema) else {
            return reject("schema", format!("there is no schema `{}`; see the guide's page on the ontology", entity.schema), text, batch);
        };
        if entity.id.trim().is_empty() {
            return reject("id", "the entity has no id; every entity needs one".to_owned(), text, batch);
        }
        let mut draft = Draft { id: entity.id, schema: schema.no, claims: Vec::new(), marking: None, grade: None, kind: Kind::Fact };
        let locator = Locator::Line(u32::try_from(self.next).unwrap_or(u32::MAX));
        let countries = country_values(schema, &entity.properties);
        let countries: Vec<&str> = countries.iter().map(String::as_str).collect();
        for (name, values) in &entity.properties {
            let Some(prop) = schema.prop(name).filter(|prop| !prop.stub) else {
                reject(name, format!("schema `{}` has no property `{name}`", schema.name), &values.join("; "), batch);
                continue;
            };
            let context = Context { countries: &countries, format: prop.format.as_deref() };
            for raw in values {
                match prop.kind.clean(raw, &context) {
                    Ok(value) => {
                        let original = (value != raw.as_str()).then(|| raw.clone());
                        draft.claims.push(Claim { prop: prop.no, value: value.into_owned(), original, lang: None, locator });
                    }
                    Err(refusal) => reject(name, refusal.to_string(), raw, batch),
                }
            }
        }
        batch.push(draft);
    }
}

fn country_values(schema: &Schema, properties: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let is_country = |name: &str| schema.prop(name).is_some_and(|prop| prop.kind == TypeKind::Country);
    properties.iter().filter(|(name, _)| is_country(name)).flat_map(|(_, values)| values.clone()).collect()
}
