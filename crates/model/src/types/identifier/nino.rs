//! National Insurance number of the United Kingdom (HMRC manual NIM39110): two letters, six digits, a letter from A to D.

use std::borrow::Cow;

use super::compact;

/// Beginnings that are not issued.
const NOT_ISSUED: &[&str] = &["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let number = compact(text);
    let form = "is no National Insurance number: two letters, six digits and a letter from A to D, such as `QQ 12 34 56 C`";
    let [first, second, digits @ .., suffix] = number.as_bytes() else { return Err(form.into()) };
    if digits.len() != 6
        || !digits.iter().all(u8::is_ascii_digit)
        || !(b'A'..=b'D').contains(suffix)
        || !first.is_ascii_uppercase()
        || !second.is_ascii_uppercase()
    {
        return Err(form.into());
    }
    if b"DFIQUV".contains(first) || b"DFIOQUV".contains(second) || NOT_ISSUED.iter().any(|start| number.starts_with(start)) {
        return Err("is no National Insurance number: none is issued with these two letters at its start".into());
    }
    Ok(number)
}
