//! A sign of life once a minute, with counts of what was done since the last one. Its entry is a leaf like any other, so
//! that silence shows, and so that whoever is shown entries can count them again.

use std::{collections::BTreeMap, sync::PoisonError};

use candour_store::{EntryFields, StoreError};
use serde::{Deserialize, Serialize};

use crate::{
    desk::Desk,
    error::ActionError,
    heard::{Heard, day_of},
    record,
};

/// Kind of the events that keep the counts.
pub(crate) const KIND: &str = "heartbeat";
/// Who writes the entries.
pub(crate) const ACTOR: &str = "candour";
/// What they are called.
pub(crate) const ACTION: &str = "heartbeat";
/// Entries read at a time.
const PAGE: u32 = 4096;

/// Counts of one stretch of the journal; the body of an event, whose subject is its day.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Beat {
    /// Number of its entry.
    pub(crate) entry: u64,
    /// The first entry that it counts.
    pub(crate) first: u64,
    /// The first entry that it does not count.
    pub(crate) end: u64,
    /// `action/purpose` and how often.
    pub(crate) counts: BTreeMap<String, u64>,
}

impl Desk {
    /// Writes one. The counts are of entries since the last one, by action and purpose; `-` stands where none was stated.
    pub fn heartbeat(&self) -> Result<(), ActionError> {
        let _one_at_a_time = self.beating().lock().unwrap_or_else(PoisonError::into_inner);
        let first = self.last_beat()?.map_or(0, |beat| beat.end);
        let end = self.store().log_status()?.size;
        let counts = self.count(first, end)?;
        let told: Vec<String> = counts.iter().map(|(name, count)| format!("{name}={count}")).collect();
        let fields = entry(&self.charter_hash(), first, end, &told.join(" "));
        // Together, or the next sign would count the same stretch again.
        self.store().commit(move |transaction| {
            let beat = Beat { entry: transaction.next_entry()?, first, end, counts };
            let body = serde_json::to_string(&beat).map_err(|error| StoreError::Damaged(error.to_string()))?;
            transaction.record(fields);
            let day = day_of(transaction.now());
            transaction.append_event(KIND, &day, ACTOR, &body).map(drop)
        })?;
        Ok(())
    }

    fn count(&self, first: u64, end: u64) -> Result<BTreeMap<String, u64>, ActionError> {
        let mut counts = BTreeMap::new();
        let mut next = first;
        while next < end {
            let page = self.store().journal_entries(next, PAGE)?;
            let Some(last) = page.last().map(|entry| entry.index) else { break };
            for entry in page.iter().filter(|entry| entry.index < end) {
                let action = entry.field("action").unwrap_or("-");
                let purpose = entry.field("purpose").filter(|purpose| !purpose.is_empty()).unwrap_or("-");
                *counts.entry(format!("{action}/{purpose}")).or_default() += 1;
            }
            next = last + 1;
        }
        Ok(counts)
    }

    fn last_beat(&self) -> Result<Option<Beat>, ActionError> {
        let newest = self.store().read(|reader| reader.newest_event(KIND))?;
        Ok(newest.and_then(|event| serde_json::from_str(&event.body).ok()))
    }

    /// The beats of a day (`2026-11-24`, UTC), oldest first.
    pub(crate) fn beats_of(&self, day: &str) -> Result<Vec<Beat>, ActionError> {
        let events = self.store().read(|reader| reader.events_of(KIND, day))?;
        Ok(events.iter().filter_map(|event| serde_json::from_str(&event.body).ok()).collect())
    }

    /// Looks at the signs of life of the last days, those that were given just now included.
    pub(crate) fn with_heard<T>(&self, look: impl FnOnce(&Heard) -> T) -> Result<T, ActionError> {
        let mut heard = self.heard().lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        self.store().read(|reader| heard.catch_up(reader, now))?;
        Ok(look(&heard))
    }
}

/// The entry: which stretch it counts, and the counts.
fn entry(charter: &str, first: u64, end: u64, counts: &str) -> EntryFields {
    record::machine(charter, ACTOR, ACTION, &format!("{first}..{end}"), "alive", counts)
}
