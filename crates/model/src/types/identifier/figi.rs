//! FIGI, the Financial Instrument Global Identifier (ANSI X9.145): consonants and digits, `G` in the third place, a check digit.

use std::borrow::Cow;

use super::compact;

/// Beginnings that would look like an ISIN of these countries.
const RESERVED: &[&str] = &["BS", "BM", "GG", "GB", "GH", "KY", "VG"];

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code = compact(text);
    let allowed = |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"AEIOU".contains(&byte));
    if code.len() != 12 || !code.bytes().all(allowed) {
        return Err("is no FIGI: it has 12 characters, digits and consonants, such as `BBG000BLNNH6`".into());
    }
    if code.as_bytes().get(2) != Some(&b'G') || RESERVED.iter().any(|start| code.starts_with(start)) {
        return Err("is no FIGI: its third character is `G`, and it does not begin like an ISIN".into());
    }
    let values = code.bytes().take(11).zip([1, 2].into_iter().cycle()).map(|(byte, weight)| char::from(byte).to_digit(36).unwrap_or(0) * weight);
    let sum: u32 = values.map(|value| value / 10 + value % 10).sum();
    let digit = code.bytes().last().and_then(|byte| char::from(byte).to_digit(10));
    if digit == Some((10 - sum % 10) % 10) { Ok(code) } else { Err("fails the check digit of a FIGI; compare it with the source".into()) }
}
