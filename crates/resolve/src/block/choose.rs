//! Rules chosen from the data: those that together reach the most records of one thing for the fewest comparisons.
//!
//! What records of one thing agree on is taken, field by field, from pairs that the *other* fields all but prove to be of
//! one thing; drawing one such agreement for each field makes pairs that no rule has chosen, on which rules are tried.

use rayon::prelude::*;

use crate::{
    block::{groups::groups, rule::Rule},
    data::Data,
    kind::Kind,
    random::{Sequence, mixed},
    scorer::Scorer,
};

/// Records that costs are estimated on.
const SAMPLE: usize = 30_000;
/// Made-up pairs that rules are tried on.
const TRIALS: usize = 16_384;
/// Bits from which the other fields prove a pair.
const PROVEN: f32 = 4.0;
/// Pairs looked at for what fields agree on.
const LOOKED_AT: usize = 60_000;
/// A category of fewer values than this makes no rule narrower that is worth it.
const FEWEST_CATEGORIES: usize = 20;
/// Rules chosen at most.
const MOST_RULES: usize = 20;

/// Rules and what they are expected to do.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) rules: Vec<RuleCost>,
}

/// One rule chosen.
#[derive(Debug, Clone)]
pub(crate) struct RuleCost {
    pub(crate) rule: Rule,
    /// Pairs that it takes, estimated.
    pub(crate) pairs: f64,
    /// Share of the pairs of one thing that it takes.
    pub(crate) takes: f64,
    /// Share that no rule before it does.
    pub(crate) adds: f64,
}

impl RuleCost {
    /// A rule that somebody asks for, of which nothing is known yet.
    pub(crate) fn given(rule: Rule) -> Self {
        Self { rule, pairs: 0.0, takes: 0.0, adds: 0.0 }
    }
}

/// What a rule may be made of: keys of one field.
struct Choice {
    field: usize,
    atoms: Vec<usize>,
}

/// Chooses rules within a budget of comparisons.
pub(crate) fn choose(scorer: &Scorer<'_>, rows: &[u32], budget: f64) -> Chosen {
    let data = scorer.data;
    let choices: Vec<Choice> = data
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.kind != Kind::Category || data.counts.get(field.first).is_some_and(|counts| counts.len() >= FEWEST_CATEGORIES))
        .flat_map(|(place, field)| {
            field.compare.keys().iter().map(move |key| Choice { field: place, atoms: key.iter().map(|atom| field.first + atom).collect() })
        })
        .collect();
    let sample = sample(rows);
    let scale = (rows.len() as f64 / sample.len().max(1) as f64).powi(2);
    let keys: Vec<Vec<u64>> = choices.par_iter().map(|choice| keys_of(data, &Rule::new(choice.atoms.clone()), &sample)).collect();
    let cost = |members: &[usize]| pairs_of(&keys, members, sample.len()) * scale;
    let singles: Vec<f64> = (0..choices.len()).into_par_iter().map(|choice| cost(&[choice])).collect();
    let candidates = candidates(&choices, &singles, budget, rows.len() as f64, cost);
    let trials = trials(scorer, rows, &choices, &candidates);
    greedy(&candidates, &trials, &choices, budget, rows.len() as f64)
}

/// A rule that may be chosen: its choices and its cost.
struct Candidate {
    choices: Vec<usize>,
    cost: f64,
}

/// All combinations of up to three choices of different fields that are within the budget, but none that makes narrower
/// what is narrow already.
fn candidates(choices: &[Choice], singles: &[f64], budget: f64, rows: f64, cost: impl Fn(&[usize]) -> f64 + Sync) -> Vec<Candidate> {
    let narrow = 0.3 * rows;
    let field = |choice: usize| choices.get(choice).map_or(0, |choice| choice.field);
    let single = |choice: usize| singles.get(choice).copied().unwrap_or(0.0);
    let one: Vec<Candidate> = (0..choices.len()).map(|choice| Candidate { choices: vec![choice], cost: single(choice) }).collect();
    let mut two: Vec<Candidate> = Vec::new();
    for a in 0..choices.len() {
        for b in a + 1..choices.len() {
            if field(a) != field(b) && single(a) > narrow && single(b) > narrow {
                two.push(Candidate { choices: vec![a, b], cost: 0.0 });
            }
        }
    }
    two.par_iter_mut().for_each(|candidate| candidate.cost = cost(&candidate.choices));
    let mut three: Vec<Candidate> = Vec::new();
    for pair in two.iter().filter(|pair| pair.cost > narrow.max(budget / 40.0)) {
        let last = pair.choices.last().copied().unwrap_or(0);
        for c in last + 1..choices.len() {
            if pair.choices.iter().all(|choice| field(*choice) != field(c)) && single(c) > narrow {
                three.push(Candidate { choices: [pair.choices.as_slice(), &[c]].concat(), cost: 0.0 });
            }
        }
    }
    three.par_iter_mut().for_each(|candidate| candidate.cost = cost(&candidate.choices));
    let mut all: Vec<Candidate> = one.into_iter().chain(two).chain(three).collect();
    all.retain(|candidate| candidate.cost <= budget / 2.0);
    all
}

