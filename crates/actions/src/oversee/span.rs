//! Which time an overseer asks about.

use candour_oversight::Window;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{error::ActionError, view::instant};

/// A stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverseeSpan {
    /// First instant, in milliseconds since 1970-01-01T00:00Z; the journal's beginning where it is absent.
    pub since: Option<i64>,
    /// First instant after it; now where it is absent.
    pub until: Option<i64>,
    /// Whose days and nights: a name of the IANA time zone database, such as `Europe/London`; UTC where it is absent.
    pub zone: Option<String>,
}

impl OverseeSpan {
    /// Reads a stretch of time as people write it: days such as `2026-01-31`, both included, in the zone; or times with their
    /// zone, such as `2026-01-31T12:00Z`, the second excluded. An empty text stands for one that is not given.
    ///
    /// # Errors
    /// What is wrong, and how to write it.
    pub fn parse(since: Option<&str>, until: Option<&str>, zone: Option<&str>) -> Result<Self, String> {
        let given = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let zone = given(zone);
        let place = time_zone(zone.as_deref())?;
        let since = given(since).map(|text| read(&text, &place, false)).transpose()?;
        let until = given(until).map(|text| read(&text, &place, true)).transpose()?;
        Ok(Self { since, until, zone })
    }

    /// In words, for the journal.
    pub(super) fn words(&self) -> String {
        let shown = |time: Option<i64>| time.map_or_else(|| "-".to_owned(), instant);
        format!("{}..{} {}", shown(self.since), shown(self.until), self.zone.as_deref().unwrap_or("UTC"))
    }

    /// Resolved.
    pub(super) fn window(&self, now: i64) -> Result<Window, ActionError> {
        let zone = time_zone(self.zone.as_deref()).map_err(ActionError::BadInput)?;
        let (since, until) = (self.since.unwrap_or(i64::MIN), self.until.unwrap_or_else(|| now.saturating_add(1)));
        if since >= until {
            return Err(ActionError::BadInput("the time ends before it begins; give an `until` after `since`".to_owned()));
        }
        Ok(Window { since, until, zone })
    }
}

fn time_zone(name: Option<&str>) -> Result<TimeZone, String> {
    match name {
        None | Some("UTC") => Ok(TimeZone::UTC),
        Some(name) => TimeZone::get(name).map_err(|_| format!("`{name}` is no time zone known here; give a name such as `Europe/London`, or `UTC`")),
    }
}

/// An instant; of a day its beginning, or its end.
fn read(text: &str, zone: &TimeZone, is_end: bool) -> Result<i64, String> {
    let wrong = || format!("`{text}` is no instant; write a day such as `2026-01-31`, or a time with its zone such as `2026-01-31T12:00Z`");
    if text.len() > "2026-01-31".len() {
        return text.parse::<Timestamp>().map(Timestamp::as_millisecond).map_err(|_| wrong());
    }
    let day: Date = text.parse().map_err(|_| wrong())?;
    let day = if is_end { day.tomorrow().map_err(|_| wrong())? } else { day };
    Ok(day.to_zoned_datetime(zone.clone()).map_err(|_| wrong())?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_and_lie_in_the_zone() {
        for (since, until, zone, expected) in [
            ("2026-01-31", "2026-01-31", "", Some(("2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z"))),
            ("2026-01-31T12:00Z", "2026-02-01T00:00:00+01:00", "UTC", Some(("2026-01-31T12:00:00Z", "2026-01-31T23:00:00Z"))),
            ("2026-01", "2026-01-31", "", None),
            ("2026-01-31", "yesterday", "", None),
            ("2026-01-31", "2026-01-31", "Mere/Quay", None),
        ] {
            let read = OverseeSpan::parse(Some(since), Some(until), Some(zone));
            let shown = read.as_ref().ok().map(|span| (span.since.map(instant).unwrap_or_default(), span.until.map(instant).unwrap_or_default()));
            assert_eq!(shown.as_ref().map(|(since, until)| (since.as_str(), until.as_str())), expected, "{since} {until} {zone}: {read:?}");
        }
        assert_eq!(OverseeSpan::parse(None, Some(" "), None), Ok(OverseeSpan::default()));
    }
}
