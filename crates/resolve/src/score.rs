//! From findings to a probability, and the account of how it came about.

use serde::Serialize;

use crate::{
    compare::{Finding, compare},
    frequencies::Frequencies,
    prepared::Prepared,
    record::Record,
    weights::{TELLING, prior},
};

/// Why two records are, or are not, taken for the same thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// That they are the same, 0 to 1: 2^`weight` to 1 are the odds.
    pub probability: f64,
    /// The prior and the weights of all features together, in bits.
    pub weight: f64,
    /// What speaks against any two records to begin with, in bits; negative.
    pub prior: f64,
    /// What was compared, in a fixed order.
    pub features: Vec<Feature>,
}

/// One comparison and what it weighs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feature {
    /// Name of the comparison, such as `date`.
    pub name: String,
    /// The first record's value, as it was compared.
    pub left: String,
    /// The second record's.
    pub right: String,
    /// The level it fell into, such as `day and month swapped`.
    pub level: String,
    /// Bits; positive speaks for the same thing.
    pub weight: f64,
}

/// Explains a pair. `frequencies` are of the records they stand among, and set the prior too.
#[must_use]
pub fn explain(left: &Record, right: &Record, frequencies: &Frequencies) -> Explanation {
    account(&Prepared::new(left), &Prepared::new(right), frequencies)
}

pub(crate) fn account(left: &Prepared, right: &Prepared, frequencies: &Frequencies) -> Explanation {
    let findings = compare(left, right, frequencies);
    let (weight, probability) = sum(&findings, frequencies);
    let features = findings.iter().flatten().map(|finding| Feature {
        name: finding.comparison.name.to_owned(),
        left: finding.left.to_owned(),
        right: finding.right.to_owned(),
        level: finding.level.says.to_owned(),
        weight: finding.weight,
    });
    Explanation { probability, weight, prior: prior(frequencies.records()), features: features.collect() }
}

/// Weight and probability of a pair, without the account.
pub(crate) fn score(left: &Prepared, right: &Prepared, frequencies: &Frequencies) -> (f64, f64) {
    sum(&compare(left, right, frequencies), frequencies)
}

/// Whether enough comparisons speak for a pair for it to be proposed.
pub(crate) fn is_told_enough(left: &Prepared, right: &Prepared, frequencies: &Frequencies) -> bool {
    let findings = compare(left, right, frequencies);
    let telling = || findings.iter().flatten().filter(|finding| finding.weight >= TELLING);
    telling().count() >= 2 || telling().any(|finding| finding.comparison.stands_alone)
}

fn sum(findings: &[Option<Finding<'_>>], frequencies: &Frequencies) -> (f64, f64) {
    let weight = findings.iter().flatten().fold(prior(frequencies.records()), |sum, finding| sum + finding.weight);
    (weight, 1.0 / (1.0 + (-weight).exp2()))
}
