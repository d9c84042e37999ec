//! `pairs.csv`: every pair from the floor on, the lower id of each first; between two files that of the left one.

use candour_resolve::Linkage;

use super::{numbers, part::Part};
use crate::{characters::Ids, error::LinkageError, input::Input};

/// Bytes that are handed to the file at once.
const CHUNK: usize = 1 << 16;

/// Writes the pairs; says how many.
pub(crate) fn write(mut part: Part, input: &Input, linkage: &Linkage) -> Result<(Part, u64), LinkageError> {
    let ids = Ids::of(input);
    let mut lines = b"id_l,id_r,weight,probability\n".to_vec();
    for pair in &linkage.pairs {
        let (left, right) = input.in_order(pair.a, pair.b);
        ids.put(left, &mut lines);
        lines.push(b',');
        ids.put(right, &mut lines);
        lines.push(b',');
        numbers::weight(pair.weight, &mut lines);
        lines.push(b',');
        numbers::probability(pair.probability(), &mut lines);
        lines.push(b'\n');
        if lines.len() > CHUNK {
            part.put(&lines)?;
            lines.clear();
        }
    }
    part.put(&lines)?;
    Ok((part, linkage.pairs.len() as u64))
}
