//! From a table to a linkage: chances, rules, model, scores, clusters.

use std::time::Instant;

use rayon::prelude::*;

use crate::{
    block::{MOST_RULES, Plan, RuleCost, choose, rule_of},
    cluster::{Clusters, Joining, join},
    data::Data,
    error::ResolveError,
    linkage::{Fixed, Linkage, LinkedPair, Options},
    model::{Chances, Learnt, MOST_FIELDS, Patterns, estimate_chances, learn, says},
    number::single,
    report::report,
    scorer::Scorer,
    table::Table,
};

/// Candidates that the model is learnt from.
const LEARN_FROM: f64 = 800_000.0;
/// Comparisons that are always allowed, however few records there are.
const ALWAYS: f64 = 2_000_000.0;
/// Of more records than this that are the same in all that is compared, one stands for all: the others are paired with it
/// only.
const SAME: usize = 64;

/// See [`crate::link`].
pub(crate) fn link(table: &Table, options: &Options) -> Result<Linkage, ResolveError> {
    let mut stages = Stages::new();
    let threshold = bits_of(options.threshold, options)?;
    let floor = bits_of(options.floor.min(options.threshold), options)?;
    let data = Data::new(table);
    if data.fields.iter().all(|field| (field.first..field.first + field.width).all(|atom| data.filled(atom) == 0.0)) {
        return Err(ResolveError::NothingToCompare);
    }
    if data.fields.len() > MOST_FIELDS {
        return Err(ResolveError::TooManyFields(data.fields.len()));
    }
    stages.done("columns");
    let same = Identical::among(&data, table);
    let all = pairs_of(table, options.between_sources);
    let chances = estimate_chances(&data);
    stages.done("chances");
    // Before anything is learnt: as if every other record had another of the same thing.
    let guess = 0.5 * data.rows as f64;
    let first = Scorer::new(&data, learn(&data, &chances, &[], 1.0, all, guess));
    let rules = rules(table, &first, &same.rows, options)?;
    stages.done("rules");
    let plan = Plan::new(&data, rules.iter().map(|rule| rule.rule.clone()).collect());
    let wanted = |a: u32, b: u32| !options.between_sources || crate::at::of(&table.sources, a) != crate::at::of(&table.sources, b);
    let learnt = learnt(&plan, &first, &same.rows, &rules, &chances, (all, guess), &wanted);
    let learnt = fixed(&data, learnt, &options.fixed)?;
    stages.done("model");
    let scorer = Scorer::new(&data, learnt);
    let mut pairs: Vec<LinkedPair> = Vec::new();
    let (comparisons, skewed) = plan.each(
        &same.rows,
        1,
        |into: &mut Vec<LinkedPair>, a, b| {
            if wanted(a, b) {
                let weight = scorer.bits(a, b);
                if weight >= floor {
                    into.push(LinkedPair { a, b, weight });
                }
            }
        },
        Vec::new,
        |part| pairs.extend(part),
    );
    drop(plan);
    same.spread(&scorer, &mut pairs, floor, &wanted);
    let pairs = ordered(pairs, table.rows());
    stages.done("pairs");
    let clusters = join(&scorer, &pairs, Joining { threshold, clean_sources: options.one_to_one.then_some(table) });
    stages.done("clusters");
    let report = report(table, &scorer, &rules, &skewed, (&pairs, comparisons), &clusters, same.count, threshold, stages.0);
    let Scorer { learnt, .. } = scorer;
    let Clusters { of, .. } = clusters;
    Ok(Linkage::new(data, learnt, pairs, of, report).with_rules(rules.into_iter().map(|rule| rule.rule).collect()))
}

