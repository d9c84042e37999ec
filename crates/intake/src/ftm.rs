//! FollowTheMoney entities, one JSON object a line.

mod line;

use std::{
    io::{BufRead as _, BufReader, Read as _},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use candour_model::{
    entity::{Claim, Draft},
    grade::NotAGrade,
    ontology::{Ontology, Property, Schema},
    source::Locator,
    statement::Kind,
    types::{Context, TypeKind},
};
use smallvec::SmallVec;

use self::line::{EntityLine, Value};
use crate::{batch::Batch, bytes::Text, error::IntakeError, mapping, reject::Reject, signature::Encoding, step::Step, text, validity};

/// A longer line is refused, so that memory stays bounded. Bytes of UTF-8.
const LONGEST_LINE: u64 = 64 << 20;

/// A file of entities that is being read.
#[doc(hidden)]
pub struct FtmReader<'s> {
    step: &'s Step,
    input: BufReader<Text>,
    line: Vec<u8>,
    next: u64,
    consumed: Arc<AtomicU64>,
}

/// What became of a line.
enum Taken {
    Line,
    /// It is too long and was passed over.
    TooLong,
    End,
}

impl<'s> FtmReader<'s> {
    pub(crate) fn open(step: &'s Step, skip: u64) -> Result<Self, IntakeError> {
        let remedy = || "give FollowTheMoney entities, one JSON object a line".to_owned();
        if step.signature.encoding == Encoding::Binary {
            let what = "holds bytes that no text has, so it is no file of JSON lines".to_owned();
            return Err(IntakeError::Format { path: step.path.clone(), what, remedy: remedy() });
        }
        let text = Text::open(&step.path, &step.signature, None)?;
        let consumed = text.counter();
        let mut reader = Self { step, input: text.buffered(), line: Vec::new(), next: 0, consumed };
        let head = reader.input.fill_buf().map_err(IntakeError::file(&step.path))?.trim_ascii_start();
        let what = match head {
            [b'[', ..] => Some("is one JSON array, not JSON lines"),
            [b'{', b'\n' | b'\r', ..] => Some("holds JSON objects that run over several lines"),
            _ => None,
        };
        if let Some(what) = what {
            let remedy = format!("{}; `jq -c '.[]?' FILE` makes such lines of an array, `jq -c . FILE` of objects", remedy());
            return Err(IntakeError::Format { path: step.path.clone(), what: what.to_owned(), remedy });
        }
        while reader.next < skip && !matches!(reader.read_line()?, Taken::End) {}
        Ok(reader)
    }

    pub(crate) fn next_batch(&mut self, claims: usize) -> Result<Batch, IntakeError> {
        let mut batch = Batch::default();
        while !batch.is_full(claims) {
            let before = batch.extent();
            match self.read_line()? {
                Taken::End => {
                    batch.done = true;
                    break;
                }
                Taken::TooLong => {
                    let reason = "the line is longer than 64 MiB; split that entity, or check that the file has one JSON object a line".to_owned();
                    self.reject(&mut batch, "", reason, &String::from_utf8_lossy(&self.line));
                }
                Taken::Line => self.take_line(&mut batch),
            }
            batch.filtered += u64::from(batch.extent() == before);
        }
        batch.next = self.next;
        batch.bytes = self.consumed.load(Ordering::Relaxed);
        Ok(batch)
    }

    fn read_line(&mut self) -> Result<Taken, IntakeError> {
        self.line.clear();
        let file = IntakeError::file(&self.step.path);
        let read = (&mut self.input).take(LONGEST_LINE).read_until(b'\n', &mut self.line).map_err(file)?;
        if read == 0 {
            return Ok(Taken::End);
        }
        self.next += 1;
        if !u64::try_from(read).is_ok_and(|read| read == LONGEST_LINE) || self.line.ends_with(b"\n") {
            return Ok(Taken::Line);
        }
        self.line.truncate(1 << 10);
        self.input.skip_until(b'\n').map_err(IntakeError::file(&self.step.path))?;
        Ok(Taken::TooLong)
    }

    fn reject(&self, batch: &mut Batch, column: &str, reason: String, value: &str) {
        batch.rejects.push(Reject::new(&self.step.name, self.next, column, reason, value));
    }

