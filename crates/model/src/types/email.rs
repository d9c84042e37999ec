//! E-mail addresses: the part before `@` as it is written, the domain in lower case and in its own script.
//!
//! The rules are FollowTheMoney's: they tell an address from other text, not a working address from a dead one.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::{Refusal, punycode};

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let bare = text.strip_prefix("mailto:").or_else(|| text.strip_prefix("MAILTO:")).unwrap_or(&text).trim();
    // `Name <address>` and `<address>`, as mail programs write them.
    let bare = bare.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).unwrap_or(bare).trim();
    let Some((local, domain)) = bare.rsplit_once('@') else { return Err(Refusal::new(&text, "has no `@`; write an address such as `name@example.org`")) };
    if local.is_empty() || local.chars().count() > 64 {
        return Err(Refusal::new(&text, "needs 1 to 64 characters before the `@`"));
    }
    if let Some(wrong) = local.chars().find(|c| c.is_whitespace() || "<>()[],;:?\"\\".contains(*c)) {
        return Err(Refusal::new(&text, format_args!("has `{wrong}` before the `@`, which no address has; write several addresses in several values")));
    }
    let domain = domain.trim_end_matches('.');
    check_domain(domain).map_err(|why| Refusal::new(&text, why))?;
    let is_usual = domain.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.') && !domain.contains("xn--");
    if is_usual && bare.len() == text.len() && bare.ends_with(domain) {
        return Ok(text);
    }
    let lower = domain.to_lowercase();
    let labels: Vec<Cow<'_, str>> = lower.split('.').map(punycode::label).collect();
    // Composed again, for the lower case of `İ` is two characters.
    Ok(Cow::Owned(format!("{local}@{}", labels.join(".").nfc())))
}

/// What is wrong with a domain, if anything is.
fn check_domain(domain: &str) -> Result<(), &'static str> {
    let Some((_, last)) = domain.rsplit_once('.') else { return Err("has no full stop after the `@`; write the whole domain, such as `example.org`") };
    for label in domain.split('.') {
        if label.is_empty() || label.chars().count() > 63 {
            return Err("has an empty or overlong part in its domain");
        }
        if label.starts_with('-') || label.ends_with('-') || !label.chars().all(|c| c.is_alphanumeric() || c == '-' || is_mark(c)) {
            return Err("has a character in its domain that no domain has; letters, digits and hyphens are allowed");
        }
    }
    if last.chars().count() < 2 || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("ends in no top-level domain such as `.org` or `.uk`");
    }
    Ok(())
}

/// Combining marks belong to the letters of many scripts.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
