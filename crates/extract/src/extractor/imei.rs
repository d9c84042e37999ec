//! Numbers of mobile devices: fifteen digits with a Luhn check digit, which the text announces or which begin with the code of
//! a body that hands many of them out (35, 86, 01; 3GPP TS 23.003).

use candour_model::types::TypeKind;

use super::cleaned;
use crate::{
    digits::{is_announced, runs},
    mention::Spot,
};

const WORDS: &[&str] = &["imei", "handset", "device", "serial"];
const BODIES: [&str; 3] = ["35", "86", "01"];

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for run in runs(text, 15) {
        let is_announced = is_announced(text, run.range.start, WORDS);
        if run.digits.len() != 15 || !(is_announced || BODIES.iter().any(|body| run.digits.starts_with(body))) {
            continue;
        }
        if let Some(value) = cleaned(TypeKind::Identifier, Some("imei"), &run.digits) {
            found(Spot { range: run.range, value, confidence: if is_announced { 0.99 } else { 0.85 } });
        }
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Imei,
        &[
            ("IMEI ⟦490154203237518⟧", "490154203237518"),
            ("⟦356938035643809⟧ was found", "356938035643809"),
            ("imei: ⟦49-015420-323751-8⟧.", "490154203237518"),
        ],
        &["490154203237518", "IMEI 490154203237519", "356938035643808", "3569380356438091", "IMEI 49015420323751"],
    );
}
