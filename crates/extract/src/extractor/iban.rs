//! International bank account numbers, by the structure of their country and their check digits.

use candour_model::types::TypeKind;

use super::{Pattern, cleaned};
use crate::{digits::stands_alone, mention::Spot};

static START: Pattern = Pattern::new(r"(?i-u)\b[a-z]{2}\d{2}[ -]?[a-z0-9]");
/// Fewest and most characters of one (ISO 13616).
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for hit in START.matches(text) {
        let rest = text.get(hit.start()..).unwrap_or_default();
        for length in ends(rest).into_iter().rev() {
            let range = hit.start()..hit.start() + length;
            let Some(value) = rest.get(..length).and_then(|number| cleaned(TypeKind::Identifier, Some("iban"), number)) else { continue };
            if stands_alone(text, &range) {
                found(Spot { range, value, confidence: 0.99 });
                break;
            }
        }
    }
}

/// Where a number that begins here may end: after each group of letters and digits, as long as lengths fit.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut count, mut was_mark) = (0, false);
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() {
            (count, was_mark) = (count + 1, false);
            let is_end = text.get(at + 1..).is_none_or(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
            if is_end && LENGTHS.contains(&count) {
                ends.push(at + 1);
            }
        } else if matches!(c, ' ' | '-') && !was_mark {
            was_mark = true;
        } else {
            break;
        }
        if count > *LENGTHS.end() {
            break;
        }
    }
    ends
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Iban,
        &[
            ("paid to ⟦GB82 WEST 1234 5698 7654 32⟧ in June", "GB82WEST12345698765432"),
            ("⟦GB82WEST12345698765432⟧.", "GB82WEST12345698765432"),
            ("IBAN:⟦DE89 3704 0044 0532 0130 00⟧", "DE89370400440532013000"),
            ("(⟦gb82west12345698765432⟧)", "GB82WEST12345698765432"),
            ("⟦NO93 8601 1117 947⟧ is his", "NO9386011117947"),
        ],
        &["GB82 WEST 1234 5698 7654 33", "GB82 WEST", "AB12 CDE", "ZZ82WEST12345698765432", "xGB82WEST12345698765432", "GB82WEST123456987654321"],
    );
}
