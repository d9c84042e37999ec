//! IMEI, the number of a mobile device (3GPP TS 23.003): 15 digits, the last a Luhn check digit.

use std::borrow::Cow;

use super::exact_digits;
use crate::types::check::luhn;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let digits = exact_digits(&text.replace('/', ""), 15, "is no IMEI: it has 15 digits; 16 digits are an IMEISV, which has no check digit")?;
    if luhn(&digits) { Ok(digits) } else { Err("fails the check digit of an IMEI (Luhn); compare it with the source".into()) }
}
