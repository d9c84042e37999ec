//! Why an action gave no answer. Whatever the reason, it never tells of what the asker may not see.

use candour_intake::IntakeError;
use candour_store::{Receipt, StoreError};

/// An error of an action.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The charter says no. Recorded, with a receipt where the journal could be written.
    #[error("{explanation}")]
    Refused {
        /// One sentence for the person, with what to do next.
        explanation: String,
        /// The entry of the refusal.
        receipt: Option<Box<Receipt>>,
    },
    /// Nobody by that name or token.
    #[error("{0}")]
    UnknownActor(String),
    /// Nothing visible has that id.
    #[error("there is no entity `{0}`; search for it by name or identifier")]
    NotFound(String),
    /// It is visible today, and nothing visible of it was known at the instant asked for.
    #[error("nothing was known of `{id}` at {known_at}; ask for a later time")]
    NotKnownThen {
        /// The id.
        id: String,
        /// The instant, RFC 3339.
        known_at: String,
    },
    /// The request makes no sense.
    #[error("{0}")]
    BadInput(String),
    /// The policies changed while the answer was prepared.
    #[error("the charter changed while this was being answered; ask again")]
    PolicyChanged,
    /// Too few witnesses vouch for the entry of what was asked, and the charter waits for them.
    #[error("no answer, for the charter waits for witnesses and {0}")]
    NotCosigned(String),
    /// The charter in the folder does not come into force.
    #[error(transparent)]
    Adopt(#[from] candour_charter::AdoptError),
    /// Intake stopped.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The store failed. No journal entry, no answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index failed.
    #[error(transparent)]
    Search(#[from] candour_search::SearchError),
    /// The charter is not valid.
    #[error(transparent)]
    Charter(#[from] candour_charter::CharterError),
    /// A file of the home cannot be read or written.
    #[error("`{path}`: {problem}")]
    File {
        /// The file.
        path: std::path::PathBuf,
        /// What happened.
        problem: std::io::Error,
    },
    /// A file of the home is damaged.
    #[error("`{path}`: {what}")]
    Damaged {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong and what to do.
        what: String,
    },
}

impl ActionError {
    pub(crate) fn damaged(path: &std::path::Path, what: impl std::fmt::Display) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.to_string() }
    }

    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |problem| Self::File { path: path.to_owned(), problem }
    }
}
