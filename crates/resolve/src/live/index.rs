//! Records by the keys of a rule, to be looked up.

use rustc_hash::FxHashMap;

use crate::{block::Rule, data::Data};

/// Bits of a key that the first step of a look-up goes by.
const DIRECTORY_BITS: u32 = 18;

/// Records of the table in the order of their keys, four bytes each, and those added since by key.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) rule: Rule,
    /// Where the keys with the same first bits begin.
    starts: Vec<u32>,
    rows: Vec<u32>,
    added: FxHashMap<u64, Vec<u32>>,
}

/// Records that share a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group<'i> {
    pub(crate) old: &'i [u32],
    pub(crate) added: &'i [u32],
}

impl Group<'_> {
    pub(crate) fn len(&self) -> usize {
        self.old.len() + self.added.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.old.iter().chain(self.added).copied()
    }
}

impl Index {
    pub(crate) fn new(data: &Data, rule: Rule) -> Self {
        let mut keyed: Vec<(u64, u32)> =
            (0..data.rows).filter_map(|row| u32::try_from(row).ok()).filter_map(|row| Some((rule.key(data.row(row))?, row))).collect();
        keyed.sort_unstable();
        let mut starts = vec![0_u32; (1 << DIRECTORY_BITS) + 1];
        for (key, _) in &keyed {
            if let Some(count) = starts.get_mut(bucket(*key) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { rule, starts, rows: keyed.into_iter().map(|(_, row)| row).collect(), added: FxHashMap::default() }
    }

    /// Records with the key of a row of atoms, which need not be in here itself.
    pub(crate) fn group(&self, data: &Data, values: &[u32]) -> Group<'_> {
        let Some(key) = self.rule.key(values) else { return Group { old: &[], added: &[] } };
        let bound = |bucket: usize| self.starts.get(bucket).copied().unwrap_or(0) as usize;
        let near = self.rows.get(bound(bucket(key))..bound(bucket(key) + 1)).unwrap_or_default();
        let key_of = |row: &u32| self.rule.key(data.row(*row)).unwrap_or(0);
        let from = near.partition_point(|row| key_of(row) < key);
        let rest = near.get(from..).unwrap_or_default();
        let to = rest.partition_point(|row| key_of(row) <= key);
        Group { old: rest.get(..to).unwrap_or_default(), added: self.added.get(&key).map(Vec::as_slice).unwrap_or_default() }
    }

    pub(crate) fn add(&mut self, data: &Data, row: u32) {
        if let Some(key) = self.rule.key(data.row(row)) {
            self.added.entry(key).or_default().push(row);
        }
    }
}

fn bucket(key: u64) -> usize {
    usize::try_from(key >> (64 - DIRECTORY_BITS)).unwrap_or_default()
}
