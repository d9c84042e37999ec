//! Which records a new one is compared with.

use crate::{
    data::Data,
    live::index::{Group, Index},
};

/// Largest group of records with the same key that is compared as a whole.
const LARGEST: usize = 1_500;
/// Records that one record is compared with at most, but for those of groups that are narrowed.
const MOST: usize = 6_000;
/// Records of a larger group that are looked at for a second key that they share.
const LOOKED_AT: usize = 4_000;
/// Records of such a group that are taken.
const TAKEN: usize = 400;
/// Where nothing makes a group smaller, the records of it that came last.
const LAST: usize = 40;

/// Records that share a rule's key with a record, each once, in order. Small groups are taken first; of groups that are
/// too large, or would be too much, records that share the keys of two of them.
pub(crate) fn candidates(data: &Data, indexes: &[Index], row: u32) -> Vec<u32> {
    let values = data.row(row);
    let mut groups: Vec<(usize, Group<'_>)> =
        indexes.iter().enumerate().map(|(place, index)| (place, index.group(data, values))).filter(|(_, group)| group.len() > 0).collect();
    groups.sort_by_key(|(place, group)| (group.len(), *place));
    let mut found: Vec<u32> = Vec::new();
    let mut large: Vec<(usize, Group<'_>)> = Vec::new();
    for (place, group) in groups {
        if group.len() <= LARGEST && found.len() + group.len() <= MOST {
            found.extend(group.iter());
        } else {
            large.push((place, group));
        }
    }
    for (place, group) in &large {
        let others = || large.iter().filter(|(other, _)| other != place).filter_map(|(other, _)| indexes.get(*other));
        let step = group.len().div_ceil(LOOKED_AT);
        let narrowed = group.iter().rev().step_by(step).filter(|other| others().any(|index| index.rule.takes(values, data.row(*other)))).take(TAKEN);
        found.extend(narrowed);
        found.extend(group.iter().rev().take(LAST));
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|other| *other != row);
    found
}
