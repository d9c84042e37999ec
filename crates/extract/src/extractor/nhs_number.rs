//! NHS numbers, where the text says that they are: one in eleven numbers of ten digits passes the check digit by chance.

use candour_model::types::TypeKind;

use super::cleaned;
use crate::{
    digits::{is_announced, runs},
    mention::Spot,
};

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for run in runs(text, 10) {
        if run.digits.len() != 10 || !is_announced(text, run.range.start, &["nhs", "nhs no", "nhs number", "patient"]) {
            continue;
        }
        if let Some(value) = cleaned(TypeKind::Identifier, Some("nhs"), &run.digits) {
            found(Spot { range: run.range, value, confidence: 0.98 });
        }
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::NhsNumber,
        &[("NHS number ⟦943 476 5919⟧.", "9434765919"), ("NHS: ⟦9434765919⟧", "9434765919"), ("patient (⟦943-476-5919⟧)", "9434765919")],
        &["943 476 5919", "NHS number 943 476 5918", "NHS number 943 476 591", "NHS number 1943 476 5919", "nhs 117-66-8129"],
    );
}
