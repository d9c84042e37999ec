//! What people sign in with besides their first link: passkeys, and tokens of their programs. `credentials.json` in the
//! home; of every secret it holds a digest or a public key alone.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use super::secret_file::replace_secret;
use crate::error::ActionError;

/// All credentials of a home.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    #[serde(default)]
    pub(crate) passkeys: Vec<Passkey>,
    #[serde(default)]
    pub(crate) tokens: Vec<ApiToken>,
}

/// A passkey. The credential itself is text that only whoever checks signatures understands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passkey {
    /// The credential's id, as its authenticator names it; base64url without padding.
    pub id: String,
    /// Whose.
    pub person: String,
    /// What the person calls it.
    pub label: String,
    /// When it was registered, milliseconds since 1970-01-01T00:00Z.
    pub made: i64,
    /// When it was last used, milliseconds since 1970-01-01T00:00Z.
    #[serde(default)]
    pub used: Option<i64>,
    /// Public key, counter and the like, as JSON.
    pub body: serde_json::Value,
}

/// A token of somebody's program, bound to a purpose and a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiToken {
    /// A short name for lists; not secret.
    pub(crate) id: String,
    pub(crate) person: String,
    pub(crate) label: String,
    /// SHA-256 of the token, lower-case hex.
    pub(crate) sha256: String,
    /// Id of the one purpose it serves.
    pub(crate) purpose: String,
    /// Id of the one mandate it may state; with none it states none.
    #[serde(default)]
    pub(crate) mandate: Option<String>,
    /// Milliseconds since 1970-01-01T00:00Z.
    pub(crate) made: i64,
    /// From when on it opens nothing, milliseconds since 1970-01-01T00:00Z.
    pub(crate) until: i64,
    /// When it was revoked, milliseconds since 1970-01-01T00:00Z.
    #[serde(default)]
    pub(crate) revoked: Option<i64>,
}

impl ApiToken {
    /// Whether it still opens anything.
    pub(crate) fn is_open(&self, now: i64) -> bool {
        self.revoked.is_none() && now < self.until
    }
}

/// Reads `credentials.json`; a home without the file has none.
pub(crate) fn read(path: &Path) -> Result<Credentials, ActionError> {
    match fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| ActionError::damaged(path, error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Credentials::default()),
        Err(error) => Err(ActionError::file(path)(error)),
    }
}

/// Writes `credentials.json`: whole, or not at all.
pub(crate) fn write(path: &Path, credentials: &Credentials) -> Result<(), ActionError> {
    let text = serde_json::to_string_pretty(credentials).map_err(|error| ActionError::damaged(path, error))?;
    replace_secret(path, &text)
}
