//! Names of people: forename and surname, as one.

use super::{Finding, best, finding, similarity};
use crate::{
    frequencies::{Counted, Frequencies},
    nicknames::share_a_name,
    phonetic::soundex,
    prepared::{Name, Prepared},
    weights::{CLEARLY_DIFFERENT, CLOSE_WORD, NAME},
};

/// How alike one part of two names is; `None` stands for a part that either lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alike {
    Same,
    Close,
    Different,
}

pub(super) fn compare<'r>(left: &'r Prepared, right: &'r Prepared, frequencies: &Frequencies) -> Option<Finding<'r>> {
    let pairs = left.names.iter().flat_map(|left| right.names.iter().map(move |right| (left, right)));
    best(pairs.filter_map(|(left, right)| {
        finding(&NAME, level(left, right)?, (&left.shown, &right.shown), |counted| match counted {
            Some(Counted::Forename) => frequencies.rate(Counted::Forename, &left.forename, &right.forename),
            Some(counted) => frequencies.rate(counted, &left.surname, &right.surname),
            None => {
                let parts =
                    frequencies.rate(Counted::Forename, &left.forename, &right.forename) * frequencies.rate(Counted::Surname, &left.surname, &right.surname);
                frequencies.rate_of_name(parts, &left.sorted, &right.sorted)
            }
        })
    }))
}

/// Whether both have forenames and no two of them could be one forename.
pub(super) fn rules_out_the_same(left: &Prepared, right: &Prepared) -> bool {
    let mut pairs = left.names.iter().flat_map(|left| right.names.iter().map(move |right| (left, right))).peekable();
    pairs.peek().is_some() && pairs.all(|(left, right)| are_clearly_different(&left.forename, &right.forename) && !is_swapped(left, right))
}

fn are_clearly_different(left: &str, right: &str) -> bool {
    forenames(left, right) == Some(Alike::Different) && similarity(left, right) < CLEARLY_DIFFERENT
}

fn level(left: &Name, right: &Name) -> Option<usize> {
    use Alike::{Close, Different, Same};
    let straight = (forenames(&left.forename, &right.forename), surnames(left, right));
    Some(match straight {
        (Some(Same), Some(Same)) => 0,
        _ if is_swapped(left, right) => 1,
        (Some(Close), Some(Same)) => 2,
        (Some(Same), Some(Close)) => 3,
        (Some(Close), Some(Close)) => 4,
        (None, Some(Same)) => 5,
        (Some(Same), None) => 6,
        (None, Some(Close)) => 7,
        (Some(Close), None) => 8,
        (Some(Different), Some(Same)) => 9,
        (Some(Same), Some(Different)) => 10,
        (None, None) => return None,
        _ => 11,
    })
}

/// Whether the names are the same but for which is which.
fn is_swapped(left: &Name, right: &Name) -> bool {
    let across = (forenames(&left.forename, &right.surname), forenames(&left.surname, &right.forename));
    let slipped = matches!(across, (Some(Alike::Same), Some(Alike::Same | Alike::Close)) | (Some(Alike::Close), Some(Alike::Same)));
    slipped || (left.sorted == right.sorted && left.sorted.contains(' '))
}

fn forenames(left: &str, right: &str) -> Option<Alike> {
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let initial = |short: &str, long: &str| short.chars().nth(1).is_none() && long.starts_with(short);
    Some(if left == right {
        Alike::Same
    } else if share_a_name(left, right) || initial(left, right) || initial(right, left) || sounds_close(left, right) {
        Alike::Close
    } else {
        Alike::Different
    })
}

fn surnames(left: &Name, right: &Name) -> Option<Alike> {
    if left.surname.is_empty() || right.surname.is_empty() {
        return None;
    }
    // A double surname is close to either of its halves.
    let half =
        || left.surname_words.len() != right.surname_words.len() && left.surname_words.iter().any(|word| word.len() > 3 && right.surname_words.contains(word));
    Some(if left.surname == right.surname {
        Alike::Same
    } else if half() || sounds_close(&left.surname, &right.surname) {
        Alike::Close
    } else {
        Alike::Different
    })
}

/// Spelt much alike, or a little less so and sounding alike.
fn sounds_close(left: &str, right: &str) -> bool {
    let similarity = similarity(left, right);
    similarity >= CLOSE_WORD || (similarity >= 0.8 && soundex(left).is_some_and(|code| soundex(right) == Some(code)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Field, Record};

    #[test]
    fn levels() {
        for (left, right, says) in [
            ("Anna Brandt", "BRANDT, Anna Maria", "forename and surname the same"),
            ("Anna Brandt", "Brandt Anna", "the same names in another order"),
            ("Robert Naylor", "Bob Naylor", "surname the same, forename close"),
            ("R Naylor", "Robert Naylor", "surname the same, forename close"),
            ("Zoë Łukasik", "Zoe Lukasik", "forename and surname the same"),
            ("Anna Brandt", "Anna Brant", "forename the same, surname close"),
            ("Anna Schmidt-Brandt", "Anna Brandt", "forename the same, surname close"),
            ("Catherine Meyer", "Katherine Meier", "forename and surname close"),
            ("Brandt", "Anna Brandt", "surname the same, no forename"),
            ("Otto Brandt", "Anna Brandt", "surname the same, forename different"),
            ("Anna Naylor", "Anna Brandt", "forename the same, surname different"),
            ("Otto Naylor", "Anna Brandt", "no part the same"),
        ] {
            let record = |text: &str| Prepared::new(&Record { key: 0, schema: "Person".into(), fields: vec![(Field::FullName, text.into())] });
            let (left, right) = (record(left), record(right));
            assert_eq!(compare(&left, &right, &Frequencies::default()).unwrap().level.says, says);
            assert_eq!(compare(&right, &left, &Frequencies::default()).unwrap().level.says, says);
        }
    }
}
