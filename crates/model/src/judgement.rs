//! A person's word on whether two records speak of the same thing.

use std::{fmt, str::FromStr};

/// The verdict on a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The same thing.
    Same,
    /// Different things.
    Different,
    /// The evidence does not decide.
    Unsure,
}

/// A text that is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no verdict; write `same`, `different` or `unsure`")]
pub struct NotAVerdict(pub String);

impl Verdict {
    /// The word that people write.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Unsure => "unsure",
        }
    }
}

impl FromStr for Verdict {
    type Err = NotAVerdict;

    fn from_str(text: &str) -> Result<Self, NotAVerdict> {
        match text {
            "same" => Ok(Self::Same),
            "different" => Ok(Self::Different),
            "unsure" => Ok(Self::Unsure),
            other => Err(NotAVerdict(other.to_owned())),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
