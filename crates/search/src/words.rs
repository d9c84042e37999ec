//! How text becomes words: cut at everything that is neither letter nor digit, in lower case, without accents.

use std::ops::Range;

use tantivy::tokenizer::{AsciiFoldingFilter, TextAnalyzer, Token, TokenStream, Tokenizer};

/// Longer words are cut here, in characters, in documents and in questions alike; so they are found all the same.
const LONGEST: usize = 100;

/// Name of the analysis of words inside the index's own files. Raise the number when words are cut differently: an
/// index made by the old rule is then refused and built again.
pub(crate) const WORDS: &str = "candour-words-1";

/// The same for the analysis that makes one word of a whole value.
pub(crate) const COMPACT: &str = "candour-compact-1";

/// The analysis for [`WORDS`].
pub(crate) fn words() -> TextAnalyzer {
    TextAnalyzer::builder(Words::default()).filter(AsciiFoldingFilter).build()
}

/// The analysis for [`COMPACT`].
pub(crate) fn whole() -> TextAnalyzer {
    TextAnalyzer::builder(Whole::default()).filter(AsciiFoldingFilter).build()
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded.
    pub(crate) text: String,
    /// Where it stands, in bytes.
    pub(crate) place: Range<usize>,
    /// Whether it is several words written as one, as `obrien` for `O'Brien`; these follow it on their own.
    pub(crate) joined: bool,
}

/// The words of a text, in order.
pub(crate) fn words_of(text: &str) -> Vec<Word> {
    let (mut analyser, mut found) = (words(), Vec::new());
    let mut stream = analyser.token_stream(text);
    while let Some(token) = stream.next() {
        found.push(Word { text: token.text.clone(), place: token.offset_from..token.offset_to, joined: token.position_length > 1 });
    }
    found
}

/// A whole value as one word; empty if it holds no letter or digit.
pub(crate) fn compact(value: &str) -> String {
    let mut analyser = whole();
    let mut stream = analyser.token_stream(value);
    stream.next().map(|token| token.text.clone()).unwrap_or_default()
}

/// Marks that only change the letter before them: accents written as characters of their own.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

/// What may stand inside a name that others write as one word: `O'Brien`, `Jean-Luc`, `J.P.`, `M&S`.
fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '-' | '‐' | '‑' | '.' | '&')
}

fn push_folded(into: &mut String, part: &str) {
    into.extend(part.chars().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).filter(|c| !is_accent(*c)));
}

fn cut(text: &mut String) {
    if text.len() > LONGEST
        && let Some((at, _)) = text.char_indices().nth(LONGEST)
    {
        text.truncate(at);
    }
}

/// Splits text into words, and adds the joined form of words held together by an apostrophe, hyphen, dot or ampersand.
#[derive(Clone, Default)]
struct Words {
    ready: Vec<Token>,
}

struct WordStream<'a> {
    text: &'a str,
    /// Where the part not yet looked at begins, in bytes.
    at: usize,
    position: usize,
    /// Words of the current group; the first `next` of them have been handed out.
    ready: &'a mut Vec<Token>,
    next: usize,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.ready.clear();
        WordStream { text, at: 0, position: 0, ready: &mut self.ready, next: 0 }
    }
}

