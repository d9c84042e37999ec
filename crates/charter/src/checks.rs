//! What is checked of `charter.toml`, each fault with its line and what to do next.

mod law;
mod people;
mod trust;

use std::collections::BTreeSet;

use toml::Spanned;

use crate::{
    error::CharterError,
    files::RULES,
    place::{fault, line},
    words::is_plain,
};

/// The checks, over the text that they point into.
pub(crate) struct Check<'a> {
    pub(crate) text: &'a str,
}

impl Check<'_> {
    /// The line of a byte offset.
    pub(crate) fn line(&self, offset: usize) -> usize {
        line(self.text, offset)
    }

    fn fail<T>(&self, offset: usize, what: impl Into<String>, remedy: impl Into<String>) -> Result<T, CharterError> {
        Err(fault(RULES, self.text, offset, what, remedy))
    }

    fn not_blank(&self, offset: usize, what: &str, value: &str) -> Result<(), CharterError> {
        if value.trim().is_empty() {
            return self.fail(offset, format!("{what} is empty"), "write it down; people read it");
        }
        Ok(())
    }

    /// Ids go into headers, commands and policies, so they are plain words.
    fn id(&self, offset: usize, kind: &str, id: &str) -> Result<(), CharterError> {
        if !is_plain(id) {
            return self.fail(offset, format!("`{id}` is no id of a {kind}"), "use at most 64 lower-case letters, digits and hyphens, a letter first");
        }
        Ok(())
    }

    /// Ids that are plain words and all different; there may be none.
    fn distinct<'i>(&self, kind: &str, ids: impl Iterator<Item = (usize, &'i str)>) -> Result<BTreeSet<&'i str>, CharterError> {
        let mut seen = BTreeSet::new();
        for (offset, id) in ids {
            self.id(offset, kind, id)?;
            if !seen.insert(id) {
                return self.fail(offset, format!("the {kind} `{id}` is declared twice"), "remove one of the two or give it another id");
            }
        }
        Ok(seen)
    }

    /// The same where at least one must be declared.
    fn ids<'i>(&self, kind: &str, ids: impl Iterator<Item = (usize, &'i str)>) -> Result<BTreeSet<&'i str>, CharterError> {
        let seen = self.distinct(kind, ids)?;
        if seen.is_empty() {
            return self.fail(self.text.len(), format!("no {kind} is declared"), format!("add at least one `[[{kind}s]]`"));
        }
        Ok(seen)
    }

    /// A number within bounds.
    fn within(&self, offset: usize, name: &str, value: u32, bounds: std::ops::RangeInclusive<u32>) -> Result<(), CharterError> {
        if bounds.contains(&value) {
            return Ok(());
        }
        self.fail(offset, format!("`{name}` is {value}"), format!("use a number from {} to {}", bounds.start(), bounds.end()))
    }
}

/// Ids in backticks, with commas.
pub(crate) fn quoted(ids: &BTreeSet<&str>) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

/// Where each of them begins, with its id.
fn starts<'s, T>(spanned: &'s [Spanned<T>], id: impl Fn(&'s T) -> &'s str) -> impl Iterator<Item = (usize, &'s str)> {
    spanned.iter().map(move |one| (one.span().start, id(one.get_ref())))
}
