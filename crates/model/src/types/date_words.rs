//! Dates as people write them, where the order of day and month is certain: `24/08/2017`, `24.08.2017`, `24 August 2017`,
//! `August 24, 2017`, `24-AUG-2017`, `Aug 2017`, `2017/08/24`, each with a time after it or not.

use super::date::{Digits, Parts, Problem, small, time};

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The English name of a month that counts from 1.
pub(super) fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("the month")
}

/// The month of an English name, whole or cut to three letters (`Sept` too).
pub(super) fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|name| is_short(word, name) || (word.eq_ignore_ascii_case("sept") && *name == "September"))?;
    i8::try_from(at + 1).ok()
}

/// Whether the word is an English name of a day of the week, whole or cut to three letters.
pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|name| is_short(word, name))
}

fn is_short(word: &str, name: &str) -> bool {
    word.eq_ignore_ascii_case(name) || name.get(..3).is_some_and(|short| word.eq_ignore_ascii_case(short))
}

/// Reads a date, or says why it cannot be read in one way.
pub(super) fn parse(text: &str) -> Result<Parts, Problem> {
    if text.bytes().any(|byte| byte.is_ascii_alphabetic() && byte != b'T' && byte != b'Z') { words(text) } else { numbers(text) }
}

/// `24/08/2017`, `24.08.2017`, `24-08-2017`, `2017/08/24`, `2017.08.24`.
fn numbers(text: &str) -> Result<Parts, Problem> {
    let mut rest = Digits::new(text);
    let first = rest.take(1, 4)?;
    let mark = rest.mark(b"/.-")?;
    let second = rest.take(1, 2)?;
    rest.mark(&[mark])?;
    let third = rest.take(1, 4)?;
    let mut parts = if first > 31 {
        Parts { year: first, month: Some(small(second)), day: Some(small(third)), ..Parts::default() }
    } else if third < 100 {
        return Err(Problem::Value("has a year of two digits; write four, or give the mapping a `format` such as `%d/%m/%y`".to_owned()));
    } else {
        // With full stops the day comes first wherever they are used.
        let (day, month) = match (first, second) {
            (first, second) if mark == b'.' || first > 12 || first == second => (first, second),
            (first, second) if second > 12 => (second, first),
            _ => {
                let why = "can be read in two ways; give the mapping a `format`: `%d/%m/%Y` if the day comes first, `%m/%d/%Y` if the month does";
                return Err(Problem::Value(why.to_owned()));
            }
        };
        Parts { year: third, month: Some(small(month)), day: Some(small(day)), ..Parts::default() }
    };
    if !rest.is_done() {
        rest.mark(b"T ")?;
        time(&mut rest, &mut parts)?;
    }
    Ok(parts)
}

/// Forms with the month in English.
fn words(text: &str) -> Result<Parts, Problem> {
    const MARKS: [char; 5] = [' ', ',', '-', '/', '.'];
    let mut parts = Parts::default();
    let (mut year, mut day) = (None, None);
    let mut rest = text;
    // What follows the year and the month is a time.
    while !rest.is_empty() && (year.is_none() || parts.month.is_none()) {
        let (piece, after) = rest.split_at_checked(rest.find(MARKS).unwrap_or(rest.len())).ok_or(Problem::Form)?;
        rest = after.trim_start_matches(MARKS);
        if piece.is_empty() || is_weekday(piece) || piece.eq_ignore_ascii_case("of") {
            continue;
        }
        let slot = if let Some(found) = month(piece) {
            parts.month.replace(found).map(i16::from)
        } else {
            match ordinal(piece).ok_or(Problem::Form)? {
                (number, 4) => year.replace(number),
                (number, _) if day.is_none() => day.replace(number),
                (number, _) => year.replace(number),
            }
        };
        if slot.is_some() {
            return Err(Problem::Form);
        }
    }
    if parts.month.is_none() {
        return Err(Problem::Form);
    }
    parts.year = year.ok_or(Problem::Form)?;
    if parts.year < 100 {
        return Err(Problem::Value("has a year of two digits; write four, or give the mapping a `format` such as `%d-%b-%y`".to_owned()));
    }
    parts.day = day.map(small);
    if !rest.is_empty() {
        if parts.day.is_none() {
            return Err(Problem::Form);
        }
        time(&mut Digits::new(rest), &mut parts)?;
    }
    Ok(parts)
}

/// The number of `3`, `24`, `2017` or an English ordinal such as `24th`, and how many digits it has.
fn ordinal(piece: &str) -> Option<(i16, usize)> {
    let suffixes = ["st", "nd", "rd", "th"];
    let digits = suffixes.iter().find_map(|suffix| piece.strip_suffix(suffix)).unwrap_or(piece);
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, digits.len()))
}
