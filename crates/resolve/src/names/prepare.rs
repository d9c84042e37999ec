//! A name made ready to be compared many times.

use smallvec::SmallVec;

use super::{
    Kind,
    distance::{self, DIGITS, distance, letters},
    forms::LONG,
    letters::{Aside, Letters, Raw, read},
    lexicon::{self, Class, Word},
    skeleton::Skeleton,
};

/// A word of a name, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u16,
    pub(super) len: u16,
    pub(super) hash: u64,
    /// Which letters it has.
    pub(super) letters: u64,
    /// Characters that are syllables, 16 bits each.
    pub(super) native: u64,
    pub(super) class: Class,
    pub(super) abjad: bool,
    pub(super) aside: Aside,
    /// The name of the father.
    pub(super) of_father: bool,
    pub(super) word: Option<&'static Word>,
}

/// A name made ready to be compared: read into Latin letters, parted into words, each with its class. Make it once for each
/// name that is compared with many.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) kind: Kind,
    pub(super) text: SmallVec<[u8; 64]>,
    pub(super) tokens: SmallVec<[Token; 6]>,
    /// Legal forms, one bit each.
    pub(super) forms: u64,
}

impl Prepared {
    /// Reads a name. Any text will do; one without letters and digits is like nothing, not even itself.
    pub fn new(name: &str, kind: Kind) -> Self {
        let mut letters = read(name, kind);
        match kind {
            Kind::Person => person(&mut letters),
            Kind::Organisation | Kind::Other => organisation(letters, kind),
        }
    }

    /// Whether the name has neither a letter nor a digit.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.forms == 0
    }

    /// The name as it is compared: words in small Latin letters, in the order in which they are compared, without what
    /// counts as a legal form.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| self.shown(token))
    }

    /// The sounds of a word. They are not kept: few words are asked for theirs.
    pub(super) fn skeleton(&self, token: &Token) -> Skeleton {
        Skeleton::of(self.bytes(token), token.abjad)
    }

    pub(super) fn bytes(&self, token: &Token) -> &[u8] {
        slice(&self.text, token.start, token.len)
    }

    /// The letters of several tokens in a row that stand side by side in the text.
    pub(super) fn run(&self, first: &Token, last: &Token) -> &[u8] {
        slice(&self.text, first.start, (last.start + last.len).saturating_sub(first.start))
    }

    pub(super) fn shown(&self, token: &Token) -> &str {
        std::str::from_utf8(self.bytes(token)).unwrap_or_default()
    }
}

fn slice(text: &[u8], start: u16, len: u16) -> &[u8] {
    text.get(usize::from(start)..usize::from(start) + usize::from(len)).unwrap_or_default()
}

fn token(text: &[u8], raw: &Raw, class: Class, word: Option<&'static Word>) -> Token {
    let bytes = slice(text, raw.start, raw.len);
    Token {
        start: raw.start,
        len: raw.len,
        hash: lexicon::hash(bytes),
        letters: raw.letters,
        native: raw.native,
        class,
        abjad: raw.abjad,
        aside: raw.aside,
        of_father: false,
        word,
    }
}

/// A token whose text is a number, which is appended to the text.
fn number(text: &mut SmallVec<[u8; 64]>, raw: &Raw, digits: &str) -> Token {
    let start = u16::try_from(text.len()).unwrap_or(u16::MAX);
    text.extend_from_slice(digits.as_bytes());
    let raw = Raw { start, len: u16::try_from(digits.len()).unwrap_or(0), letters: letters(digits.as_bytes()), ..*raw };
    token(text, &raw, Class::Number, None)
}

