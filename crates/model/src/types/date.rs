//! Dates as prefixes of ISO 8601: `2011`, `2011-05`, `2011-05-12`, `2011-05-12T09`, `...T09:30`, `...T09:30:15`.
//!
//! What is not said is not made up: a month stays a month. Times with a zone are turned to UTC, fractions of a second go, as
//! in FollowTheMoney. Written forms whose order can be read in one way only are understood; where day and month could be
//! swapped the value is refused and the remedy is a pattern (see [`super::date_pattern`]).

use std::borrow::Cow;

use super::{Context, Refusal, date_pattern, date_words};

/// First and last year that are taken for a year.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

/// A date and time as far as it is known. Months and days count from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) year: i16,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) hour: Option<i8>,
    pub(super) minute: Option<i8>,
    pub(super) second: Option<i8>,
    /// Minutes east of Greenwich.
    pub(super) offset: Option<i32>,
}

/// Why text was no date.
pub(super) enum Problem {
    /// Of this form it is none; another may fit.
    Form,
    /// It has the form of a date that does not exist, or can be read in two ways.
    Value(String),
}

pub(super) fn clean<'v>(text: Cow<'v, str>, context: &Context<'_>) -> Result<Cow<'v, str>, Refusal> {
    let pattern = context.format.filter(|format| format.contains('%'));
    if let Some(pattern) = pattern {
        match date_pattern::parse(&text, pattern).and_then(|parts| spell(&parts)) {
            Ok(date) => return Ok(reuse(text, date)),
            Err(Problem::Value(why)) => return Err(Refusal::new(&text, why)),
            // A value that was cleaned before is not of the pattern any more.
            Err(Problem::Form) => {}
        }
    }
    match iso(&text).and_then(|parts| spell(&parts)) {
        Ok(date) => return Ok(reuse(text, date)),
        Err(Problem::Value(why)) => return Err(Refusal::new(&text, why)),
        Err(Problem::Form) => {}
    }
    if let Some(pattern) = pattern {
        return Err(Refusal::new(&text, format_args!("does not have the form `{pattern}` that the mapping asks for; correct the value or the pattern")));
    }
    match date_words::parse(&text).and_then(|parts| spell(&parts)) {
        Ok(date) => Ok(reuse(text, date)),
        Err(Problem::Value(why)) => Err(Refusal::new(&text, why)),
        Err(Problem::Form) => {
            Err(Refusal::new(&text, "is no date; write `2017`, `2017-08` or `2017-08-24`, or give the mapping a `format` such as `%d/%m/%Y`"))
        }
    }
}

fn reuse(text: Cow<'_, str>, date: String) -> Cow<'_, str> {
    if text == date { text } else { Cow::Owned(date) }
}

/// Reads the ISO 8601 forms, with a space for `T` and single digits allowed, and the compact `20110512`.
fn iso(text: &str) -> Result<Parts, Problem> {
    let mut rest = Digits::new(text);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, month, day) = (rest.take(4, 4)?, rest.take(2, 2)?, rest.take(2, 2)?);
        return if matches!(year, 1500..=2200) {
            Ok(Parts { year, month: Some(small(month)), day: Some(small(day)), ..Parts::default() })
        } else {
            Err(Problem::Form)
        };
    }
    let mut parts = Parts { year: rest.take(4, 4)?, ..Parts::default() };
    if !YEARS.contains(&parts.year) {
        return Err(Problem::Form);
    }
    if !rest.is_done() {
        rest.mark(b"-")?;
        parts.month = Some(small(rest.take(1, 2)?));
    }
    if !rest.is_done() {
        rest.mark(b"-")?;
        parts.day = Some(small(rest.take(1, 2)?));
    }
    if !rest.is_done() {
        rest.mark(b"T ")?;
        time(&mut rest, &mut parts)?;
    }
    // `2011-00-00` is how some registers write a bare year.
    if parts.month == Some(0) {
        return if parts.day.unwrap_or(0) == 0 { Ok(Parts { year: parts.year, ..Parts::default() }) } else { Err(Problem::Form) };
    }
    if parts.day == Some(0) {
        parts = Parts { year: parts.year, month: parts.month, ..Parts::default() };
    }
    Ok(parts)
}

/// Reads `09`, `09:30`, `09:30:15.123` and a zone after them, to the end of the text.
pub(super) fn time(rest: &mut Digits<'_>, parts: &mut Parts) -> Result<(), Problem> {
    parts.hour = Some(small(rest.take(1, 2)?));
    for field in [&mut parts.minute, &mut parts.second] {
        if rest.mark(b":").is_err() {
            break;
        }
        *field = Some(small(rest.take(1, 2)?));
    }
    if parts.second.is_some() && rest.mark(b".,").is_ok() {
        rest.skip_digits();
    }
    rest.skip(b" ");
    parts.offset = rest.zone()?;
    if rest.is_done() { Ok(()) } else { Err(Problem::Form) }
}

