//! Emergency accesses as the home knows them. Folded from the store's events of the kind `glass`, in their order.

use std::collections::BTreeMap;

use candour_store::{Event, StoreError};
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// Kind of the events.
pub(crate) const KIND: &str = "glass";
/// Milliseconds.
const MINUTE: i64 = 60 * 1000;
/// Milliseconds.
const DAY: i64 = 24 * 60 * MINUTE;
/// How long a request waits for a second person. Milliseconds.
pub(crate) const WAITS: i64 = DAY;

/// One thing that happened to an emergency access: the body of its event.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub(crate) enum GlassEvent {
    /// Somebody asked.
    Requested { purpose: String, case: Option<String>, reason: String, opens: Vec<String> },
    /// Somebody else agreed; it lasts so long from then on.
    Approved { minutes: u32 },
    /// The approval came to nothing, since no witness would vouch for its entry.
    Withdrawn { why: String },
    /// Somebody looked at what was done and closed the matter.
    Reviewed { finding: String },
}

/// A word on an emergency access: whose and when.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) by: String,
    pub(crate) at: i64,
    /// What they found, where they say anything.
    pub(crate) text: String,
}

/// One emergency access.
#[derive(Debug, Clone)]
pub(crate) struct GlassRecord {
    pub(crate) id: String,
    pub(crate) requested: Word,
    pub(crate) purpose: String,
    pub(crate) case: Option<String>,
    /// Compartments that it opens.
    pub(crate) opens: Vec<String>,
    pub(crate) approved: Option<Word>,
    /// How long it lasts from its approval on.
    minutes: u32,
    pub(crate) withdrawn: Option<Word>,
    pub(crate) reviewed: Option<Word>,
}

/// How an emergency access stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It waits for a second person.
    Requested,
    /// Nobody agreed in time.
    Lapsed,
    /// It opens something now.
    Open,
    /// Its hour is over, and nobody has closed the review.
    Over,
    /// The review is closed.
    Reviewed,
}

impl Phase {
    /// The word for it in answers.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Lapsed => "lapsed",
            Self::Open => "open",
            Self::Over => "over",
            Self::Reviewed => "reviewed",
        }
    }
}

impl GlassRecord {
    /// When it ends, once it was approved.
    pub(crate) fn ends(&self) -> Option<i64> {
        self.approved.as_ref().map(|approved| {
            self.withdrawn.as_ref().map_or(approved.at.saturating_add(i64::from(self.minutes).saturating_mul(MINUTE)), |withdrawn| withdrawn.at)
        })
    }

    /// When its review is due, so many days after its end; nothing once it is closed or where there is nothing to review.
    pub(crate) fn review_due(&self, days: u32) -> Option<i64> {
        self.ends().filter(|_| self.reviewed.is_none()).map(|ends| ends.saturating_add(i64::from(days).saturating_mul(DAY)))
    }

    /// How it stands at an instant. A review that was closed early does not end the access.
    pub(crate) fn phase(&self, now: i64) -> Phase {
        match self.ends() {
            None if now.saturating_sub(self.requested.at) < WAITS => Phase::Requested,
            None => Phase::Lapsed,
            Some(ends) if now < ends => Phase::Open,
            Some(_) if self.reviewed.is_some() => Phase::Reviewed,
            Some(_) => Phase::Over,
        }
    }
}

/// All emergency accesses of a home, by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Glasses(BTreeMap<String, GlassRecord>);

impl Glasses {
    /// Takes in one event.
    pub(crate) fn take(&mut self, event: &Event) -> Result<(), ActionError> {
        let damaged =
            |what: String| ActionError::Store(StoreError::Damaged(format!("event {} of the emergency access `{}`: {what}", event.seq, event.subject)));
        let word = |text: &str| Word { by: event.actor.clone(), at: event.at, text: text.to_owned() };
        let happened = serde_json::from_str(&event.body).map_err(|error| damaged(error.to_string()))?;
        if let GlassEvent::Requested { purpose, case, reason, opens } = happened {
            let id = event.subject.clone();
            let record =
                GlassRecord { id: id.clone(), requested: word(&reason), purpose, case, opens, minutes: 0, approved: None, withdrawn: None, reviewed: None };
            self.0.insert(id, record);
            return Ok(());
        }
        let record = self.0.get_mut(&event.subject).ok_or_else(|| damaged("nobody asked for it".to_owned()))?;
        match happened {
            GlassEvent::Requested { .. } => {}
            GlassEvent::Approved { minutes } => {
                record.approved = Some(word(""));
                record.minutes = minutes;
            }
            GlassEvent::Withdrawn { why } => record.withdrawn = Some(word(&why)),
            GlassEvent::Reviewed { finding } => record.reviewed = Some(word(&finding)),
        }
        Ok(())
    }

    pub(crate) fn get(&self, id: &str) -> Option<&GlassRecord> {
        self.0.get(id)
    }

    /// All of them, in the order of their ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = &GlassRecord> {
        self.0.values()
    }

    /// The access that is open to a person for a purpose; the one that lasts longest.
    pub(crate) fn open_to(&self, person: &str, purpose: &str, now: i64) -> Option<&GlassRecord> {
        let open = self.all().filter(|glass| glass.requested.by == person && glass.purpose == purpose && glass.phase(now) == Phase::Open);
        open.max_by_key(|glass| glass.ends())
    }

    /// An id that is not taken: `BG-1`, `BG-2` and so on.
    pub(crate) fn next_id(&self) -> String {
        format!("BG-{}", self.0.len() + 1)
    }
}