fn sample(rows: &[u32]) -> Vec<u32> {
    if rows.len() <= SAMPLE {
        return rows.to_vec();
    }
    let mut sequence = Sequence(11);
    let share = SAMPLE as f64 / rows.len() as f64;
    let most = crate::number::count(share * 2f64.powi(32));
    rows.iter().copied().filter(|_| sequence.next() >> 32 < most).collect()
}

/// The key of each record, 0 for none.
fn keys_of(data: &Data, rule: &Rule, rows: &[u32]) -> Vec<u64> {
    rows.iter().map(|row| rule.key(data.row(*row)).map_or(0, |key| key.max(1))).collect()
}

/// Pairs of records that share all of some keys, by counting keys in a table; the pairs that only share a place in it are
/// taken off again.
fn pairs_of(keys: &[Vec<u64>], members: &[usize], records: usize) -> f64 {
    let columns: Vec<&[u64]> = members.iter().filter_map(|member| keys.get(*member)).map(Vec::as_slice).collect();
    let mut counts = vec![0_u16; SLOTS];
    let (mut pairs, mut keyed) = (0_u64, 0_u64);
    for record in 0..records {
        let mut mix = 0;
        for column in &columns {
            let key = crate::at::at(column, record);
            if key == 0 {
                mix = 0;
                break;
            }
            mix = (mix ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        if mix != 0 {
            keyed += 1;
            if let Some(count) = counts.get_mut(usize::try_from(mix >> (64 - SLOT_BITS)).unwrap_or_default()) {
                pairs += u64::from(*count);
                *count = count.saturating_add(1);
            }
        }
    }
    let keyed = keyed as f64;
    (pairs as f64 - keyed * (keyed - 1.0) / 2.0 / SLOTS as f64).max(0.0)
}

const SLOT_BITS: u32 = 18;
const SLOTS: usize = 1 << SLOT_BITS;

/// For each candidate, on which of the made-up pairs it fires, a bit each.
fn trials(scorer: &Scorer<'_>, rows: &[u32], choices: &[Choice], candidates: &[Candidate]) -> Vec<Vec<u64>> {
    let agreements = agreements(scorer, rows, choices, candidates);
    let fields = scorer.data.fields.len();
    let mut by_choice = vec![vec![0_u64; TRIALS / 64]; choices.len()];
    for trial in 0..TRIALS {
        let mut agreed = vec![0_u64; fields];
        for (field, agreed) in agreed.iter_mut().enumerate() {
            let known = agreements.get(field).map(Vec::as_slice).unwrap_or_default();
            let draw = mixed(((trial as u64) << 8) ^ field as u64);
            *agreed = match known.len() {
                // Nothing known: all keys agree in four of five.
                0 => {
                    if draw.is_multiple_of(5) {
                        0
                    } else {
                        u64::MAX
                    }
                }
                len => known.get(usize::try_from(draw % len as u64).unwrap_or_default()).copied().unwrap_or(0),
            };
        }
        let mut first = 0;
        let mut field = usize::MAX;
        for (place, choice) in choices.iter().enumerate() {
            if choice.field != field {
                (field, first) = (choice.field, place);
            }
            if agreed.get(field).is_some_and(|agreed| agreed >> (place - first) & 1 == 1)
                && let Some(bits) = by_choice.get_mut(place).and_then(|bits| bits.get_mut(trial / 64))
            {
                *bits |= 1 << (trial % 64);
            }
        }
    }
    candidates
        .iter()
        .map(|candidate| {
            let mut bits = vec![u64::MAX; TRIALS / 64];
            for choice in &candidate.choices {
                for (bits, of) in bits.iter_mut().zip(by_choice.get(*choice).map(Vec::as_slice).unwrap_or_default()) {
                    *bits &= of;
                }
            }
            bits
        })
        .collect()
}

/// By field, which of its keys pairs agree on that the other fields prove.
fn agreements(scorer: &Scorer<'_>, rows: &[u32], choices: &[Choice], candidates: &[Candidate]) -> Vec<Vec<u64>> {
    let data = scorer.data;
    let mut found: Vec<Vec<u64>> = vec![Vec::new(); data.fields.len()];
    // Narrow rules, the narrowest of each set of fields first.
    let mut seeds: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.cost <= 4.0 * rows.len() as f64 + 1_000.0).collect();
    seeds.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.choices.cmp(&b.choices)));
    let mut used: Vec<Vec<usize>> = Vec::new();
    for seed in seeds {
        let fields: Vec<usize> = seed.choices.iter().filter_map(|choice| choices.get(*choice)).map(|choice| choice.field).collect();
        if used.iter().filter(|known| **known == fields).count() >= 2 || used.len() >= 24 {
            continue;
        }
        let rule = Rule::new(seed.choices.iter().filter_map(|choice| choices.get(*choice)).flat_map(|choice| choice.atoms.iter().copied()).collect());
        used.push(fields.clone());
        // Keys, not records, are sampled, so that what belongs together stays together.
        let every = (rows.len() / 150_000).max(1) as u64;
        let mut looked_at = 0;
        for group in groups(data, &rule, rows, every).iter().filter(|group| group.len() <= 40) {
            for (place, a) in group.iter().enumerate() {
                for b in group.get(place + 1..).unwrap_or_default() {
                    looked_at += 1;
                    look(scorer, choices, &fields, (*a, *b), &mut found);
                }
            }
            if looked_at > LOOKED_AT / 8 {
                break;
            }
        }
    }
    found
}

