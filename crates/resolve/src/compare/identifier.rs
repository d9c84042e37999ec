//! Numbers and codes that somebody issued.

use super::{Finding, compare_texts, one_off};
use crate::{frequencies::Frequencies, prepared::Prepared, weights::IDENTIFIER};

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let rate = |counted, left: &str, right: &str| frequencies.rate(counted, left, right);
    compare_texts(&IDENTIFIER, (&left.identifiers, &right.identifiers), rate, |left, right| {
        if left == right {
            0
        } else if left.len() >= 6 && one_off(left, right) {
            1
        } else {
            2
        }
    })
}
