//! Countries.

use super::{Finding, compare_texts};
use crate::{frequencies::Frequencies, prepared::Prepared, weights::COUNTRY};

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let rate = |counted, left: &str, right: &str| frequencies.rate(counted, left, right);
    compare_texts(&COUNTRY, (&left.countries, &right.countries), rate, |left, right| usize::from(left != right))
}
