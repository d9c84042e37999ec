//! National Insurance numbers.

use candour_model::types::TypeKind;

use super::{Pattern, cleaned};
use crate::{digits::stands_alone, mention::Spot};

static NUMBER: Pattern = Pattern::new(r"(?i-u)\b[a-z]{2}(?:[ -]?\d{2}){3}[ -]?[a-d]\b");

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for hit in NUMBER.matches(text) {
        let Some(value) = cleaned(TypeKind::Identifier, Some("nino"), hit.as_str()) else { continue };
        if stands_alone(text, &hit.range()) {
            found(Spot { range: hit.range(), value, confidence: 0.95 });
        }
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Nino,
        &[("NI number ⟦AB 12 34 56 C⟧.", "AB123456C"), ("⟦ab123456d⟧", "AB123456D"), ("(⟦CE-12-34-56-A⟧)", "CE123456A")],
        &["AB123456E", "AB 12 34 56", "QQ123456C", "GB123456A", "XAB123456C", "AB1234567C", "DA123456C"],
    );
}
