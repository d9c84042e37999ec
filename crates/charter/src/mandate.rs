//! A mandate: the text that the authority signs to open special categories, or a purpose that needs one, for a while.
//!
//! ```text
//! candour-mandate/v1
//! id: harbour-2026
//! version: 1
//! purpose: protect-vulnerable-people
//! group: analyst
//! classes: health
//! highest: official-sensitive
//! not-before: 2026-11-01T00:00:00Z
//! not-after: 2026-12-01T00:00:00Z
//! charter: 64 hexadecimal digits
//! grounds: one line in words
//! ```
//!
//! One text says one mandate and one mandate has one text: lines in this order, nothing missing, nothing more. `classes` is
//! `none` or a list with `, ` between its members, in the order in which [`SpecialCategory`] declares them.

use candour_model::marking::{Classification, SpecialCategory};
use jiff::Timestamp;

use crate::{
    error::CharterError,
    place::fault,
    words::{CATEGORIES, CLASSIFICATIONS, category_word, classification_word, is_plain},
};

/// The first line of every mandate: its format and version.
pub(crate) const HEAD: &str = "candour-mandate/v1";
/// The keys of its lines, in their order.
const KEYS: [&str; 10] = ["id", "version", "purpose", "group", "classes", "highest", "not-before", "not-after", "charter", "grounds"];
/// What errors call the text.
const TEXT: &str = "mandate";

/// A mandate as written. Whether anybody signed it, and whether it is in force, is for [`crate::Charter::mandate_standing`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mandate {
    /// The id that people state; a plain word.
    pub id: String,
    /// From 1; a higher one of the same id supersedes it.
    pub version: u32,
    /// Id of the one purpose that it serves.
    pub purpose: String,
    /// Id of the role whose holders it serves, those of roles that include it among them.
    pub group: String,
    /// Special categories that it opens.
    pub classes: Vec<SpecialCategory>,
    /// The highest classification of what it opens.
    pub highest: Classification,
    /// The first moment, in milliseconds since 1970; a whole second.
    pub not_before: i64,
    /// The first moment after it, in milliseconds since 1970; a whole second.
    pub not_after: i64,
    /// Hash of the charter under which it was made.
    pub charter: String,
    /// Why it is given: one line.
    pub grounds: String,
}

impl Mandate {
    /// Reads a mandate's text.
    ///
    /// # Errors
    /// With line and remedy: where a line is missing, repeated, out of order or unknown, a value is no such value, or the
    /// text is not the one that [`Mandate::to_text`] writes.
    pub fn parse(text: &str) -> Result<Self, CharterError> {
        let mut lines = Lines::new(text);
        lines.head()?;
        let mandate = Self {
            id: lines.plain("id")?,
            version: lines.version()?,
            purpose: lines.plain("purpose")?,
            group: lines.plain("group")?,
            classes: lines.classes()?,
            highest: lines.highest()?,
            not_before: lines.time("not-before")?,
            not_after: lines.time("not-after")?,
            charter: lines.hash()?,
            grounds: lines.grounds()?,
        };
        lines.end()?;
        if mandate.not_after <= mandate.not_before {
            return Err(fault(TEXT, text, lines.start_of("not-after"), "`not-after` does not come after `not-before`", "set it to a later time"));
        }
        if mandate.to_text() != text {
            return Err(fault(TEXT, text, 0, "the text is not written the way its content is signed", "write it as `candour mandate draft` does"));
        }
        Ok(mandate)
    }

    /// The text to sign. [`Mandate::parse`] reads it back where every field is one that a mandate may have.
    #[must_use]
    pub fn to_text(&self) -> String {
        let classes = match self.classes.as_slice() {
            [] => "none".to_owned(),
            some => some.iter().map(|category| category_word(*category)).collect::<Vec<_>>().join(", "),
        };
        let values = [
            self.id.clone(),
            self.version.to_string(),
            self.purpose.clone(),
            self.group.clone(),
            classes,
            classification_word(self.highest).to_owned(),
            time_text(self.not_before),
            time_text(self.not_after),
            self.charter.clone(),
            self.grounds.clone(),
        ];
        let lines = KEYS.iter().zip(values).map(|(key, value)| format!("{key}: {value}\n"));
        std::iter::once(format!("{HEAD}\n")).chain(lines).collect()
    }
}

/// A moment as texts write it, to the second, in UTC.
pub(crate) fn time_text(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| ms.to_string(), |time| time.to_string())
}

