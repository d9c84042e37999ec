//! Records made ready to compare: parsed once, compared many times.

use candour_model::ontology::Ontology;

use crate::{
    fold::{compact, digits, fold},
    legal_forms::is_form,
    record::{Field, Record},
};

/// Words before a name that are no part of it.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev"];

/// A person's name in its parts; either may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// First forename.
    pub(crate) forename: String,
    /// Surname, without spaces.
    pub(crate) surname: String,
    /// Words of the surname.
    pub(crate) surname_words: Vec<String>,
    /// All words, sorted, with spaces.
    pub(crate) sorted: String,
    /// As people read it.
    pub(crate) shown: String,
}

/// A date as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Date {
    /// `YYYYMMDD`, or its first four or six digits.
    pub(crate) digits: String,
    /// With hyphens.
    pub(crate) shown: String,
}

/// A value whose comparable form is another than the one people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// Words, in order of appearance.
    pub(crate) words: Vec<String>,
    /// Words, sorted, with spaces.
    pub(crate) sorted: String,
    /// As people read it.
    pub(crate) shown: String,
}

/// A record ready to compare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Prepared {
    pub(crate) key: u32,
    pub(crate) schema: String,
    pub(crate) names: Vec<Name>,
    pub(crate) organisations: Vec<Words>,
    pub(crate) dates: Vec<Date>,
    pub(crate) phones: Vec<String>,
    pub(crate) emails: Vec<String>,
    pub(crate) identifiers: Vec<String>,
    pub(crate) addresses: Vec<Words>,
    pub(crate) postcodes: Vec<String>,
    pub(crate) countries: Vec<String>,
}

impl Prepared {
    pub(crate) fn new(record: &Record) -> Self {
        let values = |field: Field| record.fields.iter().filter(move |(of, _)| *of == field).map(|(_, value)| value.as_str());
        let mut prepared = Self {
            key: record.key,
            schema: record.schema.clone(),
            names: names(values(Field::Forename).collect(), values(Field::Surname).collect(), values(Field::FullName)),
            organisations: values(Field::Organisation).map(|text| Words::new(text, |word| !is_form(word))).collect(),
            dates: values(Field::Date).filter_map(Date::parse).collect(),
            phones: values(Field::Phone).map(digits).collect(),
            emails: values(Field::Email).map(|text| text.trim().to_lowercase()).collect(),
            identifiers: values(Field::Identifier).map(compact).collect(),
            addresses: values(Field::Address).map(|text| Words::new(text, |_| true)).collect(),
            postcodes: values(Field::Postcode).map(compact).collect(),
            countries: values(Field::Country).map(compact).collect(),
        };
        for texts in [&mut prepared.phones, &mut prepared.emails, &mut prepared.identifiers, &mut prepared.postcodes, &mut prepared.countries] {
            texts.retain(|text| !text.is_empty());
            texts.sort_unstable();
            texts.dedup();
        }
        for words in [&mut prepared.organisations, &mut prepared.addresses] {
            words.retain(|words| !words.words.is_empty());
            words.sort_unstable_by(|a, b| (&a.sorted, &a.shown).cmp(&(&b.sorted, &b.shown)));
            words.dedup_by(|a, b| a.words == b.words);
        }
        prepared.dates.sort_unstable_by(|a, b| a.digits.cmp(&b.digits));
        prepared.dates.dedup();
        prepared.names.sort_unstable_by(|a, b| (&a.shown, &a.surname).cmp(&(&b.shown, &b.surname)));
        prepared.names.dedup();
        prepared
    }

    /// Whether the two could be the same kind of thing.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        if self.schema == other.schema {
            return true;
        }
        let ontology = Ontology::builtin();
        match (ontology.schema(&self.schema), ontology.schema(&other.schema)) {
            (Some(a), Some(b)) => a.is_kind_of(b.no) || b.is_kind_of(a.no),
            _ => false,
        }
    }
}

