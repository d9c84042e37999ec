//! What one sight's records come to: pairs that are proposed as the same, and pairs that wait for a person. What people
//! have said of pairs binds the machine: what they called the same is joined first, and nothing joins, through however
//! many others, what they called different.

mod parts;

use std::collections::BTreeMap;

use candour_model::judgement::Verdict;
use candour_resolve::{Fixed, Kind, Linkage, LinkedPair, Options, ResolveError, Waterfall, link};

use crate::{
    matched::parts::Parts,
    records::Record,
    tables::{Family, comparable, families, tables},
};

/// Two candidates by their places, the lower first.
pub(crate) type Pair = (u32, u32);

/// Probability from which a pair is merged as proposed.
pub(crate) const THRESHOLD: f64 = 0.95;
/// Probability from which a pair that is not proposed waits for a person.
pub(crate) const REVIEW: f64 = 0.5;
/// From how many bits on a comparison tells. Two that tell are needed for a proposal, or one that stands alone.
const TELLING: f32 = 3.0;
/// What can carry a proposal with nothing else of weight beside it.
const STANDS_ALONE: &[&str] = &["organisation"];
/// Below so many records the share of pairs that are the same is not learnt from them: a handful tells nothing of it.
const ENOUGH: u32 = 1_000;

/// Further keys, beside whole values, that few records are compared by: for columns of these kinds, these atoms.
const SOUNDS: &[(&[Kind], &[&str])] = &[
    (&[Kind::Forename, Kind::Surname, Kind::FullName], &["names in any order", "surname", "sound of surname"]),
    (&[Kind::Organisation], &["first word", "longest word"]),
];
/// Degrees of agreement of organisations' names, with how often one organisation's names (m) and those of two (u) are so,
/// rarity left out.
const ORGANISATION_LEVELS: &[(&str, f64, f64)] = &[
    ("the same but for the legal form", 0.70, 0.01),
    ("one or two slips apart", 0.12, 0.000_3),
    ("most words the same", 0.08, 0.001),
    ("a word the same", 0.05, 0.05),
];

/// Why a pair waits for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    BelowThreshold,
    OneSign,
    Contradicted,
    Judged,
    OtherKind,
}

impl Reason {
    /// The reason in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::BelowThreshold => "likely, but below the threshold",
            Self::OneSign => "above the threshold, but on one sign alone",
            Self::Contradicted => "above the threshold, but what else is known of the records that it would join speaks against it",
            Self::Judged => "above the threshold, but it would join records that a person called different",
            Self::OtherKind => "above the threshold, but it would join things of kinds that cannot be the same",
        }
    }
}

/// A pair that is likely, and why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scored {
    pub(crate) pair: Pair,
    pub(crate) weight: f32,
    pub(crate) probability: f64,
    pub(crate) features: String,
    joins: bool,
    has_signs: bool,
}

/// What records come to.
#[derive(Debug, Default)]
pub(crate) struct Matched {
    pub(crate) comparisons: u64,
    pub(crate) skewed: usize,
    pub(crate) proposed: Vec<Scored>,
    pub(crate) queued: Vec<(Scored, Reason)>,
    pub(crate) clusters: usize,
}

/// What people said of pairs, as one sight hears it.
pub(crate) type Said = BTreeMap<Pair, Verdict>;

/// Matches records. `id` gives the public id of a candidate.
pub(crate) fn matched<'w>(records: &[Record<'_>], id: impl Fn(u32) -> &'w str, said: &Said, threshold: f64) -> Result<Matched, ResolveError> {
    let floor = REVIEW.min(threshold);
    if !(threshold > 0.0 && threshold < 1.0) {
        return Err(ResolveError::Thresholds { threshold, review: floor });
    }
    let kinds: BTreeMap<u32, &Record<'_>> = records.iter().map(|record| (record.place, record)).collect();
    let can_be_one = |(a, b): Pair| kinds.get(&a).zip(kinds.get(&b)).is_some_and(|(a, b)| comparable(a.schema, b.schema));
    let mut matched = Matched::default();
    let mut likely: BTreeMap<Pair, Scored> = BTreeMap::new();
    for family in tables(records, id)? {
        let linkage = linked(&family, threshold, floor)?;
        matched.comparisons += linkage.report.comparisons;
        matched.skewed += linkage.report.skewed.len();
        let scored = linkage.pairs.iter().filter_map(|pair| scored(&family, &linkage, pair, threshold));
        for scored in scored.filter(|scored| can_be_one(scored.pair) && !said.contains_key(&scored.pair)) {
            // A pair that two tables hold goes by what speaks most for it.
            let held = likely.entry(scored.pair).or_insert_with(|| scored.clone());
            if held.weight < scored.weight {
                *held = scored;
            }
        }
    }
    let mut parts = Parts::new(records.iter().map(|record| (record.place, families(record.schema))), said);
    let mut likely: Vec<Scored> = likely.into_values().collect();
    // The surest join first, so that where two joinings exclude each other the surer one stands.
    likely.sort_by(|one, other| other.weight.total_cmp(&one.weight).then_with(|| one.pair.cmp(&other.pair)));
    for scored in likely {
        match reason(&scored, &mut parts, threshold) {
            None => matched.proposed.push(scored),
            Some(reason) => matched.queued.push((scored, reason)),
        }
    }
    matched.clusters = parts.clusters();
    Ok(matched)
}