impl WordStream<'_> {
    /// The next run of word characters from `at` on.
    fn run(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.text.get(at..)?;
        let start = at + rest.find(is_word)?;
        let length = self.text.get(start..)?.find(|c| !is_word(c)).unwrap_or(self.text.len() - start);
        Some(start..start + length)
    }

    /// The run that a single joiner ties to the one ending at `end`.
    fn tied(&self, end: usize) -> Option<Range<usize>> {
        let joiner = self.text.get(end..)?.chars().next().filter(|c| is_joiner(*c))?;
        let start = end + joiner.len_utf8();
        self.run(start).filter(|run| run.start == start)
    }

    fn token(&self, place: Range<usize>, position: usize) -> Token {
        let mut text = String::with_capacity(place.len());
        push_folded(&mut text, self.text.get(place.clone()).unwrap_or_default());
        Token { offset_from: place.start, offset_to: place.end, position, text, position_length: 1 }
    }

    /// Reads the next group of words that are tied together, mostly a group of one.
    fn read_group(&mut self) -> bool {
        self.ready.clear();
        self.next = 0;
        let Some(mut run) = self.run(self.at) else { return false };
        let start = run.start;
        loop {
            let token = self.token(run.clone(), self.position);
            if !token.text.is_empty() {
                self.ready.push(token);
                self.position += 1;
            }
            self.at = run.end;
            match self.tied(run.end) {
                Some(next) => run = next,
                None => break,
            }
        }
        if let [first, _, ..] = self.ready.as_slice() {
            let mut joined = Token { offset_from: start, offset_to: self.at, position: first.position, text: String::new(), position_length: self.ready.len() };
            self.ready.iter().for_each(|part| joined.text.push_str(&part.text));
            self.ready.insert(0, joined);
        }
        self.ready.iter_mut().for_each(|token| cut(&mut token.text));
        true
    }
}

#[expect(clippy::indexing_slicing, reason = "the engine asks for a token only after `advance` said that there is one")]
impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        while self.next > self.ready.len() {
            if !self.read_group() {
                return false;
            }
            self.next = 1;
        }
        true
    }

    fn token(&self) -> &Token {
        &self.ready[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.ready[self.next - 1]
    }
}

/// Makes one word of all letters and digits of a value.
#[derive(Clone, Default)]
struct Whole {
    token: Token,
}

struct WholeStream<'a> {
    token: &'a mut Token,
    given: bool,
}

impl Tokenizer for Whole {
    type TokenStream<'a> = WholeStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WholeStream<'a> {
        self.token.reset();
        self.token.position = 0;
        self.token.offset_to = text.len();
        for part in text.split(|c| !is_word(c)) {
            push_folded(&mut self.token.text, part);
        }
        cut(&mut self.token.text);
        WholeStream { given: self.token.text.is_empty(), token: &mut self.token }
    }
}

impl TokenStream for WholeStream<'_> {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.given, true)
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, one: &str) {
        let words: Vec<String> = words_of(text).into_iter().map(|word| if word.joined { format!("({})", word.text) } else { word.text }).collect();
        assert_eq!(words.join(" "), expected, "{text}");
        assert_eq!(compact(text), one, "{text}");
    }

    #[test]
    fn text_becomes_words() {
        check("", "", "");
        check("&", "", "");
        check("RY52 APF", "ry52 apf", "ry52apf");
        check("Zoë O'Brien", "zoe (obrien) o brien", "zoeobrien");
        check("Zoe\u{308} Müller-Lüdenscheidt", "zoe (mullerludenscheidt) muller ludenscheidt", "zoemullerludenscheidt");
        check("\u{301} Ł, ß İ", "l ss i", "lssi");
        check("john.smith@example.co.uk", "(johnsmith) john smith (examplecouk) example co uk", "johnsmithexamplecouk");
        check("M&S - Leeds -- x", "(ms) m s leeds x", "msleedsx");
        check("+44 (1632) 960-983", "44 1632 (960983) 960 983", "441632960983");
        check("Иван Ёлкин 北京市", "иван ёлкин 北京市", "иванёлкин北京市");
    }

    #[test]
    fn long_words_are_cut_in_the_same_place_everywhere() {
        let long = "ä".repeat(150);
        assert_eq!(words_of(&long)[0].text, "a".repeat(100));
        assert_eq!(compact(&long), "a".repeat(100));
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Dr. Zoë O'Brien";
        let places: Vec<&str> = words_of(text).into_iter().map(|word| text.get(word.place).unwrap()).collect();
        assert_eq!(places, ["Dr", "Zoë", "O'Brien", "O", "Brien"]);
    }
}
