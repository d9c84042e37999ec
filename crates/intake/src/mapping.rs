//! Mappings: which entities and links the rows of tables describe.

pub(crate) mod apply;
mod compile;
mod document;
mod id;
mod property;
pub(crate) mod recipe;

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::IntakeError;

pub(crate) use compile::kind_of;
pub(crate) use id::named;
pub(crate) use recipe::Query;
use recipe::Value;

/// A mapping document, checked against the ontology but not yet against any file.
#[derive(Debug, Clone)]
pub struct Mapping {
    path: PathBuf,
    fingerprint: String,
    queries: Vec<Query>,
}

impl Mapping {
    /// Reads and checks a mapping file.
    pub fn load(path: &Path) -> Result<Self, IntakeError> {
        let text = std::fs::read_to_string(path).map_err(IntakeError::file(path))?;
        Self::parse(path, &text)
    }

    /// Checks a mapping text; `path` is for messages.
    pub fn parse(path: &Path, text: &str) -> Result<Self, IntakeError> {
        let document: document::MappingDoc = serde_saphyr::from_str_with_options(text, yaml()).map_err(|error| IntakeError::Mapping {
            path: path.to_owned(),
            place: String::new(),
            what: error.to_string(),
            remedy: "see the guide's page on mappings for the form".to_owned(),
        })?;
        let queries = compile::compile(path, document)?;
        Ok(Self { path: path.to_owned(), fingerprint: hex::encode(Sha256::digest(text.as_bytes())), queries })
    }

    /// Where it was read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// SHA-256 of its text: another text is another recipe, so an import by it starts anew.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Ids of the markings that it names itself, so that they can be checked before anything is read.
    pub fn markings(&self) -> impl Iterator<Item = &str> {
        self.queries.iter().flat_map(|query| &query.entities).filter_map(|entity| match &entity.marking {
            Some(Value::Literal(id)) => Some(id.as_str()),
            Some(Value::Column(_)) | None => None,
        })
    }

    pub(crate) fn queries(&self) -> &[Query] {
        &self.queries
    }
}

/// Words and numbers in a mapping are names of columns and values more often than not, so as few as can be are read as
/// anything but text: `no` is Norway, `y` a column, `007` three digits.
fn yaml() -> serde_saphyr::Options {
    serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}
