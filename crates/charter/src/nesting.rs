//! A bound on how deep and long one policy or declaration is, set before Cedar parses it: its parser and validator recurse,
//! and a text of tens of thousands of brackets would exhaust the stack instead of giving an error.

use crate::{error::CharterError, place::fault};

/// Brackets within brackets. People write five or six.
const DEEPEST: usize = 32;
/// Words and signs up to a semicolon. A policy that lists a hundred purposes has about five hundred.
const LONGEST: usize = 1_000;

/// What counts as a pair of brackets in policies.
pub(crate) const OF_POLICIES: &[(char, char)] = &[('(', ')'), ('[', ']'), ('{', '}')];
/// And in schemas, where types nest in angle brackets.
pub(crate) const OF_SCHEMAS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];

/// Refuses a text that nests too deep or goes on too long, with the place where it does.
pub(crate) fn check(file: &str, text: &str, brackets: &[(char, char)]) -> Result<(), CharterError> {
    let (mut depth, mut words) = (0_usize, 0_usize);
    for (offset, word) in (Words { text, at: 0 }) {
        words += 1;
        match word.chars().next() {
            Some(first) if brackets.iter().any(|(open, _)| *open == first) => depth += 1,
            Some(first) if brackets.iter().any(|(_, close)| *close == first) => depth = depth.saturating_sub(1),
            Some(';') => words = 0,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(fault(file, text, offset, format!("brackets stand more than {DEEPEST} deep"), "write it flatter, or as several policies"));
        }
        if words > LONGEST {
            return Err(fault(
                file,
                text,
                offset,
                format!("there are more than {LONGEST} words and signs without a semicolon"),
                "split it into several policies",
            ));
        }
    }
    Ok(())
}

/// Words, strings and signs with their byte offsets; blanks and comments are passed over.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            let length = if first.is_whitespace() {
                first.len_utf8()
            } else if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else {
                let length = word_length(rest, first);
                let start = self.at;
                self.at += length;
                return Some((start, rest.get(..length)?));
            };
            self.at += length;
        }
    }
}

fn word_length(rest: &str, first: char) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    if is_word(first) {
        return rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    }
    if first != '"' {
        return first.len_utf8();
    }
    let mut escaped = false;
    for (offset, character) in rest.char_indices().skip(1) {
        match character {
            '"' if !escaped => return offset + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let text = "permit(a in B::\"x;\\\"(\"); // ((\n@id(\"ü\")";
        let words: Vec<&str> = Words { text, at: 0 }.map(|(_, word)| word).collect();
        assert_eq!(words, ["permit", "(", "a", "in", "B", ":", ":", "\"x;\\\"(\"", ")", ";", "@", "id", "(", "\"ü\"", ")"]);
    }

    #[test]
    fn depth_and_length_are_bounded() {
        for (text, fits) in [
            ("(".repeat(DEEPEST), true),
            ("(".repeat(DEEPEST + 1), false),
            ("()".repeat(DEEPEST + 1), true),
            ("a ".repeat(LONGEST), true),
            ("a ".repeat(LONGEST + 1), false),
            ("a ".repeat(LONGEST - 1) + ";" + &"a ".repeat(LONGEST), true),
            (format!("\"{}\"", "(".repeat(99)), true),
            (format!("//{}", "(".repeat(99)), true),
        ] {
            assert_eq!(check("x", &text, OF_POLICIES).is_ok(), fits, "{text}");
        }
    }
}
