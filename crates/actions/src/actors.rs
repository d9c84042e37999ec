//! Who may act in a home: `people.toml`, and the sign-in link that opens the first session of a person.

use std::{fs, path::Path};

use candour_charter::Actor;
use candour_model::marking::Classification;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::ActionError;

pub(crate) mod credentials;
pub(crate) mod passkeys;
pub(crate) mod secret_file;

use secret_file::replace_secret;

/// A person as `people.toml` names them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Id used on the command line and in the journal.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Roles of the charter.
    pub roles: Vec<String>,
    /// Highest classification that the person is cleared for.
    pub clearance: Classification,
    /// Operations whose members alone see them.
    #[serde(default)]
    pub compartments: Vec<String>,
    /// What the organisation's OpenID provider calls the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When the account was ended, RFC 3339. Nobody acts under it any more, and its id is never given to anybody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// SHA-256 of the sign-in token, lower-case hex. The token itself is never stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token_sha256: Option<String>,
    /// Until when the sign-in token opens anything, milliseconds since 1970-01-01T00:00Z; absent in an example home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token_until: Option<i64>,
    /// Who made the sign-in token, where a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token_by: Option<String>,
}

/// A freshly made token; shown once.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Whose.
    pub person: String,
    /// The secret.
    pub token: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    #[serde(default)]
    person: Vec<Person>,
}

impl Person {
    /// Somebody new, who cannot sign in yet.
    pub(crate) fn new(id: String, name: String, clearance: Classification) -> Self {
        let (roles, compartments) = (Vec::new(), Vec::new());
        Self { id, name, roles, clearance, compartments, subject: None, ended: None, token_sha256: None, token_until: None, token_by: None }
    }

    /// As the charter sees them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { id: self.id.clone(), name: self.name.clone(), roles: self.roles.clone(), clearance: self.clearance, compartments: self.compartments.clone() }
    }

    /// Whether somebody may still act as this person.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether a sign-in link is out that still opens something.
    pub(crate) fn has_open_link(&self, now: i64) -> bool {
        self.is_active() && self.token_sha256.is_some() && self.token_until.is_none_or(|until| now < until)
    }

    /// Who made the sign-in link.
    pub(crate) fn link_by(&self) -> Option<&str> {
        self.token_by.as_deref()
    }

    /// Gives the person a new token and forgets the old one. `random` is 32 bytes of randomness.
    pub(crate) fn renew_token(&mut self, random: [u8; 32], until: Option<i64>, by: Option<&str>) -> SignIn {
        let token = hex::encode(random);
        self.token_sha256 = Some(digest(&token));
        self.token_until = until;
        self.token_by = by.map(str::to_owned);
        SignIn { person: self.id.clone(), token }
    }

    /// Forgets the token: it was used, or the account has ended.
    pub(crate) fn forget_token(&mut self) {
        (self.token_sha256, self.token_until, self.token_by) = (None, None, None);
    }

    /// Whether the token is this person's. Digests are compared, so that timing tells nothing of the token.
    pub(crate) fn has_token(&self, token: &str) -> bool {
        self.token_sha256.as_ref().is_some_and(|known| *known == digest(token))
    }
}

/// SHA-256 of a secret, lower-case hex.
pub(crate) fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// The example people, one per role and named after it. All but the contracts desk and the administrator are cleared for
/// OFFICIAL-SENSITIVE; the compartment is open to those who work in it.
pub(crate) fn examples(roles: &[candour_charter::Role]) -> Vec<Person> {
    roles
        .iter()
        .map(|role| {
            let contracts_desk = matches!(role.id.as_str(), "commercial-lead" | "case-officer");
            let in_compartment = matches!(role.id.as_str(), "reviewer" | "supervisor" | "data-protection-officer");
            let clearance = if contracts_desk || role.id == "administrator" { Classification::Official } else { Classification::OfficialSensitive };
            Person {
                roles: vec![role.id.clone()],
                compartments: if in_compartment { vec!["harbour".to_owned()] } else { Vec::new() },
                ..Person::new(role.id.clone(), format!("Example {}", role.label.to_lowercase()), clearance)
            }
        })
        .collect()
}

/// Reads `people.toml`.
pub(crate) fn read(path: &Path) -> Result<Vec<Person>, ActionError> {
    let text = fs::read_to_string(path).map_err(ActionError::file(path))?;
    let file: PeopleFile = toml::from_str(&text).map_err(|error| ActionError::damaged(path, error))?;
    Ok(file.person)
}

/// Writes `people.toml`: whole, or not at all.
pub(crate) fn write(path: &Path, people: &[Person]) -> Result<(), ActionError> {
    let text = toml::to_string(&PeopleFile { person: people.to_vec() }).map_err(|error| ActionError::damaged(path, error))?;
    replace_secret(path, &text)
}
