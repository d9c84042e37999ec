//! The comparisons, one file each. Each finds the level that speaks most for two records being the same, over all pairs
//! of their values.

mod country;
mod date;
mod email;
mod identifier;
mod name;
mod organisation;
mod phone;
mod place;

use crate::{
    frequencies::{Counted, Frequencies},
    prepared::Prepared,
    weights::{Chance, Comparison, Level},
};

/// What two records say that they cannot both say of one thing, however much else agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conflict {
    /// Whole dates of birth or foundation that no slip of the pen explains.
    Dates,
    /// Forenames that are clearly different, as within a household or between twins, and no identifier in common, which
    /// those do not share.
    Forenames,
}

/// The conflict between two records, if any.
pub(crate) fn conflict(left: &Prepared, right: &Prepared) -> Option<Conflict> {
    if date::rules_out_the_same(left, right) {
        Some(Conflict::Dates)
    } else if name::rules_out_the_same(left, right) && !identifier::agree(left, right) {
        Some(Conflict::Forenames)
    } else {
        None
    }
}

/// What one comparison found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding<'r> {
    pub(crate) comparison: &'static Comparison,
    pub(crate) level: &'static Level,
    /// Bits; positive speaks for the same thing.
    pub(crate) weight: f64,
    pub(crate) left: &'r str,
    pub(crate) right: &'r str,
}

/// All comparisons of two records; `None` where either has nothing to compare.
pub(crate) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> [Option<Finding<'r>>; 8] {
    [
        name::compare(left, right, frequencies),
        organisation::compare(left, right, frequencies),
        date::compare(left, right, frequencies),
        phone::compare(left, right, frequencies),
        email::compare(left, right, frequencies),
        identifier::compare(left, right, frequencies),
        place::compare(left, right, frequencies),
        country::compare(left, right, frequencies),
    ]
}

/// The finding that a pair of values falls into a level. `rate` is how common the values of a kind are.
fn finding<'r>(comparison: &'static Comparison, level: usize, (left, right): (&'r str, &'r str), rate: impl Fn(Option<Counted>) -> f64) -> Option<Finding<'r>> {
    let level = comparison.levels.get(level)?;
    let u = match level.u {
        Chance::Fixed(u) => u,
        Chance::Rate(counted, times) => times * rate(Some(counted)),
        Chance::FullName(times) => times * rate(None),
    };
    Some(Finding { comparison, level, weight: (level.m / u).log2(), left, right })
}

/// The better of findings. Of equal ones the one whose values come first, whichever side they stand on, so that the
/// order of the two records decides nothing.
fn best<'r>(findings: impl Iterator<Item = Finding<'r>>) -> Option<Finding<'r>> {
    findings.reduce(|kept, next| {
        let values = |finding: &Finding<'r>| (finding.left.min(finding.right), finding.left.max(finding.right));
        let better = next.weight.total_cmp(&kept.weight).then_with(|| values(&kept).cmp(&values(&next))).is_gt();
        if better { next } else { kept }
    })
}

/// The comparison of values that are plain texts.
fn compare_texts<'r>(
    comparison: &'static Comparison,
    (left, right): (&'r [String], &'r [String]),
    rate: impl Fn(Counted, &str, &str) -> f64,
    level: impl Fn(&str, &str) -> usize,
) -> Option<Finding<'r>> {
    let pairs = left.iter().flat_map(|left| right.iter().map(move |right| (left.as_str(), right.as_str())));
    best(pairs.filter_map(|(left, right)| {
        finding(comparison, level(left, right), (left, right), |counted| counted.map_or(1.0, |counted| rate(counted, left, right)))
    }))
}

/// Jaro-Winkler similarity, 0 to 1, the same in either order.
fn similarity(left: &str, right: &str) -> f64 {
    strsim::jaro_winkler(left.min(right), left.max(right))
}

/// Whether one character is wrong, missing or too many, or two neighbours are swapped.
fn one_off(left: &str, right: &str) -> bool {
    left.len().abs_diff(right.len()) <= 4 && strsim::osa_distance(left, right) == 1
}

/// Share of words in common (Dice's coefficient), 0 to 1.
fn words_in_common(left: &[String], right: &[String]) -> f64 {
    let mut rest: Vec<&String> = right.iter().collect();
    let mut common = 0_u32;
    for word in left {
        if let Some(at) = rest.iter().position(|other| *other == word) {
            rest.swap_remove(at);
            common += 1;
        }
    }
    let words = u32::try_from(left.len() + right.len()).unwrap_or(u32::MAX);
    2.0 * f64::from(common) / f64::from(words.max(1))
}
