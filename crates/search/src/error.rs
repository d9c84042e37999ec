//! What can go wrong.

use std::path::PathBuf;

use tantivy::{
    TantivyError,
    directory::error::{LockError, OpenReadError},
};

/// What can go wrong. The first six are slips in a question, which the person who asked can mend.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A quote has no end.
    #[error("the quote before `{rest}` is not closed; put a `\"` at the end of the phrase, or leave the first one out")]
    UnclosedQuote {
        /// What follows the quote.
        rest: String,
    },
    /// A star stands at the beginning or in the middle of a word.
    #[error("`{word}`: a `*` may only end a word; write `{mended}`, or leave the `*` out")]
    StarInside {
        /// The word.
        word: String,
        /// The word up to its star.
        mended: String,
    },
    /// A star stands inside a quoted phrase, but not at its end.
    #[error("`{phrase}`: a `*` may only end a quoted phrase; leave it out or put it last")]
    StarInPhrase {
        /// The phrase.
        phrase: String,
    },
    /// A minus applies to nothing.
    #[error("`{item}` leaves nothing out; write a word or a quoted phrase right after the `-`")]
    NothingToExclude {
        /// What was written.
        item: String,
    },
    /// A minus applies to everything.
    #[error("`-*` leaves everything out; write a word after the `-`, as in `-word`")]
    EverythingExcluded,
    /// Nothing but punctuation.
    #[error("`{text}` holds no letter or digit to look for; write a word, or `*` to list everything")]
    NothingToFind {
        /// What was written.
        text: String,
    },
    /// The files of the index are damaged, incomplete, or of another version.
    #[error("the search index in `{}` cannot be used ({reason}); rebuild it: wipe it and index every entity again", dir.display())]
    Rebuild {
        /// Directory of the index.
        dir: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another writer is at work.
    #[error("another process or task is writing to the search index in `{}`; try again when it has ended", dir.display())]
    Busy {
        /// Directory of the index.
        dir: PathBuf,
    },
    /// Files could not be read or written.
    #[error("reading or writing the search index in `{}` failed ({reason}); check the disk's free space and permissions", dir.display())]
    Files {
        /// Directory of the index.
        dir: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The index engine failed.
    #[error("the search engine failed ({reason}); if it happens again, wipe the index and rebuild it")]
    Engine {
        /// What the engine says.
        reason: String,
    },
}

impl SearchError {
    /// Whether the question is at fault and the person who asked can mend it.
    #[must_use]
    pub fn is_question(&self) -> bool {
        match self {
            Self::UnclosedQuote { .. }
            | Self::StarInside { .. }
            | Self::StarInPhrase { .. }
            | Self::NothingToExclude { .. }
            | Self::EverythingExcluded
            | Self::NothingToFind { .. } => true,
            Self::Rebuild { .. } | Self::Busy { .. } | Self::Files { .. } | Self::Engine { .. } => false,
        }
    }

    /// Whether [`crate::Index::wipe`] and indexing everything again is what helps.
    #[must_use]
    pub fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Rebuild { .. })
    }

    pub(crate) fn at(dir: &std::path::Path, error: TantivyError) -> Self {
        let dir = dir.to_owned();
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Busy { dir },
            TantivyError::LockFailure(LockError::IoError(error), _) => Self::Files { dir, reason: error.to_string() },
            TantivyError::IoError(error) if is_damage(&error) => Self::Rebuild { dir, reason: error.to_string() },
            TantivyError::IoError(error) => Self::Files { dir, reason: error.to_string() },
            TantivyError::OpenDirectoryError(error) => Self::Files { dir, reason: error.to_string() },
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) if !is_damage(&io_error) => Self::Files { dir, reason: io_error.to_string() },
            TantivyError::OpenWriteError(error) => Self::Files { dir, reason: error.to_string() },
            // A thread that writes ends so when the disk is full; the engine keeps the system's own word to itself.
            TantivyError::ErrorInThread(reason) => Self::Files { dir, reason },
            TantivyError::DataCorruption(_) | TantivyError::SchemaError(_) | TantivyError::IncompatibleIndex(_) | TantivyError::OpenReadError(_) => {
                Self::Rebuild { dir, reason: error.to_string() }
            }
            other => Self::Engine { reason: other.to_string() },
        }
    }
}

/// Damaged content shows as one of these kinds; all others are the system's.
fn is_damage(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput, NotFound, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | NotFound | UnexpectedEof)
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        Self::Engine { reason: error.to_string() }
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Engine { reason: error.to_string() }
    }
}
