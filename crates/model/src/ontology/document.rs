//! A schema file as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Pole;
use crate::marking::SpecialCategory;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemaDoc {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) plural: String,
    pub(super) description: String,
    #[serde(default)]
    pub(super) extends: Vec<String>,
    #[serde(default)]
    pub(super) pole: Option<Pole>,
    #[serde(default, rename = "abstract")]
    pub(super) is_abstract: bool,
    #[serde(default, rename = "hidden")]
    pub(super) _hidden: bool,
    #[serde(default)]
    pub(super) matchable: Option<bool>,
    #[serde(default)]
    pub(super) caption: Vec<String>,
    #[serde(default)]
    pub(super) featured: Vec<String>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    #[serde(default)]
    pub(super) temporal: TemporalDoc,
    #[serde(default)]
    pub(super) edge: Option<EdgeDoc>,
    #[serde(default)]
    pub(super) properties: BTreeMap<String, PropertyDoc>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemporalDoc {
    #[serde(default)]
    pub(super) start: Vec<String>,
    #[serde(default)]
    pub(super) end: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EdgeDoc {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) label: String,
    pub(super) directed: bool,
    #[serde(default)]
    pub(super) caption: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PropertyDoc {
    pub(super) label: String,
    #[serde(default, rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) range: Option<String>,
    #[serde(default)]
    pub(super) reverse: Option<ReverseDoc>,
    #[serde(default)]
    pub(super) format: Option<String>,
    #[serde(default)]
    pub(super) max_length: Option<usize>,
    #[serde(default)]
    pub(super) matchable: Option<bool>,
    #[serde(default)]
    pub(super) hidden: bool,
    #[serde(default, rename = "deprecated")]
    pub(super) _deprecated: bool,
    #[serde(default)]
    pub(super) special: Option<SpecialCategory>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReverseDoc {
    pub(super) name: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) hidden: bool,
}
