//! OGRN, the Russian registration number: 13 digits for an organisation, 15 for an entrepreneur (OGRNIP), the last a check digit.

use std::borrow::Cow;

use super::digit_run;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let Some(digits) = digit_run(text, &[13, 15]) else { return Err("is no OGRN: it has 13 digits, or 15 for an entrepreneur".into()) };
    let (number, last) = digits.split_at_checked(digits.len() - 1).unwrap_or_default();
    let modulus = if digits.len() == 13 { 11 } else { 13 };
    let check = number.parse::<u64>().ok().map(|number| number % modulus % 10);
    if digits.starts_with('0') || check != last.parse().ok() {
        return Err(format!("fails the check digit of an OGRN (remainder by {modulus}); compare it with the source").into());
    }
    Ok(digits)
}
