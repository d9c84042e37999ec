//! What can go wrong: only the writing.

use std::path::PathBuf;

/// Why a town was not written.
#[derive(Debug, thiserror::Error)]
pub enum TownError {
    /// A folder or file could not be made.
    #[error("cannot write `{path}`: {source}; check that the folder exists and may be written")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A table could not be written.
    #[error("cannot write the table `{path}`: {source}; check that the disk has room")]
    Table {
        /// Which.
        path: PathBuf,
        /// What the writer says.
        source: csv::Error,
    },
}

impl TownError {
    /// For `map_err` on a path.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// For `map_err` on a table.
    pub(crate) fn table(path: &std::path::Path) -> impl FnOnce(csv::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Table { path, source }
    }
}
