//! Distinct texts and their numbers.

use std::hash::{BuildHasher as _, BuildHasherDefault};

use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxHasher;

/// No value.
pub(crate) const NONE: u32 = u32::MAX;

/// Distinct texts, numbered in the order in which they were first met.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    texts: String,
    ends: Vec<usize>,
    /// Codes, each beside half of its text's hash, so that most texts that differ are told apart without being read.
    index: HashTable<(u32, u32)>,
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
        let mark = mark(value);
        let entry = index.entry(spread(mark), |(code, known)| *known == mark && text(texts, ends, *code) == value, |(_, mark)| spread(*mark));
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => known.get().0,
            hashbrown::hash_table::Entry::Vacant(free) => {
                let code = u32::try_from(ends.len()).unwrap_or(NONE);
                free.insert((code, mark));
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
        let mark = mark(value);
        self.index.find(spread(mark), |(code, known)| *known == mark && self.text(*code) == value).map(|(code, _)| *code)
    }

    /// By code, the place of its text in the alphabet.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..u32::try_from(self.len()).unwrap_or(NONE)).collect();
        order.par_sort_unstable_by(|one, other| self.text(*one).cmp(self.text(*other)));
        let mut ranks = vec![0; order.len()];
        for (rank, code) in (0_u32..).zip(order) {
            if let Some(slot) = ranks.get_mut(code as usize) {
                *slot = rank;
            }
        }
        ranks
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
            let mark = mark(self.text(code));
            index.insert_unique(spread(mark), (code, mark), |(_, mark)| spread(*mark));
        }
        self.index = index;
    }

    /// Keeps the texts that came since the last time, or forgets them.
    pub(crate) fn settle(&mut self, keep: bool) {
        if keep {
            self.settled = self.len();
        }
        while let Some(code) = self.len().checked_sub(1).filter(|last| *last >= self.settled).and_then(|last| u32::try_from(last).ok()) {
            if let Ok(known) = self.index.find_entry(spread(mark(self.text(code))), |(known, _)| *known == code) {
                known.remove();
            }
            self.ends.pop();
            self.texts.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }

    /// Makes room for a quarter more, so that adding rarely waits for the table to grow.
    pub(crate) fn make_room(&mut self) {
        self.settle(true);
        let more = self.index.len() / 4 + 1024;
        self.index.reserve(more, |(_, mark)| spread(*mark));
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

/// Half of a text's hash.
fn mark(value: &str) -> u32 {
    (BuildHasherDefault::<FxHasher>::default().hash_one(value) >> 32) as u32
}

/// A hash from half of one: the table takes its tags from the high bits and its places from the low ones.
fn spread(mark: u32) -> u64 {
    u64::from(mark).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
