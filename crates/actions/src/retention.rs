//! When what is held falls due for review, and what was decided of it. Review groups and their years are the charter's.

use std::collections::BTreeMap;

use candour_charter::Retention;
use candour_links::NodeNo;
use candour_model::id::EntityNo;
use candour_store::{Names, Reader, StoreError};
use jiff::{Span, Timestamp, civil::Date, tz::Offset};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{access::Access, error::ActionError, view::instant, world::Sight};

/// Kind of the events of reviews; the subject is the store's number of the entity, which outlives its id.
pub(crate) const REVIEW: &str = "review";
/// Kind of the events of restrictions; subjects as with reviews.
pub(crate) const RESTRICTION: &str = "restriction";
/// Kind of the events of erasures; the subject is the tombstone.
pub(crate) const ERASURE: &str = "erasure";

/// What a review may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RetentionDecision {
    /// It is kept until the next review.
    Retain,
    /// It is to be erased, by somebody else than the reviewer.
    Erase,
    /// It is to be kept and restricted.
    Restrict,
}

impl RetentionDecision {
    /// All of them with their names.
    pub const ALL: [(&'static str, Self); 3] = [("retain", Self::Retain), ("erase", Self::Erase), ("restrict", Self::Restrict)];

    /// The name that people write.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, decision)| *decision == self).map_or("", |(word, _)| word)
    }
}

impl std::str::FromStr for RetentionDecision {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.map(|(word, _)| word).join(", ");
        Self::ALL.iter().find(|(word, _)| *word == text).map(|(_, decision)| *decision).ok_or_else(|| format!("`{text}` is no decision; use one of {known}"))
    }
}

/// A decision that stands.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq)]
pub struct DecidedView {
    /// `retain`, `erase` or `restrict`.
    pub decision: RetentionDecision,
    /// Why.
    pub rationale: String,
    /// Who decided.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// When it falls due again, where that was decided; RFC 3339.
    pub next: Option<String>,
}

/// Body of the event of a review.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ReviewEvent {
    pub(crate) decision: RetentionDecision,
    pub(crate) rationale: String,
    /// Milliseconds since 1970.
    pub(crate) next: Option<i64>,
    /// Ids of the markings of what the reviewer saw; it counts for those who see all of them.
    pub(crate) needs: Vec<String>,
}

/// The newest review of one record.
#[derive(Debug, Clone)]
pub(crate) struct Review {
    pub(crate) seq: u64,
    pub(crate) at: i64,
    pub(crate) by: String,
    pub(crate) event: ReviewEvent,
}

impl Review {
    pub(crate) fn view(&self) -> DecidedView {
        let ReviewEvent { decision, rationale, next, .. } = self.event.clone();
        DecidedView { decision, rationale, by: self.by.clone(), at: instant(self.at), next: next.map(instant) }
    }
}

/// Whether the bearer sees all markings with these ids.
pub(crate) fn sees(access: &Access, names: &Names, needs: &[String]) -> bool {
    needs.iter().all(|id| names.markings().any(|(no, marking)| marking.id == *id && access.visible().sees(no)))
}

/// The newest review of every record, as far as the bearer sees what it rests on.
pub(crate) fn reviews(reader: &Reader<'_>, access: &Access) -> Result<FxHashMap<EntityNo, Review>, StoreError> {
    let mut newest = FxHashMap::default();
    reader.events(REVIEW, |event| {
        if let (Ok(entity), Ok(body)) = (event.subject.parse().map(EntityNo), serde_json::from_str::<ReviewEvent>(&event.body))
            && sees(access, reader.names(), &body.needs)
        {
            newest.insert(entity, Review { seq: event.seq, at: event.at, by: event.actor, event: body });
        }
    })?;
    Ok(newest)
}

/// The newest review of one record, as far as the bearer sees what it rests on.
pub(crate) fn review_of(reader: &Reader<'_>, access: &Access, entity: EntityNo) -> Result<Option<Review>, StoreError> {
    let events = reader.events_of(REVIEW, &entity.to_string())?;
    let newest = events.into_iter().rev().find_map(|event| {
        let body: ReviewEvent = serde_json::from_str(&event.body).ok().filter(|body: &ReviewEvent| sees(access, reader.names(), &body.needs))?;
        Some(Review { seq: event.seq, at: event.at, by: event.actor, event: body })
    });
    Ok(newest)
}

