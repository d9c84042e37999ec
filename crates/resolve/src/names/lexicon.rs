//! The word lists, made ready to be asked by a word's hash.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    forms::{FORMS, Sort},
    general_words, given_names, titles,
};
use crate::nicknames;

/// What a word is within a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A word that tells.
    Name,
    /// A forename that many bear.
    Common,
    /// A word that many organisations have.
    General,
    /// A country, region or city within an organisation's name.
    Place,
    /// A small word that may as well be missing.
    Particle,
    /// What stands before the father's name.
    ChildOf,
    /// Half of a name (`abd`, `abu`).
    Half,
    /// A form of address.
    Title,
    /// One letter.
    Initial,
    /// A number, in digits, words or Roman numerals.
    Number,
}

/// What is known of a word.
#[derive(Debug)]
pub(super) struct Word {
    text: &'static str,
    /// Its class in a person's name.
    pub(super) person: Class,
    /// Its class in an organisation's name.
    pub(super) organisation: Class,
    /// The number it stands for in a person's name.
    pub(super) suffix: Option<&'static str>,
    /// The number it stands for elsewhere.
    pub(super) number: Option<&'static str>,
    spellings: SmallVec<[u16; 2]>,
    diminutives: SmallVec<[u16; 4]>,
}

impl Word {
    fn new(text: &'static str) -> Self {
        Self { text, person: Class::Name, organisation: Class::Name, suffix: None, number: None, spellings: SmallVec::new(), diminutives: SmallVec::new() }
    }

    /// Whether both are one name, spelt by other rules or in another language.
    pub(super) fn spells(&self, other: &Self) -> bool {
        self.spellings.iter().any(|row| other.spellings.contains(row))
    }

    /// Whether one is short for the other, or both for a third.
    pub(super) fn shortens(&self, other: &Self) -> bool {
        self.diminutives.iter().any(|row| other.diminutives.contains(row))
    }
}

/// A legal form, by its first word.
#[derive(Debug)]
pub(super) struct FormEntry {
    /// The other words of it.
    pub(super) rest: SmallVec<[u64; 4]>,
    /// Number of the form; equal forms have one number.
    pub(super) form: u8,
}

static WORDS: LazyLock<FxHashMap<u64, Word>> = LazyLock::new(words);
static FORMS_BY_WORD: LazyLock<FxHashMap<u64, Vec<FormEntry>>> = LazyLock::new(forms);
static FORM_NAMES: LazyLock<Vec<(&'static str, Sort)>> = LazyLock::new(form_names);

/// What is known of a word of this hash, if anything is.
pub(super) fn word(hash: u64, text: &[u8]) -> Option<&'static Word> {
    WORDS.get(&hash).filter(|word| word.text.as_bytes() == text)
}

/// Legal forms that begin with a word of this hash, those of most words first.
pub(super) fn forms_from(hash: u64) -> &'static [FormEntry] {
    FORMS_BY_WORD.get(&hash).map_or(&[], Vec::as_slice)
}

/// A form's abbreviation and sort.
pub(super) fn form(number: u8) -> Option<(&'static str, Sort)> {
    FORM_NAMES.get(usize::from(number)).copied()
}

/// A hash of a word: eight bytes at a time, multiplied and folded.
pub(super) fn hash(word: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = word.len() as u64;
    let mut chunks = word.chunks_exact(8);
    for chunk in &mut chunks {
        let value = chunk.try_into().map_or(0, u64::from_le_bytes);
        hash = (hash ^ value).wrapping_mul(MULTIPLIER);
        hash ^= hash >> 29;
    }
    let tail = chunks.remainder().iter().fold(0_u64, |tail, byte| tail << 8 | u64::from(*byte));
    hash = (hash ^ tail).wrapping_mul(MULTIPLIER);
    hash ^ hash >> 32
}

fn words() -> FxHashMap<u64, Word> {
    let mut words: FxHashMap<u64, Word> = FxHashMap::default();
    let mut of = |text: &'static str, change: &mut dyn FnMut(&mut Word)| {
        change(words.entry(hash(text.as_bytes())).or_insert_with(|| Word::new(text)));
    };
    for (row, number) in given_names::SPELLINGS.iter().zip(0..) {
        for text in *row {
            of(text, &mut |word| {
                word.person = Class::Common;
                word.spellings.push(number);
            });
        }
    }
    for (row, number) in nicknames::ROWS.iter().chain(given_names::DIMINUTIVES).zip(0..) {
        for text in *row {
            of(text, &mut |word| {
                word.person = Class::Common;
                word.diminutives.push(number);
            });
        }
    }
    let classes: [(&[&'static str], Class); 5] = [
        (given_names::COMMON, Class::Common),
        (titles::TITLES, Class::Title),
        (titles::PARTICLES, Class::Particle),
        (titles::HALVES, Class::Half),
        (titles::CHILD_OF, Class::ChildOf),
    ];
    for (list, class) in classes {
        for text in list {
            of(text, &mut |word| word.person = class);
        }
    }
    for (list, class) in [(general_words::GENERAL, Class::General), (general_words::PLACES, Class::Place), (general_words::SMALL, Class::Particle)] {
        for text in list {
            of(text, &mut |word| word.organisation = class);
        }
    }
    for (text, number) in titles::SUFFIXES {
        of(text, &mut |word| word.suffix = Some(number));
    }
    for (text, number) in general_words::NUMBERS {
        of(text, &mut |word| word.number = Some(number));
    }
    words
}

fn form_names() -> Vec<(&'static str, Sort)> {
    let mut names: Vec<(&'static str, Sort)> = Vec::new();
    for (_, name, sort) in FORMS {
        if !names.iter().any(|(known, _)| known == name) {
            names.push((name, *sort));
        }
    }
    names
}

fn forms() -> FxHashMap<u64, Vec<FormEntry>> {
    let mut forms: FxHashMap<u64, Vec<FormEntry>> = FxHashMap::default();
    for (text, name, _) in FORMS {
        let mut words = text.split(' ').map(|word| hash(word.as_bytes()));
        let number = FORM_NAMES.iter().position(|(known, _)| known == name).and_then(|at| u8::try_from(at).ok());
        if let (Some(first), Some(form)) = (words.next(), number) {
            forms.entry(first).or_default().push(FormEntry { rest: words.collect(), form });
        }
    }
    for entries in forms.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_tell_the_words_apart() {
        for list in [titles::TITLES, titles::PARTICLES, general_words::GENERAL, general_words::PLACES] {
            for text in list {
                assert!(word(hash(text.as_bytes()), text.as_bytes()).is_some(), "{text}");
            }
        }
        assert!(FORM_NAMES.len() <= 64);
        assert!(word(hash(b"harbour"), b"harbour").is_none());
    }

    #[test]
    fn names_meet_in_rows() {
        let check = |left: &str, right: &str, spells: bool, shortens: bool| {
            let known = |text: &str| word(hash(text.as_bytes()), text.as_bytes()).unwrap();
            assert_eq!((known(left).spells(known(right)), known(left).shortens(known(right))), (spells, shortens), "{left} {right}");
        };
        check("john", "juan", true, false);
        check("ted", "theodore", false, true);
        check("sergey", "serhii", true, false);
        check("boris", "benjamin", false, false);
    }
}
