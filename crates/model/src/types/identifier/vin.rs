//! VIN, the number of a vehicle, ISO 3779: 17 letters and digits without `I`, `O` and `Q`.
//!
//! Vehicles made for North America carry a check digit in the ninth place (49 CFR 565.15). Others may have anything there, so
//! it is required only where the first character (1 to 5) says that the vehicle was made in North America.

use std::borrow::Cow;

use super::compact;
use crate::types::check;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code = compact(text);
    if code.len() != 17 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric() && !b"IOQ".contains(&byte)) {
        return Err("is no VIN: it has 17 letters and digits, without I, O and Q".into());
    }
    if code.starts_with(['1', '2', '3', '4', '5']) && !check::vin(&code) {
        return Err("fails the check digit of a North American VIN (ninth character); compare it with the source".into());
    }
    Ok(code)
}