/// A record that falls due.
pub(crate) struct Due {
    pub(crate) entity: EntityNo,
    pub(crate) group: u8,
    /// When the newest of the group was recorded, milliseconds since 1970.
    pub(crate) newest: i64,
    /// When it falls due, milliseconds since 1970.
    pub(crate) due: i64,
}

/// When everything visible falls due, in no particular order. Links fall due with what they link.
pub(crate) fn all_due(
    reader: &Reader<'_>,
    access: &Access,
    sight: &Sight<'_>,
    groups: &[Retention],
    reviews: &FxHashMap<EntityNo, Review>,
) -> Result<Vec<Due>, ActionError> {
    let by_marking: BTreeMap<u16, &Retention> =
        reader.names().markings().filter_map(|(no, marking)| groups.iter().find(|group| group.group == marking.retention).map(|group| (no.0, group))).collect();
    let mut all: Vec<Due> = Vec::new();
    let mut held: BTreeMap<u8, (i64, &Retention)> = BTreeMap::new();
    let mut current = None;
    // Every group of every record, those of one record together.
    let mut end = |entity: Option<EntityNo>, held: &mut BTreeMap<u8, (i64, &Retention)>| {
        let held = std::mem::take(held);
        let shown = entity.filter(|entity| sight.view.exists(NodeNo::of(*entity)) && sight.kind(*entity).pole != "link");
        all.extend(shown.iter().flat_map(|entity| held.values().map(|(newest, group)| due(*entity, *newest, group, reviews.get(entity)))));
    };
    reader.newest(access.visible(), |entity, marking, newest| {
        if current != Some(entity) {
            end(current, &mut held);
            current = Some(entity);
        }
        if let Some(group) = by_marking.get(&marking.0) {
            let entry = held.entry(group.group).or_insert((newest, group));
            entry.0 = entry.0.max(newest);
        }
    })?;
    end(current, &mut held);
    for due in &mut all {
        let age = groups.iter().find(|group| group.group == due.group).and_then(|group| group.until_age);
        if let Some(reached) = age.map(|age| reaches(reader, access, due.entity, age)).transpose()?.flatten() {
            due.reached_by(reached, reviews.get(&due.entity));
        }
    }
    all.sort_by_key(|due| (due.entity, due.due));
    all.dedup_by_key(|due| due.entity);
    Ok(all)
}

impl Due {
    /// Falls due at the latest when the person reaches an age. What was recorded or decided after that counts by years again.
    fn reached_by(&mut self, reached: i64, review: Option<&Review>) {
        if reached > self.newest.max(review.map_or(i64::MIN, |review| review.at)) {
            self.due = self.due.min(reached);
        }
    }
}

/// When somebody reaches an age, by the last of the dates of birth that the bearer sees; milliseconds since 1970.
fn reaches(reader: &Reader<'_>, access: &Access, entity: EntityNo, age: u16) -> Result<Option<i64>, StoreError> {
    let mut born = None;
    reader.rows(entity, access.visible(), |row| {
        if reader.names().symbol(row.prop) == Some("birthDate") {
            born = born.max(birthday(row.value));
        }
    })?;
    Ok(born.map(|born| years_after(born, age)))
}

/// The beginning of a date of birth, such as `1980-02-03`, and of the last day that it may be where less is known.
fn birthday(text: &str) -> Option<i64> {
    let date = match text.len() {
        4 => format!("{text}-12-31").parse::<Date>().ok()?,
        7 => format!("{text}-01").parse::<Date>().ok()?.last_of_month(),
        _ => text.get(..10)?.parse().ok()?,
    };
    Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok().map(Timestamp::as_millisecond)
}

