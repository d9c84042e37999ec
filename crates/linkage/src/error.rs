//! What can go wrong.

use std::path::{Path, PathBuf};

use candour_resolve::ResolveError;

/// Why files could not be resolved.
#[derive(Debug, thiserror::Error)]
pub enum LinkageError {
    /// The spec is not right.
    #[error("`{path}`{place}: {what}; {remedy}")]
    Spec {
        /// The spec.
        path: PathBuf,
        /// `, line N`, or nothing where the whole is meant.
        place: String,
        /// What is wrong.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// The spec would have special-category data compared.
    #[error(
        "`{path}`{place}: the column `{column}` is of a special category of data ({category}), which is never compared without a mandate in force that names it; \
         mandates are in force in a home, and this tool has none{named}: leave the column out"
    )]
    Special {
        /// The spec.
        path: PathBuf,
        /// `, line N`.
        place: String,
        /// The column.
        column: String,
        /// The category, as charters write it.
        category: &'static str,
        /// A word on the mandate that the spec names.
        named: String,
    },
    /// A table is not right.
    #[error("`{path}`{place}: {what}; {remedy}")]
    Table {
        /// The file.
        path: PathBuf,
        /// `, row N`, or nothing where the whole is meant.
        place: String,
        /// What is wrong.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// The records cannot be resolved so.
    #[error("{0}")]
    Resolve(#[from] ResolveError),
    /// An id that no record has.
    #[error("no record {of}has the id `{id}`; give one that the column of ids holds")]
    UnknownId {
        /// The id.
        id: String,
        /// `of the left file `, or nothing.
        of: &'static str,
    },
    /// A result cannot be written.
    #[error("`{path}`: {what}; {remedy}")]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        what: String,
        /// What to do about it.
        remedy: &'static str,
    },
}

impl LinkageError {
    /// Whether what was given is at fault, not the machine.
    #[must_use]
    pub fn is_input(&self) -> bool {
        !matches!(self, Self::Output { .. })
    }

    pub(crate) fn table(path: &Path, place: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Table { path: path.to_owned(), place: place.into(), what: what.into(), remedy: remedy.into() }
    }

    /// What to say of a file that cannot be read.
    pub(crate) fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |error| Self::table(path, "", error.to_string(), "check that it exists and may be read")
    }

    /// What to say of a file that cannot be written.
    pub(crate) fn unwritten(path: &Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |error| Self::Output { path: path.to_owned(), what: error.to_string(), remedy: "choose a folder that can be written, on a disk with room" }
    }
}
