//! Numbers of payment cards: the length and first digits of an issuer, a Luhn check digit, and either the groups in which cards
//! print them or a word before them that speaks of a card.

use candour_model::types::check::luhn;

use crate::{
    digits::{is_announced, runs},
    mention::Spot,
};

const WORDS: &[&str] = &["card", "cards", "visa", "mastercard", "amex", "american express", "debit", "credit", "pan", "maestro"];

/// First and last prefix of four digits, and the lengths that go with them (ISO/IEC 7812 issuer ranges as published by the schemes).
const ISSUERS: &[(u32, u32, &[usize])] = &[
    (2221, 2720, &[16]),
    (3000, 3059, &[14]),
    (3400, 3499, &[15]),
    (3528, 3589, &[16]),
    (3600, 3699, &[14]),
    (3700, 3799, &[15]),
    (3800, 3899, &[14]),
    (4000, 4999, &[13, 16, 19]),
    (5100, 5599, &[16]),
    (6011, 6011, &[16, 19]),
    (6200, 6299, &[16, 17, 18, 19]),
    (6440, 6599, &[16, 19]),
];

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for run in runs(text, 13) {
        let prefix = run.digits.get(..4).and_then(|prefix| prefix.parse::<u32>().ok()).unwrap_or_default();
        let fits = |(first, last, lengths): &(u32, u32, &[usize])| (*first..=*last).contains(&prefix) && lengths.contains(&run.digits.len());
        if !ISSUERS.iter().any(fits) || !luhn(&run.digits) {
            continue;
        }
        let is_announced = is_announced(text, run.range.start, WORDS);
        if is_announced || is_printed(run.text) {
            found(Spot { range: run.range, value: run.digits, confidence: if is_announced { 0.99 } else { 0.93 } });
        }
    }
}

/// Whether digits stand in groups as on a card.
fn is_printed(text: &str) -> bool {
    let groups: Vec<usize> = text.split([' ', '-']).map(str::len).collect();
    matches!(groups.as_slice(), [4, 4, 4, 4] | [4, 6, 5] | [4, 6, 4] | [4, 4, 4, 4, 3])
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Pan,
        &[
            ("card ⟦4111111111111111⟧", "4111111111111111"),
            ("⟦4111 1111 1111 1111⟧ exp 01/30", "4111111111111111"),
            ("Amex ⟦3782-822463-10005⟧.", "378282246310005"),
            ("⟦5555-5555-5555-4444⟧", "5555555555554444"),
        ],
        &["4111111111111111", "card 4111111111111112", "4111 1111 1111 1112", "9111 1111 1111 1111", "card 41111111111111111", "ref 0000 0000 0000 0000"],
    );
}
