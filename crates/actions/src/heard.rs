//! What is remembered of the signs of life, so that a look at the public page, which anybody may take as often as they like,
//! reads none of their history but what was added since the last look.

use std::collections::{BTreeMap, VecDeque};

use candour_store::{Event, Reader, StoreError};

use crate::{
    heartbeat::{Beat, KIND},
    view::instant,
};

/// Milliseconds.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;
/// Milliseconds.
const MINUTE: i64 = 60 * 1000;
/// Days whose counts are public: the running one and those before it.
pub(crate) const COUNTED_DAYS: i64 = 30;
/// Days over which silence is counted.
const SILENT_DAYS: i64 = 7;

/// How often what was done on one day, by action and purpose.
pub(crate) type DayCounts = BTreeMap<(String, String), u64>;

/// The signs of life of the last days, folded.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// Place of the newest event that is folded in; none before the first look.
    folded: Option<u64>,
    /// When the first sign of all was given; milliseconds.
    first: Option<i64>,
    /// When the last one was.
    last: Option<i64>,
    /// When each of the last seven days was, oldest first.
    recent: VecDeque<i64>,
    /// Counts of the last 30 days, by day.
    days: BTreeMap<String, DayCounts>,
}

impl Heard {
    /// Folds in what was given since the last time, and forgets what has become too old.
    pub(crate) fn catch_up(&mut self, reader: &Reader<'_>, now: i64) -> Result<(), StoreError> {
        match self.folded {
            Some(folded) => reader.events_since(KIND, folded, |event| self.fold(&event))?,
            None => self.begin(reader, now)?,
        }
        let oldest = day_of(now.saturating_sub((COUNTED_DAYS - 1) * DAY));
        self.days = self.days.split_off(&oldest);
        let from = now.saturating_sub(SILENT_DAYS * DAY);
        while self.recent.front().is_some_and(|at| *at < from) {
            self.recent.pop_front();
        }
        Ok(())
    }

    /// The first look reads the days that are told of, and the first sign of all.
    fn begin(&mut self, reader: &Reader<'_>, now: i64) -> Result<(), StoreError> {
        // In this order: what is added meanwhile comes after the newest one, and is folded in or left to the next look.
        let newest = reader.newest_event(KIND)?;
        self.first = reader.oldest_event(KIND)?.map(|event| event.at);
        for back in (0..COUNTED_DAYS).rev() {
            for event in reader.events_of(KIND, &day_of(now.saturating_sub(back * DAY)))? {
                self.fold(&event);
            }
        }
        if let Some(newest) = newest {
            self.last = self.last.max(Some(newest.at));
            self.folded = self.folded.max(Some(newest.seq));
        }
        Ok(())
    }

    fn fold(&mut self, event: &Event) {
        self.folded = self.folded.max(Some(event.seq));
        let Ok(beat) = serde_json::from_str::<Beat>(&event.body) else { return };
        self.first = self.first.or(Some(event.at));
        self.last = Some(event.at);
        self.recent.push_back(event.at);
        let day = self.days.entry(event.subject.clone()).or_default();
        for (name, count) in beat.counts {
            let (action, purpose) = name.split_once('/').unwrap_or((&name, "-"));
            *day.entry((action.to_owned(), purpose.to_owned())).or_default() += count;
        }
    }

    /// When the last sign was given; milliseconds.
    pub(crate) fn last(&self) -> Option<i64> {
        self.last
    }

    /// Counts by day, oldest first.
    pub(crate) fn days(&self) -> &BTreeMap<String, DayCounts> {
        &self.days
    }

    /// Whole minutes without a sign of life in the seven days before `now`, counted from the first sign there was.
    pub(crate) fn silent_minutes(&self, now: i64) -> i64 {
        let Some(first) = self.first else { return 0 };
        let from = first.max(now.saturating_sub(SILENT_DAYS * DAY));
        let mut alive: Vec<i64> = self.recent.iter().filter(|at| **at >= from).map(|at| at.div_euclid(MINUTE)).collect();
        alive.dedup();
        let minutes = now.div_euclid(MINUTE) - from.div_euclid(MINUTE);
        (minutes - i64::try_from(alive.len()).unwrap_or(i64::MAX)).max(0)
    }
}

/// The day of an instant, UTC, such as `2026-11-24`.
pub(crate) fn day_of(at: i64) -> String {
    instant(at).chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_what_is_between_signs() {
        let minute = |n: i64| n * MINUTE + 5;
        for (first, beats, now, expected) in [
            (None, vec![], minute(10), 0),
            (Some(minute(0)), vec![minute(0), minute(1), minute(2)], minute(3), 0),
            (Some(minute(0)), vec![minute(0), minute(5)], minute(6), 4),
            (Some(minute(0)), vec![minute(0)], minute(20_000), 7 * 24 * 60),
            // Long before the seven days, and again within them.
            (Some(minute(0)), vec![minute(99_999)], minute(100_000), 7 * 24 * 60 - 1),
        ] {
            let heard = Heard { first, recent: beats.clone().into(), ..Heard::default() };
            assert_eq!(heard.silent_minutes(now), expected, "{beats:?} {now}");
        }
    }
}
