//! Dates of birth or foundation.

use super::{Finding, best, finding, one_off};
use crate::{
    frequencies::Frequencies,
    prepared::{Date, Prepared},
    weights::DATE,
};

/// The first of the levels at which two whole dates cannot both be one thing's, slips of the pen allowed for.
const FIRST_APART: usize = 5;

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let pairs = left.dates.iter().flat_map(|left| right.dates.iter().map(move |right| (left, right)));
    best(pairs.filter_map(|(left, right)| {
        finding(&DATE, level(left, right), (&left.shown, &right.shown), |counted| {
            counted.map_or(1.0, |counted| frequencies.rate(counted, &left.digits, &right.digits))
        })
    }))
}

/// Whether both have whole dates and no two of them could be one date written down twice.
pub(super) fn rules_out_the_same(left: &Prepared, right: &Prepared) -> bool {
    let mut pairs = left.dates.iter().flat_map(|left| right.dates.iter().map(move |right| (left, right))).peekable();
    pairs.peek().is_some() && pairs.all(|(left, right)| left.is_full() && right.is_full() && level(left, right) >= FIRST_APART)
}

fn level(left: &Date, right: &Date) -> usize {
    let known = left.digits.len().min(right.digits.len());
    let part = |date: &Date, from: usize, to: usize| date.digits.get(from..to).map(str::to_owned);
    let agree = |from, to| part(left, from, to) == part(right, from, to);
    match known {
        8 if left.digits == right.digits => 0,
        8 if agree(0, 4) && part(left, 4, 6) == part(right, 6, 8) && part(left, 6, 8) == part(right, 4, 6) => 1,
        8 if one_off(&left.digits, &right.digits) => 2,
        8 if agree(0, 4) => 5,
        8 if agree(4, 8) => 6,
        6 if agree(0, 6) => 3,
        4 if agree(0, 4) => 4,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Field, Record};

    #[test]
    fn levels() {
        for (left, right, says, apart) in [
            ("1971-03-09", "19710309", "the same day", false),
            ("1971-03-09", "1971-09-03", "day and month swapped", false),
            ("1971-03-09", "1971-03-08", "one digit off, or two swapped", false),
            ("1971-03-12", "1971-03-21", "one digit off, or two swapped", false),
            ("1971-03", "1971-03-21", "the same month, the day not known", false),
            ("1971", "1971-03", "the same year, the month not known", false),
            ("1971-03-09", "1971-12-25", "the same year, another day", true),
            ("1971-03-09", "1940-03-09", "the same day and month of another year", true),
            ("1971-03-09", "1940-12-25", "different", true),
            ("1971", "1940-12-25", "different", false),
        ] {
            let record = |text: &str| Prepared::new(&Record { key: 0, schema: "Person".into(), fields: vec![(Field::Date, text.into())] });
            let (left, right) = (record(left), record(right));
            let frequencies = Frequencies::default();
            assert_eq!(compare(&left, &right, &frequencies).unwrap().level.says, says);
            assert_eq!(compare(&right, &left, &frequencies).unwrap().level.says, says);
            assert_eq!(rules_out_the_same(&left, &right), apart, "{says}");
        }
    }
}
