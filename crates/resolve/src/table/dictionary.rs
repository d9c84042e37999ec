//! Distinct texts and their numbers.

use std::hash::{BuildHasher as _, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// No value.
pub(crate) const NONE: u32 = u32::MAX;

/// Distinct texts, numbered in the order in which they were first met.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    texts: String,
    ends: Vec<usize>,
    index: HashTable<u32>,
    /// Texts that stay (see [`settle`](Self::settle)).
    settled: usize,
}

impl Dictionary {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a code; empty for one that there is not.
    pub(crate) fn text(&self, code: u32) -> &str {
        text(&self.texts, &self.ends, code)
    }

    /// The code of a text, a new one where it was not met before.
    pub(crate) fn intern(&mut self, value: &str) -> u32 {
        let Self { texts, ends, index, .. } = self;
        let entry = index.entry(hash(value), |code| text(texts, ends, *code) == value, |code| hash(text(texts, ends, *code)));
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => *known.get(),
            hashbrown::hash_table::Entry::Vacant(free) => {
                let code = u32::try_from(ends.len()).unwrap_or(NONE);
                free.insert(code);
                texts.push_str(value);
                ends.push(texts.len());
                code
            }
        }
    }

    /// Adds a text under the next code, whether or not it is known.
    pub(crate) fn append(&mut self, value: &str) {
        self.texts.push_str(value);
        self.ends.push(self.texts.len());
    }

    pub(crate) fn find(&self, value: &str) -> Option<u32> {
        self.index.find(hash(value), |code| self.text(*code) == value).copied()
    }

    /// All texts, in order of their codes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..u32::try_from(self.len()).unwrap_or(NONE)).map(|code| self.text(code))
    }

    /// The same texts under other codes: `order` lists the old ones in order of the new. They cannot be looked up.
    pub(crate) fn reordered(&self, order: &[u32]) -> Self {
        let mut sorted = Self { texts: String::with_capacity(self.texts.len()), ends: Vec::with_capacity(order.len()), index: HashTable::new(), settled: 0 };
        for code in order {
            sorted.append(self.text(*code));
        }
        sorted
    }

    /// Makes texts that were only appended findable.
    pub(crate) fn find_by_hash(&mut self) {
        let mut index = HashTable::with_capacity(self.len());
        for code in 0..u32::try_from(self.len()).unwrap_or(NONE) {
            index.insert_unique(hash(self.text(code)), code, |code| hash(self.text(*code)));
        }
        self.index = index;
    }

    /// Keeps the texts that came since the last time, or forgets them.
    pub(crate) fn settle(&mut self, keep: bool) {
        if keep {
            self.settled = self.len();
        }
        while let Some(code) = self.len().checked_sub(1).filter(|last| *last >= self.settled).and_then(|last| u32::try_from(last).ok()) {
            if let Ok(known) = self.index.find_entry(hash(self.text(code)), |known| *known == code) {
                known.remove();
            }
            self.ends.pop();
            self.texts.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }

    /// Makes room for a quarter more, so that adding rarely waits for the table to grow.
    pub(crate) fn make_room(&mut self) {
        self.settle(true);
        let Self { texts, ends, index, .. } = self;
        index.reserve(index.len() / 4 + 1024, |code| hash(text(texts, ends, *code)));
    }

    /// Gives up looking texts up, and the room that this takes.
    pub(crate) fn seal(&mut self) {
        self.index = HashTable::new();
        self.texts.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn text<'t>(texts: &'t str, ends: &[usize], code: u32) -> &'t str {
    let place = code as usize;
    let start = place.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied());
    match (start, ends.get(place)) {
        (Some(start), Some(end)) => texts.get(start..*end).unwrap_or_default(),
        _ => "",
    }
}

fn hash(value: &str) -> u64 {
    // The multiplication that mixes the low bits upwards leaves them poor; the table takes the high seven for its tags.
    BuildHasherDefault::<FxHasher>::default().hash_one(value)
}
