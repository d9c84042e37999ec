//! How often records of different things are on a step (u): counted over random pairs of records, and from frequencies
//! where what is shared is rare.

use rayon::prelude::*;

use crate::{
    at::at,
    data::Data,
    field::{Field, MISSING, Rate},
    model::cells::{Cells, rate_counts},
    random::Sequence,
    table::NONE,
};

/// Random pairs that are looked at.
const PAIRS: usize = 200_000;
/// Pairs that share the first atom of a field with dependent factors.
const PAIRS_OF_ONE: usize = 40_000;
/// Records whose values are looked at for these.
const VALUES_OF: usize = 150_000;
/// Added to every count, so that what was never seen is not impossible.
const PSEUDO: f64 = 0.2;

/// Chances of the combinations of one field, rarity left out.
#[derive(Debug, Clone)]
pub(crate) struct Chances {
    /// By combination, all factors.
    pub(crate) all: Vec<f64>,
    /// By factor and step; for dependent factors whatever the first is.
    pub(crate) by_factor: Vec<Vec<f64>>,
}

/// What is counted for a factor: how often each step comes, and the rates of what is shared; by step of the first factor.
struct Tally {
    counts: Vec<Vec<f64>>,
    rates: Vec<Vec<f64>>,
}

/// Chances of all fields.
pub(crate) fn estimate(data: &Data) -> Vec<Chances> {
    let mut sequence = Sequence(0x5eed);
    let wanted = PAIRS.min(data.rows.saturating_mul(data.rows));
    let pairs: Vec<(u32, u32)> = (0..wanted)
        .filter_map(|_| {
            let (a, b) = (sequence.below(data.rows), sequence.below(data.rows));
            (a != b).then_some((u32::try_from(a).ok()?, u32::try_from(b).ok()?))
        })
        .filter(|(a, b)| !likely_one(data, *a, *b))
        .collect();
    data.fields.par_iter().map(|field| of_field(data, field, &pairs)).collect()
}

/// Whether two records share what is rare in two fields, so that they would spoil the count.
fn likely_one(data: &Data, a: u32, b: u32) -> bool {
    data.fields.iter().filter(|field| share_what_is_rare(data, field, a, b)).count() >= 2
}

/// Whether a value of a field that few have is the same in both.
fn share_what_is_rare(data: &Data, field: &Field, a: u32, b: u32) -> bool {
    let (left, right) = (data.row(a), data.row(b));
    let first_steps = field.compare.factors().iter().filter_map(|factor| factor.steps.first());
    first_steps.filter_map(|step| if let Rate::Same(atom) = step.rate { Some(field.first + atom) } else { None }).any(|atom| {
        let code = at_or_none(left, atom);
        code != NONE && code == at_or_none(right, atom) && data.rarity.get(atom).is_some_and(|rarity| crate::at::of(rarity, code) > RARE)
    })
}

/// Bits from which a value is rare.
const RARE: f32 = 5.0;

fn at_or_none(row: &[u32], atom: usize) -> u32 {
    row.get(atom).copied().unwrap_or(NONE)
}

fn of_field(data: &Data, field: &Field, pairs: &[(u32, u32)]) -> Chances {
    let factors = field.compare.factors();
    let firsts = factors.first().map_or(1, |factor| factor.steps.len() + 1);
    let mut tallies: Vec<Tally> = factors
        .iter()
        .map(|factor| Tally { counts: vec![vec![0.0; factor.steps.len()]; firsts], rates: vec![vec![0.0; factor.steps.len()]; firsts] })
        .collect();
    let dependent = factors.iter().any(|factor| factor.given_first);
    let of_one = if dependent { pairs_of_one(data, field) } else { Vec::new() };
    let both = pairs.iter().map(|pair| (pair, false)).chain(of_one.iter().map(|pair| (pair, true)));
    for ((a, b), of_one) in both {
        let (left, right) = (data.row(*a), data.row(*b));
        let steps = data.steps(field, left, right);
        let first = if at(&steps, 0) == MISSING || steps[0] as usize >= firsts { firsts - 1 } else { steps[0] as usize };
        // Of pairs that were looked for by the first factor, only what depends on it is counted; of random ones, all but
        // that.
        for ((factor, tally), step) in factors.iter().zip(&mut tallies).zip(steps) {
            if step == MISSING || of_one != (factor.given_first && first == 0) {
                continue;
            }
            let step = step as usize;
            if let (Some(count), Some(rate)) =
                (tally.counts.get_mut(first).and_then(|row| row.get_mut(step)), tally.rates.get_mut(first).and_then(|row| row.get_mut(step)))
            {
                *count += 1.0;
                if let Some(Rate::Greater(atom)) = factor.steps.get(step).map(|step| step.rate) {
                    let bits = |row: &[u32]| data.rarity.get(field.first + atom).map_or(0.0, |rarity| crate::at::of(rarity, at(row, field.first + atom)));
                    *rate += f64::from(-bits(left).min(bits(right))).exp2();
                }
            }
        }
    }
    chances(data, field, &tallies)
}

