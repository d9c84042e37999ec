//! How each type cleans, as tables of (raw value, context, what comes out), and the laws that hold for all.

mod dates;
mod identifiers;
mod laws;
mod phones;
mod places;
mod words;

use candour_model::types::{Context, TypeKind};

/// A raw value, and what comes of it: `Ok` with the whole value, `Err` with a part of the refusal.
type Row<'a> = (&'a str, Result<&'a str, &'a str>);

/// Cleans one value after the other and compares.
fn check(kind: TypeKind, context: &Context<'_>, rows: &[Row<'_>]) {
    for (raw, expected) in rows {
        let found = kind.clean(raw, context);
        let fits = match (&found, expected) {
            (Ok(value), Ok(wanted)) => value == wanted,
            (Err(refusal), Err(part)) => refusal.to_string().contains(part),
            _ => false,
        };
        assert!(fits, "{} from {raw:?}: {found:?} instead of {expected:?}", kind.name());
    }
}

/// A context that asks for a format.
fn format(format: &str) -> Context<'_> {
    Context { countries: &[], format: Some(format) }
}
