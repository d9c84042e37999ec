//! Numbers and codes that somebody issued.

use super::{Finding, compare_texts, one_off};
use crate::{frequencies::Frequencies, prepared::Prepared, weights::IDENTIFIER};

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let rate = |counted, left: &str, right: &str| frequencies.rate(counted, left, right);
    compare_texts(&IDENTIFIER, (&left.identifiers, &right.identifiers), rate, level)
}

/// Whether the two have an identifier in common, slips of the pen allowed for.
pub(super) fn agree(left: &Prepared, right: &Prepared) -> bool {
    left.identifiers.iter().any(|left| right.identifiers.iter().any(|right| level(left, right) < DIFFERENT))
}

/// The level of identifiers that do not agree.
const DIFFERENT: usize = 2;

fn level(left: &str, right: &str) -> usize {
    if left == right {
        0
    } else if left.len() >= 6 && one_off(left, right) {
        1
    } else {
        DIFFERENT
    }
}
