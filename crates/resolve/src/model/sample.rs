//! Candidate pairs counted by what they are found to be: what the model learns from.

use rustc_hash::FxHashMap;

use crate::{model::cells::Found, number::whole};

/// Fields of a table at most.
pub(crate) const MOST_FIELDS: usize = 24;
/// Bits of rarity in one class.
const CLASS: f32 = 2.0;
/// Rarity is summed in whole numbers of this share of a bit, so that the order of summing changes nothing.
const UNIT: f64 = 1_048_576.0;

/// What pairs are found to be, with about the same rarity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Key {
    cells: [u8; MOST_FIELDS],
    rare: i16,
    shared: i16,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    pairs: u64,
    rare: i64,
    shared: i64,
}

/// Pairs counted.
#[derive(Debug, Default)]
pub(crate) struct Patterns(FxHashMap<Key, Sum>);

/// Pairs that are found to be the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pattern {
    pub(crate) cells: [u8; MOST_FIELDS],
    pub(crate) pairs: f64,
    /// Mean bits of the rarity of what they share.
    pub(crate) rare: f64,
    /// Of that, what households share.
    pub(crate) shared: f64,
}

impl Patterns {
    pub(crate) fn add(&mut self, found: impl Iterator<Item = Found>) {
        let mut cells = [0; MOST_FIELDS];
        let (mut rare, mut shared) = (0.0, 0.0);
        for (cell, found) in cells.iter_mut().zip(found) {
            *cell = found.cell;
            rare += found.rare;
            shared += found.rare_shared;
        }
        let class = |bits: f32| i16::try_from(whole(f64::from(bits / CLASS))).unwrap_or(i16::MAX);
        let sum = self.0.entry(Key { cells, rare: class(rare), shared: class(shared) }).or_default();
        sum.pairs += 1;
        sum.rare += whole(f64::from(rare) * UNIT);
        sum.shared += whole(f64::from(shared) * UNIT);
    }

    pub(crate) fn merge(mut self, other: Self) -> Self {
        if self.0.len() < other.0.len() {
            return other.merge(self);
        }
        for (key, sum) in other.0 {
            let into = self.0.entry(key).or_default();
            into.pairs += sum.pairs;
            into.rare += sum.rare;
            into.shared += sum.shared;
        }
        self
    }

    /// In an order that depends on nothing but what they are.
    pub(crate) fn sorted(self) -> Vec<Pattern> {
        let mut all: Vec<(Key, Sum)> = self.0.into_iter().collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all.into_iter()
            .map(|(key, sum)| {
                let pairs = sum.pairs as f64;
                Pattern { cells: key.cells, pairs, rare: sum.rare as f64 / UNIT / pairs, shared: sum.shared as f64 / UNIT / pairs }
            })
            .collect()
    }
}