/// Digits as a day, month, hour, minute or second; too large a number is found out by [`spell`].
pub(super) fn small(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

/// Checks that the date exists and writes it to its precision, in UTC.
pub(super) fn spell(parts: &Parts) -> Result<String, Problem> {
    let year = parts.year;
    if !YEARS.contains(&year) {
        return Err(Problem::Value(format!("has the year {year}; years run from 1000 to 2999, in four digits")));
    }
    let Some(month) = parts.month else { return Ok(format!("{year:04}")) };
    if !(1..=12).contains(&month) {
        return Err(Problem::Value(format!("has the month {month}; months run from 01 to 12{}", swapped(parts))));
    }
    let Some(day) = parts.day else { return Ok(format!("{year:04}-{month:02}")) };
    let last = days(year, month);
    if !(1..=last).contains(&day) {
        return Err(Problem::Value(format!(
            "does not exist: {} {year} has {last} days; correct it, or write `{year:04}-{month:02}` if only the month is known",
            date_words::month_name(month)
        )));
    }
    let Some(hour) = parts.hour else { return Ok(format!("{year:04}-{month:02}-{day:02}")) };
    let (minute, second) = (parts.minute.unwrap_or(0), parts.second.unwrap_or(0));
    if hour > 23 || minute > 59 || second > 59 {
        return Err(Problem::Value(format!("has the time {hour:02}:{minute:02}:{second:02}; hours run from 00 to 23, minutes and seconds from 00 to 59")));
    }
    let moment = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).map_err(|_| Problem::Form)?;
    let offset = jiff::Span::new().minutes(parts.offset.unwrap_or(0));
    let utc = moment.checked_sub(offset).map_err(|_| Problem::Form)?;
    if !YEARS.contains(&utc.year()) {
        return Err(Problem::Form);
    }
    Ok(match (parts.minute, parts.second) {
        // A zone of half an hour makes minutes of a bare hour; they are cut as FollowTheMoney cuts them.
        (None, _) => utc.strftime("%Y-%m-%dT%H").to_string(),
        (_, None) => utc.strftime("%Y-%m-%dT%H:%M").to_string(),
        _ => utc.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
    })
}

fn swapped(parts: &Parts) -> &'static str {
    if parts.month > Some(12) && parts.day.is_some_and(|day| (1..=12).contains(&day)) {
        "; day and month may be swapped, so give the mapping a `format` such as `%Y-%d-%m`"
    } else {
        ""
    }
}

fn days(year: i16, month: i8) -> i8 {
    jiff::civil::Date::new(year, month, 1).map_or(31, jiff::civil::Date::days_in_month)
}

/// Reads numbers and marks from the front of ASCII text.
pub(super) struct Digits<'t> {
    rest: &'t [u8],
}

impl<'t> Digits<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text.as_bytes() }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The number that comes next, of at least `min` digits; no more than `max` are read.
    pub(super) fn take(&mut self, min: usize, max: usize) -> Result<i16, Problem> {
        let mut number: i16 = 0;
        let mut count = 0;
        while let Some((digit, rest)) = self.rest.split_first().filter(|(byte, _)| count < max && byte.is_ascii_digit()) {
            number = number * 10 + i16::from(digit - b'0');
            count += 1;
            self.rest = rest;
        }
        if count < min { Err(Problem::Form) } else { Ok(number) }
    }

    /// One of these characters.
    pub(super) fn mark(&mut self, allowed: &[u8]) -> Result<u8, Problem> {
        match self.rest.split_first() {
            Some((mark, rest)) if allowed.contains(mark) => {
                self.rest = rest;
                Ok(*mark)
            }
            _ => Err(Problem::Form),
        }
    }

    /// Steps over any of these characters.
    pub(super) fn skip(&mut self, marks: &[u8]) {
        while self.mark(marks).is_ok() {}
    }

    pub(super) fn skip_digits(&mut self) {
        self.skip(b"0123456789");
    }

    /// `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`, or nothing; minutes east of Greenwich.
    pub(super) fn zone(&mut self) -> Result<Option<i32>, Problem> {
        for name in [&b"Z"[..], b"z", b"UTC", b"GMT"] {
            if let Some(rest) = self.rest.strip_prefix(name) {
                self.rest = rest;
                return Ok(Some(0));
            }
        }
        let Ok(sign) = self.mark(b"+-") else { return Ok(None) };
        let hours = i32::from(self.take(2, 2)?);
        let minutes = if self.is_done() {
            0
        } else {
            self.skip(b":");
            i32::from(self.take(2, 2)?)
        };
        if hours > 23 || minutes > 59 {
            return Err(Problem::Value(format!("has the time zone {hours:02}:{minutes:02}; zones run to 23:59")));
        }
        let offset = hours * 60 + minutes;
        Ok(Some(if sign == b'-' { -offset } else { offset }))
    }
}
