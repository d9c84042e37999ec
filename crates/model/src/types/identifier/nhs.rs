//! NHS number of England, Wales and the Isle of Man (NHS Data Dictionary): ten digits, the last a check digit modulo 11.

use std::borrow::Cow;

use super::exact_digits;
use crate::types::check::weighted;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let digits = exact_digits(text, 10, "is no NHS number: it has ten digits, such as `943 476 5919`")?;
    let check = (11 - weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    let last = digits.chars().last().and_then(|c| c.to_digit(10));
    let is_one_digit = digits.bytes().all(|byte| Some(byte) == digits.bytes().next());
    if last == Some(check) && !is_one_digit {
        Ok(digits)
    } else {
        Err("fails the check digit of an NHS number (remainder by 11); compare it with the source".into())
    }
}
