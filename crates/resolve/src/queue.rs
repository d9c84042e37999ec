//! What to ask people: the pairs that teach most.
//!
//! A pair is worth asking about where the model does not know, where much follows from the answer, and where many other
//! pairs look the same: worth = uncertainty x (1 + log2(pairs of records that the answer joins or parts)) x (1 +
//! log2(1 + other open pairs of the same pattern) / 4). Uncertainty is 4 p (1 - p), one at even odds. A pair that passes the
//! threshold but was not followed, for the other records of both contradict it, is as uncertain as even odds: two
//! witnesses disagree.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    model::MOST_FIELDS,
    scorer::{Scorer, probability},
};

/// A pair to ask about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// Id of one record.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Match weight in bits.
    pub weight: f32,
    /// The probability that it stands for.
    pub probability: f64,
    /// How much is learnt from an answer, to compare questions by.
    pub worth: f64,
    /// Why this is asked, in words.
    pub reason: String,
}

/// A pair that nobody has judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Open {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) weight: f32,
    /// Records on either side that an answer joins or parts.
    pub(crate) sides: [usize; 2],
    pub(crate) stands: Stands,
}

/// How a pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// Of two entities, below the threshold.
    Apart,
    /// Of two entities, though above the threshold.
    Refused,
    /// The only thing that holds one entity together.
    Alone,
}

/// The least that a pair has to be uncertain to be asked about.
pub(crate) const LEAST_UNCERTAIN: f64 = 0.04;

/// How uncertain a pair is, from nought to one.
pub(crate) fn uncertainty(weight: f32, stands: Stands) -> f64 {
    let chance = probability(weight);
    if stands == Stands::Refused { 1.0 } else { 4.0 * chance * (1.0 - chance) }
}

/// The questions most worth asking, the best first; equal ones in the order of ids.
pub(crate) fn questions<'i>(scorer: &Scorer<'_>, open: &[Open], id: impl Fn(u32) -> &'i str, limit: usize) -> Vec<Question> {
    let mut patterns: FxHashMap<[u8; MOST_FIELDS], usize> = FxHashMap::default();
    let keys: Vec<[u8; MOST_FIELDS]> = open
        .iter()
        .map(|pair| {
            let mut key = [0; MOST_FIELDS];
            for (slot, found) in key.iter_mut().zip(scorer.found(pair.a, pair.b)) {
                *slot = found.cell;
            }
            *patterns.entry(key).or_default() += 1;
            key
        })
        .collect();
    let mut ranked: Vec<(f64, usize, &Open)> = open
        .iter()
        .zip(&keys)
        .map(|(pair, key)| {
            let others = patterns.get(key).map_or(0, |count| count - 1);
            let [one, other] = pair.sides.map(|side| side as f64);
            let worth = uncertainty(pair.weight, pair.stands) * (1.0 + (one * other).max(1.0).log2()) * (1.0 + (1.0 + others as f64).log2() / 4.0);
            (worth, others, pair)
        })
        .collect();
    ranked.sort_by(|(one, _, a), (other, _, b)| other.total_cmp(one).then_with(|| (id(a.a), id(a.b)).cmp(&(id(b.a), id(b.b)))));
    ranked.truncate(limit);
    let told = |(worth, others, pair): (f64, usize, &Open)| Question {
        a: id(pair.a).to_owned(),
        b: id(pair.b).to_owned(),
        weight: pair.weight,
        probability: probability(pair.weight),
        worth,
        reason: reason(pair, others),
    };
    ranked.into_iter().map(told).collect()
}

fn reason(pair: &Open, others: usize) -> String {
    let chance = probability(pair.weight);
    let [one, other] = pair.sides;
    let records = |count: usize| if count == 1 { "one record".to_owned() } else { format!("{count} records") };
    let first = match pair.stands {
        Stands::Apart => format!("the probability is {chance:.2}; a yes joins {} with {}", records(one), records(other)),
        Stands::Refused => format!("the pair says yes ({chance:.2}), the other records of both say no; a yes joins {} with {}", records(one), records(other)),
        Stands::Alone => format!("this pair alone ({chance:.2}) holds {} and {} together", records(one), records(other)),
    };
    if others > 0 { format!("{first}; {others} other open {} the same", if others == 1 { "pair looks" } else { "pairs look" }) } else { first }
}