/// First after the years that the group leaves without a new record, then as the last review said, and not before a newer
/// record has been held for the years between reviews.
fn due(entity: EntityNo, newest: i64, group: &Retention, review: Option<&Review>) -> Due {
    let due = match review {
        None => years_after(newest, group.clear_years.unwrap_or(group.review_years)),
        Some(review) => {
            let next = review.event.next.unwrap_or_else(|| years_after(review.at, group.review_years));
            if newest > review.at { next.max(years_after(newest, group.review_years)) } else { next }
        }
    };
    Due { entity, group: group.group, newest, due }
}

/// Years later by the calendar, UTC. Milliseconds since 1970; the end of time where the calendar ends before.
pub(crate) fn years_after(milliseconds: i64, years: u16) -> i64 {
    let later = |time: Timestamp| Offset::UTC.to_timestamp(Offset::UTC.to_datetime(time).checked_add(Span::new().try_years(i64::from(years))?)?);
    Timestamp::from_millisecond(milliseconds).and_then(later).map_or(i64::MAX, Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known_at::known_at;

    fn at(day: &str) -> i64 {
        known_at(day).unwrap()
    }

    fn group(review_years: u16, clear_years: Option<u16>) -> Retention {
        let text = format!(
            "group = 4\nlabel = \"other\"\nreview_years = {review_years}\n{}source = \"a rule\"\nchecked = \"2026-01-01\"\nconfidence = \"recalled\"\n",
            clear_years.map_or_else(String::new, |years| format!("clear_years = {years}\n"))
        );
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn years_are_those_of_the_calendar() {
        for (from, years, to) in [("2024-02-29", 1, "2025-02-28"), ("2026-01-31", 6, "2032-01-31")] {
            assert_eq!(years_after(at(from), years), at(to), "{from}");
        }
        assert_eq!(years_after(i64::MAX, 1), i64::MAX);
    }

    #[test]
    fn an_age_ends_the_years_between_reviews() {
        for (text, expected) in [
            ("1980-02-03", Some("1980-02-03T00:00:00Z")),
            ("1980-02", Some("1980-02-29T00:00:00Z")),
            ("1980", Some("1980-12-31T00:00:00Z")),
            ("about 1980", None),
            ("", None),
        ] {
            assert_eq!(birthday(text).map(instant).as_deref(), expected, "{text}");
        }
        for (newest, reviewed, expected) in [
            ("2020-01-01", None, "2025-06-01"),
            ("2020-01-01", Some("2024-01-01"), "2025-06-01"),
            // Recorded or reviewed when the age was reached already.
            ("2025-07-01", None, "2030-01-01"),
            ("2020-01-01", Some("2025-07-01"), "2030-01-01"),
        ] {
            let mut due = Due { entity: EntityNo(0), group: 1, newest: at(newest), due: at("2030-01-01") };
            let event = ReviewEvent { decision: RetentionDecision::Retain, rationale: String::new(), next: None, needs: vec![] };
            let review = reviewed.map(|reviewed| Review { seq: 1, at: at(reviewed), by: "rea".to_owned(), event });
            due.reached_by(at("2025-06-01"), review.as_ref());
            assert_eq!(instant(due.due), instant(at(expected)), "{newest} {reviewed:?}");
        }
    }

    #[test]
    fn it_falls_due_by_the_group_or_by_the_last_review() {
        let reviewed = |day: &str, next: Option<&str>| Review {
            seq: 1,
            at: at(day),
            by: "rea".to_owned(),
            event: ReviewEvent { decision: RetentionDecision::Retain, rationale: "needed".to_owned(), next: next.map(at), needs: vec![] },
        };
        for (clear, newest, review, expected) in [
            (Some(6), "2020-01-01", None, "2026-01-01"),
            (None, "2020-01-01", None, "2030-01-01"),
            (Some(6), "2020-01-01", Some(reviewed("2026-01-02", None)), "2036-01-02"),
            (Some(6), "2020-01-01", Some(reviewed("2026-01-02", Some("2027-01-01"))), "2027-01-01"),
            // Newer than the review.
            (Some(6), "2026-05-05", Some(reviewed("2026-01-02", Some("2027-01-01"))), "2036-05-05"),
        ] {
            let found = due(EntityNo(0), at(newest), &group(10, clear), review.as_ref());
            assert_eq!(instant(found.due), instant(at(expected)), "{newest}");
        }
    }
}
