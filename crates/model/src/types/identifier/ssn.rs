//! Social Security number of the United States (Social Security Administration): nine digits, no check digit, some never issued.

use std::borrow::Cow;

/// Numbers that advertisements made known.
const WELL_KNOWN: &[&str] = &["078051120", "457555462", "219099999"];

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let groups: Vec<&str> = text.trim().split(['-', ' ']).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let digits = groups.concat();
    if !matches!(lengths.as_slice(), [9] | [3, 2, 4] | [5, 4] | [3, 6]) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("is no Social Security number: nine digits, such as `536-90-4399`".into());
    }
    let starts = |start: &str| digits.starts_with(start);
    if starts("000") || starts("666") || starts("9") || digits.get(3..5) == Some("00") || digits.ends_with("0000") || WELL_KNOWN.contains(&digits.as_str()) {
        return Err("is no Social Security number: none is issued with this area, group or serial".into());
    }
    Ok(digits)
}
