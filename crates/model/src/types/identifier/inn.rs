//! INN, the Russian taxpayer number: 10 digits for an organisation, 12 for a person, with one or two check digits.

use std::borrow::Cow;

use super::compact;
use crate::types::check::weighted;

const ORGANISATION: &[u32] = &[2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_FIRST: &[u32] = &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_SECOND: &[u32] = &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let digits = compact(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("is no INN: digits only".into());
    }
    let fits = |weights: &[u32]| digits.chars().nth(weights.len()).and_then(|c| c.to_digit(10)) == Some(weighted(&digits, weights) % 11 % 10);
    let is_right = match digits.len() {
        10 => fits(ORGANISATION),
        12 => fits(PERSON_FIRST) && fits(PERSON_SECOND),
        count => return Err(format!("has {count} digits; an INN has 10 (organisations) or 12 (people)").into()),
    };
    if is_right { Ok(digits) } else { Err("fails the check digits of an INN; compare it with the source".into()) }
}
