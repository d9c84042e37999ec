//! Runs of digits in groups: the raw material of telephone, card, device and health numbers.

use std::ops::Range;

/// A run of digits with single spaces, hyphens or full stops between groups.
pub(crate) struct Run<'t> {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// As it stands.
    pub(crate) text: &'t str,
    /// Without the marks between groups.
    pub(crate) digits: String,
}

/// All runs of at least `min` digits that neither follow nor precede a letter, a digit or a decimal point with a digit.
pub(crate) fn runs(text: &str, min: usize) -> impl Iterator<Item = Run<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let start = from + rest.find(|c: char| c.is_ascii_digit())?;
            let end = start + length(text.get(start..)?);
            from = end;
            let run = text.get(start..end)?;
            let digits: String = run.chars().filter(char::is_ascii_digit).collect();
            if digits.len() >= min && stands_alone(text, &(start..end)) {
                return Some(Run { range: start..end, text: run, digits });
            }
        }
    })
}

/// Bytes from a digit to the last digit of its run.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut marks = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                end = at + 1;
                marks = 0;
            }
            b' ' | b'-' | b'.' if marks == 0 => marks = 1,
            _ => break,
        }
    }
    end
}

/// Whether no letter, digit or joining mark touches these bytes.
pub(crate) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    let next = after.next();
    let starts_word = before.is_none_or(|c| !joins(c) && c != '@' && c != '#');
    let ends_word = next.is_none_or(|c| !joins(c) && c != '@') && !(matches!(next, Some('-' | '.')) && after.next().is_some_and(char::is_alphanumeric));
    starts_word && ends_word
}

/// Whether one of these words, in lower case, stands in the 40 characters before this place.
pub(crate) fn is_announced(text: &str, start: usize, words: &[&str]) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let window: String = before.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
    words.iter().any(|word| window.match_indices(word).any(|(at, found)| stands_alone(&window, &(at..at + found.len()))))
}
