//! Dates of a form that the mapping names, in the directives of `strptime` (POSIX, and Python's `datetime`), of which it takes
//! `%Y %y %m %d %e %b %B %h %a %A %H %I %p %M %S %f %z %Z %T %R %F %D %j`.

use super::{
    date::{Digits, Parts, Problem, small},
    date_words,
};

/// Reads text of this form, to its end. Precision is that of the pattern: without `%d` the day stays unknown.
pub(super) fn parse(text: &str, pattern: &str) -> Result<Parts, Problem> {
    let mut reading = Reading { parts: Parts::default(), rest: text, is_afternoon: None, day_of_year: None };
    reading.pattern(pattern)?;
    if !reading.rest.trim().is_empty() || reading.parts.year == 0 {
        return Err(Problem::Form);
    }
    reading.finish()
}

struct Reading<'t> {
    parts: Parts,
    rest: &'t str,
    is_afternoon: Option<bool>,
    day_of_year: Option<i16>,
}

impl Reading<'_> {
    fn pattern(&mut self, pattern: &str) -> Result<(), Problem> {
        let mut directives = pattern.chars();
        while let Some(c) = directives.next() {
            match c {
                '%' => self.directive(directives.next().ok_or(Problem::Form)?)?,
                c if c.is_whitespace() => self.rest = self.rest.trim_start(),
                c => self.rest = self.rest.strip_prefix(c).ok_or(Problem::Form)?,
            }
        }
        Ok(())
    }

    fn directive(&mut self, directive: char) -> Result<(), Problem> {
        match directive {
            'Y' => self.parts.year = self.number(4, 4)?,
            // POSIX: 69 to 99 are 1969 to 1999, the rest are 2000 to 2068.
            'y' => self.parts.year = self.number(2, 2).map(|year| if year < 69 { year + 2000 } else { year + 1900 })?,
            'm' => self.parts.month = Some(small(self.number(1, 2)?)),
            'd' | 'e' => {
                self.rest = self.rest.trim_start_matches(' ');
                self.parts.day = Some(small(self.number(1, 2)?));
            }
            'b' | 'B' | 'h' => self.parts.month = Some(self.word().and_then(date_words::month).ok_or(Problem::Form)?),
            'a' | 'A' => {
                self.word().filter(|word| date_words::is_weekday(word)).ok_or(Problem::Form)?;
            }
            'H' | 'I' => self.parts.hour = Some(small(self.number(1, 2)?)),
            'p' => {
                let word = self.word().ok_or(Problem::Form)?.to_ascii_lowercase();
                self.is_afternoon = Some(match word.as_str() {
                    "am" => false,
                    "pm" => true,
                    _ => return Err(Problem::Form),
                });
            }
            'M' => self.parts.minute = Some(small(self.number(1, 2)?)),
            'S' => self.parts.second = Some(small(self.number(1, 2)?)),
            'f' => self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit()),
            'j' => self.day_of_year = Some(self.number(1, 3)?),
            'z' | 'Z' => self.zone()?,
            'T' => self.pattern("%H:%M:%S")?,
            'R' => self.pattern("%H:%M")?,
            'F' => self.pattern("%Y-%m-%d")?,
            'D' => self.pattern("%m/%d/%y")?,
            '%' => self.rest = self.rest.strip_prefix('%').ok_or(Problem::Form)?,
            other => {
                return Err(Problem::Value(format!(
                    "cannot be read with `%{other}`, which is no directive for dates here; use `%Y`, `%m`, `%d`, `%b`, `%H`, `%M`, `%S`"
                )));
            }
        }
        Ok(())
    }

    fn number(&mut self, min: usize, max: usize) -> Result<i16, Problem> {
        let length = self.rest.bytes().take(max).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(length).ok_or(Problem::Form)?;
        if length < min {
            return Err(Problem::Form);
        }
        self.rest = rest;
        digits.parse().map_err(|_| Problem::Form)
    }

    fn word(&mut self) -> Option<&str> {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    fn zone(&mut self) -> Result<(), Problem> {
        let length = self.rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-:".contains(byte)).count();
        let (zone, rest) = self.rest.split_at_checked(length).ok_or(Problem::Form)?;
        let mut digits = Digits::new(zone);
        self.parts.offset = digits.zone()?;
        if !digits.is_done() {
            return Err(Problem::Form);
        }
        self.rest = rest;
        Ok(())
    }

    /// Puts the half of the day and the day of the year in their places.
    fn finish(mut self) -> Result<Parts, Problem> {
        if let (Some(is_afternoon), Some(hour)) = (self.is_afternoon, self.parts.hour) {
            if !(1..=12).contains(&hour) {
                return Err(Problem::Value(format!("has the hour {hour} with am or pm; these run from 1 to 12")));
            }
            self.parts.hour = Some(hour % 12 + if is_afternoon { 12 } else { 0 });
        }
        if let Some(day) = self.day_of_year {
            let date = jiff::civil::Date::new(self.parts.year, 1, 1).ok().and_then(|first| first.with().day_of_year(day).build().ok());
            let date = date.ok_or_else(|| Problem::Value(format!("has the day {day} of a year that has fewer")))?;
            (self.parts.month, self.parts.day) = (Some(date.month()), Some(date.day()));
        }
        if self.parts.day.is_none() {
            (self.parts.hour, self.parts.minute, self.parts.second) = (None, None, None);
        }
        if self.parts.month.is_none() {
            self.parts.day = None;
        }
        Ok(self.parts)
    }
}