/// The lines of a text, read one after the other.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next line without its end, and where it begins.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = self.text.get(self.at..)?;
        let (line, _) = rest.split_once('\n')?;
        let start = self.at;
        self.at += line.len() + 1;
        Some((start, line))
    }

    fn fail<T>(&self, offset: usize, what: impl Into<String>, remedy: impl Into<String>) -> Result<T, CharterError> {
        Err(fault(TEXT, self.text, offset, what, remedy))
    }

    fn head(&mut self) -> Result<(), CharterError> {
        match self.next() {
            Some((_, HEAD)) => Ok(()),
            _ => self.fail(0, "this is no mandate", format!("begin with the line `{HEAD}`")),
        }
    }

    fn value(&mut self, key: &'static str) -> Result<(usize, &'a str), CharterError> {
        let Some((start, line)) = self.next() else {
            return self.fail(
                self.text.len(),
                format!("the line `{key}: …` is missing"),
                format!("a mandate has the lines {}, in this order", KEYS.join(", ")),
            );
        };
        match line.split_once(": ").filter(|(found, _)| *found == key) {
            Some((_, value)) => Ok((start, value)),
            None => {
                self.fail(start, format!("`{line}` stands where the line `{key}: …` belongs"), format!("write the lines {}, in this order", KEYS.join(", ")))
            }
        }
    }

    fn plain(&mut self, key: &'static str) -> Result<String, CharterError> {
        let (start, value) = self.value(key)?;
        if is_plain(value) {
            return Ok(value.to_owned());
        }
        self.fail(start, format!("`{value}` is no plain word"), "use at most 64 lower-case letters, digits and hyphens, a letter first")
    }

    fn version(&mut self) -> Result<u32, CharterError> {
        let (start, value) = self.value("version")?;
        match value.parse::<u32>() {
            Ok(version) if version > 0 => Ok(version),
            _ => self.fail(start, format!("`{value}` is no version"), "count from 1"),
        }
    }

    fn classes(&mut self) -> Result<Vec<SpecialCategory>, CharterError> {
        let (start, value) = self.value("classes")?;
        if value == "none" {
            return Ok(Vec::new());
        }
        let mut classes: Vec<SpecialCategory> = Vec::new();
        for word in value.split(", ") {
            let Some(category) = CATEGORIES.into_iter().find(|category| category_word(*category) == word) else {
                let known = CATEGORIES.map(|category| format!("`{}`", category_word(category))).join(", ");
                return self.fail(start, format!("`{word}` is no special category"), format!("use `none` or some of {known}"));
            };
            if classes.last().is_some_and(|last| *last >= category) {
                return self.fail(start, format!("`{word}` is repeated or out of order"), "name each category once, in the order of the guide");
            }
            classes.push(category);
        }
        Ok(classes)
    }

    fn highest(&mut self) -> Result<Classification, CharterError> {
        let (start, value) = self.value("highest")?;
        match CLASSIFICATIONS.into_iter().find(|level| classification_word(*level) == value) {
            Some(level) => Ok(level),
            None => {
                let known = CLASSIFICATIONS.map(|level| format!("`{}`", classification_word(level))).join(", ");
                self.fail(start, format!("`{value}` is no classification"), format!("use one of {known}"))
            }
        }
    }

    fn time(&mut self, key: &'static str) -> Result<i64, CharterError> {
        let (start, value) = self.value(key)?;
        match value.parse::<Timestamp>() {
            Ok(time) if time_text(time.as_second().saturating_mul(1000)) == value => Ok(time.as_second().saturating_mul(1000)),
            _ => self.fail(start, format!("`{value}` is no time"), "write whole seconds in UTC, such as 2026-11-01T00:00:00Z"),
        }
    }

    fn hash(&mut self) -> Result<String, CharterError> {
        let (start, value) = self.value("charter")?;
        if crate::words::is_hash(value) {
            return Ok(value.to_owned());
        }
        self.fail(start, format!("`{value}` is no hash of a charter"), "copy the 64 hexadecimal digits that `candour charter show` prints")
    }

    fn grounds(&mut self) -> Result<String, CharterError> {
        let (start, value) = self.value("grounds")?;
        if value.trim().is_empty() || value.trim() != value || value.chars().any(char::is_control) {
            return self.fail(
                start,
                "the grounds are empty, begin or end with a blank, or hold control characters",
                "say in one line why the mandate is given",
            );
        }
        Ok(value.to_owned())
    }

    fn end(&mut self) -> Result<(), CharterError> {
        if self.at == self.text.len() {
            return Ok(());
        }
        self.fail(self.at, "something follows the grounds", "end the text with the line of the grounds")
    }

    fn start_of(&self, key: &str) -> usize {
        self.text.find(&format!("\n{key}: ")).map_or(0, |at| at + 1)
    }
}
