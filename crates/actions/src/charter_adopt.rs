//! Putting a signed charter into force. Whoever does it is a courier: the signatures of the authority's keys decide, old and
//! new (see `docs/adr/0011-a-charter-in-force-is-signed.md`).

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    in_force::{adopt, from_folder},
    sealed::Answer,
};

/// A charter that came into force.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdoptedView {
    /// Its version.
    pub version: u32,
    /// Its hash.
    pub hash: String,
    /// What is different from now on, a sentence each.
    pub changes: Vec<String>,
}

impl Desk {
    /// Puts the charter of the home's folder `charter` into force. What is not signed by enough keys of the old and of the
    /// new charter, skips a version or takes one back, leaves the old one in force.
    pub fn charter_adopt(&self, who: &Who) -> Result<Answer<AdoptedView>, ActionError> {
        let access = self.decide(who, Action::CharterAdopt, "")?;
        let adopted = self.adopt(who, &access);
        self.or_record(who, &access, "", adopted)
    }

    fn adopt(&self, who: &Who, access: &Access) -> Result<Answer<AdoptedView>, ActionError> {
        let (charter, note) = from_folder(&self.home().charter())?;
        let old = self.in_force();
        charter.succeeds(Some(&old.charter), &note, self.now())?;
        let view = AdoptedView { version: charter.version(), hash: charter.hash().to_owned(), changes: old.charter.diff(&charter) };
        let (query, outcome) = (format!("version {} {}", view.version, view.hash), format!("version {} is in force", view.version));
        let actor = who.actor.id.clone();
        let changed = self.change_rules(access, who, &query, &outcome, move |transaction| adopt(transaction, &actor, &charter, &note))?;
        Ok(Answer { value: view, receipt: changed.receipt })
    }

    /// What the charter in the home's folder would change, in words, and whether it could come into force now.
    pub fn charter_pending(&self) -> Result<(Vec<String>, Option<String>), ActionError> {
        let (charter, note) = from_folder(&self.home().charter())?;
        let old = self.in_force();
        let obstacle = charter.succeeds(Some(&old.charter), &note, self.now()).err().map(|error| error.to_string());
        Ok((old.charter.diff(&charter), obstacle))
    }
}
