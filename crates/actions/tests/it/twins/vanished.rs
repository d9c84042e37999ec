//! The world in which a record never was, made from the one out of which it went.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::worlds::{Step, Vanishing};

/// Schemata of links with the properties that hold their ends.
const LINKS: [(&str, [&str; 2]); 4] =
    [("Ownership", ["owner", "asset"]), ("Family", ["person", "relative"]), ("Involvement", ["party", "event"]), ("UnknownLink", ["subject", "object"])];
/// Other properties that refer to things.
const REFERENCES: [&str; 3] = ["addressEntity", "place", "about"];

fn ends(entity: &Value) -> Option<[&'static str; 2]> {
    LINKS.iter().find(|(schema, _)| entity["schema"] == *schema).map(|(_, ends)| *ends)
}

fn values<'e>(entity: &'e Value, prop: &str) -> impl Iterator<Item = &'e str> {
    entity["properties"][prop].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// What goes with a record.
pub(super) struct Vanished {
    /// The record, and links that are nothing but links.
    whole: BTreeSet<String>,
    /// What is a link to some sources, and something else to others.
    links: BTreeSet<String>,
}

impl Vanished {
    /// What a record that goes at the step `at` takes with it; nothing where it was not there for those who make it go.
    pub(super) fn of(steps: &[Step]) -> Option<(usize, Vanishing, Self)> {
        let (at, id, how) = steps.iter().enumerate().find_map(|(at, step)| match step {
            Step::Vanish { id, how } => Some((at, *id, *how)),
            _ => None,
        })?;
        let lines: Vec<(&str, &Value)> = steps
            .iter()
            .take(at)
            .filter_map(|step| match step {
                Step::Import { marking, entities, .. } => Some(entities.iter().map(|entity| (*marking, entity))),
                _ => None,
            })
            .flatten()
            .collect();
        lines.iter().find(|(marking, entity)| entity["id"] == id && ["open", "official"].contains(marking))?;
        let mut vanished = Self { whole: BTreeSet::from([id.to_owned()]), links: BTreeSet::new() };
        loop {
            let before = vanished.whole.len() + vanished.links.len();
            for (_, entity) in &lines {
                let own = entity["id"].as_str().unwrap();
                let is_tied = ends(entity).is_some_and(|ends| ends.iter().any(|end| values(entity, end).any(|value| vanished.whole.contains(value))));
                if is_tied && !vanished.whole.contains(own) {
                    let is_link = lines.iter().filter(|(_, other)| other["id"] == own).all(|(_, other)| ends(other).is_some());
                    if is_link {
                        vanished.whole.insert(own.to_owned())
                    } else {
                        vanished.links.insert(own.to_owned())
                    };
                }
            }
            if vanished.whole.len() + vanished.links.len() == before {
                return Some((at, how, vanished));
            }
        }
    }

    /// Whether a word on this record goes.
    pub(super) fn takes(&self, id: &str) -> bool {
        self.whole.contains(id)
    }

    /// What is left of a line; none where nothing is.
    pub(super) fn rest(&self, entity: &Value) -> Option<Value> {
        let own = entity["id"].as_str().unwrap();
        if self.whole.contains(own) || (self.links.contains(own) && ends(entity).is_some()) {
            return None;
        }
        let mut rest = entity.clone();
        let properties = rest["properties"].as_object_mut().unwrap();
        for prop in REFERENCES {
            if let Some(list) = properties.get_mut(prop).and_then(Value::as_array_mut) {
                list.retain(|value| !self.whole.contains(value.as_str().unwrap()));
            }
        }
        // Not removed one by one, which would put the last in the place of what goes: the others stay in their order.
        properties.retain(|_, list| list.as_array().is_none_or(|list| !list.is_empty()));
        (!properties.is_empty()).then_some(rest)
    }

    /// Whether a line speaks of nothing but what goes, though it is not of it: it is in neither world, for an erasure
    /// leaves word that there is such a thing.
    pub(super) fn would_empty(&self, entity: &Value) -> bool {
        let own = entity["id"].as_str().unwrap();
        !(self.whole.contains(own) || (self.links.contains(own) && ends(entity).is_some())) && self.rest(entity).is_none()
    }
}
