//! Mandates as the home knows them: every version that was drafted, whose signatures it bears, and whether it was revoked.
//! Folded from the store's events of the kind `mandate`, in their order.

use std::collections::BTreeMap;

use candour_charter::{Charter, Mandate, Standing};
use candour_ledger::Note;
use candour_store::Event;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// Kind of the events.
pub(crate) const KIND: &str = "mandate";

/// One thing that happened to a mandate: the body of its event.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub(crate) enum MandateEvent {
    /// A version was written down; its text is what is signed.
    Drafted { text: String },
    /// Signatures were added to a version: the note as it stands with them.
    Signed { version: u32, note: String },
    /// The mandate was ended, with all its versions.
    Revoked { why: String },
}

/// One version of a mandate.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) mandate: Mandate,
    pub(crate) text: String,
    /// `None` until somebody signs.
    pub(crate) note: Option<Note>,
    pub(crate) drafted_by: String,
    pub(crate) drafted_at: i64,
}

/// Who ended a mandate, when and why.
#[derive(Debug, Clone)]
pub(crate) struct Revocation {
    pub(crate) by: String,
    pub(crate) at: i64,
    pub(crate) why: String,
}

/// A mandate with all its versions, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub(crate) versions: Vec<Version>,
    pub(crate) revoked: Option<Revocation>,
}

/// All mandates of a home, by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mandates(BTreeMap<String, Record>);

impl Mandates {
    /// Takes in one event. One that is not understood condemns the home: a revocation could be lost in it.
    pub(crate) fn take(&mut self, event: &Event) -> Result<(), ActionError> {
        let damaged =
            |what: String| ActionError::Store(candour_store::StoreError::Damaged(format!("event {} of the mandate `{}`: {what}", event.seq, event.subject)));
        let record = self.0.entry(event.subject.clone()).or_default();
        match serde_json::from_str(&event.body).map_err(|error| damaged(error.to_string()))? {
            MandateEvent::Drafted { text } => {
                let mandate = Mandate::parse(&text).map_err(|error| damaged(error.to_string()))?;
                record.versions.push(Version { mandate, text, note: None, drafted_by: event.actor.clone(), drafted_at: event.at });
            }
            MandateEvent::Signed { version, note } => {
                let note = Note::parse(note.as_bytes()).map_err(|error| damaged(error.to_string()))?;
                let signed = record.versions.iter_mut().find(|known| known.mandate.version == version && known.text == note.text());
                signed.ok_or_else(|| damaged(format!("it signs version {version}, which was not drafted")))?.note = Some(note);
            }
            MandateEvent::Revoked { why } => record.revoked = Some(Revocation { by: event.actor.clone(), at: event.at, why }),
        }
        Ok(())
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Record> {
        self.0.get(id)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Record> {
        self.0.values()
    }
}

impl Record {
    pub(crate) fn version(&self, version: u32) -> Option<&Version> {
        self.versions.iter().find(|known| known.mandate.version == version)
    }

    pub(crate) fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// The newest version that enough keys have signed under this charter: it takes the place of all before it.
    fn newest_signed(&self, charter: &Charter) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.note.as_ref().is_some_and(|note| charter.signers(note).len() >= charter.authority().threshold))
    }

    /// How a version stands at an instant.
    pub(crate) fn standing(&self, charter: &Charter, version: &Version, now: i64) -> Standing {
        let newest = self.newest_signed(charter).map_or(version.mandate.version, |newest| newest.mandate.version);
        let revoked = self.revoked.is_some();
        match (&version.note, charter.mandate_fault(&version.mandate)) {
            (Some(note), _) => charter.mandate_standing(&version.mandate, note, revoked, newest, now),
            (None, _) if revoked => Standing::Revoked,
            (None, Some(why)) => Standing::NotPermitted(why),
            (None, None) => Standing::UnderSigned { have: 0, need: charter.authority().threshold },
        }
    }

    /// The version that opens something now, or how the one stands that comes closest to it.
    pub(crate) fn in_force(&self, charter: &Charter, now: i64) -> Result<&Version, Option<Standing>> {
        let candidate = self.newest_signed(charter).or_else(|| self.newest());
        let Some(version) = candidate else { return Err(None) };
        match self.standing(charter, version, now) {
            Standing::InForce => Ok(version),
            other => Err(Some(other)),
        }
    }
}
