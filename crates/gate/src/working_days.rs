//! Working days: neither Saturday nor Sunday nor a bank holiday.

use std::collections::BTreeSet;

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};
use serde::Deserialize;

use crate::{
    data::{day, read},
    error::GateError,
};

const SHIPPED: &str = include_str!("../data/bank-holidays.toml");

/// The days on which nobody works.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    holidays: BTreeSet<Date>,
}

#[derive(Deserialize)]
struct File {
    days: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Holiday(#[serde(deserialize_with = "day")] Date);

impl Calendar {
    /// The shipped bank holidays of England and Wales.
    ///
    /// # Errors
    /// None, unless the shipped text is out of order, which a test rules out.
    pub fn builtin() -> Result<Self, GateError> {
        Self::parse(SHIPPED)
    }

    /// Bank holidays of one's own, in the form of `data/bank-holidays.toml`.
    ///
    /// # Errors
    /// If the text is not in that form.
    pub fn parse(text: &str) -> Result<Self, GateError> {
        let file: File = read("bank-holidays.toml", text)?;
        Ok(Self { holidays: file.days.into_iter().map(|day| day.0).collect() })
    }

    /// Whether people work on it.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&date)
    }

    /// The day that lies so many working days after a date, which does not count itself. The end of the calendar ends the
    /// count.
    #[must_use]
    pub fn after(&self, date: Date, working_days: u32) -> Date {
        let (mut day, mut left) = (date, working_days);
        while left > 0 {
            let Ok(next) = day.checked_add(1.day()) else { return day };
            day = next;
            left -= u32::from(self.is_working_day(day));
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let calendar = Calendar::builtin().expect("the shipped text");
        let check = |from: Date, days: u32, to: Date| assert_eq!(calendar.after(from, days), to, "{days} after {from}");
        check(date(2026, 1, 5), 0, date(2026, 1, 5));
        check(date(2026, 1, 5), 10, date(2026, 1, 19));
        check(date(2026, 4, 2), 1, date(2026, 4, 7));
        check(date(2026, 12, 24), 1, date(2026, 12, 29));
        check(date(9999, 12, 31), 5, date(9999, 12, 31));
    }
}
