//! Telephone numbers: international ones with `+` or `00`, and those of the United Kingdom as dialled there.

use candour_model::types::{Context, TypeKind};

use super::Pattern;
use crate::{
    digits::{is_announced, stands_alone},
    mention::Spot,
};

static ABROAD: Pattern = Pattern::new(r"(?-u)(?:\(?\+ ?|\b00 ?)[1-9](?:[ ().-]{0,2}\d){6,15}");
static AT_HOME: Pattern = Pattern::new(r"(?-u)\(?\b0[1235789](?:[ ().-]{0,2}\d){7,12}");
const WORDS: &[&str] =
    &["tel", "telephone", "phone", "mobile", "mob", "call", "called", "ring", "rang", "text", "texted", "landline", "whatsapp", "number", "fax", "contact"];

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    for (pattern, is_home) in [(&ABROAD, false), (&AT_HOME, true)] {
        for hit in pattern.matches(text) {
            for length in ends(hit.as_str()).into_iter().rev() {
                let range = hit.start()..hit.start() + length;
                let Some(number) = text.get(range.clone()) else { continue };
                let is_announced = is_announced(text, hit.start(), WORDS);
                let read = read(number, is_home, is_announced).filter(|_| stands_alone(text, &range) && has_room_before(text, range.start));
                if let Some(value) = read {
                    found(Spot { range, value, confidence: if is_announced { 0.98 } else { 0.92 } });
                    break;
                }
            }
        }
    }
}

/// Where the number may end: after each group of digits.
fn ends(text: &str) -> Vec<usize> {
    let is_end = |at: usize| text.get(at + 1..).is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    text.bytes().enumerate().filter(|(at, byte)| byte.is_ascii_digit() && is_end(*at)).map(|(at, _)| at + 1).collect()
}

/// Whether no digit and mark stand before, as in `12/0123`.
fn has_room_before(text: &str, start: usize) -> bool {
    let mut before = text.get(..start).unwrap_or_default().chars().rev();
    !(matches!(before.next(), Some('/' | '-' | '.' | '+' | '=')) && before.next().is_some_and(char::is_alphanumeric))
}

/// The number in E.164, if it is one.
fn read(number: &str, is_home: bool, is_announced: bool) -> Option<String> {
    let opened = number.matches('(').count();
    if opened != number.matches(')').count() {
        return None;
    }
    let context = Context { countries: if is_home { &["gb"] } else { &[] }, format: None };
    let value = TypeKind::Phone.clean(number, &context).ok()?.into_owned();
    let national = value.strip_prefix("+44");
    if !is_home {
        let digits = value.strip_prefix('+')?;
        return (digits.len() >= 8 && national.is_none_or(|national| fits(national, true))).then_some(value);
    }
    let is_grouped = number.contains([' ', '-', ')']);
    fits(national?, is_announced || is_grouped).then_some(value)
}

/// Whether a national number of the United Kingdom has the length of its kind (Ofcom, National Telephone Numbering Plan).
fn fits(national: &str, may_be_short: bool) -> bool {
    match national.as_bytes() {
        [b'1', ..] => national.len() == 10 || (may_be_short && national.len() == 9),
        [b'8', b'0', b'0' | b'8', ..] => matches!(national.len(), 9 | 10) || (may_be_short && national.len() == 7),
        [b'2' | b'3' | b'5' | b'7' | b'8' | b'9', ..] => national.len() == 10,
        _ => false,
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::Phone,
        &[
            ("rang ⟦07700 900123⟧ twice", "+447700900123"),
            ("⟦07700900123⟧.", "+447700900123"),
            ("Tel: ⟦(01632) 960123⟧", "+441632960123"),
            ("⟦020 7946 0958⟧,", "+442079460958"),
            ("⟦+44 (0)20 7946 0958⟧", "+442079460958"),
            ("⟦+44 7700 900123⟧ on 2017", "+447700900123"),
            ("⟦0044 7700 900123⟧", "+447700900123"),
            ("⟦+1 202-555-0143⟧", "+12025550143"),
            ("⟦+33 1 99 00 12 34⟧ (Paris)", "+33199001234"),
        ],
        &[
            "ref 0123456789",
            "07700 900",
            "on 01/02/2017",
            "02.03.2017",
            "12/07700900123",
            "0770090012345678",
            "A07700900123",
            "+44 7700",
            "01632",
            "4111 1111 1111 1111",
            "2017-08-24 14:05",
            "07700-900123-4",
        ],
    );
}
