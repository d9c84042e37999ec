//! Web addresses, with their scheme or beginning with `www.`. Bare domains are left alone: a full stop without a space after it
//! is too common a slip.

use candour_model::types::TypeKind;

use super::{Pattern, cleaned};
use crate::mention::Spot;

static ADDRESS: Pattern = Pattern::new(r#"(?i-u:\b(?:(?:https?|ftp)://|www\.))[^\s<>"`{}|\\^]+"#);

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for hit in ADDRESS.matches(text) {
        let address = without_sentence(hit.as_str());
        if let Some(value) = cleaned(TypeKind::Url, None, address) {
            found(Spot { range: hit.start()..hit.start() + address.len(), value, confidence: 0.99 });
        }
    }
}

/// Without the punctuation of the sentence around it; a closing bracket stays if it was opened inside.
fn without_sentence(address: &str) -> &str {
    let mut address = address;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '”', '*', '_']);
        let shorter = match shorter.chars().next_back() {
            Some(')') if shorter.matches('(').count() < shorter.matches(')').count() => shorter.strip_suffix(')').unwrap_or(shorter),
            Some(']') if shorter.matches('[').count() < shorter.matches(']').count() => shorter.strip_suffix(']').unwrap_or(shorter),
            _ => shorter,
        };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Url,
        &[
            ("see ⟦https://example.org/a?b=c#d⟧.", "https://example.org/a?b=c#d"),
            ("(⟦http://example.org/⟧)", "http://example.org/"),
            ("⟦https://example.org/Set_(maths)⟧, p. 3", "https://example.org/Set_(maths)"),
            ("⟦www.example.co.uk⟧!", "http://www.example.co.uk/"),
            ("⟦HTTPS://Example.org/X⟧", "https://example.org/X"),
            ("“⟦ftp://ftp.example.org/file⟧”", "ftp://ftp.example.org/file"),
        ],
        &["example.org", "end.Begin", "http:// broken", "www. example", "https://", "e.g. this"],
    );
}
