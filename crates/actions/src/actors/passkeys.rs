//! Passkeys of people: kept here, understood by whoever checks their signatures.

use super::credentials::Passkey;
use crate::{desk::Desk, error::ActionError};

/// Most passkeys of a person.
const MOST: usize = 20;

impl Desk {
    /// The passkeys of a person, oldest first.
    #[must_use]
    pub fn passkeys_of(&self, person: &str) -> Vec<Passkey> {
        self.accounts().look(|book| book.credentials.passkeys.iter().filter(|key| key.person == person).cloned().collect())
    }

    /// The passkey with this credential id, of somebody whose account is open.
    #[must_use]
    pub fn passkey(&self, id: &str) -> Option<Passkey> {
        let found = self.accounts().look(|book| book.credentials.passkeys.iter().find(|key| key.id == id).cloned());
        found.filter(|key| self.account(&key.person).is_some())
    }

    /// Keeps a passkey that its owner has just registered. Recorded.
    pub fn add_passkey(&self, passkey: Passkey) -> Result<(), ActionError> {
        let _alone = self.accounts().alone();
        if self.account(&passkey.person).is_none() {
            return Err(ActionError::UnknownActor(format!("nobody here is called `{}`", passkey.person)));
        }
        let label = passkey.label.trim();
        if label.is_empty() || label.chars().count() > 80 || label.chars().any(char::is_control) {
            return Err(ActionError::BadInput("give the passkey a name of up to 80 characters, such as `laptop`".to_owned()));
        }
        if self.passkeys_of(&passkey.person).len() >= MOST {
            return Err(ActionError::BadInput(format!("you have {MOST} passkeys; remove one first")));
        }
        let mut credentials = self.accounts().look(|book| book.credentials.clone());
        if credentials.passkeys.iter().any(|known| known.id == passkey.id) {
            return Err(ActionError::BadInput("this passkey is registered already".to_owned()));
        }
        self.note(&passkey.person, "passkey", "added")?;
        credentials.passkeys.push(Passkey { label: label.to_owned(), ..passkey });
        self.accounts().set_credentials(credentials)
    }

    /// Removes a passkey of the person. Recorded. `false` where they have none of that id.
    pub fn remove_passkey(&self, person: &str, id: &str) -> Result<bool, ActionError> {
        let _alone = self.accounts().alone();
        let mut credentials = self.accounts().look(|book| book.credentials.clone());
        let before = credentials.passkeys.len();
        credentials.passkeys.retain(|key| !(key.person == person && key.id == id));
        if credentials.passkeys.len() == before {
            return Ok(false);
        }
        self.note(person, "passkey", "removed")?;
        self.accounts().set_credentials(credentials)?;
        Ok(true)
    }

    /// Keeps what a use of the passkey changed in it, such as its counter, and the time.
    pub fn passkey_used(&self, id: &str, body: &serde_json::Value) -> Result<(), ActionError> {
        let _alone = self.accounts().alone();
        let now = self.now();
        let mut credentials = self.accounts().look(|book| book.credentials.clone());
        for key in credentials.passkeys.iter_mut().filter(|key| key.id == id) {
            key.used = Some(now);
            key.body.clone_from(body);
        }
        self.accounts().set_credentials(credentials)
    }

    /// Forgets what an ended account signed in with. The caller holds the accounts.
    pub(crate) fn drop_credentials(&self, person: &str) -> Result<(), ActionError> {
        let mut credentials = self.accounts().look(|book| book.credentials.clone());
        credentials.passkeys.retain(|key| key.person != person);
        credentials.tokens.retain(|token| token.person != person);
        self.accounts().set_credentials(credentials)
    }
}