/// Notes what a pair agrees on in each field that is none of the rule's, where the others prove it.
fn look(scorer: &Scorer<'_>, choices: &[Choice], fields: &[usize], (a, b): (u32, u32), found: &mut [Vec<u64>]) {
    let bits: Vec<f32> = scorer
        .found(a, b)
        .enumerate()
        .map(|(place, found)| scorer.learnt.match_bits.get(place).map_or(0.0, |bits| crate::at::at(bits, found.cell as usize)) + found.rare)
        .collect();
    let all: f32 = bits.iter().sum::<f32>() + scorer.prior();
    let (left, right) = (scorer.data.row(a), scorer.data.row(b));
    for (place, known) in found.iter_mut().enumerate() {
        if fields.contains(&place) || known.len() >= LOOKED_AT || all - crate::at::at(&bits, place) < PROVEN {
            continue;
        }
        let keys = choices.iter().filter(|choice| choice.field == place).enumerate();
        known.push(keys.filter(|(_, choice)| Rule { atoms: choice.atoms.clone() }.takes(left, right)).map(|(bit, _)| 1 << bit).sum());
    }
}

/// Takes, again and again, the rule that adds the most for its cost.
fn greedy(candidates: &[Candidate], trials: &[Vec<u64>], choices: &[Choice], budget: f64, rows: f64) -> Chosen {
    let mut covered = vec![0_u64; TRIALS / 64];
    let mut chosen = Chosen::default();
    let mut left = budget;
    let count = |bits: &[u64], covered: &[u64]| bits.iter().zip(covered).map(|(bits, covered)| (bits & !covered).count_ones()).sum::<u32>();
    while chosen.rules.len() < MOST_RULES {
        let best = candidates
            .iter()
            .zip(trials)
            .filter(|(candidate, _)| candidate.cost <= left)
            .map(|(candidate, bits)| (candidate, bits, count(bits, &covered)))
            .filter(|(_, _, adds)| *adds >= 2)
            .max_by(|(a, _, adds_a), (b, _, adds_b)| {
                let worth = |candidate: &Candidate, adds: u32| f64::from(adds) / (candidate.cost + 0.2 * rows);
                worth(a, *adds_a).total_cmp(&worth(b, *adds_b)).then_with(|| b.choices.cmp(&a.choices))
            });
        let Some((candidate, bits, adds)) = best else { break };
        let share = |count: u32| f64::from(count) / TRIALS as f64;
        let atoms = candidate.choices.iter().filter_map(|choice| choices.get(*choice)).flat_map(|choice| choice.atoms.iter().copied()).collect();
        chosen.rules.push(RuleCost { rule: Rule::new(atoms), pairs: candidate.cost, takes: share(count(bits, &vec![0; TRIALS / 64])), adds: share(adds) });
        left -= candidate.cost;
        for (covered, bits) in covered.iter_mut().zip(bits) {
            *covered |= bits;
        }
    }
    chosen
}
