//! Any identifier, cut down to its letters and digits in capitals, for lists that punctuate the same number differently.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let code: String = text.nfkd().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    if code.len() < 2 { Err("has fewer than two Latin letters or digits, too few to tell anything apart".into()) } else { Ok(code) }
}