/// Pairs in the order of their records.
fn ordered(pairs: Vec<LinkedPair>, rows: usize) -> Vec<LinkedPair> {
    let mut starts = vec![0_u32; rows + 1];
    for pair in &pairs {
        if let Some(start) = starts.get_mut(pair.a as usize + 1) {
            *start += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut sorted = vec![LinkedPair { a: 0, b: 0, weight: 0.0 }; pairs.len()];
    for pair in pairs {
        if let Some(start) = starts.get_mut(pair.a as usize) {
            if let Some(slot) = sorted.get_mut(*start as usize) {
                *slot = pair;
            }
            *start += 1;
        }
    }
    for of_one in sorted.chunk_by_mut(|one, other| one.a == other.a) {
        of_one.sort_unstable_by_key(|pair| pair.b);
    }
    sorted
}

/// How long each stage took, in seconds.
struct Stages(Vec<(&'static str, f64)>, Instant);

impl Stages {
    fn new() -> Self {
        Self(Vec::new(), Instant::now())
    }

    fn done(&mut self, what: &'static str) {
        self.0.push((what, self.1.elapsed().as_secs_f64()));
        self.1 = Instant::now();
    }
}

/// Bits of the odds that a probability stands for.
fn bits_of(probability: f64, options: &Options) -> Result<f32, ResolveError> {
    if probability > 0.0 && probability < 1.0 {
        Ok(single((probability / (1.0 - probability)).log2()))
    } else {
        Err(ResolveError::Thresholds { threshold: options.threshold, review: options.floor })
    }
}

/// All pairs of records that could be of one thing.
fn pairs_of(table: &Table, between_sources: bool) -> f64 {
    let rows = table.rows() as f64;
    let within = |count: f64| count * (count - 1.0) / 2.0;
    if !between_sources {
        return within(rows).max(1.0);
    }
    let mut sizes = [0.0; 256];
    for source in &table.sources {
        if let Some(size) = sizes.get_mut(*source as usize) {
            *size += 1.0;
        }
    }
    (within(rows) - sizes.iter().map(|size| within(*size)).sum::<f64>()).max(1.0)
}

/// The rules that are asked for, or those that the data suggest.
fn rules(table: &Table, first: &Scorer<'_>, rows: &[u32], options: &Options) -> Result<Vec<RuleCost>, ResolveError> {
    if options.rules.is_empty() {
        return Ok(choose(first, rows, options.comparisons_per_record * rows.len() as f64 + ALWAYS).rules);
    }
    if options.rules.len() > MOST_RULES {
        return Err(ResolveError::TooManyRules(options.rules.len()));
    }
    options.rules.iter().map(|words| Ok(RuleCost::given(rule_of(table, first.data, words)?))).collect()
}

/// Learns from a share of the candidates.
fn learnt(
    plan: &Plan<'_>,
    first: &Scorer<'_>,
    rows: &[u32],
    rules: &[RuleCost],
    chances: &[Chances],
    (all, guess): (f64, f64),
    wanted: &(impl Fn(u32, u32) -> bool + Sync),
) -> Learnt {
    let expected: f64 = rules.iter().map(|rule| rule.pairs).sum();
    let every = (expected / LEARN_FROM).ceil().max(1.0);
    let mut patterns = Patterns::default();
    plan.each(
        rows,
        crate::number::count(every),
        |into: &mut Patterns, a, b| {
            if wanted(a, b) {
                into.add(first.found(a, b));
            }
        },
        Patterns::default,
        |part| patterns = std::mem::take(&mut patterns).merge(part),
    );
    learn(first.data, chances, &patterns.sorted(), every, all, guess)
}

/// What was learnt, with what is given in its place.
fn fixed(data: &Data, mut learnt: Learnt, fixed: &Fixed) -> Result<Learnt, ResolveError> {
    if let Some(prior) = fixed.prior {
        learnt.matches = prior;
    }
    for (name, level, m, u) in &fixed.cells {
        let unknown = || ResolveError::UnknownLevel { field: name.clone(), level: level.clone() };
        let (place, field) = data.fields.iter().enumerate().find(|(_, field)| field.name == *name).ok_or_else(unknown)?;
        let cells = crate::model::Cells::new(field.compare.as_ref());
        let cell = (0..cells.len).find(|cell| says(field.compare.as_ref(), &cells, u8::try_from(*cell).unwrap_or(u8::MAX)) == *level).ok_or_else(unknown)?;
        learnt.fix(place, cell, *m, *u);
    }
    Ok(learnt)
}

/// Records that are the same in all that is compared, of which one stands for all.
struct Identical {
    /// Records that are compared.
    rows: Vec<u32>,
    /// Many that are the same, the one that stands for them first.
    groups: Vec<Vec<u32>>,
    /// Records that are the same as another, beyond the first of each kind, however many.
    count: usize,
}

impl Identical {
    fn among(data: &Data, table: &Table) -> Self {
        let hash =
            |row: u32| data.row(row).iter().fold(u64::from(crate::at::of(&table.sources, row)), |hash, code| crate::random::mixed(hash ^ u64::from(*code)));
        let mut hashes: Vec<(u64, u32)> = (0..u32::try_from(data.rows).unwrap_or(u32::MAX)).into_par_iter().map(|row| (hash(row), row)).collect();
        hashes.par_sort_unstable();
        let simple = |row: u32| (0..data.fields.len()).all(|field| data.further(field, row).is_empty());
        let (mut rows, mut groups, mut count) = (Vec::with_capacity(data.rows), Vec::new(), 0);
        for run in hashes.chunk_by(|(one, _), (other, _)| one == other) {
            let [(_, first), ..] = run else { continue };
            let (same, others): (Vec<u32>, Vec<u32>) = run.iter().map(|(_, row)| *row).partition(|row| simple(*row) && data.row(*first) == data.row(*row));
            rows.extend(others);
            count += same.len().saturating_sub(1);
            if same.len() > SAME {
                rows.push(*first);
                groups.push(same);
            } else {
                rows.extend(same);
            }
        }
        rows.sort_unstable();
        groups.sort_unstable();
        Self { rows, groups, count }
    }

    /// Adds the pairs of records that another one stands for with that one.
    fn spread(&self, scorer: &Scorer<'_>, pairs: &mut Vec<LinkedPair>, floor: f32, wanted: &impl Fn(u32, u32) -> bool) {
        for group in &self.groups {
            let [first, rest @ ..] = group.as_slice() else { continue };
            let weight = rest.first().map_or(f32::NEG_INFINITY, |other| scorer.bits(*first, *other));
            if weight >= floor {
                pairs.extend(rest.iter().filter(|other| wanted(*first, **other)).map(|other| LinkedPair { a: *first, b: *other, weight }));
            }
        }
    }
}
