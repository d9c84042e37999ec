//! Reads a name as it is written, in whatever script, into words of small Latin letters and digits.

use smallvec::SmallVec;

use super::{Kind, distance};

/// Most words that are kept apart; what follows counts as one word.
pub(super) const MOST_WORDS: usize = 31;
/// Most bytes that are kept of a name; of what follows only the hash.
const MOST_BYTES: usize = 4096;

/// Whether a word stands beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Aside {
    /// It is part of the name.
    #[default]
    No,
    /// It stands in brackets.
    Bracket,
    /// It stands behind a stroke, where another name of the same bearer may stand.
    Alternative,
}

/// A word as read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Raw {
    pub(super) start: u16,
    pub(super) len: u16,
    /// Which letters and digits it has.
    pub(super) letters: u64,
    /// The characters themselves where each is a syllable (Han, Hangul), 16 bits each; 0 if there are none, or more than four.
    pub(super) native: u64,
    /// Written in a script that leaves vowels out.
    pub(super) abjad: bool,
    pub(super) aside: Aside,
    /// Stands before the first comma.
    pub(super) before_comma: bool,
}

/// The words of a name, and what they are made of.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub(super) text: SmallVec<[u8; 64]>,
    pub(super) words: SmallVec<[Raw; 8]>,
    /// Words before the first comma, if one stands between words.
    pub(super) comma: bool,
    current: Raw,
    syllables: u32,
    dot: Option<usize>,
    aside: Aside,
    overflow: u64,
}

/// Reads a name.
pub(super) fn read(name: &str, kind: Kind) -> Letters {
    let mut letters = Letters::default();
    let mut rest = name;
    loop {
        // Most names are ASCII letters, which are taken a word at a time.
        let word = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (plain, behind) = rest.split_at(word);
        letters.plain(plain.as_bytes(), kind);
        let mut behind = behind.chars();
        let Some(c) = behind.next() else { break };
        rest = behind.as_str();
        if c.is_ascii() {
            letters.byte(c as u8, kind);
        } else if c == 'ا' && letters.current_is_empty() && is_article(rest) {
            rest = rest.strip_prefix('ل').unwrap_or(rest);
            letters.plain(b"al", kind);
            letters.finish();
        } else {
            letters.character(c, kind);
        }
    }
    letters.finish();
    if letters.overflow != 0 {
        letters.close_overflow();
    }
    letters
}

/// Whether an alif is followed by a lam and a word of three letters at least, so that the two are an article.
fn is_article(behind: &str) -> bool {
    behind.starts_with('ل') && behind.chars().take(4).filter(|c| c.is_alphabetic()).count() == 4
}

impl Letters {
    /// Takes letters and digits.
    fn plain(&mut self, word: &[u8], kind: Kind) {
        if self.text.len() + word.len() <= MOST_BYTES && self.words.len() < MOST_WORDS {
            self.text.extend(word.iter().map(u8::to_ascii_lowercase));
        } else {
            word.iter().for_each(|letter| self.byte(*letter, kind));
        }
    }

    fn current_is_empty(&self) -> bool {
        usize::from(self.current.start) == self.text.len()
    }

    fn character(&mut self, c: char, kind: Kind) {
        if is_syllable(c) {
            self.current.native = if self.syllables < 4 { self.current.native << 16 | u64::from(u32::from(c) & 0xFFFF) } else { 0 };
            self.syllables += 1;
        } else if is_abjad(c) {
            self.current.abjad = true;
        }
        for byte in any_ascii::any_ascii_char(c).bytes() {
            self.byte(byte, kind);
        }
    }

