//! Vehicle identification numbers: those with a check digit that fits, and any others that the text announces.

use candour_model::types::{TypeKind, check};

use super::{Pattern, cleaned};
use crate::{
    digits::{is_announced, stands_alone},
    mention::Spot,
};

static NUMBER: Pattern = Pattern::new(r"(?i-u)\b[a-hj-npr-z0-9]{13}\d{4}\b");
const WORDS: &[&str] = &["vin", "chassis", "vehicle identification number", "frame number"];

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for hit in NUMBER.matches(text) {
        let has_letters = hit.as_str().bytes().filter(u8::is_ascii_alphabetic).count() >= 3;
        if !has_letters || !stands_alone(text, &hit.range()) {
            continue;
        }
        let Some(value) = cleaned(TypeKind::Identifier, Some("vin"), hit.as_str()) else { continue };
        let is_announced = is_announced(text, hit.start(), WORDS);
        if is_announced || check::vin(&value) {
            found(Spot { range: hit.range(), value, confidence: if is_announced { 0.98 } else { 0.9 } });
        }
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Vin,
        &[
            ("⟦1M8GDM9AXKP042788⟧ was seized", "1M8GDM9AXKP042788"),
            ("VIN: ⟦WVWZZZ1JZXW000001⟧", "WVWZZZ1JZXW000001"),
            ("chassis ⟦wvwzzz1jzxw000001⟧.", "WVWZZZ1JZXW000001"),
        ],
        &["WVWZZZ1JZXW000001", "1M8GDM9A1KP042788", "VIN 1M8GDM9A1KP042788", "VIN WVWZZZ1JZXW00000", "12345678901234567", "VIN IVWZZZ1JZXW000001"],
    );
}
