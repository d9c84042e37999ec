//! Names of organisations.

use super::{Finding, best, finding, similarity, words_in_common};
use crate::{
    frequencies::Frequencies,
    prepared::{Prepared, Words},
    weights::{CLOSE_ORGANISATION, MOST_WORDS, ORGANISATION},
};

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let pairs = left.organisations.iter().flat_map(|left| right.organisations.iter().map(move |right| (left, right)));
    best(pairs.filter_map(|(left, right)| {
        finding(&ORGANISATION, level(left, right), (&left.shown, &right.shown), |counted| {
            counted.map_or(1.0, |counted| frequencies.rate(counted, &left.sorted, &right.sorted))
        })
    }))
}

fn level(left: &Words, right: &Words) -> usize {
    if left.words.concat() == right.words.concat() {
        0
    } else if left.sorted == right.sorted {
        1
    } else if similarity(&left.sorted, &right.sorted).max(similarity(&left.words.concat(), &right.words.concat())) >= CLOSE_ORGANISATION {
        2
    } else if words_in_common(&left.words, &right.words) >= MOST_WORDS {
        3
    } else {
        4
    }
}
