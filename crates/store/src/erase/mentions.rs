//! Recognising what was erased where people wrote it: in questions, reasons and rejects.
//!
//! Only what tells something of the erased counts. A value that others still have, such as a town, says nothing of the
//! one who is gone, and to strike out every question for it would blind those who watch over use.

use candour_model::types::TypeKind;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::StoreError;

/// Shortest text, in characters, that counts as a mention.
const SHORTEST: usize = 4;
/// Shortest run of letters and digits of an identifier that counts wherever it stands.
const SHORTEST_COMPACT: usize = 6;
/// Digits of a telephone number that are the same however it is dialled.
const SUBSCRIBER: usize = 9;

/// What must not be mentioned any more.
#[derive(Clone, Default)]
pub struct Mentions {
    ids: FxHashSet<String>,
    /// Texts as they were, by their words.
    texts: FxHashMap<Vec<String>, Vec<String>>,
    /// Words of names and identifiers.
    words: FxHashSet<String>,
    /// Letters and digits of identifiers.
    compact: FxHashSet<String>,
}

impl std::fmt::Debug for Mentions {
    /// Says how much there is, never what.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mentions of {} ids and {} texts", self.ids.len(), self.texts.len())
    }
}

impl Mentions {
    pub(crate) fn add_id(&mut self, id: &str) {
        if !id.is_empty() {
            self.ids.insert(id.to_owned());
        }
    }

    pub(crate) fn add_text(&mut self, text: &str) {
        if text.chars().count() >= SHORTEST {
            let originals = self.texts.entry(words(text).collect()).or_default();
            if !originals.iter().any(|known| known == text) {
                originals.push(text.to_owned());
            }
        }
    }

    pub(crate) fn add_value(&mut self, text: &str, kind: Option<TypeKind>) {
        if kind == Some(TypeKind::Entity) {
            return;
        }
        self.add_text(text);
        let is_number = matches!(kind, Some(TypeKind::Phone | TypeKind::Identifier | TypeKind::Email | TypeKind::Ip | TypeKind::Checksum | TypeKind::Url));
        if is_number || kind == Some(TypeKind::Name) {
            self.words.extend(words(text).filter(|word| word.chars().count() >= SHORTEST));
        }
        if is_number {
            let mut whole = compact(text);
            if kind == Some(TypeKind::Phone) {
                whole = whole.split_off(whole.len().saturating_sub(SUBSCRIBER));
            }
            if whole.len() >= SHORTEST_COMPACT {
                self.compact.insert(whole);
            }
        }
    }

    /// Drops what statements that are left say as well; returns the provenances of these.
    pub(crate) fn left_alone(&mut self, connection: &Connection) -> Result<FxHashSet<u32>, StoreError> {
        let mut left = FxHashSet::default();
        let mut query = connection.prepare("SELECT provenance, value, original FROM statement")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            left.insert(row.get(0)?);
            for column in [1, 2] {
                let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                text.into_iter().for_each(|text| self.spare(text));
            }
        }
        Ok(left)
    }

    fn spare(&mut self, text: &str) {
        if self.words.is_empty() && self.texts.is_empty() && self.compact.is_empty() {
            return;
        }
        let all: Vec<String> = words(text).collect();
        all.iter().for_each(|word| {
            self.words.remove(word);
        });
        self.texts.remove(&all);
        if !self.compact.is_empty() && text.len() < 64 {
            let whole = compact(text);
            self.compact.retain(|known| !whole.ends_with(known.as_str()));
        }
    }

    /// Whether a text mentions anything erased.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        if self.ids.iter().any(|id| stands_in(id, text)) {
            return true;
        }
        let all: Vec<String> = words(text).collect();
        if all.iter().any(|word| self.words.contains(word))
            || self.texts.keys().any(|known| !known.is_empty() && all.windows(known.len()).any(|run| run == known.as_slice()))
        {
            return true;
        }
        let whole = compact(text);
        self.compact.iter().any(|known| whole.contains(known.as_str()))
    }

    /// Whether any of these ids was erased: quick, for long lists of them.
    #[must_use]
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The texts and ids whose bytes must be nowhere any more; very short ones are left out.
    #[must_use]
    pub fn bytes(&self) -> Vec<&str> {
        self.ids.iter().chain(self.texts.values().flatten()).map(String::as_str).filter(|text| text.len() >= SHORTEST_COMPACT).collect()
    }
}

/// Whether an id stands in a text by itself, rather than as a part of another.
fn stands_in(id: &str, text: &str) -> bool {
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    text.match_indices(id).any(|(start, found)| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(start + found.len()..).and_then(|after| after.chars().next());
        !goes_on(before) && !goes_on(after)
    })
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn compact(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn erased() -> Mentions {
        let mut mentions = Mentions::default();
        mentions.add_id("rec-1");
        mentions.add_value("Quentin Zorblatt", Some(TypeKind::Name));
        mentions.add_value("+441632960001", Some(TypeKind::Phone));
        mentions.add_value("seen with a grey van", Some(TypeKind::Text));
        mentions.add_value("Mere", Some(TypeKind::Text));
        mentions.spare("Mere");
        mentions.spare("Quentin Miller");
        mentions
    }

    #[test]
    fn what_tells_of_the_erased_is_recognised() {
        for (text, expected) in [
            ("rec-1", true),
            ("ids rec-1 and others", true),
            ("rec-1.phone.phone:x", true),
            ("rec-10", false),
            ("a-rec-1", false),
            ("quentin ZORBLATT", true),
            ("zorblatt*", true),
            ("Zorblatt, Q.", true),
            ("quentin", false),
            ("01632 960001", true),
            ("+44 1632 960 001", true),
            ("960001", false),
            ("he was seen with a grey van there", true),
            ("a grey van", false),
            ("Mere", false),
            ("", false),
        ] {
            assert_eq!(erased().are_in(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_gone_is_not_printed() {
        assert_eq!(format!("{:?}", erased()), "Mentions of 1 ids and 3 texts");
    }
}
