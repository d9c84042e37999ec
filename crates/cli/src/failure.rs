//! What a command ends with when it does not end well, and the exit code that says so.

use candour_actions::{ActionError, StoreError};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Something went wrong.
    #[error("{0}")]
    Failed(String),
    /// The command line or an input file is not right.
    #[error("{0}")]
    Usage(String),
    /// So many errors were found in what was to be checked, and are printed.
    #[error("errors found: {0}; put them right, for the charter cannot come into force with them")]
    Faulty(usize),
    /// The charter refuses.
    #[error("{message}")]
    Refused {
        /// What the charter says.
        message: String,
        /// Number of the journal's entry.
        receipt: Option<u64>,
    },
    /// A ledger, checkpoint or receipt does not hold.
    #[error("{0}")]
    NotVerified(String),
}

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) | Self::Faulty(_) => 2,
            Self::Refused { .. } => 3,
            Self::NotVerified(_) => 4,
        }
    }

    /// The word for it in JSON.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Failed(_) => "failed",
            Self::Usage(_) | Self::Faulty(_) => "usage",
            Self::Refused { .. } => "refused",
            Self::NotVerified(_) => "not-verified",
        }
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        let message = error.to_string();
        match error {
            ActionError::Refused { receipt, .. } => Self::Refused { message, receipt: receipt.map(|receipt| receipt.index) },
            ActionError::UnknownActor(_) | ActionError::Adopt(_) => Self::Refused { message, receipt: None },
            ActionError::BadInput(_)
            | ActionError::Intake(_)
            | ActionError::Charter(_)
            | ActionError::Store(StoreError::NoHome(_) | StoreError::HomeExists(_)) => Self::Usage(message),
            ActionError::Search(error) if error.is_question() => Self::Usage(message),
            _ => Self::Failed(message),
        }
    }
}
