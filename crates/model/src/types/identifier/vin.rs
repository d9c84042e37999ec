//! VIN, the number of a vehicle, ISO 3779: 17 letters and digits without `I`, `O` and `Q`.
//!
//! Vehicles made for North America carry a check digit in the ninth place (49 CFR 565.15). Others may have anything there, so
//! it is required only where the first character (1 to 5) says that the vehicle was made in North America.

use std::borrow::Cow;

use super::compact;

/// Values of the letters `A` to `Z`; 0 for those that are not used.
const LETTERS: [u32; 26] = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];
const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code = compact(text);
    if code.len() != 17 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric() && !b"IOQ".contains(&byte)) {
        return Err("is no VIN: it has 17 letters and digits, without I, O and Q".into());
    }
    if code.starts_with(['1', '2', '3', '4', '5']) && !has_check_digit(&code) {
        return Err("fails the check digit of a North American VIN (ninth character); compare it with the source".into());
    }
    Ok(code)
}

/// Whether the ninth character is the check digit over the others.
fn has_check_digit(code: &str) -> bool {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => LETTERS.get(usize::from(byte.wrapping_sub(b'A'))).copied().unwrap_or(0),
    };
    let sum: u32 = code.bytes().zip(WEIGHTS).map(|(byte, weight)| value(byte) * weight).sum();
    let check = if sum % 11 == 10 { 'X' } else { char::from_digit(sum % 11, 10).unwrap_or('X') };
    code.chars().nth(8) == Some(check)
}
