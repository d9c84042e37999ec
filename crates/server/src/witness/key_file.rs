//! A witness's files: its secret key, and beside it, under the same name and `.state`, what it cosigned last.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
};

use candour_ledger::{SignatureType, SigningKey};

use super::{
    WitnessError,
    state_file::{StateFile, at, replace, sync_folder, with_ending},
};

/// The kind of a new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Ed25519: what every verifier of cosignatures reads.
    Ed25519,
    /// ML-DSA-44: holds against quantum computers as well, and is newer.
    MlDsa44,
}

/// Key and state of a witness, held by this process alone.
pub struct WitnessFiles {
    key: SigningKey,
    state: StateFile,
    is_new: bool,
}

impl WitnessFiles {
    /// Reads them, or makes them where there is no key: of this name and kind, from 32 random bytes.
    pub fn open(path: &Path, name: &str, kind: KeyKind, random: [u8; 32]) -> Result<Self, WitnessError> {
        let content = |problem: String| WitnessError::Content { path: path.display().to_string(), problem };
        let state = StateFile::take(with_ending(path, ".state"))?;
        let is_new = !path.exists();
        if is_new {
            let key = match kind {
                KeyKind::Ed25519 => SigningKey::generate_witness(name, random),
                KeyKind::MlDsa44 => SigningKey::generate_witness_ml_dsa(name, random),
            }
            .map_err(|error| content(error.to_string()))?;
            // The state first: a key without one is taken for a key that forgot. A state that is there already is of a key
            // that was lost, and binds the new one too, which harms nothing.
            if !state.exists() {
                replace(state.path(), "")?;
            }
            write_secret(path, &format!("{}\n", key.to_private_text())).map_err(|problem| at(path, problem))?;
            sync_folder(path)?;
            return Ok(Self { key, state, is_new });
        }
        if !state.exists() {
            return Err(WitnessError::Forgotten(state.path().display().to_string()));
        }
        let text = fs::read_to_string(path).map_err(|problem| at(path, problem))?;
        let key = SigningKey::parse(&text).map_err(|error| content(error.to_string()))?;
        if key.verifier().kind() == SignatureType::Ed25519 {
            return Err(content("this key is a log's; a witness's key must be its own. Name a file that is not there, and one is made".to_owned()));
        }
        Ok(Self { key, state, is_new })
    }

    /// Whether the key was made just now.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    pub(super) fn into_parts(self) -> (SigningKey, StateFile) {
        (self.key, self.state)
    }
}

/// A new file that nobody else can read.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