    fn byte(&mut self, byte: u8, kind: Kind) {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => self.push(byte),
            b'A'..=b'Z' => self.push(byte | 0x20),
            b'\'' | b'`' => {}
            b'.' if kind != Kind::Person && self.text.len() == self.dot.unwrap_or(usize::from(self.current.start)) + 1 => {
                self.dot = Some(self.text.len());
            }
            b'&' | b'+' => {
                self.finish();
                for letter in b"and" {
                    self.push(*letter);
                }
                self.finish();
            }
            b',' => {
                self.finish();
                if !self.comma && !self.words.is_empty() {
                    self.comma = true;
                    for word in &mut self.words {
                        word.before_comma = true;
                    }
                }
            }
            b'(' | b'[' => {
                self.finish();
                self.aside = Aside::Bracket;
            }
            b'/' => {
                self.finish();
                self.aside = Aside::Alternative;
            }
            b')' | b']' => {
                self.finish();
                self.aside = Aside::No;
            }
            _ => self.finish(),
        }
    }

    fn push(&mut self, letter: u8) {
        if self.text.len() >= MOST_BYTES || self.words.len() >= MOST_WORDS {
            self.overflow = (self.overflow ^ u64::from(letter) ^ 0x100).wrapping_mul(0x0100_0000_01B3);
            return;
        }
        self.text.push(letter);
    }

    /// Ends the word that is being read.
    fn finish(&mut self) {
        let end = self.text.len();
        let start = usize::from(self.current.start);
        if end > start {
            // `P.T.Astra`: what follows the last full stop is a word of its own.
            let parts = match self.dot {
                Some(dot) if dot > start && end > dot + 1 => [(start, dot), (dot, end)],
                _ => [(start, end), (end, end)],
            };
            for (start, end) in parts {
                if end > start {
                    let (from, len) = (u16::try_from(start).unwrap_or(0), u16::try_from(end - start).unwrap_or(0));
                    let letters = distance::letters(self.text.get(start..end).unwrap_or_default());
                    self.words.push(Raw { start: from, len, letters, aside: self.aside, ..self.current });
                }
            }
        }
        self.dot = None;
        self.syllables = 0;
        self.current = Raw { start: u16::try_from(end).unwrap_or(u16::MAX), ..Raw::default() };
    }

    /// What was too much becomes a word that stands for all of it.
    fn close_overflow(&mut self) {
        let start = self.text.len();
        for at in 0..8 {
            self.text.push(b'0' + u8::try_from(self.overflow >> (8 * at) & 7).unwrap_or(0));
        }
        let letters = distance::letters(self.text.get(start..).unwrap_or_default());
        self.words.push(Raw { start: u16::try_from(start).unwrap_or(u16::MAX), len: 8, letters, ..Raw::default() });
    }
}

/// Whether a character is a whole syllable, so that another one is another name.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}

/// Whether a character is of a script that writes few vowels: Arabic, Hebrew, Syriac.
fn is_abjad(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{074F}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, kind: Kind) -> Vec<String> {
        let letters = read(name, kind);
        letters
            .words
            .iter()
            .map(|word| String::from_utf8_lossy(&letters.text[usize::from(word.start)..usize::from(word.start + word.len)]).into_owned())
            .collect()
    }

    #[test]
    fn scripts_and_marks() {
        let check = |name: &str, kind, expected: &[&str]| assert_eq!(words(name, kind), expected, "{name}");
        check("Zoë O’Brien-Łukasz", Kind::Person, &["zoe", "obrien", "lukasz"]);
        check("J.R. Hartley", Kind::Person, &["j", "r", "hartley"]);
        check("A.B.C. Co.", Kind::Organisation, &["abc", "co"]);
        check("P.T.Astra", Kind::Organisation, &["pt", "astra"]);
        check("AT&T", Kind::Organisation, &["at", "and", "t"]);
        check("Сергей Лавров", Kind::Person, &["sergey", "lavrov"]);
        check("عبد الفتاح السري", Kind::Person, &["bd", "al", "fth", "al", "sry"]);
        check("習近平", Kind::Person, &["xijinping"]);
        check("", Kind::Person, &[]);
        check("★ --", Kind::Other, &[]);
    }

    #[test]
    fn long_names_are_read_to_the_end() {
        let long = "word ".repeat(100);
        assert_eq!(words(&long, Kind::Person).len(), MOST_WORDS + 1);
        assert_ne!(words(&long, Kind::Person), words(&format!("{long}x"), Kind::Person));
    }
}