fn person(letters: &mut Letters) -> Prepared {
    split_halves(letters);
    let Letters { text, words, comma, .. } = letters;
    let mut text = std::mem::take(text);
    for raw in words.iter_mut().filter(|raw| raw.letters & DIGITS != 0 && raw.letters & !DIGITS != 0) {
        unmask(&mut text, raw);
    }
    let mut tokens: SmallVec<[Token; 6]> = SmallVec::new();
    let (mut leading, mut father) = (true, false);
    for raw in words.iter() {
        let bytes = slice(&text, raw.start, raw.len);
        let word = lexicon::word(lexicon::hash(bytes), bytes);
        let class = match word.map(|word| word.person) {
            _ if bytes.len() == 1 => Class::Initial,
            _ if raw.letters & !DIGITS == 0 => Class::Number,
            // A title stands before the name, or abbreviated after it.
            Some(Class::Title) if !leading && bytes.len() > 3 => Class::Name,
            Some(class) => class,
            None => Class::Name,
        };
        leading &= class == Class::Title;
        let mut made = match word.and_then(|word| word.suffix) {
            Some(digits) if !tokens.is_empty() => number(&mut text, raw, digits),
            _ => token(&text, raw, class, word),
        };
        made.of_father = father && matches!(class, Class::Name | Class::Common);
        father = class == Class::ChildOf || father && matches!(class, Class::Particle | Class::Half);
        tokens.push(made);
    }
    if *comma {
        let before = words.iter().filter(|raw| raw.before_comma).count();
        let behind_is_a_name = tokens.iter().skip(before).any(|token| matches!(token.class, Class::Name | Class::Common | Class::Initial));
        if before < tokens.len() && behind_is_a_name {
            tokens.rotate_left(before);
        }
    }
    let telling = tokens.iter().filter(|token| matches!(token.class, Class::Name | Class::Common | Class::Initial | Class::Number)).count();
    if telling < 2 {
        for token in &mut tokens {
            if token.class == Class::Title || telling == 0 && token.class == Class::Particle {
                token.class = Class::Name;
            }
        }
    }
    Prepared { kind: Kind::Person, text, tokens, forms: 0 }
}

/// `Abdulrahman` is read as `Abdul Rahman`, as others write it.
fn split_halves(letters: &mut Letters) {
    const HALF: usize = 5;
    let mut at = 0;
    while let Some(raw) = letters.words.get(at).copied() {
        let bytes = slice(&letters.text, raw.start, raw.len);
        let begins =
            bytes.len() >= HALF + 4 && (bytes.starts_with(b"abd")) && matches!(bytes.get(3..HALF), Some(b"ul" | b"el" | b"al" | b"ur" | b"us" | b"er"));
        if begins {
            let half = u16::try_from(HALF).unwrap_or(0);
            if let Some(word) = letters.words.get_mut(at) {
                word.len = half;
            }
            letters.words.insert(at + 1, Raw { start: raw.start + half, len: raw.len - half, native: 0, ..raw });
            for part in letters.words.iter_mut().skip(at).take(2) {
                part.letters = distance::letters(slice(&letters.text, part.start, part.len));
            }
            at += 1;
        }
        at += 1;
    }
}

/// Digits within a word of a person's name are letters that somebody disguised or a machine misread.
fn unmask(text: &mut [u8], raw: &mut Raw) {
    let range = usize::from(raw.start)..usize::from(raw.start) + usize::from(raw.len);
    let Some(word) = text.get_mut(range) else { return };
    for letter in word.iter_mut() {
        *letter = match *letter {
            b'0' => b'o',
            b'1' => b'i',
            b'3' => b'e',
            b'4' => b'a',
            b'5' => b's',
            b'6' | b'8' => b'b',
            b'7' => b't',
            b'9' => b'g',
            other => other,
        };
    }
    raw.letters = letters(word);
}

