//! Address and postcode, as one.

use super::{Finding, best, finding, similarity, words_in_common};
use crate::{
    frequencies::{Counted, Frequencies},
    prepared::{Prepared, Words},
    weights::{CLOSE_ORGANISATION, MOST_WORDS, PLACE},
};

/// How alike two addresses are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alike {
    Same,
    Close,
    Different,
}

/// A value of each kind where a record has one.
type Value<'r> = (Option<&'r Words>, Option<&'r str>);

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let pairs = values(left).into_iter().flat_map(|left| values(right).into_iter().map(move |right| (left, right)));
    best(pairs.filter_map(|(left, right)| {
        let postcodes = left.1.zip(right.1);
        let addresses = left.0.zip(right.0);
        let same_postcode = postcodes.map(|(left, right)| left == right);
        let level = level(addresses.map(|(left, right)| alike(left, right)), same_postcode)?;
        let shown = |(address, postcode): Value<'r>| address.map(|address| address.shown.as_str()).or(postcode).unwrap_or_default();
        let texts = if addresses.is_some() { (shown(left), shown(right)) } else { postcodes.unwrap_or_default() };
        finding(&PLACE, level, texts, |counted| match counted {
            Some(Counted::Address) => addresses.map_or(1.0, |(left, right)| frequencies.rate(Counted::Address, &left.sorted, &right.sorted)),
            Some(counted) => postcodes.map_or(1.0, |(left, right)| frequencies.rate(counted, left, right)),
            None => 1.0,
        })
    }))
}

/// Every address with every postcode: which belong together is not known.
fn values(record: &Prepared) -> Vec<Value<'_>> {
    let addresses: Vec<Option<&Words>> = if record.addresses.is_empty() { vec![None] } else { record.addresses.iter().map(Some).collect() };
    let postcodes: Vec<Option<&str>> = if record.postcodes.is_empty() { vec![None] } else { record.postcodes.iter().map(|text| Some(text.as_str())).collect() };
    addresses.iter().flat_map(|address| postcodes.iter().map(|postcode| (*address, *postcode))).collect()
}

fn alike(left: &Words, right: &Words) -> Alike {
    if left.sorted == right.sorted {
        Alike::Same
    } else if words_in_common(&left.words, &right.words) >= MOST_WORDS || similarity(&left.words.concat(), &right.words.concat()) >= CLOSE_ORGANISATION {
        Alike::Close
    } else {
        Alike::Different
    }
}

fn level(addresses: Option<Alike>, same_postcode: Option<bool>) -> Option<usize> {
    Some(match (addresses, same_postcode) {
        (Some(Alike::Same), Some(true)) => 0,
        (Some(Alike::Close), Some(true)) => 1,
        (Some(Alike::Same), Some(false)) => 2,
        (Some(Alike::Same), None) => 3,
        (Some(Alike::Close), Some(false)) => 4,
        (Some(Alike::Close), None) => 5,
        (None, Some(true)) => 6,
        (Some(Alike::Different), Some(true)) => 7,
        (Some(Alike::Different), _) | (None, Some(false)) => 8,
        (None, None) => return None,
    })
}