/// Why a pair has to wait; joins the two where it need not.
fn reason(scored: &Scored, parts: &mut Parts, threshold: f64) -> Option<Reason> {
    if scored.probability < threshold {
        Some(Reason::BelowThreshold)
    } else if !scored.has_signs {
        Some(Reason::OneSign)
    } else if !scored.joins {
        Some(Reason::Contradicted)
    } else {
        parts.join(scored.pair).err()
    }
}

/// Resolves one table.
pub(crate) fn linked(family: &Family, threshold: f64, floor: f64) -> Result<Linkage, ResolveError> {
    let usual = Options { threshold, floor, ..Options::default() };
    let Some(rows) = u32::try_from(family.table.rows()).ok().filter(|rows| *rows < ENOUGH) else { return link(&family.table, &usual) };
    // As if every other record had another of the same thing.
    let fixed = Fixed { prior: Some(1.0 / f64::from(rows)), cells: cells(family) };
    link(&family.table, &Options { fixed, rules: rules(family), ..usual })
}

/// Of few records all are compared that share the value of any column but the country, or a name's sound.
fn rules(family: &Family) -> Vec<Vec<String>> {
    let columns = family.table.columns().filter(|(_, kind, _, _)| *kind != Kind::Country);
    let mut rules: Vec<Vec<String>> = columns.map(|(name, _, _, _)| vec![name.to_owned()]).collect();
    for (kinds, atoms) in SOUNDS {
        if family.table.columns().any(|(_, kind, _, _)| kinds.contains(&kind)) {
            rules.extend(atoms.iter().map(|atom| vec![(*atom).to_owned()]));
        }
    }
    rules
}

/// Names of organisations are nearer to being unique than a few hundred records can show.
fn cells(family: &Family) -> Vec<(String, String, Option<f64>, Option<f64>)> {
    let has_names = family.table.columns().any(|(_, kind, _, _)| kind == Kind::Organisation);
    let cell = |(level, m, u): &(&str, f64, f64)| ("organisation".to_owned(), (*level).to_owned(), Some(*m), Some(*u));
    if has_names { ORGANISATION_LEVELS.iter().map(cell).collect() } else { Vec::new() }
}

fn scored(family: &Family, linkage: &Linkage, pair: &LinkedPair, threshold: f64) -> Option<Scored> {
    let (a, b) = (family.place(pair.a)?, family.place(pair.b)?);
    let cluster = |row: u32| linkage.clusters.get(usize::try_from(row).ok()?);
    let told = linkage.explain(&family.table, pair.a, pair.b);
    Some(Scored {
        pair: (a.min(b), a.max(b)),
        weight: pair.weight,
        probability: pair.probability(),
        joins: pair.probability() >= threshold && cluster(pair.a) == cluster(pair.b),
        has_signs: has_signs(&told),
        features: features(&told),
    })
}

/// Whether what speaks for a pair is more than one sign.
fn has_signs(told: &Waterfall) -> bool {
    let telling = || told.features.iter().filter(|feature| feature.weight >= TELLING);
    telling().count() >= 2 || telling().any(|feature| STANDS_ALONE.contains(&feature.name.as_str()))
}

/// What was found of a pair, on one line.
fn features(told: &Waterfall) -> String {
    let compared = told.features.iter().filter(|feature| feature.weight != 0.0);
    let features: Vec<String> = compared.map(|feature| format!("{} {} {:+.1}", feature.name, feature.level, feature.weight)).collect();
    features.join("; ")
}
