//! What a run did, as data for a report.

use serde::Serialize;

use crate::kind::Kind;

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
    /// Records that nothing but a match with everything agreeing could link: share of records by probability reached.
    pub unlinkable: usize,
    /// Pairs above the threshold that were not taken, for what else is known of their records speaks against it.
    pub bridges: Vec<BridgeReport>,
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
