//! Records grouped by the key of a rule.

use crate::{block::rule::Rule, data::Data};

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
    sort_by_high_half(&mut keyed);
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

/// Sorts numbers by their high 32 bits, keeping the order of equal ones, eleven bits a round.
fn sort_by_high_half(numbers: &mut Vec<u64>) {
    if numbers.len() < 4096 {
        numbers.sort_by_key(|number| number >> 32);
        return;
    }
    let mut other = vec![0_u64; numbers.len()];
    for shift in [32, 43, 54] {
        let digit = |number: u64| usize::try_from(number >> shift & 0x7ff).unwrap_or_default();
        let mut starts = vec![0_usize; 2049];
        for number in numbers.iter() {
            if let Some(count) = starts.get_mut(digit(*number) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        for number in numbers.iter() {
            if let Some(start) = starts.get_mut(digit(*number)) {
                if let Some(slot) = other.get_mut(*start) {
                    *slot = *number;
                }
                *start += 1;
            }
        }
        std::mem::swap(numbers, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting() {
        let mut sequence = crate::random::Sequence(7);
        let mut numbers: Vec<u64> = (0..10_000).map(|_| sequence.next() % (1 << 40)).collect();
        let mut expected = numbers.clone();
        expected.sort_by_key(|number| number >> 32);
        sort_by_high_half(&mut numbers);
        assert_eq!(numbers, expected);
    }
}
