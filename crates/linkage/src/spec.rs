//! The spec: what the columns mean, and whatever somebody wants to settle by hand.
//!
//! The form stands in `docs/guide/dedupe.md`. Parsed in `document`, understood here.

mod checks;
mod document;

use std::path::{Path, PathBuf};

use candour_resolve::{Kind, Options};

use crate::error::LinkageError;
use document::{SideDoc, SpecDoc};

/// A spec, checked but not yet held against any file.
#[derive(Debug, Clone)]
pub struct Spec {
    path: PathBuf,
    id: Option<String>,
    columns: Vec<ColumnSpec>,
    left: SideDoc,
    right: SideDoc,
    /// How to resolve.
    pub options: Options,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Its name in the spec, and in the file where no side calls it otherwise.
    pub name: String,
    /// What it means, as it is compared.
    pub kind: Kind,
    /// Whether a cell of a CSV file may hold several values, parted by `;`.
    pub list: bool,
}

/// A file's own names for the columns of a spec.
#[derive(Debug)]
pub(crate) struct Named<'s> {
    /// The column of ids.
    pub(crate) id: &'s str,
    /// The columns, in the order of the spec.
    pub(crate) columns: Vec<(&'s str, bool)>,
}

/// One of the files that are resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Only,
    Left,
    Right,
}

impl Spec {
    /// Reads and checks a spec.
    ///
    /// # Errors
    /// If it cannot be read, is no YAML of the form, or names a kind that there is not or special-category data.
    pub fn load(path: &Path) -> Result<Self, LinkageError> {
        let text = std::fs::read_to_string(path).map_err(|error| LinkageError::Spec {
            path: path.to_owned(),
            place: String::new(),
            what: if error.kind() == std::io::ErrorKind::InvalidData { "is not UTF-8".to_owned() } else { error.to_string() },
            remedy: "give a YAML file that may be read".to_owned(),
        })?;
        Self::parse(path, &text)
    }

    /// Checks the text of a spec; `path` is for messages.
    ///
    /// # Errors
    /// As for [`Spec::load`], reading apart.
    pub fn parse(path: &Path, text: &str) -> Result<Self, LinkageError> {
        let document: SpecDoc = document::parse(path, text)?;
        checks::spec(path, document)
    }

    /// The columns, in the order of their names.
    #[must_use]
    pub fn columns(&self) -> &[ColumnSpec] {
        &self.columns
    }

    /// Where it was read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What a file calls the columns.
    pub(crate) fn named(&self, side: Side) -> Result<Named<'_>, LinkageError> {
        let own = match side {
            Side::Only => None,
            Side::Left => Some(&self.left),
            Side::Right => Some(&self.right),
        };
        let Some(id) = own.and_then(|own| own.id.as_ref()).or(self.id.as_ref()) else {
            return Err(LinkageError::Spec {
                path: self.path.clone(),
                place: String::new(),
                what: "names no column of ids".to_owned(),
                remedy: "write `id:` and the column that holds an id for every record".to_owned(),
            });
        };
        let columns = self.columns.iter().map(|column| {
            let renamed = own.and_then(|own| own.columns.get(&column.name)).map(String::as_str);
            (renamed.unwrap_or(&column.name), column.list)
        });
        Ok(Named { id, columns: columns.collect() })
    }
}
