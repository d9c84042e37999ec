//! Records grouped by the key of a rule.

use crate::{block::rule::Rule, data::Data, radix};

/// Records in groups of one key each.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub(crate) rows: Vec<u32>,
    /// Where groups of two and more begin and end.
    pub(crate) bounds: Vec<(u32, u32)>,
}

impl Groups {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.bounds.iter().filter_map(|(from, to)| self.rows.get(*from as usize..*to as usize))
    }
}

/// Groups the records among `rows` by a rule. Where a group is made of keys of one in `every` only, the others are left
/// out.
pub(crate) fn groups(data: &Data, rule: &Rule, rows: &[u32], every: u64) -> Groups {
    let keys = rows.iter().filter_map(|row| rule.key(data.row(*row)).map(|key| (key, *row)));
    grouped(data, rule, keys.filter(|(key, _)| every <= 1 || (key >> 32) % every == 0).map(|(key, row)| ((key >> 32) as u32, row)))
}

/// Groups records by a rule, given half of the key of each.
pub(crate) fn grouped(data: &Data, rule: &Rule, marked: impl Iterator<Item = (u32, u32)>) -> Groups {
    let mut keyed: Vec<u64> = marked.map(|(mark, row)| u64::from(mark) << 32 | u64::from(row)).collect();
    radix::sort(&mut keyed, 32, 64);
    let low = |keyed: u64| u32::try_from(keyed & 0xffff_ffff).unwrap_or_default();
    let mut rows: Vec<u32> = Vec::with_capacity(keyed.len());
    let mut bounds = Vec::new();
    for run in keyed.chunk_by(|a, b| a >> 32 == b >> 32).filter(|run| run.len() > 1) {
        if let [first, rest @ ..] = run
            && rest.iter().all(|other| rule.takes(data.row(low(*first)), data.row(low(*other))))
        {
            let start = u32::try_from(rows.len()).unwrap_or_default();
            rows.extend(run.iter().map(|keyed| low(*keyed)));
            bounds.push((start, u32::try_from(rows.len()).unwrap_or_default()));
            continue;
        }
        // Different keys may share their high half; each round takes those of the first record that is left.
        let mut left: Vec<u32> = run.iter().map(|keyed| low(*keyed)).collect();
        while let Some(first) = left.first().copied() {
            let start = rows.len();
            left.retain(|row| {
                let taken = rule.takes(data.row(first), data.row(*row));
                if taken {
                    rows.push(*row);
                }
                !taken
            });
            if rows.len() - start > 1 {
                bounds.push((u32::try_from(start).unwrap_or_default(), u32::try_from(rows.len()).unwrap_or_default()));
            } else {
                rows.truncate(start);
            }
        }
    }
    Groups { rows, bounds }
}
