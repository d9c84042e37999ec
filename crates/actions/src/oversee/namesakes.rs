//! Records that bear the name of somebody who uses the system.

use std::sync::Arc;

use candour_model::{id::EntityNo, ontology::Ontology, types::TypeKind};
use candour_oversight::{Relation, Relations};
use candour_search::Query;
use rustc_hash::FxHashMap;

use super::gather::PersonId;
use crate::{actors::Person, desk::Desk, error::ActionError, world::Sight};

/// From so many records on a name is common, and a relation that rests on it counts half.
const COMMON: usize = 6;
/// From so many on it says nothing at all.
const MEANINGLESS: u64 = 200;

/// One person's name and the records that bear it.
pub(super) struct Namesake {
    pub(super) person: PersonId,
    words: Vec<String>,
    /// One for each cluster: its representative.
    pub(super) records: Vec<EntityNo>,
    pub(super) is_common: bool,
}

/// Those of all people.
pub(super) struct Namesakes {
    pub(super) all: Vec<Namesake>,
    /// By the last word of the name.
    by_word: FxHashMap<String, Vec<usize>>,
}

impl Namesakes {
    pub(super) fn find(desk: &Desk, sight: &Sight<'_>, people: &[Person]) -> Result<Self, ActionError> {
        let mut found = Self { all: Vec::new(), by_word: FxHashMap::default() };
        for person in people {
            let words = words_of(&person.name);
            let Some(last) = words.last().filter(|_| words.len() >= 2).cloned() else { continue };
            let records = records(desk, sight, &words)?;
            let is_common = records.as_ref().is_none_or(|records| records.len() >= COMMON);
            found.by_word.entry(last).or_default().push(found.all.len());
            found.all.push(Namesake { person: Arc::from(person.id.as_str()), words, records: records.unwrap_or_default(), is_common });
        }
        Ok(found)
    }

    /// Whose names a person's query spells out.
    pub(super) fn named_in(&self, actor: &str, query: &str) -> Relations {
        let asked = words_of(query);
        let mut relations = Relations::NONE;
        for place in asked.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            let Some(namesake) = self.all.get(*place) else { continue };
            if namesake.words.iter().all(|word| asked.contains(word)) {
                relations.add(if &*namesake.person == actor { Relation::Own } else { Relation::Colleague }, namesake.is_common);
            }
        }
        relations
    }
}

/// Representatives of the people on record who bear all these words in one name; `None` where too many do.
fn records(desk: &Desk, sight: &Sight<'_>, words: &[String]) -> Result<Option<Vec<EntityNo>>, ActionError> {
    let most = usize::try_from(MEANINGLESS).unwrap_or(usize::MAX);
    let query = Query { schemas: vec!["Person".to_owned()], limit: most, ..Query::new(&words.join(" ")) };
    let (_, found) = desk.ask_index(sight.visible, |index, newest| index.search(&query, newest.visible, newest))?;
    if found.total >= MEANINGLESS {
        return Ok(None);
    }
    let mut records = Vec::new();
    desk.store().read(|reader| -> Result<(), ActionError> {
        for hit in &found.hits {
            let mut bears = false;
            for member in sight.members(hit.entity) {
                reader.rows(member, sight.visible, |row| {
                    let names = reader.names();
                    let prop = names
                        .symbol(row.schema)
                        .and_then(|name| Ontology::builtin().schema(name))
                        .zip(names.symbol(row.prop))
                        .and_then(|(schema, name)| schema.prop(name));
                    if prop.is_some_and(|prop| prop.kind == TypeKind::Name) {
                        let borne = words_of(row.value);
                        bears |= words.iter().all(|word| borne.contains(word));
                    }
                })?;
            }
            if bears {
                records.push(sight.representative(hit.entity));
            }
        }
        Ok(())
    })?;
    records.sort_unstable();
    records.dedup();
    Ok(Some(records))
}

/// The words of a text in small letters; marks between them do not count.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
