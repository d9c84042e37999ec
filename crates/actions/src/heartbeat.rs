//! A sign of life once a minute, with counts of what was done since the last one. Its entry is a leaf like any other, so
//! that silence shows, and so that whoever is shown entries can count them again.

use std::collections::BTreeMap;

use candour_store::{EntryFields, StoreError};
use serde::{Deserialize, Serialize};

use crate::{desk::Desk, error::ActionError, record};

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
        let _one_at_a_time = self.beating().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let first = self.last_beat()?.map_or(0, |beat| beat.end);
        let end = self.store().log_status()?.size;
        let counts = self.count(first, end)?;
        let told: Vec<String> = counts.iter().map(|(name, count)| format!("{name}={count}")).collect();
        let receipt = self.write_down(entry(&self.charter_hash(), first, end, &told.join(" ")))?;
        let beat = Beat { entry: receipt.index, first, end, counts };
        let body = serde_json::to_string(&beat).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let day = crate::view::instant(self.now()).chars().take(10).collect::<String>();
        self.store().commit(move |transaction| transaction.append_event(KIND, &day, ACTOR, &body).map(drop))?;
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
        Ok(self.beats()?.pop().map(|(_, _, beat)| beat))
    }

    /// All beats, oldest first: day, time and counts.
    pub(crate) fn beats(&self) -> Result<Vec<(String, i64, Beat)>, ActionError> {
        let mut beats = Vec::new();
        self.store().read(|reader| {
            reader.events(KIND, |event| {
                if let Ok(beat) = serde_json::from_str(&event.body) {
                    beats.push((event.subject, event.at, beat));
                }
            })
        })?;
        Ok(beats)
    }
}

/// The entry: which stretch it counts, and the counts.
fn entry(charter: &str, first: u64, end: u64, counts: &str) -> EntryFields {
    record::machine(charter, ACTOR, ACTION, &format!("{first}..{end}"), "alive", counts)
}
