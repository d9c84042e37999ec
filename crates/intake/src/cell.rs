//! What a cell of a table says, once everything that nobody can see in it is gone.
//!
//! The rules are those of FollowTheMoney's reader, because ids are hashes of cells: Unicode normal form C, control and
//! zero-width characters removed, odd spaces made plain ones, space around the text removed.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// The text of a cell; empty where there is none.
pub(crate) fn text(raw: &str) -> Cow<'_, str> {
    if is_plain(raw.as_bytes()) {
        return Cow::Borrowed(raw.trim());
    }
    let needs_change = raw.chars().any(|c| verdict(c) != Verdict::Keep) || is_nfc_quick(raw.chars()) != IsNormalized::Yes;
    if !needs_change {
        return Cow::Borrowed(raw.trim());
    }
    let safe: String = raw
        .nfc()
        .filter_map(|c| match verdict(c) {
            Verdict::Keep => Some(c),
            Verdict::Space => Some(' '),
            Verdict::Drop => None,
        })
        .collect();
    Cow::Owned(safe.trim().to_owned())
}

/// Printable ASCII, tabs and line ends.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r'))
}

#[derive(PartialEq, Eq)]
enum Verdict {
    Keep,
    Space,
    Drop,
}

fn verdict(c: char) -> Verdict {
    match c {
        '\t' | '\n' | '\r' => Verdict::Keep,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => Verdict::Drop,
        '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{a00}' | '\u{1680}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Verdict::Space,
        _ => Verdict::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_nobody_sees_is_gone() {
        for (raw, expected) in [
            ("  Ann\t", "Ann"),
            ("Ann\nLee", "Ann\nLee"),
            ("", ""),
            (" \u{a0} ", ""),
            ("e\u{301}", "\u{e9}"),
            ("Zo\u{eb}", "Zo\u{eb}"),
            ("A\u{200b}n\u{ad}n", "Ann"),
            ("\u{feff}Ann", "Ann"),
            ("A\u{0}n\u{7}n", "Ann"),
            ("Ann\u{3000}Lee", "Ann Lee"),
            ("\u{2028}", ""),
        ] {
            assert_eq!(text(raw), expected, "{raw:?}");
        }
    }
}
