//! ISIN, ISO 6166: a country or other prefix, nine characters, a check digit.

use std::borrow::Cow;

use super::compact;
use crate::types::{check::luhn, country::is_iso_country};

/// Prefixes that are no countries: the European Union, substitute agencies, international securities, former countries.
const OTHERS: &[&str] = &["EU", "QS", "QT", "XA", "XB", "XC", "XD", "XF", "XS", "AN", "CS"];

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code = compact(text);
    if code.len() != 12 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("is no ISIN: it has 12 letters and digits, such as `GB00BYXJL758`".into());
    }
    let prefix = code.get(..2).unwrap_or_default();
    let is_country = is_iso_country(&prefix.to_ascii_lowercase());
    if !is_country && !OTHERS.contains(&prefix) {
        return Err(format!("is no ISIN: `{prefix}` is no country").into());
    }
    let expanded: String = code.chars().filter_map(|c| c.to_digit(36)).map(|value| value.to_string()).collect();
    if luhn(&expanded) { Ok(code) } else { Err("fails the check digit of an ISIN; compare it with the source".into()) }
}