    fn take_line(&self, batch: &mut Batch) {
        let Ok(text) = std::str::from_utf8(&self.line) else {
            return self.reject(batch, "", "the line is no UTF-8; the file has changed while it was read".to_owned(), &String::from_utf8_lossy(&self.line));
        };
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let entity: EntityLine<'_> = match serde_json::from_str(text) {
            Ok(entity) => entity,
            Err(error) => return self.reject(batch, "", line::complaint(&error), text),
        };
        let Some(schema) = Ontology::builtin().schema(&entity.schema) else {
            return self.reject(batch, "schema", format!("there is no schema `{}`; see the guide's page on the ontology", entity.schema), text);
        };
        if schema.is_abstract {
            return self.reject(batch, "schema", format!("schema `{}` is only a root for others; use one that extends it", schema.name), text);
        }
        let id = match mapping::named(&entity.id) {
            Ok(id) => id,
            Err(reason) => return self.reject(batch, "id", reason, &entity.id),
        };
        let mut draft = Draft {
            id,
            schema: schema.no,
            claims: Vec::with_capacity(entity.properties.len()),
            marking: None,
            grade: None,
            kind: Kind::Fact,
            valid_from: None,
            valid_to: None,
        };
        if let Err((column, reason, value)) = self.take_settings(&entity, &mut draft) {
            return self.reject(batch, column, reason, value);
        }
        let rejected = batch.rejects.len();
        self.take_properties(schema, &entity, &mut draft, batch);
        // An entity with no properties is said to exist; one whose every property was refused is not.
        if !draft.claims.is_empty() || batch.rejects.len() == rejected {
            batch.push(draft);
        }
    }

    /// What the line says of all its statements. A line whose setting is wrong is refused whole: stored under another
    /// marking it would be seen by others than it may.
    fn take_settings<'e>(&self, entity: &'e EntityLine<'_>, draft: &mut Draft) -> Result<(), (&'static str, String, &'e str)> {
        if let Some(marking) = &entity.marking {
            if let Some(known) = self.step.markings.as_deref().filter(|known| !known.contains(marking.as_ref())) {
                let declared: Vec<&str> = known.iter().map(String::as_str).collect();
                return Err(("marking", format!("there is no marking `{marking}`; the charter declares {}", declared.join(", ")), marking));
            }
            draft.marking = Some(marking.clone().into_owned());
        }
        if let Some(grade) = &entity.grade {
            draft.grade = Some(grade.parse().map_err(|error: NotAGrade| ("grade", error.to_string(), grade.as_ref()))?);
        }
        if let Some(kind) = &entity.kind {
            draft.kind = mapping::kind_of(kind).map_err(|reason| ("kind", reason, kind.as_ref()))?;
        }
        if let Some(from) = &entity.valid_from {
            draft.valid_from = Some(validity::date(from, None).map_err(|reason| ("valid_from", reason, from.as_ref()))?);
        }
        if let Some(to) = &entity.valid_to {
            let checked = validity::date(to, None).and_then(|date| validity::check_order(draft.valid_from.as_deref(), Some(&date)).map(|()| date));
            draft.valid_to = Some(checked.map_err(|reason| ("valid_to", reason, to.as_ref()))?);
        }
        Ok(())
    }

    fn take_properties(&self, schema: &Schema, entity: &EntityLine<'_>, draft: &mut Draft, batch: &mut Batch) {
        let mut countries: SmallVec<[&str; 2]> = SmallVec::new();
        for (name, values) in &entity.properties {
            if schema.prop(name).is_some_and(|prop| prop.kind == TypeKind::Country) {
                countries.extend(values.iter().filter_map(Value::text));
            }
        }
        for (name, values) in &entity.properties {
            let Some(prop) = schema.prop(name).filter(|prop| !prop.stub) else {
                let shown: Vec<&str> = values.iter().filter_map(Value::text).collect();
                self.reject(
                    batch,
                    name,
                    format!("schema `{}` has no property `{name}` that can be set; see the guide's page on the ontology", schema.name),
                    &shown.join("; "),
                );
                continue;
            };
            let context = Context { countries: &countries, format: prop.format.as_deref() };
            for value in values {
                let raw = match value {
                    Value::Text(raw) => raw.as_ref(),
                    Value::Nothing => continue,
                    Value::Nested => {
                        self.reject(
                            batch,
                            name,
                            "the value is an entity inside the entity; write its id here and the entity on a line of its own".to_owned(),
                            "",
                        );
                        continue;
                    }
                    Value::Wrong(what) => {
                        self.reject(batch, name, format!("the value is {what}; write it as a text in quotes"), "");
                        continue;
                    }
                };
                match take_value(prop, raw, &context) {
                    Ok(value) => {
                        let original = (value != raw).then(|| raw.to_owned());
                        let locator = Locator::Line(u32::try_from(self.next).unwrap_or(u32::MAX));
                        draft.claims.push(Claim { prop: prop.no, value, original, lang: None, locator });
                    }
                    Err(reason) => self.reject(batch, name, reason, raw),
                }
            }
        }
    }
}

fn take_value(prop: &Property, raw: &str, context: &Context<'_>) -> Result<String, String> {
    // FollowTheMoney does not hold long texts to the length of their type, so only the limit of a document counts.
    let longest = if matches!(prop.kind, TypeKind::Text | TypeKind::Html) { text::LARGEST } else { prop.max_length };
    let check = |value: &str| {
        if value.len() <= longest || value.chars().count() <= longest {
            return Ok(());
        }
        Err(format!("the value has {} characters and `{}` takes {longest}; split it, or keep it in a document of its own", value.chars().count(), prop.name))
    };
    if raw.len() / 64 > longest {
        check(raw)?;
    }
    let value = prop.kind.clean(raw, context).map_err(|refusal| refusal.to_string())?;
    check(&value)?;
    Ok(value.into_owned())
}
