//! Dates of the standard: RFC 3339 times, and days alone where publishers write no more.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The instant; a day alone is its beginning in UTC.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let day: Date = text.get(..10)?.parse().ok()?;
        TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
    })
}

/// The day as it is written, without regard to the time zone.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// Whole days from one to the other, as Cardinal counts them: 14 days and 23 hours are 14.
pub(crate) fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()) / 86_400
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_days_are_read() {
        let check = |from: &str, to: &str, days: Option<i64>| {
            let counted = instant(from).zip(instant(to)).map(|(from, to)| days_between(from, to));
            assert_eq!(counted, days, "{from} to {to}");
        };
        check("2019-04-29T00:00:00Z", "2019-05-13T23:00:00Z", Some(14));
        check("2019-04-29", "2019-05-14", Some(15));
        check("2017-01-23T10:36:34.344187+02:00", "2017-01-24T10:36:35+02:00", Some(1));
        check("2017-01-23T10:36", "2017-01-24", Some(1));
        check("yesterday", "2017-01-24", None);
        check("é2017-01-23", "2017-01-24", None);
    }
}
