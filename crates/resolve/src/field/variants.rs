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
    pub(crate) fn push(&mut self, variants: &[Vec<u32>]) {
        let row = u32::try_from(self.first.first().map_or(0, Vec::len)).unwrap_or(NONE);
        self.push_one(variants.first().map(Vec::as_slice).unwrap_or_default());
        self.more.extend(variants.iter().skip(1).map(|variant| (row, variant.clone())));
    }

    /// Adds the only variant of the next record.
    pub(crate) fn push_one(&mut self, variant: &[u32]) {
        for (place, atom) in self.first.iter_mut().enumerate() {
            atom.push(variant.get(place).copied().unwrap_or(NONE));
        }
    }
}

/// Codes of what is made of each distinct value of a column, in a dictionary that columns may share.
pub(crate) fn derive(column: &Column, into: &mut Dictionary, make: impl Fn(&str) -> Option<String>) -> Vec<u32> {
    column.dictionary.iter().map(|text| make(text).filter(|made| !made.is_empty()).map_or(NONE, |made| into.intern(&made))).collect()
}

/// A code for each text of a dictionary, by what is made of it.
pub(crate) fn keys(dictionary: &Dictionary, make: impl Fn(&str) -> Option<String>) -> Vec<u32> {
    let mut made = Dictionary::default();
    dictionary.iter().map(|text| make(text).filter(|made| !made.is_empty()).map_or(NONE, |text| made.intern(&text))).collect()
}

/// Codes of pairs of codes.
#[derive(Debug, Default)]
pub(crate) struct Pairs(FxHashMap<u64, u32>);

impl Pairs {
    /// The code of a pair; [`NONE`] where either is.
    pub(crate) fn of(&mut self, one: u32, other: u32) -> u32 {
        if one == NONE || other == NONE {
            return NONE;
        }
        let next = u32::try_from(self.0.len()).unwrap_or(NONE);
        *self.0.entry(u64::from(one) << 32 | u64::from(other)).or_insert(next)
    }
}

/// The code at a place of a table of codes, [`NONE`] for none.
#[inline]
pub(crate) fn code(codes: &[u32], of: u32) -> u32 {
    codes.get(of as usize).copied().unwrap_or(NONE)
}
