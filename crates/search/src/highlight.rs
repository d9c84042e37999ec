//! Which parts of a text a question matches, for showing.

use std::ops::Range;

use crate::{
    error::SearchError,
    fields::Area,
    plan::{Pattern, Phrase, Plan},
    syntax::Syntax,
    words::{Word, compact, words_of},
};

/// Finds the words of a question in texts. It knows nothing of the index: hand it values that the asker may see.
#[derive(Debug, Clone)]
pub struct Highlighter {
    patterns: Vec<(Area, Pattern)>,
}

impl Highlighter {
    /// Reads the text of a [`crate::Query`].
    pub fn new(question: &str) -> Result<Self, SearchError> {
        let plan = Plan::new(&Syntax::parse(question)?);
        let mut patterns: Vec<(Area, Pattern)> = Vec::new();
        for source in plan.wanted.into_iter().flat_map(|clause| clause.sources) {
            // The areas of words differ in weight only.
            let area = if source.area == Area::Compact { Area::Compact } else { Area::Texts };
            if !patterns.iter().any(|(known, pattern)| *known == area && *pattern == source.pattern) {
                patterns.push((area, source.pattern));
            }
        }
        Ok(Self { patterns })
    }

    /// The parts of a text that the question matches, in order and apart from each other, in bytes that `str::get`
    /// takes. `None` if it matches nothing, as when everything was asked for. An identifier that is matched only when
    /// written as one is a match as a whole.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let all = words_of(text);
        let single: Vec<&Word> = all.iter().filter(|word| !word.joined).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        for (_, pattern) in self.patterns.iter().filter(|(area, _)| *area != Area::Compact) {
            match pattern {
                Pattern::Phrase(phrase) => found.extend(single.windows(phrase.first.len() + 1).filter(|words| reads(phrase, words)).filter_map(whole)),
                pattern => found.extend(all.iter().filter(|word| fits(pattern, &word.text)).map(|word| word.place.clone())),
            }
        }
        if found.is_empty() {
            let one = compact(text);
            found.extend(self.patterns.iter().filter(|(area, pattern)| *area == Area::Compact && fits(pattern, &one)).filter_map(|_| whole(&single)));
        }
        (!found.is_empty()).then(|| united(found))
    }
}

fn fits(pattern: &Pattern, word: &str) -> bool {
    match pattern {
        Pattern::Word(wanted) => word == wanted,
        Pattern::Prefix(wanted) => word.starts_with(wanted.as_str()),
        Pattern::Phrase(_) => false,
    }
}

fn reads(phrase: &Phrase, words: &[&Word]) -> bool {
    let Some((last, first)) = words.split_last() else { return false };
    let ends = if phrase.open { last.text.starts_with(&phrase.last) } else { last.text == phrase.last };
    ends && first.iter().map(|word| &word.text).eq(&phrase.first)
}

/// From the first of these words to the last.
fn whole<W: std::borrow::Borrow<Word>>(words: &[W]) -> Option<Range<usize>> {
    let (first, last) = (words.first()?.borrow(), words.last()?.borrow());
    Some(first.place.start..last.place.end)
}

fn united(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, text: &str, expected: Option<&str>) {
        let found = Highlighter::new(question).unwrap().find(text).map(|ranges| {
            let (mut marked, mut at) = (String::new(), 0);
            for range in ranges {
                marked += &format!("{}[{}]", text.get(at..range.start).unwrap(), text.get(range.clone()).unwrap());
                at = range.end;
            }
            marked + text.get(at..).unwrap()
        });
        assert_eq!(found.as_deref(), expected, "{question} in {text}");
    }

    #[test]
    fn matching_parts_are_found() {
        check("zoe", "Zoë and Zoe, zoës", Some("[Zoë] and [Zoe], zoës"));
        check("zo* -and", "Zoë and Zoe", Some("[Zoë] and [Zoe]"));
        check("\"van dyk\"", "van Dyk van der Dyk", Some("[van Dyk] van der Dyk"));
        check("\"van dy*\" va*", "van Dyk van", Some("[van Dyk] [van]"));
        check("obrien", "Mr O'Brien", Some("Mr [O'Brien]"));
        check("o'brien brien", "Mr O'Brien, O Brien", Some("Mr [O'Brien], [O Brien]"));
        check("ry52apf", "RY52 APF", Some("[RY52 APF]"));
        check("07009 33322", "0700 933322.", Some("[0700 933322]."));
        check("ry52a*", "RY52 APF", Some("[RY52 APF]"));
        check("smith", "Jones", None);
        check("*", "Jones", None);
        check("-jones", "Jones", None);
    }
}
