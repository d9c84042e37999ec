//! When a charter comes into force: signed by enough of the authority's keys, one version after the other, none skipped, none
//! taken back. The rules are those of The Update Framework for its root of trust (specification 1.0.34, section 5.3).

use std::path::Path;

use candour_ledger::{Note, VerifierKey};

use crate::{charter::Charter, error::CharterError, files::NOTE, findings::Severity, mandate::time_text};

/// The first line of the text that the authority signs.
const HEAD: &str = "candour-charter/v1";

/// A charter with the note that signs it.
#[derive(Debug)]
pub struct SignedCharter {
    /// The charter.
    pub charter: Charter,
    /// Its signatures; see [`Charter::statement`] for the text.
    pub note: Note,
}

impl SignedCharter {
    /// Loads a folder: the charter's texts and `charter.note`. Nothing is verified.
    ///
    /// # Errors
    /// As [`Charter::load`], and where `charter.note` cannot be read or is no signed note.
    pub fn load(dir: &Path) -> Result<Self, CharterError> {
        let charter = Charter::load(dir)?;
        let path = dir.join(NOTE);
        if !path.exists() {
            return Err(CharterError::Unsigned);
        }
        let bytes = std::fs::read(&path).map_err(|problem| CharterError::File { path, problem })?;
        let note = Note::parse(&bytes).map_err(CharterError::Note)?;
        Ok(Self { charter, note })
    }
}

/// Why a charter does not come into force.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdoptError {
    /// The note signs something else.
    #[error("the note signs another text than this charter's; have it signed by `candour charter sign`")]
    OtherText,
    /// Too few keys.
    #[error("{have} of the keys of the {whose} charter have signed and it takes {need}; ask for the missing signatures")]
    UnderSigned {
        /// `new`, or `old` for the charter in force.
        whose: &'static str,
        /// Keys whose signature verifies.
        have: usize,
        /// Keys that it takes.
        need: usize,
    },
    /// It would not decide anything.
    #[error("the charter expired at {at}; give it a later `expires`, and have it signed again")]
    Expired {
        /// The first moment at which it is not in force.
        at: String,
    },
    /// It is in force already.
    #[error("this charter, version {version}, is in force already; there is nothing to adopt")]
    InForce {
        /// Its version.
        version: u32,
    },
    /// An older version.
    #[error("this is version {version} and version {in_force} is in force; a charter is never taken back, so write its rules into version {next}")]
    Rollback {
        /// Version of the charter handed in.
        version: u32,
        /// Version in force.
        in_force: u32,
        /// The version that may come next.
        next: u32,
    },
    /// A version in between is missing.
    #[error("this is version {version} and version {in_force} is in force; hand in version {next} first")]
    Skip {
        /// Version of the charter handed in.
        version: u32,
        /// Version in force.
        in_force: u32,
        /// The version that may come next.
        next: u32,
    },
    /// A rule of it does nothing, or nobody may do an action.
    #[error("the charter is at fault: {0}")]
    Faulty(String),
    /// The history parts.
    #[error("this version {version} {how}; somebody made another history of the charter: find out who before anything is signed")]
    Fork {
        /// Version of the charter handed in.
        version: u32,
        /// In what it differs.
        how: String,
    },
}

impl Charter {
    /// The text that the authority's keys sign.
    #[must_use]
    pub fn statement(&self) -> String {
        let previous = self.previous().unwrap_or("none");
        format!("{HEAD}\n{}\nversion {}\nhash {}\nprevious {previous}\nexpires {}\n", self.organisation(), self.version(), self.hash(), self.expires())
    }

    /// Names of this charter's authority keys whose signature under a note verifies, each once, in the charter's order.
    #[must_use]
    pub fn signers(&self, note: &Note) -> Vec<String> {
        let signed = |key: &&VerifierKey| note.verify(key).is_ok();
        self.authority().keys.iter().filter(signed).map(|key| key.name().to_owned()).collect()
    }

    /// Whether this charter may follow the one in force, or be the first.
    ///
    /// The note must sign [`Charter::statement`] with k of n keys of this charter and with k of n keys of the one in force;
    /// the version must be the next one and name the hash of the one in force; it must not have expired, and [`Charter::findings`]
    /// must hold no error. A first charter is trusted as it comes, whatever its version: compare its keys with what the authority tells you in person.
    ///
    /// # Errors
    /// With what is wrong and what to do next.
    pub fn succeeds(&self, in_force: Option<&Self>, note: &Note, now_ms: i64) -> Result<(), AdoptError> {
        if note.text() != self.statement() {
            return Err(AdoptError::OtherText);
        }
        if let Some(old) = in_force {
            self.follows(old)?;
            old.enough(note, "old")?;
        }
        self.enough(note, "new")?;
        if now_ms >= self.expires_ms() {
            return Err(AdoptError::Expired { at: time_text(self.expires_ms()) });
        }
        match self.findings().first() {
            Some(fault) if fault.severity == Severity::Error => Err(AdoptError::Faulty(fault.to_string())),
            _ => Ok(()),
        }
    }

    /// Whether version and previous hash continue the history of the one in force.
    fn follows(&self, old: &Self) -> Result<(), AdoptError> {
        let (version, in_force) = (self.version(), old.version());
        let next = in_force.saturating_add(1);
        if version == in_force && self.hash() == old.hash() {
            return Err(AdoptError::InForce { version });
        }
        if version == in_force {
            return Err(AdoptError::Fork { version, how: "is not the version of that number which is in force".to_owned() });
        }
        if version < in_force {
            return Err(AdoptError::Rollback { version, in_force, next });
        }
        if version != next {
            return Err(AdoptError::Skip { version, in_force, next });
        }
        if self.previous() != Some(old.hash()) {
            let named = self.previous().unwrap_or("none");
            return Err(AdoptError::Fork { version, how: format!("names {named} as its previous hash, and {} is in force", old.hash()) });
        }
        Ok(())
    }

    fn enough(&self, note: &Note, whose: &'static str) -> Result<(), AdoptError> {
        let (have, need) = (self.signers(note).len(), self.authority().threshold);
        if have < need {
            return Err(AdoptError::UnderSigned { whose, have, need });
        }
        Ok(())
    }
}
