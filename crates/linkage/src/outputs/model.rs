//! `model.json`: what was learnt and what was settled, to read, to keep, and to fix in the next spec.

use candour_resolve::Linkage;
use serde::Serialize;

use super::part::Part;
use crate::{error::LinkageError, spec::Spec};

#[derive(Serialize)]
struct Document<'m> {
    /// Version of this form.
    version: u8,
    #[serde(flatten)]
    model: &'m candour_resolve::Model,
    settings: Settings<'m>,
    report: &'m candour_resolve::Report,
}

#[derive(Serialize)]
struct Settings<'m> {
    threshold: f64,
    floor: f64,
    comparisons_per_record: f64,
    one_to_one: bool,
    columns: Vec<(&'m str, candour_resolve::Kind)>,
}

/// Writes the model.
pub(crate) fn write(mut part: Part, spec: &Spec, linkage: &Linkage) -> Result<Part, LinkageError> {
    let options = &spec.options;
    let document = Document {
        version: 1,
        model: &linkage.model,
        settings: Settings {
            threshold: options.threshold,
            floor: options.floor,
            comparisons_per_record: options.comparisons_per_record,
            one_to_one: options.one_to_one,
            columns: spec.columns().iter().map(|column| (column.name.as_str(), column.kind)).collect(),
        },
        report: &linkage.report,
    };
    let text = serde_json::to_string_pretty(&document).map_err(|error| LinkageError::unwritten(std::path::Path::new("model.json"))(error.into()))?;
    part.put(text.as_bytes())?;
    part.put(b"\n")?;
    Ok(part)
}