fn organisation(letters: Letters, kind: Kind) -> Prepared {
    let Letters { mut text, words, .. } = letters;
    let mut tokens: SmallVec<[Token; 6]> = SmallVec::new();
    let mut forms = 0_u64;
    let hashes: SmallVec<[u64; 12]> = words.iter().map(|raw| lexicon::hash(slice(&text, raw.start, raw.len))).collect();
    let mut spare: SmallVec<[Token; 6]> = SmallVec::new();
    let mut at = 0;
    while let (Some(raw), Some(hash)) = (words.get(at), hashes.get(at)) {
        let bytes = slice(&text, raw.start, raw.len);
        if kind == Kind::Organisation
            && let Some((form, length)) = form_at(&text, &words, &hashes, at)
        {
            forms |= 1 << (form & 63);
            spare.push(token(&text, raw, Class::General, None));
            at += length;
            continue;
        }
        at += 1;
        let word = lexicon::word(*hash, bytes);
        let last = at == words.len() || hashes.get(at).is_some_and(|next| !lexicon::forms_from(*next).is_empty());
        let made = match word.and_then(|word| word.number) {
            // A single `V` or `X` is a number only where numbers stand.
            Some(digits) if bytes.len() > 1 || last && !tokens.is_empty() => number(&mut text, raw, digits),
            _ if bytes == b"i" && last && !tokens.is_empty() => number(&mut text, raw, "1"),
            _ if raw.letters & DIGITS != 0 => token(&text, raw, Class::Number, word),
            _ if bytes.len() == 1 => {
                token(&text, raw, if word.is_some_and(|word| word.organisation == Class::Particle) { Class::Particle } else { Class::Initial }, word)
            }
            _ => token(&text, raw, word.map_or(Class::Name, |word| word.organisation), word),
        };
        tokens.push(made);
    }
    if tokens.is_empty() {
        tokens = spare;
    }
    Prepared { kind, text, tokens, forms }
}

/// The legal form that begins here, and of how many words it is.
fn form_at(text: &[u8], words: &[Raw], hashes: &[u64], at: usize) -> Option<(u8, usize)> {
    let first = *hashes.get(at)?;
    let behind = hashes.get(at + 1..).unwrap_or_default();
    let found = |entries: &[lexicon::FormEntry]| entries.iter().find(|entry| behind.starts_with(&entry.rest)).map(|entry| (entry.form, entry.rest.len() + 1));
    if let Some(found) = found(lexicon::forms_from(first)) {
        return Some(found);
    }
    let raw = words.get(at)?;
    if raw.len < 7 || at == 0 {
        return None;
    }
    let bytes = slice(text, raw.start, raw.len);
    let meant =
        LONG.iter().find(|long| bytes.len().abs_diff(long.len()) <= 1 && bytes.first() == long.as_bytes().first() && distance(bytes, long.as_bytes()) == 1)?;
    found(lexicon::forms_from(lexicon::hash(meant.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, kind: Kind, words: &[&str], forms: &[&str]) {
        let prepared = Prepared::new(name, kind);
        assert_eq!(prepared.words().collect::<Vec<_>>(), words, "{name}");
        let found: Vec<_> = (0..64).filter(|bit| prepared.forms >> bit & 1 == 1).filter_map(lexicon::form).map(|(name, _)| name).collect();
        assert_eq!(found, forms, "{name}");
    }

    #[test]
    fn people() {
        check("NURISTANI, Abdul Aziz", Kind::Person, &["abdul", "aziz", "nuristani"], &[]);
        check("Smith, Jr.", Kind::Person, &["smith", "2"], &[]);
        check("I9or Sech1n", Kind::Person, &["igor", "sechin"], &[]);
        check("Abdulrahman", Kind::Person, &["abdul", "rahman"], &[]);
    }

    #[test]
    fn organisations() {
        check("Open Joint Stock Company Harbour", Kind::Organisation, &["harbour"], &["jsc"]);
        check("Quay Aktiengeselschaft", Kind::Organisation, &["quay"], &["ag"]);
        check("Harbour Fund XII L.P.", Kind::Organisation, &["harbour", "fund", "12"], &["lp"]);
        check("Limited Company", Kind::Organisation, &["limited"], &["ltd"]);
    }
}
