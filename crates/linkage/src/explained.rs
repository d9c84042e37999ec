//! Why two records are, or are not, of one thing.

use candour_resolve::{Linkage, Waterfall};

use crate::{error::LinkageError, input::Input, spec::Side};

/// The waterfall of two records by their ids; between two files the first is of the left one.
///
/// # Errors
/// If there is no record with such an id.
pub fn explain(input: &Input, linkage: &Linkage, first: &str, second: &str) -> Result<Waterfall, LinkageError> {
    let (left, right) = if input.is_link() { (Side::Left, Side::Right) } else { (Side::Only, Side::Only) };
    let find = |side: Side, id: &str| {
        let of = match side {
            Side::Only => "",
            Side::Left => "of the left file ",
            Side::Right => "of the right file ",
        };
        input.row(side, id).ok_or_else(|| LinkageError::UnknownId { id: id.to_owned(), of })
    };
    Ok(linkage.explain(&input.table, find(left, first)?, find(right, second)?))
}
