//! Text made comparable: small letters without marks, digits, and single spaces.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Letters and digits of a text in small letters without diacritics, other characters as single spaces; apostrophes
/// and full stops vanish, so that `O'Brien` is one word and `B.V.` is `bv`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | '`' | '.')).flat_map(char::to_lowercase) {
        match plain(c) {
            Some(plain) => folded.push_str(plain),
            None if c.is_alphanumeric() => folded.push(c),
            None if folded.is_empty() || folded.ends_with(' ') => {}
            None => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Letters that are no letter with a mark, in plain ones.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        _ => return None,
    })
}

/// The digits of a text.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Letters and digits of a text, folded, without spaces.
pub(crate) fn compact(text: &str) -> String {
    fold(text).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (text, folded) in
            [("  Zoë   O’Brien-Łukasz ", "zoe obrien lukasz"), ("Straße 12a, B.V.", "strasse 12a bv"), ("ＦＵＬＬ", "full"), ("Иванов", "иванов"), ("--", "")]
        {
            assert_eq!(fold(text), folded);
            assert_eq!(fold(folded), folded);
        }
    }
}
