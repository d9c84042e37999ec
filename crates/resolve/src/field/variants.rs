//! The variants of a field of all records, while they are made.

use rustc_hash::FxHashMap;

use crate::table::{Column, Dictionary, NONE};

/// Atoms of the first variant of each record, atom by atom, and those of further variants.
#[derive(Debug)]
pub(crate) struct Variants {
    pub(crate) first: Vec<Vec<u32>>,
    /// Record and atoms, in the order of records.
    pub(crate) more: Vec<(u32, Vec<u32>)>,
}

impl Variants {
    /// For so many records and atoms.
    pub(crate) fn new(rows: usize, atoms: usize) -> Self {
        Self { first: (0..atoms).map(|_| Vec::with_capacity(rows)).collect(), more: Vec::new() }
    }

    /// Adds the variants of the next record.
    pub(crate) fn push(&mut self, variants: &[impl AsRef<[u32]>]) {
        let row = u32::try_from(self.first.first().map_or(0, Vec::len)).unwrap_or(NONE);
        self.push_one(variants.first().map(AsRef::as_ref).unwrap_or_default());
        self.more.extend(variants.iter().skip(1).map(|variant| (row, variant.as_ref().to_vec())));
    }

    /// Adds the only variant of the next record.
    pub(crate) fn push_one(&mut self, variant: &[u32]) {
        for (place, atom) in self.first.iter_mut().enumerate() {
            atom.push(variant.get(place).copied().unwrap_or(NONE));
        }
    }
}

/// What is made of each distinct value of a column.
pub(crate) fn derive(column: &Column, make: impl FnMut(&str) -> u32) -> Vec<u32> {
    column.dictionary.iter().map(make).collect()
}

/// A code for each text of a dictionary, by what is made of it.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    codes: Vec<u32>,
    /// What was made; empty once sealed.
    made: Dictionary,
}

impl Keys {
    /// Adds what is made of the next text; nothing, where it is empty.
    pub(crate) fn push(&mut self, made: &str) {
        self.codes.push(if made.is_empty() { NONE } else { self.made.intern(made) });
    }

    /// The code of what was made of a text; [`NONE`] for none.
    #[inline]
    pub(crate) fn of(&self, text: u32) -> u32 {
        code(&self.codes, text)
    }

    /// Keeps what came since the last time, or forgets it; `texts` are left.
    pub(crate) fn settle(&mut self, keep: bool, texts: usize) {
        self.codes.truncate(texts);
        self.made.settle(keep);
    }

    /// Gives up adding texts, and the room that this takes.
    pub(crate) fn seal(&mut self) {
        self.made = Dictionary::default();
    }
}

/// Codes of pairs of codes.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    codes: FxHashMap<u64, u32>,
    /// Pairs that came since they were last settled, once they have been.
    fresh: Option<Vec<u64>>,
}

impl Pairs {
    /// The code of a pair; [`NONE`] where either is.
    pub(crate) fn of(&mut self, one: u32, other: u32) -> u32 {
        if one == NONE || other == NONE {
            return NONE;
        }
        let next = u32::try_from(self.codes.len()).unwrap_or(NONE);
        let pair = u64::from(one) << 32 | u64::from(other);
        let code = *self.codes.entry(pair).or_insert(next);
        if let Some(fresh) = self.fresh.as_mut().filter(|_| code == next) {
            fresh.push(pair);
        }
        code
    }

    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// Keeps the pairs that came since the last time, or forgets them.
    pub(crate) fn settle(&mut self, keep: bool) {
        for pair in self.fresh.take().into_iter().flatten().filter(|_| !keep) {
            self.codes.remove(&pair);
        }
        self.fresh = Some(Vec::new());
    }

    /// Makes room for a quarter more, so that adding rarely waits for the table to grow.
    pub(crate) fn make_room(&mut self) {
        self.settle(true);
        self.codes.reserve(self.codes.len() / 4 + 1024);
    }
}

/// The code at a place of a table of codes, [`NONE`] for none.
#[inline]
pub(crate) fn code(codes: &[u32], of: u32) -> u32 {
    codes.get(of as usize).copied().unwrap_or(NONE)
}
