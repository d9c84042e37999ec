//! The private journal for those who watch over it: who looked at what, and why.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
    view::instant,
};

/// Most entries of one answer.
const MOST: u64 = 1000;

/// A stretch of the journal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalView {
    /// Entries in the journal.
    pub size: u64,
    /// The entries asked for, in order.
    pub entries: Vec<JournalLine>,
}

/// One entry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalLine {
    /// Its place in the log.
    pub index: u64,
    /// When, RFC 3339.
    pub time: String,
    /// Its fields by name, in order.
    pub fields: Vec<(String, String)>,
}

impl Desk {
    /// Up to 1,000 entries from `first` on.
    pub fn read_journal(&self, who: &Who, first: u64, limit: u64) -> Result<Answer<JournalView>, ActionError> {
        let query = format!("{limit} entries from {first}");
        self.answer(who, Action::ReadJournal, &query, |access| {
            if limit > MOST {
                return Err(ActionError::BadInput(format!("`{limit}` entries are more than one answer holds; ask for up to {MOST}")));
            }
            let size = self.store().log_status()?.size;
            let mut entries = Vec::new();
            for index in first..size.min(first.saturating_add(limit)) {
                if let Some(entry) = self.store().journal_entry(index)? {
                    let fields = entry.fields.into_iter().collect();
                    entries.push(JournalLine { index, time: instant(entry.time), fields });
                }
            }
            let results = entries.iter().map(|entry| format!("entry {}", entry.index)).collect();
            Ok(Sealed::under(access, JournalView { size, entries }, results))
        })
    }
}
