//! BIC (SWIFT code), ISO 9362: four letters for the party, two for the country, two characters for the place. The three of the
//! branch are dropped, as FollowTheMoney drops them, so that all branches are one bank.

use std::borrow::Cow;

use super::compact;
use crate::types::country::is_iso_country;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let mut code = compact(text);
    if !matches!(code.len(), 8 | 11) || !code.is_ascii() {
        return Err("is no BIC: it has 8 or 11 characters, such as `DEUTDEFF`".into());
    }
    code.truncate(8);
    let letters = code.bytes().take(6).all(|byte| byte.is_ascii_uppercase());
    if !letters || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("is no BIC: the first six characters are letters, the rest letters or digits".into());
    }
    let country = code.get(4..6).unwrap_or_default().to_ascii_lowercase();
    if !is_iso_country(&country) {
        return Err(format!("is no BIC: its fifth and sixth letters `{}` are no country", country.to_ascii_uppercase()).into());
    }
    Ok(code)
}
