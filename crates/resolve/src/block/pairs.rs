//! All candidate pairs of a list of rules, each once.

use rayon::prelude::*;

use crate::{
    block::{groups::{Groups, groups}, rule::Rule},
    data::Data,
};

/// Largest group of which all pairs are compared.
const LARGEST: usize = 1_500;
/// In a group that nothing makes smaller, each record is compared with this many that come after it.
const WINDOW: usize = 40;
/// Pairs handed out at a time.
const CHUNK: usize = 40_000;

/// Rules in the order in which they take pairs.
#[derive(Debug)]
pub(crate) struct Plan<'d> {
    pub(crate) data: &'d Data,
    pub(crate) rules: Vec<Rule>,
    /// What a group that is too large is split by.
    pub(crate) narrower: Vec<Rule>,
}

/// A group that was too large.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Skewed {
    pub(crate) rule: usize,
    /// A record of it.
    pub(crate) example: u32,
    pub(crate) records: usize,
    /// Pairs of it that were compared instead of all.
    pub(crate) compared: u64,
}

/// Pairs to compare: a group, or what an oversized group was split into.
struct Task<'g> {
    group: &'g [u32],
    /// The rule by which the group was split, if it was.
    split: Option<usize>,
    /// How many neighbours each record is compared with.
    window: usize,
}

impl Plan<'_> {
    /// Hands out every pair once; `fold` takes pairs into an accumulator, one for each chunk, in order. With `every` above
    /// one, only that share of the keys of each rule is looked at.
    pub(crate) fn each<A: Send>(&self, rows: &[u32], every: u64, fold: impl Fn(&mut A, u32, u32) + Sync, new: impl Fn() -> A + Sync, mut take: impl FnMut(A)) -> (u64, Vec<Skewed>) {
        let (mut compared, mut skewed) = (0, Vec::new());
        for (number, rule) in self.rules.iter().enumerate() {
            let found = groups(self.data, rule, rows, every);
            let split = self.split(number, &found);
            let tasks = found.iter().filter(|group| group.len() <= LARGEST).map(|group| Task { group, split: None, window: usize::MAX });
            let parts = split.iter().flat_map(|(narrow, parts)| parts.iter().map(move |group| Task { group, split: *narrow, window: if group.len() <= LARGEST { usize::MAX } else { WINDOW } }));
            let mut chunks: Vec<Vec<Task<'_>>> = vec![Vec::new()];
            let mut size = 0;
            for task in tasks.chain(parts) {
                size += task.group.len() * (task.group.len() - 1).min(task.window) / 2 + 1;
                if let Some(last) = chunks.last_mut() {
                    last.push(task);
                }
                if size > CHUNK {
                    chunks.push(Vec::new());
                    size = 0;
                }
            }
            for wave in chunks.chunks(64) {
                let done: Vec<(A, u64)> = wave
                    .par_iter()
                    .map(|tasks| {
                        let mut into = new();
                        let count = tasks.iter().map(|task| self.run(number, task, &mut |a, b| fold(&mut into, a, b))).sum();
                        (into, count)
                    })
                    .collect();
                for (into, count) in done {
                    compared += count;
                    take(into);
                }
            }
            for group in found.iter().filter(|group| group.len() > LARGEST) {
                let compared = split.iter().flat_map(|(_, parts)| parts.iter()).filter(|part| part.iter().all(|row| group.contains(row))).map(|part| (part.len() * (part.len() - 1) / 2) as u64).sum();
                skewed.push(Skewed { rule: number, example: group.first().copied().unwrap_or(0), records: group.len(), compared });
            }
        }
        (compared, skewed)
    }

    /// Splits the groups that are too large, by each narrower rule in turn; a pair is taken by the first that takes it.
    fn split(&self, _rule: usize, found: &Groups) -> Vec<(Option<usize>, Groups)> {
        let large: Vec<&[u32]> = found.iter().filter(|group| group.len() > LARGEST).collect();
        let mut parts: Vec<(Option<usize>, Groups)> = self.narrower.iter().enumerate().map(|(place, _)| (Some(place), Groups::default())).collect();
        for group in large {
            for ((_, into), narrow) in parts.iter_mut().zip(&self.narrower) {
                let found = groups(self.data, narrow, group, 1);
                let shift = u32::try_from(into.rows.len()).unwrap_or_default();
                into.rows.extend(&found.rows);
                into.bounds.extend(found.bounds.iter().map(|(from, to)| (from + shift, to + shift)));
            }
        }
        parts.retain(|(_, groups)| !groups.bounds.is_empty());
        parts
    }

    fn run(&self, rule: usize, task: &Task<'_>, each: &mut impl FnMut(u32, u32)) -> u64 {
        let earlier = self.rules.get(..rule).unwrap_or_default();
        let narrower = task.split.and_then(|split| self.narrower.get(..split)).unwrap_or_default();
        let mut count = 0;
        for (place, a) in task.group.iter().enumerate() {
            let left = self.data.row(*a);
            let rest = task.group.get(place + 1..).unwrap_or_default();
            for b in rest.iter().take(task.window) {
                let right = self.data.row(*b);
                if earlier.iter().chain(narrower).any(|rule| rule.takes(left, right)) {
                    continue;
                }
                count += 1;
                each((*a).min(*b), (*a).max(*b));
            }
        }
        count
    }
}
