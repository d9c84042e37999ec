//! What every text goes through first: composed (NFC), without invisible and control characters, trimmed.
//!
//! The characters removed and the spaces made plain are those that FollowTheMoney removes, so that its values pass unchanged.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Composes, removes what cannot be seen, trims. Tabs and line breaks stay.
pub(super) fn sanitise(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim();
    if trimmed.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')) {
        return Cow::Borrowed(trimmed);
    }
    let is_clean = trimmed.chars().all(|c| fate(c) == Fate::Keep);
    if is_clean && is_nfc_quick(trimmed.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(trimmed);
    }
    let visible = trimmed.chars().filter_map(|c| match fate(c) {
        Fate::Keep => Some(c),
        Fate::Space => Some(' '),
        Fate::Remove => None,
    });
    // Removed first and composed after: a joiner between a letter and its accent would keep them apart.
    let composed: String = visible.nfc().collect();
    let inner = composed.trim();
    if inner.len() == composed.len() { Cow::Owned(composed) } else { Cow::Owned(inner.to_owned()) }
}

/// White space of any kind and length becomes one space; none at the ends.
pub(super) fn squash(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut after_space = true;
    let mut is_squashed = true;
    for c in text.chars() {
        let is_space = c.is_whitespace();
        if is_space && (after_space || c != ' ') {
            is_squashed = false;
            break;
        }
        after_space = is_space;
    }
    if is_squashed && (text.is_empty() || !after_space) {
        return text;
    }
    let mut squashed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squashed.is_empty() {
            squashed.push(' ');
        }
        squashed.push_str(word);
    }
    Cow::Owned(squashed)
}

/// Applies a change that may leave the text as it is, whoever owns it.
pub(super) fn narrow<'v>(text: Cow<'v, str>, part: impl FnOnce(&str) -> &str) -> Cow<'v, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(part(text)),
        Cow::Owned(text) => {
            let kept = part(&text);
            if kept.len() == text.len() { Cow::Owned(text) } else { Cow::Owned(kept.to_owned()) }
        }
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Fate {
    Keep,
    Space,
    Remove,
}

fn fate(c: char) -> Fate {
    match c {
        '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{0a00}' | '\u{1680}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Fate::Space,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Fate::Remove,
        '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{feff}' => Fate::Remove,
        _ => Fate::Keep,
    }
}
