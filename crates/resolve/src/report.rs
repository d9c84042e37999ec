//! What a run did, as data for a report.

use serde::Serialize;

use crate::{
    block::{RuleCost, Skewed},
    cluster::Clusters,
    kind::Kind,
    linkage::LinkedPair,
    number::{single, whole},
    scorer::Scorer,
    table::Table,
};

/// What was done.
#[derive(Debug, Clone, Default, Serialize, PartialEq)]
pub struct Report {
    /// Records.
    pub rows: usize,
    /// The columns that were compared.
    pub columns: Vec<ColumnReport>,
    /// Rules of blocking, in the order in which they take pairs.
    pub rules: Vec<RuleReport>,
    /// Groups of records that were too large to compare all pairs of, the largest first.
    pub skewed: Vec<SkewedGroup>,
    /// Records that are the same as another one in all that is compared, beyond the first of each kind.
    pub identical: usize,
    /// Pairs compared.
    pub comparisons: u64,
    /// Expected share of the pairs of one thing that the rules take.
    pub expected_recall: f64,
    /// Match weights: from the lower bound in bits on, how many pairs; one bit a class.
    pub histogram: Vec<(i32, u64)>,
    /// Clusters by size: size and how many.
    pub cluster_sizes: Vec<(usize, usize)>,
    /// Probability, pairs from it on, clusters that they would make.
    pub sweep: Vec<(f64, u64, usize)>,
    /// Share of records that say too little for anything to be found the same as them: not even the record itself.
    pub unlinkable: f64,
    /// Pairs above the threshold that were not taken, for what else is known of their records speaks against it.
    pub bridges: Vec<BridgeReport>,
    /// Stages and the seconds that each took.
    #[serde(skip)]
    pub stages: Vec<(&'static str, f64)>,
}

/// One column.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct ColumnReport {
    /// Its name.
    pub name: String,
    /// What it means.
    pub kind: Kind,
    /// Records with a value.
    pub filled: usize,
    /// Distinct values.
    pub distinct: usize,
}

/// One rule of blocking.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct RuleReport {
    /// In words.
    pub says: String,
    /// Pairs that it takes, estimated.
    pub pairs: f64,
    /// Share of the pairs of one thing that it takes.
    pub takes: f64,
    /// Share that no rule before it does.
    pub adds: f64,
}

/// A group of records too large to compare all pairs of.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct SkewedGroup {
    /// The rule in words.
    pub rule: String,
    /// Id of a record of it.
    pub example: String,
    /// Records.
    pub records: usize,
    /// Pairs that were looked at, among records that share something else as well.
    pub compared: u64,
}

/// A pair that would have joined what does not belong together.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct BridgeReport {
    /// Id of one record.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Its match weight.
    pub weight: f32,
    /// Mean evidence between the two clusters, in bits.
    pub between: f32,
}

/// Bridges told at most, the strongest first.
const MOST_BRIDGES: usize = 1_000;
/// Probabilities of the sweep.
const SWEEP: &[f64] = &[0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 0.99999];
/// Records tried for whether anything can be found the same as them.
const TRIED: usize = 50_000;

/// Puts a report together.
#[expect(clippy::too_many_arguments, reason = "it tells of all that went before")]
pub(crate) fn report(
    table: &Table,
    scorer: &Scorer<'_>,
    rules: &[RuleCost],
    skewed: &[Skewed],
    (pairs, comparisons): (&[LinkedPair], u64),
    clusters: &Clusters,
    identical: usize,
    threshold: f32,
    stages: Vec<(&'static str, f64)>,
) -> Report {
    let says = |rule: usize| rules.get(rule).map(|rule| rule.rule.says(scorer.data)).unwrap_or_default();
    let mut groups: Vec<SkewedGroup> = skewed
        .iter()
        .map(|group| SkewedGroup { rule: says(group.rule), example: table.id(group.example).to_owned(), records: group.records, compared: group.compared })
        .collect();
    groups.sort_by(|a, b| b.records.cmp(&a.records).then_with(|| a.rule.cmp(&b.rule)));
    let bridges = clusters.bridges.iter().take(MOST_BRIDGES);
    Report {
        rows: table.rows(),
        columns: table.columns().map(|(name, kind, filled, distinct)| ColumnReport { name: name.to_owned(), kind, filled, distinct }).collect(),
        rules: rules.iter().map(|rule| RuleReport { says: rule.rule.says(scorer.data), pairs: rule.pairs, takes: rule.takes, adds: rule.adds }).collect(),
        skewed: groups,
        identical,
        comparisons,
        expected_recall: rules.iter().map(|rule| rule.adds).sum(),
        histogram: histogram(pairs),
        cluster_sizes: sizes(&clusters.of),
        sweep: sweep(table.rows(), pairs),
        unlinkable: unlinkable(scorer, threshold),
        bridges: bridges
            .map(|(pair, against)| BridgeReport { a: table.id(pair.a).to_owned(), b: table.id(pair.b).to_owned(), weight: pair.weight, between: *against })
            .collect(),
        stages,
    }
}

fn histogram(pairs: &[LinkedPair]) -> Vec<(i32, u64)> {
    let mut counts = rustc_hash::FxHashMap::default();
    for pair in pairs {
        *counts.entry(i32::try_from(whole(f64::from(pair.weight.floor()))).unwrap_or(i32::MAX)).or_insert(0) += 1;
    }
    let mut counts: Vec<(i32, u64)> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

fn sizes(clusters: &[u32]) -> Vec<(usize, usize)> {
    let mut members = vec![0_usize; clusters.iter().max().map_or(0, |most| *most as usize + 1)];
    for cluster in clusters {
        if let Some(count) = members.get_mut(*cluster as usize) {
            *count += 1;
        }
    }
    let mut sizes = std::collections::BTreeMap::new();
    for size in members {
        *sizes.entry(size).or_insert(0) += 1;
    }
    sizes.into_iter().collect()
}

/// Plain components at each probability, from the strongest pairs on.
fn sweep(rows: usize, pairs: &[LinkedPair]) -> Vec<(f64, u64, usize)> {
    let mut groups: Vec<u32> = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
    let mut swept = Vec::new();
    let (mut count, mut clusters) = (0, rows);
    let mut above = f32::INFINITY;
    for probability_from in SWEEP.iter().rev() {
        let from = single((probability_from / (1.0 - probability_from)).log2());
        for pair in pairs {
            if pair.weight >= from && pair.weight < above {
                count += 1;
                let (a, b) = (root(&mut groups, pair.a), root(&mut groups, pair.b));
                if a != b
                    && let Some(slot) = groups.get_mut(a.max(b) as usize)
                {
                    *slot = a.min(b);
                    clusters -= 1;
                }
            }
        }
        above = from;
        swept.push((*probability_from, count, clusters));
    }
    swept.reverse();
    swept
}

fn root(groups: &mut [u32], mut of: u32) -> u32 {
    loop {
        let parent = crate::at::of(groups, of);
        if parent == of {
            return of;
        }
        let grandparent = crate::at::of(groups, parent);
        if let Some(slot) = groups.get_mut(of as usize) {
            *slot = grandparent;
        }
        of = grandparent;
    }
}

fn unlinkable(scorer: &Scorer<'_>, threshold: f32) -> f64 {
    let rows = scorer.data.rows;
    let every = rows.div_ceil(TRIED).max(1);
    let tried: Vec<u32> = (0..rows).step_by(every).filter_map(|row| u32::try_from(row).ok()).collect();
    let lost = tried.iter().filter(|row| scorer.bits(**row, **row) < threshold).count();
    lost as f64 / tried.len().max(1) as f64
}
