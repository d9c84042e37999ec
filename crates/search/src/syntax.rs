//! How a question is written.

use crate::{error::SearchError, words::compact};

/// A word or a phrase, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Without quotes, sign or star. Holds at least one letter or digit.
    pub(crate) text: String,
    /// Whether it stood in quotes.
    pub(crate) quoted: bool,
    /// Whether it ended in a star.
    pub(crate) star: bool,
}

impl Item {
    /// A plain word.
    pub(crate) fn word(text: &str) -> Self {
        Self { text: text.to_owned(), quoted: false, star: false }
    }
}

/// An item with its sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Whether a minus stood before it.
    pub(crate) unwanted: bool,
    /// The item.
    pub(crate) item: Item,
}

/// A question as written. Without entries it asks for everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Syntax {
    /// In the order of writing.
    pub(crate) entries: Vec<Entry>,
}

impl FromIterator<Item> for Syntax {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        Self { entries: items.into_iter().map(|item| Entry { unwanted: false, item }).collect() }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

impl Syntax {
    /// Reads a question.
    pub(crate) fn parse(text: &str) -> Result<Self, SearchError> {
        let (mut entries, mut everything, mut rest) = (Vec::new(), false, text.trim());
        while !rest.is_empty() {
            let signed = rest;
            let unwanted = rest.strip_prefix('-').is_some_and(|after| after.starts_with(|c: char| !c.is_whitespace()));
            if unwanted {
                rest = rest.get(1..).unwrap_or_default();
            }
            let (item, after) = if rest.starts_with(is_quote) { quoted(rest)? } else { word(rest)? };
            let written = signed.get(..signed.len() - after.len()).unwrap_or_default();
            match item {
                Read::Item(item) => entries.push(Entry { unwanted, item }),
                Read::Star if unwanted => return Err(SearchError::EverythingExcluded),
                Read::Star => everything = true,
                Read::Nothing if unwanted && !written.chars().all(|c| c == '-') => return Err(SearchError::NothingToExclude { item: written.to_owned() }),
                // A dash or an ampersand between names, as people write them.
                Read::Nothing => {}
            }
            rest = after.trim_start();
        }
        if entries.is_empty() && !everything && !text.trim().is_empty() {
            return Err(SearchError::NothingToFind { text: text.trim().to_owned() });
        }
        Ok(Self { entries })
    }
}

/// What was read in one place.
enum Read {
    Item(Item),
    /// A star alone.
    Star,
    /// Neither letter nor digit.
    Nothing,
}

impl Read {
    fn new(text: &str, quoted: bool, star: bool) -> Self {
        match (compact(text).is_empty(), text.is_empty() && star) {
            (_, true) => Self::Star,
            (true, _) => Self::Nothing,
            (false, _) => Self::Item(Item { text: text.to_owned(), quoted, star }),
        }
    }
}

/// Reads a phrase; `rest` begins with its quote. Returns what follows it, too.
fn quoted(rest: &str) -> Result<(Read, &str), SearchError> {
    let mut inside = rest.chars();
    inside.next();
    let inside = inside.as_str();
    let (phrase, after) = inside.split_once(is_quote).ok_or_else(|| SearchError::UnclosedQuote { rest: inside.to_owned() })?;
    let (after, star_after) = after.strip_prefix('*').map_or((after, false), |after| (after, true));
    let (words, star_inside) = phrase.strip_suffix('*').map_or((phrase, false), |words| (words, true));
    if words.contains('*') {
        return Err(SearchError::StarInPhrase { phrase: phrase.to_owned() });
    }
    let read = Read::new(words, true, star_inside || star_after);
    Ok((if matches!(read, Read::Star) { Read::Nothing } else { read }, after))
}

/// Reads up to the next space. Returns what follows, too.
fn word(rest: &str) -> Result<(Read, &str), SearchError> {
    let (word, after) = rest.find(char::is_whitespace).and_then(|end| rest.split_at_checked(end)).unwrap_or((rest, ""));
    let (text, star) = word.strip_suffix('*').map_or((word, false), |text| (text, true));
    if let Some((before, behind)) = text.split_once('*') {
        let base = if compact(before).is_empty() { behind.trim_matches('*') } else { before };
        return Err(SearchError::StarInside { word: word.to_owned(), mended: format!("{base}*") });
    }
    Ok((Read::new(text, false, star), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = match Syntax::parse(text) {
            Ok(syntax) => syntax
                .entries
                .iter()
                .map(|Entry { unwanted, item }| {
                    let quote = if item.quoted { "'" } else { "" };
                    format!("{}{quote}{}{quote}{}", if *unwanted { "-" } else { "+" }, item.text, if item.star { "*" } else { "" })
                })
                .collect::<Vec<_>>()
                .join(" "),
            Err(error) => {
                assert!(error.is_question() && !error.needs_rebuild());
                error.to_string()
            }
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn questions_are_read() {
        check("", "");
        check(" * ", "");
        check("Jon  Smith", "+Jon +Smith");
        check("smi* -jon -\"van dyk\" \"the Lord\"Mayor", "+smi* -jon -'van dyk' +'the Lord' +Mayor");
        check("Smith & Jones - Leeds", "+Smith +Jones +Leeds");
        check("“van Dy*” \"van Dy\"* 5'10\"", "+'van Dy'* +'van Dy'* +5'10\"");
        check("* smith -x-ray", "+smith -x-ray");
        check("--x", "--x");
    }

    #[test]
    fn slips_are_named_with_what_mends_them() {
        check("Jon \"van dyk", "the quote before `van dyk` is not closed; put a `\"` at the end of the phrase, or leave the first one out");
        check("sm*th", "`sm*th`: a `*` may only end a word; write `sm*`, or leave the `*` out");
        check("*son", "`*son`: a `*` may only end a word; write `son*`, or leave the `*` out");
        check("\"a* b\"", "`a* b`: a `*` may only end a quoted phrase; leave it out or put it last");
        check("smith -&", "`-&` leaves nothing out; write a word or a quoted phrase right after the `-`");
        check("-*", "`-*` leaves everything out; write a word after the `-`, as in `-word`");
        check("&&", "`&&` holds no letter or digit to look for; write a word, or `*` to list everything");
        check("\"\"", "`\"\"` holds no letter or digit to look for; write a word, or `*` to list everything");
    }
}
