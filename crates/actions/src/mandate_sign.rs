//! Adding signatures to a mandate. Whoever hands them in is a courier: only signatures of the authority's keys count.

use candour_charter::Standing;
use candour_ledger::Note;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    mandate_view::MandateView,
    mandates::{MandateEvent, Version},
    sealed::Answer,
};

impl Desk {
    /// Adds the signatures of a note to the newest version of a mandate. `note` is the whole signed note, or its signature
    /// lines alone.
    pub fn mandate_sign(&self, who: &Who, id: &str, note: &str) -> Result<Answer<MandateView>, ActionError> {
        let access = self.decide(who, Action::MandateSign, id)?;
        let signed = self.sign(who, &access, id, note);
        let (version, receipt) = self.or_record(who, &access, id, signed)?;
        self.mandate_answer(id, version, receipt)
    }

    fn sign(&self, who: &Who, access: &Access, id: &str, note: &str) -> Result<(u32, crate::Receipt), ActionError> {
        let in_force = self.in_force();
        let charter = &in_force.charter;
        let wrong = ActionError::BadInput;
        let record = in_force.mandates.get(id).ok_or_else(|| wrong(format!("there is no mandate `{id}`; `candour mandate list` shows those there are")))?;
        let newest = record.newest().ok_or_else(|| wrong(format!("the mandate `{id}` has no version")))?;
        let merged = merged(newest, note).map_err(wrong)?;
        let signers = charter.signers(&merged);
        let before = newest.note.as_ref().map(|note| charter.signers(note)).unwrap_or_default();
        if signers.len() <= before.len() {
            let keys = charter.authority().keys.iter().map(|key| key.name().to_owned()).collect::<Vec<_>>().join(", ");
            return Err(wrong(format!("that adds no signature of the authority's keys to the mandate `{id}`; they are {keys}")));
        }
        // What could not come into force however many sign is not kept: nobody shall be able to show signatures under it.
        let version = newest.mandate.version;
        let newest_version = record.versions.iter().map(|known| known.mandate.version).max().unwrap_or(version);
        match charter.mandate_standing(&newest.mandate, &merged, record.revoked.is_some(), newest_version, self.now()) {
            Standing::InForce | Standing::NotYet { .. } | Standing::UnderSigned { .. } => {}
            other => return Err(wrong(other.to_string())),
        }
        let outcome = format!("version {version} signed by {}", signers.join(", "));
        let receipt = self.mandate_event(who, access, id, &outcome, &MandateEvent::Signed { version, note: merged.to_string() })?;
        Ok((version, receipt))
    }
}

/// The note of a version with what was handed in added to it.
fn merged(version: &Version, handed: &str) -> Result<Note, String> {
    let handed = if handed.ends_with('\n') { handed.to_owned() } else { format!("{handed}\n") };
    let handed = if handed.starts_with("\u{2014} ") { format!("{}\n{handed}", version.text) } else { handed };
    let handed = Note::parse(handed.as_bytes()).map_err(|error| error.to_string())?;
    if handed.text() != version.text {
        return Err(format!(
            "the note signs another text than version {} of the mandate; sign the text that `candour mandate list` shows",
            version.mandate.version
        ));
    }
    match &version.note {
        None => Ok(handed),
        Some(known) => {
            let mut whole = known.clone();
            let (_, lines) = handed.to_string().rsplit_once("\n\n").map(|(text, lines)| (text.to_owned(), lines.to_owned())).unwrap_or_default();
            whole.add_lines(&lines).map_err(|error| error.to_string())?;
            Ok(whole)
        }
    }
}
