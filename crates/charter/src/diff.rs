//! The difference between two charters in words: who gains and who loses what, and which limits move.
//!
//! Rights are compared by what the policies decide and not by how they are written: every role, and every pair of roles, with
//! every action, purpose and marking, with and without a mandate. What such a comparison cannot show (a rule about a single
//! mandate, say) shows in the list of policies that are new, gone or written otherwise.

mod people;
mod rights;
mod trust;

use std::collections::BTreeMap;

use crate::{charter::Charter, files::SCHEMA};

impl Charter {
    /// What changes from this charter to a newer one: sentences, in the order authority, words, rights, limits, policies. Empty
    /// where the texts are the same.
    #[must_use]
    pub fn diff(&self, newer: &Self) -> Vec<String> {
        if self.hash() == newer.hash() {
            return Vec::new();
        }
        let mut lines = trust::authority(self, newer);
        lines.extend(people::words(self, newer));
        lines.extend(rights::rights(self, newer));
        lines.extend(trust::limits(self, newer));
        lines.extend(policies(self, newer));
        if lines.is_empty() {
            lines.push("no right and no limit changes: only remarks, descriptions or layout differ".to_owned());
        }
        if !newer.authority().keeps_mandates_of.iter().any(|hash| hash == self.hash()) {
            lines.push("mandates made under the older charter end; to keep them, name its hash in `keeps_mandates_of`".to_owned());
        }
        lines
    }
}

/// Policies by what they say, and the schema by its text.
fn policies(old: &Charter, new: &Charter) -> Vec<String> {
    let of = |charter: &Charter| -> BTreeMap<String, String> {
        let text = |policy: &cedar_policy::Policy| policy.to_json().map_or_else(|_| policy.to_string(), |json| json.to_string());
        charter.world.policies.set.policies().map(|policy| (policy.id().to_string(), text(policy))).collect()
    };
    let mut lines = changes(&of(old), &of(new), |id, change| match change {
        Change::New(_) => format!("the policy `{id}` is new"),
        Change::Gone => format!("the policy `{id}` is gone"),
        Change::Other(_, _) => format!("the policy `{id}` says something else"),
    });
    let schema = |charter: &Charter| charter.texts().iter().find(|(path, _)| path == SCHEMA).map(|(_, text)| text.clone());
    if schema(old) != schema(new) {
        lines.push("`schema.cedarschema` is written otherwise".to_owned());
    }
    lines
}

/// What becomes of one of two sets of named things.
enum Change<'a, T> {
    New(&'a T),
    Gone,
    Other(&'a T, &'a T),
}

/// A sentence for each name whose thing is not the same in both.
fn changes<T: PartialEq>(old: &BTreeMap<String, T>, new: &BTreeMap<String, T>, say: impl Fn(&str, Change<'_, T>) -> String) -> Vec<String> {
    let mut names: Vec<&String> = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))).collect();
    names.sort();
    let change = |name: &String| match (old.get(name), new.get(name)) {
        (None, Some(new)) => Some(Change::New(new)),
        (Some(_), None) => Some(Change::Gone),
        (Some(old), Some(new)) if old != new => Some(Change::Other(old, new)),
        _ => None,
    };
    names.into_iter().filter_map(|name| change(name).map(|change| say(name, change))).collect()
}

/// `name` becomes `new` (was `old`), where they differ.
fn becomes<T: PartialEq + std::fmt::Display + ?Sized>(what: &str, old: &T, new: &T) -> Option<String> {
    (old != new).then(|| format!("{what} becomes {new} (was {old})"))
}
