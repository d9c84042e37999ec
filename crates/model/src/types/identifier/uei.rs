//! UEI, the Unique Entity ID of the United States government (SAM.gov): 12 letters and digits without `I` and `O`. Its check
//! character is not published.

use std::borrow::Cow;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let is_uei = |word: &&str| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() && !b"IOio".contains(&byte));
    let Some(code) = text.split(|c: char| !c.is_alphanumeric() && c != '_').find(is_uei) else {
        return Err("is no UEI: it has 12 letters and digits, without I and O".into());
    };
    if code.starts_with('0') { Err("is no UEI: none begins with 0".into()) } else { Ok(code.to_ascii_uppercase()) }
}
