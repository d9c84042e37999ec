//! Content hashes in hex.

use std::borrow::Cow;

use super::Refusal;

/// Lengths in hex digits of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512.
const LENGTHS: &[usize] = &[32, 40, 56, 64, 96, 128];

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Refusal::new(&text, "is no hash: hex digits only, without spaces or the name of the method"));
    }
    if !LENGTHS.contains(&text.len()) {
        let digits = text.len();
        return Err(Refusal::new(&text, format_args!("has {digits} hex digits; SHA-1 has 40, SHA-256 has 64, MD5 has 32")));
    }
    Ok(if text.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(text.to_ascii_lowercase()) } else { text })
}
