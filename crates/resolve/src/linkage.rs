//! Entity resolution of a table: what the file tool and the desk ask for.

use serde::Serialize;

use crate::{
    block::Rule,
    data::Data,
    engine,
    error::ResolveError,
    explanation::{Waterfall, waterfall},
    model::{FieldModel, Learnt},
    report::Report,
    scorer::{Scorer, probability},
    table::Table,
};

/// How to resolve.
#[derive(Debug, Clone)]
pub struct Options {
    /// Probability from which two records are of one thing.
    pub threshold: f64,
    /// Probability from which pairs are kept at all.
    pub floor: f64,
    /// Comparisons per record that blocking may cost.
    pub comparisons_per_record: f64,
    /// Only pairs of records of different sources.
    pub between_sources: bool,
    /// A record has at most one of the same thing in each other source: each source is known to be clean.
    pub one_to_one: bool,
    /// Rules of blocking, as lists of columns or of atoms in words (see [`Report::rules`]); chosen from the data where
    /// there are none.
    pub rules: Vec<Vec<String>>,
    /// Chances that are given and not learnt.
    pub fixed: Fixed,
}

/// Chances that are given and not learnt.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fixed {
    /// Share of all pairs that are of one thing.
    pub prior: Option<f64>,
    /// Name of the field, what the combination says, m and u.
    pub cells: Vec<(String, String, Option<f64>, Option<f64>)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threshold: 0.95,
            floor: 0.01,
            comparisons_per_record: 20.0,
            between_sources: false,
            one_to_one: false,
            rules: Vec::new(),
            fixed: Fixed::default(),
        }
    }
}

/// A pair of records by their places in the table, `a` before `b`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkedPair {
    /// The record that comes first in the table.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Match weight: bits of the odds that the two are of one thing, the prior included.
    pub weight: f32,
}

impl LinkedPair {
    /// The probability that the weight stands for.
    #[must_use]
    pub fn probability(&self) -> f64 {
        probability(self.weight)
    }
}

/// What was learnt, to read and to keep.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Model {
    /// Share of all pairs that are of one thing.
    pub prior: f64,
    /// Share of all pairs that are of one household.
    pub kin: f64,
    /// The fields.
    pub fields: Vec<FieldModel>,
}

/// A resolved table.
#[derive(Debug)]
pub struct Linkage {
    data: Data,
    learnt: Learnt,
    rules: Vec<Rule>,
    /// Pairs from the floor on, in the order of their records.
    pub pairs: Vec<LinkedPair>,
    /// By record, the number of its cluster; clusters are numbered in the order of their first records.
    pub clusters: Vec<u32>,
    /// What was done, to show.
    pub report: Report,
    /// What was learnt.
    pub model: Model,
}

/// Resolves a table.
///
/// # Errors
/// When no column holds anything to compare by, a rule names what there is not, or a setting is no probability.
pub fn link(table: &Table, options: &Options) -> Result<Linkage, ResolveError> {
    engine::link(table, options)
}

impl Linkage {
    pub(crate) fn new(data: Data, learnt: Learnt, pairs: Vec<LinkedPair>, clusters: Vec<u32>, report: Report) -> Self {
        let model = Model { prior: learnt.matches, kin: learnt.kin, fields: learnt.told(&data) };
        Self { data, learnt, rules: Vec::new(), pairs, clusters, report, model }
    }

    /// The same, with the rules of blocking that were used.
    pub(crate) fn with_rules(mut self, rules: Vec<Rule>) -> Self {
        self.rules = rules;
        self
    }

    /// What weighs the pairs.
    pub(crate) fn scorer(&self) -> Scorer<'_> {
        Scorer::new(&self.data, self.learnt.clone())
    }

    /// Data, what was learnt, pairs, clusters and rules.
    pub(crate) fn into_parts(self) -> (Data, Learnt, Vec<LinkedPair>, Vec<u32>, Vec<Rule>) {
        (self.data, self.learnt, self.pairs, self.clusters, self.rules)
    }

    /// How the weight of a pair comes about, field by field.
    #[must_use]
    pub fn explain(&self, table: &Table, a: u32, b: u32) -> Waterfall {
        waterfall(table, &Scorer::new(&self.data, self.learnt.clone()), a, b)
    }
}
