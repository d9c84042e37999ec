//! Clusters: pairs joined from the strongest on, but not where what else is known of their records speaks against it.
//!
//! Plain components would join two people through one record that says too little to tell them apart. So a pair joins two
//! clusters only if its weight bears what contradicts it between all of their records: other forenames, other birthdays,
//! other numbers of one kind. What a person may change (address, telephone) contradicts nothing.

mod groups;

pub(crate) use groups::Groups;

use crate::{linkage::LinkedPair, radix, scorer::Scorer, table::Table};

/// How to join.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joining<'t> {
    /// Bits from which pairs join.
    pub(crate) threshold: f32,
    /// Sources of the records, where each is known to hold nothing twice.
    pub(crate) clean_sources: Option<&'t Table>,
}

/// Clusters of all records.
#[derive(Debug)]
pub(crate) struct Clusters {
    /// By record, the number of its cluster, in the order of first records.
    pub(crate) of: Vec<u32>,
    /// Pairs above the threshold that joined nothing, and the bits that contradicted them.
    pub(crate) bridges: Vec<(LinkedPair, f32)>,
}

/// Members of each of two clusters that are looked at for contradictions.
const LOOKED_AT: usize = 5;
/// How much of what contradicts a pair on average it has to bear.
pub(crate) const SHARE: f32 = 1.0;

/// Joins records by pairs.
pub(crate) fn join(scorer: &Scorer<'_>, pairs: &[LinkedPair], joining: Joining<'_>) -> Clusters {
    let worst = scorer.worst_contradiction();
    let mut groups = Groups::new(scorer.data.rows);
    let mut bridges = Vec::new();
    for pair in strongest_first(pairs, joining.threshold) {
        let (one, other) = (groups.of(pair.a), groups.of(pair.b));
        if one == other {
            continue;
        }
        let (left, right) = (groups.members(one), groups.members(other));
        if joining.clean_sources.is_some_and(|table| share_a_source(table, left, right)) {
            bridges.push((pair, f32::NEG_INFINITY));
            continue;
        }
        let against =
            if left.len() == 1 && right.len() == 1 || pair.weight + SHARE * worst >= joining.threshold { 0.0 } else { contradiction(scorer, left, right) };
        if pair.weight + SHARE * against >= joining.threshold {
            groups.join(one, other);
        } else {
            bridges.push((pair, against));
        }
    }
    Clusters { of: groups.numbered(), bridges }
}

/// Pairs from a weight on, the strongest first, those of one weight in the order of their records.
fn strongest_first(pairs: &[LinkedPair], threshold: f32) -> impl Iterator<Item = LinkedPair> {
    // The bits of positive floats are in the order of the floats.
    let rank = |weight: f32| u64::from(!(weight - threshold).to_bits()) << 32;
    let strong = pairs.iter().zip(0_u64..).filter(|(pair, _)| pair.weight >= threshold);
    let mut ranked: Vec<u64> = strong.map(|(pair, place)| rank(pair.weight) | place).collect();
    radix::sort(&mut ranked, 32, 64);
    ranked.into_iter().filter_map(|ranked| usize::try_from(ranked & 0xffff_ffff).ok().and_then(|place| pairs.get(place)).copied())
}

/// Mean bits, at most nought, of what contradicts that records of one cluster are of one thing with those of another.
pub(crate) fn contradiction(scorer: &Scorer<'_>, left: &[u32], right: &[u32]) -> f32 {
    let some = |members: &[u32]| -> Vec<u32> { members.iter().copied().step_by(members.len().div_ceil(LOOKED_AT)).collect() };
    let (left, right) = (some(left), some(right));
    let all: f32 = left.iter().flat_map(|a| right.iter().map(move |b| scorer.contradiction(*a, *b))).sum();
    all / (left.len() * right.len()) as f32
}

fn share_a_source(table: &Table, left: &[u32], right: &[u32]) -> bool {
    let source = |row: &u32| crate::at::of(&table.sources, *row);
    left.iter().any(|a| right.iter().any(|b| source(a) == source(b)))
}
