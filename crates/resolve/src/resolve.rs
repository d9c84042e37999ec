//! The whole of it: records in, pairs and clusters out.

use crate::{
    blocking::{self, SkewedBlock},
    clusters::Clusters,
    compare::Conflict,
    error::ResolveError,
    frequencies::Frequencies,
    prepared::Prepared,
    record::Record,
    score::{Feature, account, is_told_enough, score},
};

/// How to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Probability from which a pair is proposed as the same.
    pub threshold: f64,
    /// Probability from which a pair that is not proposed is queued for people to judge.
    pub review: f64,
    /// Most records under one key of a blocking rule for all their pairs to be compared.
    pub most_in_block: usize,
    /// With how many of its neighbours a record is compared where there are more.
    pub window: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threshold: 0.95, review: 0.5, most_in_block: 300, window: 30 }
    }
}

/// Two records and how likely they are the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredPair {
    /// The lower key.
    pub a: u32,
    /// The higher key.
    pub b: u32,
    /// 0 to 1.
    pub probability: f64,
    /// The same as log2 of the odds.
    pub weight: f64,
    /// What was compared; `left` is `a`'s. [`crate::explain`] gives the same with the prior.
    pub features: Vec<Feature>,
}

/// Why a pair waits for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is likely, but below the threshold.
    BelowThreshold,
    /// It is above the threshold, but would bring together records of different dates of birth or foundation, be it
    /// these two or two that others have joined to them.
    DifferentDates,
    /// The same of clearly different forenames, as within a household or between twins.
    DifferentForenames,
    /// It is above the threshold, but on one sign alone, such as a name.
    OneSign,
}

/// A pair for a person to judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// The pair.
    pub pair: ScoredPair,
    /// Why it waits.
    pub reason: Reason,
}

/// What came of it. The same records and settings give the same outcome, in whichever order the records came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// Pairs compared.
    pub comparisons: u64,
    /// Pairs proposed as the same, in order of keys.
    pub pairs: Vec<ScoredPair>,
    /// Pairs for people to judge, in order of keys.
    pub queued: Vec<Queued>,
    /// The clusters that the proposed pairs make: keys, ascending.
    pub clusters: Vec<Vec<u32>>,
    /// Keys too common for all their pairs to be compared, the worst first.
    pub skewed: Vec<SkewedBlock>,
}

/// Finds the records that speak of the same thing.
///
/// # Errors
/// If two records have one key, or the thresholds cannot be.
pub fn resolve(records: &[Record], settings: &Settings) -> Result<Outcome, ResolveError> {
    check(settings)?;
    let mut prepared: Vec<Prepared> = records.iter().map(Prepared::new).collect();
    prepared.sort_by_key(|record| record.key);
    if let Some((first, _)) = prepared.iter().zip(prepared.iter().skip(1)).find(|(first, second)| first.key == second.key) {
        return Err(ResolveError::DuplicateKey(first.key));
    }
    let frequencies = Frequencies::count(&prepared);
    let (pairs, skewed) = blocking::pairs(&prepared, settings.most_in_block, settings.window);
    let at = |position: u32| prepared.get(position as usize);
    let mut likely: Vec<(f64, u32, u32)> = Vec::new();
    for (a, b) in &pairs {
        if let (Some(left), Some(right)) = (at(*a), at(*b)) {
            let (weight, probability) = score(left, right, &frequencies);
            if probability >= settings.review {
                likely.push((weight, *a, *b));
            }
        }
    }
    // The surest join first, so that where two joinings exclude each other the surer one stands.
    likely.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
    let mut outcome = Outcome { comparisons: pairs.len() as u64, skewed, ..Outcome::default() };
    let mut clusters = Clusters::new(&prepared);
    for (_, a, b) in likely {
        let (Some(left), Some(right)) = (at(a), at(b)) else { continue };
        let told = account(left, right, &frequencies);
        let pair = ScoredPair { a: left.key, b: right.key, probability: told.probability, weight: told.weight, features: told.features };
        let reason = if pair.probability < settings.threshold {
            Some(Reason::BelowThreshold)
        } else if !is_told_enough(left, right, &frequencies) {
            Some(Reason::OneSign)
        } else {
            clusters.join(a, b).err().map(|conflict| match conflict {
                Conflict::Dates => Reason::DifferentDates,
                Conflict::Forenames => Reason::DifferentForenames,
            })
        };
        match reason {
            None => outcome.pairs.push(pair),
            Some(reason) => outcome.queued.push(Queued { pair, reason }),
        }
    }
    outcome.pairs.sort_by_key(|pair| (pair.a, pair.b));
    outcome.queued.sort_by_key(|queued| (queued.pair.a, queued.pair.b));
    outcome.clusters = clusters.finish();
    Ok(outcome)
}

fn check(settings: &Settings) -> Result<(), ResolveError> {
    let Settings { threshold, review, .. } = *settings;
    if (0.0..=1.0).contains(&threshold) && (0.0..=threshold).contains(&review) { Ok(()) } else { Err(ResolveError::Thresholds { threshold, review }) }
}