impl Name {
    fn new(forenames: &str, surname: &str) -> Option<Self> {
        let (forenames, surname) = (fold(forenames), fold(surname));
        let mut given = forenames.split_whitespace().filter(|word| !TITLES.contains(word)).peekable();
        let forename = given.peek().copied().unwrap_or_default().to_owned();
        let surname_words: Vec<String> = surname.split_whitespace().map(str::to_owned).collect();
        let words: Vec<&str> = given.chain(surname.split_whitespace()).collect();
        if words.is_empty() {
            return None;
        }
        let shown = words.join(" ");
        Some(Self { forename, surname: surname_words.concat(), sorted: sorted(words), surname_words, shown })
    }

    /// `forenames surname`, or `surname, forenames`.
    fn whole(text: &str) -> Option<Self> {
        if let Some((surname, forenames)) = text.split_once(',') {
            return Self::new(forenames, surname);
        }
        // Before folding, which would part the halves of a double surname.
        match text.trim().rsplit_once(char::is_whitespace) {
            Some((forenames, surname)) => Self::new(forenames, surname),
            None => Self::new("", text),
        }
    }
}

fn names<'r>(mut forenames: Vec<&'r str>, mut surnames: Vec<&'r str>, whole: impl Iterator<Item = &'r str>) -> Vec<Name> {
    // A record may have one part alone.
    for parts in [&mut forenames, &mut surnames] {
        parts.retain(|part| !fold(part).is_empty());
        if parts.is_empty() {
            parts.push("");
        }
    }
    let pairs = surnames.iter().flat_map(|surname| forenames.iter().filter_map(|forename| Name::new(forename, surname)));
    pairs.chain(whole.filter_map(Name::whole)).collect()
}

impl Words {
    fn new(text: &str, keep: impl Fn(&str) -> bool) -> Self {
        let folded = fold(text);
        let mut words: Vec<&str> = folded.split_whitespace().filter(|word| keep(word)).collect();
        if words.is_empty() {
            // A name of nothing but legal forms is better than none.
            words = folded.split_whitespace().collect();
        }
        Self { words: words.iter().map(|word| (*word).to_owned()).collect(), shown: folded.clone(), sorted: sorted(words) }
    }
}

fn sorted(mut words: Vec<&str>) -> String {
    words.sort_unstable();
    words.join(" ")
}

impl Date {
    /// `1971`, `1971-03`, `1971-03-09` (what follows is left aside), `19710309`.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let date = text.get(..10).filter(|date| date.as_bytes().get(4) == Some(&b'-')).unwrap_or(text);
        if !date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            return None;
        }
        let digits = digits(date);
        let part = |range: std::ops::Range<usize>| digits.get(range).map(|part| part.parse::<u32>().unwrap_or(0));
        let shown = match (digits.len(), part(0..4)?, part(4..6), part(6..8)) {
            (4, _, None, None) => digits.clone(),
            (6, year, Some(month @ 1..=12), None) => format!("{year:04}-{month:02}"),
            (8, year, Some(month @ 1..=12), Some(day @ 1..=31)) => format!("{year:04}-{month:02}-{day:02}"),
            _ => return None,
        };
        Some(Self { digits, shown })
    }

    /// Whether the day is known.
    pub(crate) fn is_full(&self) -> bool {
        self.digits.len() == 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_far_as_known() {
        for (text, shown) in [
            ("1971", Some("1971")),
            ("1971-03", Some("1971-03")),
            (" 1971-03-09 ", Some("1971-03-09")),
            ("1971-03-09T10:00", Some("1971-03-09")),
            ("19710309", Some("1971-03-09")),
            ("1971-13-09", None),
            ("09/03/1971", None),
            ("71", None),
            ("", None),
        ] {
            assert_eq!(Date::parse(text).map(|date| date.shown).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn names_in_parts_or_whole() {
        for text in ["Dr Anna Maria Schmidt-Łysy ", "Schmidt Lysy, Anna  Maria"] {
            let name = Name::whole(text).unwrap();
            assert_eq!((name.forename.as_str(), name.sorted.as_str()), ("anna", "anna lysy maria schmidt"), "{text}");
        }
        assert_eq!(names(vec!["Ann", "Anna"], vec![], std::iter::empty()).len(), 2);
        assert_eq!(names(vec![" "], vec!["-"], ["..."].into_iter()), []);
    }
}
