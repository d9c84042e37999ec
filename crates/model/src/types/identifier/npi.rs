//! NPI, the number of a health-care provider in the United States (45 CFR 162.406): ten digits, the last a Luhn check digit
//! that also counts the issuer's prefix 80840; or fifteen digits with the prefix.

use std::borrow::Cow;

use super::digit_run;
use crate::types::check::luhn;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let Some(digits) = digit_run(text, &[10, 15]) else { return Err("is no NPI: it has ten digits".into()) };
    let whole = if digits.len() == 10 { format!("80840{digits}") } else { digits.clone() };
    let is_zero = digits.bytes().all(|byte| byte == b'0') || digits == "808400000000000";
    if luhn(&whole) && !is_zero { Ok(digits) } else { Err("fails the check digit of an NPI (Luhn with the prefix 80840); compare it with the source".into()) }
}
