//! LEI, ISO 17442: 18 letters and digits and two check digits.

use std::borrow::Cow;

use super::compact;
use crate::types::check::mod97;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code = compact(text);
    if code.len() != 20 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let count = code.chars().count();
        return Err(format!("is no LEI: it has 20 letters and digits, and this has {count} characters").into());
    }
    if mod97(code.bytes()) == Some(1) { Ok(code) } else { Err("fails the check digits of an LEI (remainder by 97); compare it with the source".into()) }
}
