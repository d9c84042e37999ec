//! What can go wrong in the store, each with what to do next.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no home at the path.
    #[error("`{0}` is no home: it holds no `candour.db`; make one with `candour init --home {0}`")]
    NoHome(PathBuf),
    /// There is one already.
    #[error("`{0}` is a home already; choose another folder or remove it first")]
    HomeExists(PathBuf),
    /// Another process works on the home.
    #[error("`{home}` is in use by process {holder}; stop it, or ask it over its HTTP interface")]
    InUse {
        /// The home.
        home: PathBuf,
        /// Its process id, as the lock file says.
        holder: String,
    },
    /// The file was written by a newer program.
    #[error("`{path}` has layout version {found}, this program knows up to {known}; use a newer `candour`")]
    TooNew {
        /// The database.
        path: PathBuf,
        /// Version in the file.
        found: i64,
        /// Newest known version.
        known: i64,
    },
    /// The disk is full.
    #[error("no space left on the disk that holds `{0}`; nothing of the interrupted change was kept; free some space and run it again")]
    Full(PathBuf),
    /// The home cannot be written.
    #[error("`{0}` cannot be written: {1}; every look needs a journal entry, so a read-only home answers nothing; check owner and mount")]
    ReadOnly(PathBuf, String),
    /// A file of the home cannot be read or written.
    #[error("`{path}`: {problem}")]
    File {
        /// The file.
        path: PathBuf,
        /// What happened.
        problem: std::io::Error,
    },
    /// The database reports an error of its own.
    #[error("the database reports: {0}")]
    Database(rusqlite::Error),
    /// What is stored contradicts itself.
    #[error("the store is damaged: {0}; restore it from a backup, then run `candour verify` against the published ledger")]
    Damaged(String),
    /// The key of a part of the journal is not in the keystore.
    #[error(
        "what the journal's segment {segment} says cannot be read: its key `{path}` is missing; put the home's keystore back from a backup. \
         Until then its entries are lost to reading alone: leaves, checkpoints, receipts that were handed out and the published log are not \
         touched and still verify, and new entries go on under new keys"
    )]
    KeyLost {
        /// Number of the segment.
        segment: u64,
        /// Where its key should be.
        path: PathBuf,
    },
    /// The database is older than the keystore remembers, or tells another history.
    #[error(
        "this home's log has {found} entries, and its keystore remembers a checkpoint of {remembered} that it does not lead to: the database was put back \
         to an older state or replaced. Put the newest one back. If it is lost, what was recorded after entry {found} is lost with it, and whoever holds \
         a newer checkpoint will notice; to go on all the same, report the loss, keep `{mark}` as its proof elsewhere and remove it from the keystore"
    )]
    RolledBack {
        /// Entries in the database.
        found: u64,
        /// Entries in the remembered checkpoint.
        remembered: u64,
        /// The file that remembers.
        mark: PathBuf,
    },
    /// The journal's tree.
    #[error("the journal's tree: {0}")]
    Ledger(#[from] candour_ledger::LedgerError),
    /// A caller asks for something that cannot be.
    #[error("{0}")]
    Refused(String),
    /// The writer has stopped, after an error or at the end.
    #[error("the store has stopped writing; start the program again")]
    Stopped,
    /// More entities or names than numbers.
    #[error("the store is at its limit of {0}")]
    Limit(&'static str),
}

impl StoreError {
    /// Says more precisely what a database error means for the file at `path`.
    #[must_use]
    pub fn about(self, path: &std::path::Path) -> Self {
        match self {
            Self::Database(rusqlite::Error::SqliteFailure(failure, text)) => match failure.code {
                ErrorCode::DiskFull => Self::Full(path.to_owned()),
                ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                    Self::ReadOnly(path.to_owned(), text.unwrap_or_else(|| failure.to_string()))
                }
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(format!("`{}` is not a readable database", path.display())),
                _ => Self::Database(rusqlite::Error::SqliteFailure(failure, text)),
            },
            other => other,
        }
    }
}

impl StoreError {
    /// What the disk said of the file at `path`.
    pub(crate) fn disk(path: &std::path::Path, problem: std::io::Error) -> Self {
        match problem.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full(path.to_owned()),
            _ => Self::File { path: path.to_owned(), problem },
        }
    }

    /// The same error for somebody else whom it concerns as well: of the same kind where that tells what to do next.
    pub(crate) fn repeated(&self) -> Self {
        match self {
            Self::Full(path) => Self::Full(path.clone()),
            Self::ReadOnly(path, why) => Self::ReadOnly(path.clone(), why.clone()),
            Self::Database(rusqlite::Error::SqliteFailure(failure, text)) => Self::Database(rusqlite::Error::SqliteFailure(*failure, text.clone())),
            Self::Damaged(what) => Self::Damaged(what.clone()),
            Self::KeyLost { segment, path } => Self::KeyLost { segment: *segment, path: path.clone() },
            Self::Ledger(error) => Self::Ledger(error.clone()),
            Self::Limit(what) => Self::Limit(what),
            Self::Stopped => Self::Stopped,
            Self::File { path, problem } => {
                let same = problem.raw_os_error().map_or_else(|| std::io::Error::new(problem.kind(), problem.to_string()), std::io::Error::from_raw_os_error);
                Self::File { path: path.clone(), problem: same }
            }
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}
