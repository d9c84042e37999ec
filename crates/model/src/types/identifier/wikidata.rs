//! Wikidata item ids: `Q` and digits, also at the end of an item's address.

use std::borrow::Cow;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let id = text.rsplit('/').next().unwrap_or_default().trim().to_ascii_uppercase();
    match id.strip_prefix('Q') {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(id),
        _ => Err("is no Wikidata item: `Q` and digits, such as `Q145`".into()),
    }
}
