//! Amounts of money, with a sign, a code or a word for the currency. `$` alone is read as US dollars, with less confidence.

use super::Pattern;
use crate::{digits::stands_alone, mention::Spot};

static BEFORE: Pattern = Pattern::new(
    r"(?i)(?:(?:US|A|C|NZ|HK)?\$|[£€¥₹]|(?-u:\b)(?:GBP|EUR|USD|CHF|AUD|CAD)) ?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?(?: ?(?:thousand|million|billion|bn|mn|[km])(?-u:\b))?",
);
static AFTER: Pattern = Pattern::new(
    r"(?i-u)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?(?: (?:thousand|million|billion))? ?(?:pounds sterling|pounds?|quid|pence|euros?|(?:us )?dollars?|GBP|EUR|USD|CHF|AUD|CAD)\b",
);

/// Signs and words in lower case, the ISO 4217 code, and how sure the reading is.
const CURRENCIES: &[(&str, &str, f32)] = &[
    ("us$", "USD", 0.98),
    ("a$", "AUD", 0.95),
    ("c$", "CAD", 0.95),
    ("nz$", "NZD", 0.95),
    ("hk$", "HKD", 0.95),
    ("$", "USD", 0.85),
    ("£", "GBP", 0.98),
    ("€", "EUR", 0.98),
    ("¥", "JPY", 0.85),
    ("₹", "INR", 0.98),
    ("gbp", "GBP", 0.98),
    ("eur", "EUR", 0.98),
    ("usd", "USD", 0.98),
    ("chf", "CHF", 0.98),
    ("aud", "AUD", 0.98),
    ("cad", "CAD", 0.98),
    ("pounds sterling", "GBP", 0.98),
    // A pound is a weight as well.
    ("pounds", "GBP", 0.8),
    ("pound", "GBP", 0.8),
    ("quid", "GBP", 0.95),
    ("euros", "EUR", 0.98),
    ("euro", "EUR", 0.95),
    ("us dollars", "USD", 0.98),
    ("us dollar", "USD", 0.98),
    ("dollars", "USD", 0.85),
    ("dollar", "USD", 0.85),
];

/// Words for multiples, and by how many places the decimal point moves.
const MULTIPLES: &[(&str, usize)] = &[("thousand", 3), ("million", 6), ("billion", 9), ("bn", 9), ("mn", 6), ("k", 3), ("m", 6)];

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for pattern in [&BEFORE, &AFTER] {
        for hit in pattern.matches(text) {
            // A sign joins no word, so only what starts with a digit or letter needs room before it.
            let starts_with_sign = hit.as_str().starts_with(|c: char| !c.is_ascii_alphanumeric());
            let tail = hit.end() - hit.as_str().chars().next_back().map_or(0, char::len_utf8)..hit.end();
            let checked = if starts_with_sign { hit.start()..hit.end() } else { hit.range() };
            if !(stands_alone(text, &checked) || (starts_with_sign && ends_word(text, &tail))) || follows_decimal(text, hit.start()) {
                continue;
            }
            if let Some((value, confidence)) = read(hit.as_str()) {
                found(Spot { range: hit.range(), value, confidence });
            }
        }
    }
}

fn ends_word(text: &str, tail: &std::ops::Range<usize>) -> bool {
    let mut after = text.get(tail.end..).unwrap_or_default().chars();
    let next = after.next();
    next.is_none_or(|c| !c.is_alphanumeric()) && !(matches!(next, Some('-' | '.' | ',')) && after.next().is_some_and(|c| c.is_ascii_digit()))
}

/// Whether the digits are the end of a longer number.
fn follows_decimal(text: &str, start: usize) -> bool {
    let mut before = text.get(..start).unwrap_or_default().chars().rev();
    matches!(before.next(), Some('.' | ',')) && before.next().is_some_and(|c| c.is_ascii_digit())
}

/// The code and the amount in full, such as `GBP 1200.50`.
fn read(text: &str) -> Option<(String, f32)> {
    let lower = text.to_lowercase();
    let start = lower.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = lower.split_at_checked(start)?;
    let length = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    let (number, after) = rest.split_at_checked(length)?;
    let after = after.trim();
    let multiple = MULTIPLES.iter().find(|(word, _)| after == *word || after.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
    let places = multiple.map_or(0, |(_, places)| *places);
    let sign = if before.trim().is_empty() { multiple.map_or(after, |(word, _)| after.strip_prefix(word).unwrap_or(after)).trim() } else { before.trim() };
    let amount = shift(&number.replace(',', ""), places);
    if sign == "pence" {
        return Some((format!("GBP {}", unshift(&amount)?), 0.9));
    }
    let (_, code, confidence) = CURRENCIES.iter().find(|(known, _, _)| *known == sign)?;
    Some((format!("{code} {amount}"), *confidence))
}

/// Moves the decimal point to the right.
fn shift(number: &str, places: usize) -> String {
    if places == 0 {
        return number.to_owned();
    }
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = format!("{part:0<places$}");
    let (moved, rest) = part.split_at_checked(places).unwrap_or((&part, ""));
    if rest.is_empty() { format!("{whole}{moved}") } else { format!("{whole}{moved}.{rest}") }
}

/// Moves the decimal point of a whole number two places to the left.
fn unshift(number: &str) -> Option<String> {
    let pence: u64 = number.parse().ok()?;
    Some(format!("{}.{:02}", pence / 100, pence % 100))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Money,
        &[
            ("cost ⟦£1,200.50⟧.", "GBP 1200.50"),
            ("⟦£ 20⟧", "GBP 20"),
            ("about ⟦£1.5m⟧", "GBP 1500000"),
            ("⟦€3 million⟧ in cash", "EUR 3000000"),
            ("⟦$40k⟧", "USD 40000"),
            ("⟦GBP 500⟧", "GBP 500"),
            ("⟦300 quid⟧", "GBP 300"),
            ("⟦2 million pounds⟧", "GBP 2000000"),
            ("owes ⟦250 euros⟧,", "EUR 250"),
            ("⟦50 pence⟧", "GBP 0.50"),
        ],
        &["1,200.50", "£", "£ten", "500", "five pounds", "x500 eurostar", "100 dollarsworth", "£5-10k"],
    );
}
