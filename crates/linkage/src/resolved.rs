//! Resolving what was read.

use candour_resolve::{Linkage, Options, link};

use crate::{error::LinkageError, input::Input, spec::Spec};

/// Resolves the records of an input as a spec says.
///
/// # Errors
/// If no column holds anything to compare by, or a rule or a fixed chance names what there is not.
pub fn resolve(spec: &Spec, input: &Input) -> Result<Linkage, LinkageError> {
    let options = Options { between_sources: input.is_link(), ..spec.options.clone() };
    Ok(link(&input.table, &options)?)
}
