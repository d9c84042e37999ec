//! `clusters.csv`: every record and its cluster, which is called by the lowest of its ids.
//!
//! Between two files a third column says which file the record is of; where some id is in both, clusters are called
//! `left:ID` and `right:ID`, for the id alone would be two.

use candour_resolve::Linkage;

use super::part::Part;
use crate::{characters::Ids, error::LinkageError, input::Input};

const CHUNK: usize = 1 << 16;

/// Writes the clusters; says how many.
pub(crate) fn write(mut part: Part, input: &Input, linkage: &Linkage) -> Result<(Part, u64), LinkageError> {
    let ids = Ids::of(input);
    let mut lines = if input.is_link() { b"id,cluster,source\n".to_vec() } else { b"id,cluster\n".to_vec() };
    // By number of the cluster, the record with its lowest id.
    let mut firsts: Vec<Option<u32>> = Vec::new();
    for (row, cluster) in input.records().zip(&linkage.clusters) {
        let cluster = *cluster as usize;
        if cluster >= firsts.len() {
            firsts.resize(cluster + 1, None);
        }
        if let Some(first) = firsts.get_mut(cluster) {
            *first = Some(first.map_or(row, |first| input.in_order(first, row).0));
        }
    }
    for (row, cluster) in input.records().zip(&linkage.clusters) {
        let first = firsts.get(*cluster as usize).copied().flatten().unwrap_or(row);
        ids.put(row, &mut lines);
        lines.push(b',');
        if input.has_shared_ids() {
            ids.put_after(side(input, first), first, &mut lines);
        } else {
            ids.put(first, &mut lines);
        }
        if input.is_link() {
            lines.push(b',');
            lines.extend_from_slice(side(input, row).as_bytes());
        }
        lines.push(b'\n');
        if lines.len() > CHUNK {
            part.put(&lines)?;
            lines.clear();
        }
    }
    part.put(&lines)?;
    Ok((part, firsts.iter().flatten().count() as u64))
}

fn side(input: &Input, row: u32) -> &'static str {
    if input.is_right(row) { "right" } else { "left" }
}
