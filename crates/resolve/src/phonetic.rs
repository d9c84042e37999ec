//! Soundex: words that sound alike in English get one code (patents US 1,261,167 and US 1,435,663, by Russell and
//! Odell, as the US National Archives write it down).

/// The code, such as `r163`; `None` for a word that does not begin with a Latin letter.
pub(crate) fn soundex(word: &str) -> Option<String> {
    let mut letters = word.bytes().filter(u8::is_ascii_lowercase);
    let first = word.bytes().next().filter(u8::is_ascii_lowercase)?;
    letters.next();
    let mut code = String::from(char::from(first));
    let mut last = class(first);
    for letter in letters {
        let class = class(letter);
        match class {
            // `h` and `w` do not part letters of one class; vowels do.
            None if matches!(letter, b'h' | b'w') => continue,
            Some(class) if last != Some(class) && code.len() < 4 => code.push(class),
            _ => {}
        }
        last = class;
    }
    while code.len() < 4 {
        code.push('0');
    }
    Some(code)
}

fn class(letter: u8) -> Option<char> {
    Some(match letter {
        b'b' | b'f' | b'p' | b'v' => '1',
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => '2',
        b'd' | b't' => '3',
        b'l' => '4',
        b'm' | b'n' => '5',
        b'r' => '6',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_national_archives() {
        for (word, code) in [
            ("washington", "w252"),
            ("lee", "l000"),
            ("gutierrez", "g362"),
            ("pfister", "p236"),
            ("jackson", "j250"),
            ("tymczak", "t522"),
            ("vandeusen", "v532"),
            ("ashcraft", "a261"),
        ] {
            assert_eq!(soundex(word).as_deref(), Some(code), "{word}");
        }
        assert_eq!(soundex("иванов"), None);
        assert_eq!(soundex(""), None);
    }
}
