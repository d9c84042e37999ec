//! A spec as people write it.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::error::LinkageError;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpecDoc {
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) columns: BTreeMap<String, Spanned<ColumnDoc>>,
    #[serde(default)]
    pub(crate) left: SideDoc,
    #[serde(default)]
    pub(crate) right: SideDoc,
    /// Column and the kind as which it is compared instead of its own, or `none`.
    #[serde(default)]
    pub(crate) comparisons: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub(crate) blocking: BlockingDoc,
    #[serde(default)]
    pub(crate) model: ModelDoc,
    pub(crate) threshold: Option<Spanned<f64>>,
    pub(crate) floor: Option<Spanned<f64>>,
    #[serde(default)]
    pub(crate) one_to_one: bool,
    /// Named so that the refusal can say why it does not help.
    pub(crate) mandate: Option<String>,
}

/// A kind, or a kind and more.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum ColumnDoc {
    Kind(String),
    Full(FullDoc),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FullDoc {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) list: bool,
    /// A special category that the column is declared to be of.
    pub(crate) class: Option<String>,
}

/// What one file calls what the spec names otherwise.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SideDoc {
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) columns: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BlockingDoc {
    #[serde(default)]
    pub(crate) rules: Vec<Vec<String>>,
    pub(crate) comparisons_per_record: Option<Spanned<f64>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelDoc {
    pub(crate) prior: Option<Spanned<f64>>,
    /// Field, what two records are found to be (in the words of `model.json`), and their chances.
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, BTreeMap<String, Spanned<ChancesDoc>>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChancesDoc {
    pub(crate) m: Option<f64>,
    pub(crate) u: Option<f64>,
}

/// Parses the text of a spec.
pub(crate) fn parse(path: &Path, text: &str) -> Result<SpecDoc, LinkageError> {
    // Words in a spec are names more often than not, so as few as can be are read as anything but text: `no` may be a column.
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| LinkageError::Spec {
        path: path.to_owned(),
        place: String::new(),
        what: error.to_string(),
        remedy: "a spec has the keys id, columns, left, right, comparisons, blocking, model, threshold, floor and one_to_one".to_owned(),
    })
}
