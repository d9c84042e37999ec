//! What can be wrong with a charter, each with its place and what to do next.

use std::path::PathBuf;

/// An error in a charter's text.
#[derive(Debug, thiserror::Error)]
pub enum CharterError {
    /// A file cannot be read.
    #[error("`{path}`: {problem}; a charter is a folder of UTF-8 text files")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What happened.
        problem: std::io::Error,
    },
    /// A file that every charter has is absent.
    #[error("the charter has no `{file}`; copy it from the shipped charter and adapt it")]
    Missing {
        /// Relative path.
        file: String,
    },
    /// A rule file where none is looked for; passing over it in silence could lose a prohibition.
    #[error("`{file}` is no file of a charter; policies stand in `policies/NAME.cedar`, all else in `charter.toml` and `schema.cedarschema`")]
    Stray {
        /// Relative path.
        file: String,
    },
    /// The text of a file is wrong.
    #[error("{file}:{line}: {what}; {remedy}")]
    Invalid {
        /// Relative path.
        file: String,
        /// Line from 1.
        line: usize,
        /// What is wrong.
        what: String,
        /// What to do.
        remedy: String,
    },
    /// No signatures beside the texts.
    #[error("the charter has no `charter.note`; have the authority sign it with `candour charter sign`")]
    Unsigned,
    /// The signatures cannot be read.
    #[error("`charter.note`: {0}")]
    Note(candour_ledger::LedgerError),
    /// The policy engine refused words that the checks let through.
    #[error("the policy engine refuses the charter: {0}; compare it with the shipped charter")]
    Engine(String),
}