/// Pairs of records that share the first atom of a field, and in no other field anything rare: strangers.
fn pairs_of_one(data: &Data, field: &Field) -> Vec<(u32, u32)> {
    let coded = (0..data.rows).filter_map(|row| u32::try_from(row).ok()).map(|row| (at_or_none(data.row(row), field.first), row));
    // Values, not records, are sampled, so that what shares one stays together.
    let every = (data.rows / VALUES_OF).max(1) as u64;
    let mut rows: Vec<(u32, u32)> = coded.filter(|(code, _)| *code != NONE && crate::random::mixed(u64::from(*code)).is_multiple_of(every)).collect();
    rows.sort_unstable_by_key(|(code, row)| (*code, crate::random::mixed(u64::from(*row))));
    let strangers = |a: u32, b: u32| !data.fields.iter().any(|other| other.first != field.first && share_what_is_rare(data, other, a, b));
    let every = (rows.len() / PAIRS_OF_ONE).max(1);
    // Neighbours at several distances, for in a small group the next one may well be the same thing.
    let pairs = [1, 2, 3].into_iter().flat_map(|apart| rows.iter().zip(rows.iter().skip(apart)).step_by(every));
    pairs.filter(|((one, a), (other, b))| one == other && strangers(*a, *b)).map(|((_, a), (_, b))| (*a, *b)).collect()
}

fn chances(data: &Data, field: &Field, tallies: &[Tally]) -> Chances {
    let factors = field.compare.factors();
    let cells = Cells::new(field.compare.as_ref());
    let firsts = factors.first().map_or(1, |factor| factor.steps.len() + 1);
    // Chance of a step of a factor given the step of the first, rarity left out.
    let chance = |place: usize, first: usize, step: usize, steps: [u8; 4]| -> f64 {
        let (Some(factor), Some(tally)) = (factors.get(place), tallies.get(place)) else { return 1.0 };
        let Some(told) = factor.steps.get(step) else { return 1.0 };
        if let Rate::Same(_) = told.rate
            && rate_counts(factor.given_first, steps)
        {
            // What it takes beside the shared value: nothing for plain agreement, the usual slip for the rest.
            return if step == 0 { 1.0 } else { told.m };
        }
        match told.rate {
            Rate::First => return 1.0,
            Rate::Lesser(_) => return 2.0,
            _ => {}
        }
        let rows: Vec<usize> = if factor.given_first && first == 0 { vec![0] } else { (usize::from(factor.given_first)..firsts).collect() };
        let sum = |table: &[Vec<f64>], step: usize| rows.iter().filter_map(|row| table.get(*row)).map(|row| at(row, step)).sum::<f64>();
        let all: f64 = (0..factor.steps.len()).map(|step| sum(&tally.counts, step) + PSEUDO).sum();
        let count = sum(&tally.counts, step);
        let share = (count + PSEUDO) / all;
        match told.rate {
            Rate::Greater(_) if rate_counts(factor.given_first, steps) => {
                // The average rate of what is shared goes into rarity, and so out of here.
                let average = if count > 0.0 { sum(&tally.rates, step) / count } else { usual_rate(data, field, told.rate) };
                (share / average.max(1e-9)).min(1.0)
            }
            _ => share,
        }
    };
    let all = (0..cells.len)
        .map(|cell| {
            let steps = cells.steps(u8::try_from(cell).unwrap_or(u8::MAX));
            let first = if at(&steps, 0) == MISSING { firsts - 1 } else { steps[0] as usize };
            (0..factors.len()).map(|place| chance(place, first, at(&steps, place) as usize, steps)).product()
        })
        .collect();
    let by_factor =
        factors.iter().enumerate().map(|(place, factor)| (0..factor.steps.len()).map(|step| chance(place, firsts - 1, step, [MISSING; 4])).collect()).collect();
    Chances { all, by_factor }
}

/// The average rate of a value of an atom, weighed by how often it comes.
fn usual_rate(data: &Data, field: &Field, rate: Rate) -> f64 {
    let (Rate::Greater(atom) | Rate::Same(atom)) = rate else { return 1.0 };
    let counts = data.counts.get(field.first + atom).map(Vec::as_slice).unwrap_or_default();
    let all: f64 = counts.iter().map(|count| f64::from(*count)).sum::<f64>().max(1.0);
    counts.iter().map(|count| (f64::from(*count) / all).powi(2)).sum()
}
