//! Dates and times of day. Dates in figures are read with the day first, as in Britain; where the other order would be a date as
//! well, confidence is lower. Dates relative to that of the report (`last Tuesday`) are not read yet.

use std::ops::Range;

use candour_model::types::TypeKind;

use super::{Pattern, cleaned};
use crate::{digits::stands_alone, mention::Spot};

static ISO: Pattern = Pattern::new(r"(?-u)\b[12]\d{3}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?");
static FIGURES: Pattern = Pattern::new(r"(?-u)\b\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)(?:[12]\d{3}|\d{2})\b");
static WORDS: Pattern = Pattern::new(
    r"(?i-u)\b(?:\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?[ -][12]\d{3}|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?[12]\d{3})\b",
);
static TIME: Pattern = Pattern::new(
    r"(?i-u)\b(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|(?:1[0-2]|[1-9]) ?[ap]m|(?:[01]\d|2[0-3])[0-5]\d ?(?:hrs|hours))\b",
);

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for (pattern, confidence) in [(&ISO, 0.98), (&WORDS, 0.97)] {
        for hit in pattern.matches(text) {
            let Some(value) = cleaned(TypeKind::Date, None, hit.as_str()) else { continue };
            if stands_alone(text, &hit.range()) {
                found(Spot { range: hit.range(), value, confidence });
            }
        }
    }
    for hit in FIGURES.matches(text) {
        if let Some((value, confidence)) = figures(hit.as_str()).filter(|_| stands_alone(text, &hit.range()) && !is_part(text, &hit.range())) {
            found(Spot { range: hit.range(), value, confidence });
        }
    }
    for hit in TIME.matches(text) {
        if let Some(value) = time(hit.as_str()).filter(|_| stands_alone(text, &hit.range()) && !is_part(text, &hit.range())) {
            found(Spot { range: hit.range(), value, confidence: 0.9 });
        }
    }
}

/// Whether a mark and a digit before or after say that these bytes are a part of something longer.
fn is_part(text: &str, range: &Range<usize>) -> bool {
    let joins = |mark: Option<char>, next: Option<char>| matches!(mark, Some('/' | '.' | '-' | ':')) && next.is_some_and(|c| c.is_ascii_digit());
    let mut before = text.get(..range.start).unwrap_or_default().chars().rev();
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    joins(before.next(), before.next()) || joins(after.next(), after.next())
}

/// A date in figures, and how sure its reading is.
fn figures(text: &str) -> Option<(String, f32)> {
    let plain = text.replace(['.', '-'], "/");
    let has_century = plain.rsplit('/').next()?.len() == 4;
    let (day_first, month_first) = if has_century { ("%d/%m/%Y", "%m/%d/%Y") } else { ("%d/%m/%y", "%m/%d/%y") };
    let british = cleaned(TypeKind::Date, Some(day_first), &plain);
    let american = cleaned(TypeKind::Date, Some(month_first), &plain);
    let confidence = match (&british, &american) {
        (Some(one), Some(other)) if one != other => 0.85,
        (Some(_), _) => 0.95,
        (None, _) => 0.7,
    };
    // Two digits for the year leave room for other readings, such as a score or a part number.
    Some((british.or(american)?, if has_century { confidence } else { confidence - 0.15 }))
}

/// A time of day as `T14:05` or `T14:05:30`.
fn time(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let digits: Vec<u32> = lower.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect();
    let (hour, minute, second) = match digits.as_slice() {
        [whole] if *whole > 24 || lower.contains('h') => (whole / 100, whole % 100, None),
        [hour] => (*hour, 0, None),
        [hour, minute] => (*hour, *minute, None),
        [hour, minute, second] => (*hour, *minute, Some(*second)),
        _ => return None,
    };
    let marks: String = lower.chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let hour = match marks.as_str() {
        "am" | "pm" if !(1..=12).contains(&hour) => return None,
        "am" => hour % 12,
        "pm" => hour % 12 + 12,
        _ => hour,
    };
    Some(second.map_or_else(|| format!("T{hour:02}:{minute:02}"), |second| format!("T{hour:02}:{minute:02}:{second:02}")))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Temporal,
        &[
            ("on ⟦2017-08-24⟧.", "2017-08-24"),
            ("⟦2017-08-24T14:05:30Z⟧", "2017-08-24T14:05:30"),
            ("on ⟦24/08/2017⟧,", "2017-08-24"),
            ("⟦04/08/2017⟧", "2017-08-04"),
            ("(⟦4.8.17⟧)", "2017-08-04"),
            ("the ⟦24th of August 2017⟧", "2017-08-24"),
            ("⟦24 Aug 2017⟧", "2017-08-24"),
            ("⟦August 24, 2017⟧", "2017-08-24"),
            ("since ⟦September 2017⟧", "2017-09"),
            ("at ⟦14:05⟧.", "T14:05"),
            ("at ⟦2.30pm⟧", "T14:30"),
            ("by ⟦9am⟧", "T09:00"),
            ("about ⟦1405hrs⟧", "T14:05"),
        ],
        &[
            "31/02/2017",
            "32/01/2017",
            "section 4.8.17.2",
            "24/7",
            "May I",
            "in 2017",
            "25:00",
            "10:65",
            "score 3-2",
            "14:05:2017:11",
            "march on 2017 people",
            "2017-13-01",
            "1/2",
        ],
    );
}
