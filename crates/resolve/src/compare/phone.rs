//! Telephone numbers.

use super::{Finding, compare_texts, one_off};
use crate::{frequencies::Frequencies, prepared::Prepared, weights::PHONE};

/// Digits at the end that must agree where one number has its country or area code and the other not.
const LOCAL: usize = 9;

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let rate = |counted, left: &str, right: &str| frequencies.rate(counted, left, right);
    compare_texts(&PHONE, (&left.phones, &right.phones), rate, |left, right| match (local(left), local(right)) {
        (a, b) if a == b => 0,
        (a, b) if a.len() == b.len() && one_off(a, b) => 1,
        _ => 2,
    })
}

/// The last digits, without which codes it is written.
fn local(number: &str) -> &str {
    number.len().checked_sub(LOCAL).and_then(|start| number.get(start..)).unwrap_or(number)
}
