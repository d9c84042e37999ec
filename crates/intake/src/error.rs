//! What stops an import before or while it runs; a single bad record never does (see [`crate::Reject`]).

use std::path::PathBuf;

/// An error of intake. Each names the file, the place and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// A file cannot be read.
    #[error("`{path}`: {problem}; check that it exists and may be read")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        problem: std::io::Error,
    },
    /// A file is not what its name or the mapping says.
    #[error("`{path}`: {what}; {remedy}")]
    Format {
        /// The file.
        path: PathBuf,
        /// What was found, with the place.
        what: String,
        /// What to do.
        remedy: String,
    },
    /// The mapping is wrong.
    #[error("mapping `{path}`{place}: {what}; {remedy}")]
    Mapping {
        /// The mapping file.
        path: PathBuf,
        /// ` line 3`, or where in the document.
        place: String,
        /// What is wrong.
        what: String,
        /// What to do.
        remedy: String,
    },
    /// Nothing to import.
    #[error("{0}")]
    Nothing(String),
}

impl IntakeError {
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |problem| Self::File { path: path.to_owned(), problem }
    }
}
