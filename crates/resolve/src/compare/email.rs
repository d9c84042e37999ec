//! E-mail addresses.

use super::{Finding, compare_texts, one_off};
use crate::{frequencies::Frequencies, prepared::Prepared, weights::EMAIL};

/// Shortest part before the @ that tells of its owner; `info` tells nothing.
const TELLING: usize = 6;

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let rate = |counted, left: &str, right: &str| frequencies.rate(counted, left, right);
    compare_texts(&EMAIL, (&left.emails, &right.emails), rate, |left, right| {
        let owner = |email: &str| email.split_once('@').map(|(owner, _)| owner.to_owned()).filter(|owner| owner.len() >= TELLING);
        if left == right {
            0
        } else if one_off(left, right) {
            1
        } else if owner(left).is_some() && owner(left) == owner(right) {
            2
        } else {
            3
        }
    })
}
