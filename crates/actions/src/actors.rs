//! Who may act in a home: `people.toml`, and the tokens that sign a person in.

use std::{fs, path::Path};

use candour_charter::Actor;
use candour_model::marking::Classification;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{error::ActionError, home::write_secret};

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
    /// SHA-256 of the sign-in token, lower-case hex. The token itself is never stored.
    #[serde(default)]
    token_sha256: Option<String>,
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
    /// As the charter sees them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { id: self.id.clone(), name: self.name.clone(), roles: self.roles.clone(), clearance: self.clearance, compartments: self.compartments.clone() }
    }

    /// Gives the person a new token and forgets the old one. `random` is 32 bytes of randomness.
    pub(crate) fn renew_token(&mut self, random: [u8; 32]) -> SignIn {
        let token = hex::encode(random);
        self.token_sha256 = Some(digest(&token));
        SignIn { person: self.id.clone(), token }
    }

    /// Whether the token is this person's. Digests are compared, so that timing tells nothing of the token.
    pub(crate) fn has_token(&self, token: &str) -> bool {
        self.token_sha256.as_ref().is_some_and(|known| *known == digest(token))
    }
}

fn digest(token: &str) -> String {
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
            Person {
                id: role.id.clone(),
                name: format!("Example {}", role.label.to_lowercase()),
                roles: vec![role.id.clone()],
                clearance: if contracts_desk || role.id == "administrator" { Classification::Official } else { Classification::OfficialSensitive },
                compartments: if in_compartment { vec!["harbour".to_owned()] } else { Vec::new() },
                token_sha256: None,
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

/// Writes `people.toml`.
pub(crate) fn write(path: &Path, people: &[Person]) -> Result<(), ActionError> {
    let text = toml::to_string(&PeopleFile { person: people.to_vec() }).map_err(|error| ActionError::damaged(path, error))?;
    write_secret(path, &text)
}
