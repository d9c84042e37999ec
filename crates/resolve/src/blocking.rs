//! Which pairs are compared: those that any of several rules brings together, each once.
//!
//! A rule gives a record keys, and records that share one are compared. Where a key is so common that comparing all its
//! records would cost too much, they are put in order of all they say and each is compared with those next to it; what
//! that leaves out is reported.

mod rules;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::prepared::Prepared;
use rules::{RULES, Rule};

/// A key too common for all its pairs to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkewedBlock {
    /// Name of the rule.
    pub rule: &'static str,
    /// The key that its records share.
    pub key: String,
    /// Records that share it.
    pub records: usize,
    /// Pairs that this rule therefore did not bring together; another may have.
    pub left_out: u64,
}

/// Pairs of positions, the lower first, in ascending order; and the keys that were too common.
pub(crate) fn pairs(records: &[Prepared], most_in_block: usize, window: usize) -> (Vec<(u32, u32)>, Vec<SkewedBlock>) {
    let mut pairs = Vec::new();
    let mut skewed = Vec::new();
    for rule in RULES {
        let mut keyed: Vec<(u64, u32)> = Vec::new();
        for (record, position) in records.iter().zip(0_u32..) {
            (rule.keys)(record, &mut |key| keyed.push((hash(key), position)));
        }
        keyed.sort_unstable();
        keyed.dedup();
        for block in keyed.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
            let members: Vec<u32> = block.iter().map(|(_, position)| *position).collect();
            if members.len() <= most_in_block {
                all_pairs(&members, records, &mut pairs);
            } else {
                skewed.push(near_pairs(rule, members, records, window, &mut pairs));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    skewed.sort_unstable_by(|a, b| (b.left_out, a.rule, &a.key).cmp(&(a.left_out, b.rule, &b.key)));
    (pairs, skewed)
}

fn all_pairs(members: &[u32], records: &[Prepared], pairs: &mut Vec<(u32, u32)>) {
    for (at, a) in members.iter().enumerate() {
        for b in members.iter().skip(at + 1) {
            push(*a, *b, records, pairs);
        }
    }
}

/// Compares each with the next few in order of what they say.
fn near_pairs(rule: &Rule, mut members: Vec<u32>, records: &[Prepared], window: usize, pairs: &mut Vec<(u32, u32)>) -> SkewedBlock {
    members.sort_by_cached_key(|member| {
        let record = records.get(*member as usize);
        let names =
            record.into_iter().flat_map(|record| record.names.iter().map(|name| &name.sorted).chain(record.organisations.iter().map(|words| &words.sorted)));
        let dates = record.into_iter().flat_map(|record| record.dates.iter().map(|date| &date.digits));
        (names.cloned().collect::<Vec<_>>(), dates.cloned().collect::<Vec<_>>(), *member)
    });
    for (at, a) in members.iter().enumerate() {
        for b in members.iter().skip(at + 1).take(window) {
            push(*a, *b, records, pairs);
        }
    }
    let count = members.len() as u64;
    let near = (0..count).map(|at| (count - 1 - at).min(window as u64)).sum::<u64>();
    let key = shared_key(rule, &members, records);
    SkewedBlock { rule: rule.name, key, records: members.len(), left_out: count * (count - 1) / 2 - near }
}

/// The key that the first two have in common.
fn shared_key(rule: &Rule, members: &[u32], records: &[Prepared]) -> String {
    let keys = |at: usize| {
        let mut keys = Vec::new();
        if let Some(record) = members.get(at).and_then(|member| records.get(*member as usize)) {
            (rule.keys)(record, &mut |key| keys.push(key.to_owned()));
        }
        keys
    };
    let second = keys(1);
    keys(0).into_iter().find(|key| second.contains(key)).unwrap_or_default()
}

fn push(a: u32, b: u32, records: &[Prepared], pairs: &mut Vec<(u32, u32)>) {
    if let (Some(left), Some(right)) = (records.get(a as usize), records.get(b as usize))
        && left.may_be(right)
    {
        pairs.push((a.min(b), a.max(b)));
    }
}

fn hash(key: &str) -> u64 {
    // Keys that meet by chance cost a comparison and decide nothing.
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
