//! Instants as people write them when they ask what was known then.

use jiff::Timestamp;

use crate::view::instant;

/// Reads an instant: `2026-01-31T12:00Z`, with a zone; or `2026-01-31`, which means all that was known by the end of that
/// day, UTC. Milliseconds since 1970-01-01T00:00Z.
///
/// # Errors
/// What is wrong, and how to write it.
pub fn known_at(text: &str) -> Result<i64, String> {
    let text = text.trim();
    let is_day = text.len() == "2026-01-31".len();
    let read: Result<Timestamp, _> = if is_day { format!("{text}T23:59:59.999Z").parse() } else { text.parse() };
    read.map(Timestamp::as_millisecond)
        .map_err(|_| format!("`{text}` is no instant; write a day such as `2026-01-31`, or a time with its zone such as `2026-01-31T12:00Z`"))
}

/// An instant as it stands in answers and in the journal.
pub(crate) fn shown(known_at: i64) -> String {
    match instant(known_at) {
        text if text.is_empty() => format!("{known_at} milliseconds"),
        text => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_mean_their_end_and_times_need_a_zone() {
        for (text, expected) in [
            ("2026-01-31", Some("2026-01-31T23:59:59.999Z")),
            (" 2024-02-29 ", Some("2024-02-29T23:59:59.999Z")),
            ("2026-01-31T12:00Z", Some("2026-01-31T12:00:00Z")),
            ("2026-01-31T12:00:30.5+01:00", Some("2026-01-31T11:00:30.5Z")),
            ("2026-01-31T12:00", None),
            ("2026-02-30", None),
            ("2026-01", None),
            ("yesterday", None),
            ("", None),
        ] {
            let read = known_at(text).map(shown);
            assert_eq!(read.as_deref().ok(), expected, "{text}: {read:?}");
        }
        assert_eq!(shown(i64::MAX), "9223372036854775807 milliseconds");
    }
}
