//! Text inside XML 1.0.

use std::fmt::Write as _;

/// Text for an attribute or an element. Line ends and tabs stand as character references, since a reader may otherwise turn
/// them into spaces; a character that XML 1.0 cannot hold becomes U+FFFD, so that it is seen that something was there.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                // Writing to a string does not fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if is_unwritable(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether XML 1.0 has no way to hold this character (its section 2.2).
pub(super) fn is_unwritable(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a<b> & \"c\"\r\n\t'd'"), "a&lt;b&gt; &amp; &quot;c&quot;&#13;&#10;&#9;'d'");
        assert_eq!(escaped("\u{0}x\u{1F}\u{FFFF}\u{85}🚐"), "\u{FFFD}x\u{FFFD}\u{FFFD}\u{85}🚐");
    }
}
