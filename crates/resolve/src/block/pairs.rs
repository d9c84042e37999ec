//! All candidate pairs of a list of rules, each once.

use rayon::prelude::*;

use crate::{
    block::{
        groups::{Groups, grouped, groups},
        rule::Rule,
    },
    data::Data,
};

/// Largest group of which all pairs are compared.
const LARGEST: usize = 1_500;
/// In a group that nothing makes smaller, each record is compared with this many that come after it.
const WINDOW: usize = 40;
/// Marks of one record: as many as rules there may be.
pub(crate) const MARKS: usize = 32;
/// Pairs handed out at a time.
const CHUNK: usize = 40_000;

/// Rules in the order in which they take pairs.
#[derive(Debug)]
pub(crate) struct Plan<'d> {
    pub(crate) data: &'d Data,
    pub(crate) rules: Vec<Rule>,
    /// What a group that is too large is split by.
    pub(crate) narrower: Vec<Rule>,
    /// By record and rule, a few bits of the rule's key: where two records have different ones no rule takes both. Those of
    /// one record are in one line of the processor's cache.
    marks: Vec<u16>,
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

impl<'d> Plan<'d> {
    pub(crate) fn new(data: &'d Data, rules: Vec<Rule>) -> Self {
        let mut marks = vec![0_u16; data.rows * MARKS];
        marks.par_chunks_mut(MARKS * 1024).enumerate().for_each(|(chunk, marks)| {
            for (place, marks) in marks.chunks_mut(MARKS).enumerate() {
                let row = u32::try_from(chunk * 1024 + place).unwrap_or(u32::MAX);
                let values = data.row(row);
                for (mark, rule) in marks.iter_mut().zip(&rules) {
                    // A record without a key shares it with none; its own number will do, for a meeting by chance is found out.
                    *mark = (rule.key(values).unwrap_or(u64::from(row)) & 0xffff) as u16;
                }
            }
        });
        Self { data, narrower: rules.clone(), rules, marks }
    }

    /// Records grouped by a rule, of one in `every` of its keys.
    fn groups(&self, rule: &Rule, rows: &[u32], every: u64) -> Groups {
        let key = |row: u32| Some(((rule.key(self.data.row(row))? >> 32) as u32, row)).filter(|(mark, _)| every <= 1 || u64::from(*mark).is_multiple_of(every));
        let parts: Vec<Vec<(u32, u32)>> = rows.par_chunks(65_536).map(|rows| rows.iter().filter_map(|row| key(*row)).collect()).collect();
        grouped(self.data, rule, parts.into_iter().flatten())
    }

    #[inline]
    fn marks(&self, row: u32) -> &[u16] {
        self.marks.get(row as usize * MARKS..(row as usize + 1) * MARKS).unwrap_or_default()
    }

    /// Whether one of the first rules takes two records.
    #[inline]
    fn taken(&self, rules: usize, (a, marks): (u32, &[u16]), b: u32) -> bool {
        let (Some(left), Some(right)) = (marks.get(..rules), self.marks(b).get(..rules)) else { return false };
        // All are compared, for that takes less time than to stop at the first.
        let meet = left.iter().zip(right).fold(0_u16, |meet, (a, b)| meet | u16::from(a == b));
        meet != 0
            && self
                .rules
                .iter()
                .take(rules)
                .zip(left.iter().zip(right))
                .any(|(rule, (one, other))| one == other && rule.takes(self.data.row(a), self.data.row(b)))
    }

    /// Hands out every pair once; `fold` takes pairs into an accumulator, one for each chunk, in order. With `every` above
    /// one, only that share of the keys of each rule is looked at.
    pub(crate) fn each<A: Send>(
        &self,
        rows: &[u32],
        every: u64,
        fold: impl Fn(&mut A, u32, u32) + Sync,
        new: impl Fn() -> A + Sync,
        mut take: impl FnMut(A),
    ) -> (u64, Vec<Skewed>) {
        let (mut compared, mut skewed) = (0, Vec::new());
        for (number, rule) in self.rules.iter().enumerate() {
            let found = self.groups(rule, rows, every);
            let split = self.split(number, &found);
            let tasks = found.iter().filter(|group| group.len() <= LARGEST).map(|group| Task { group, split: None, window: usize::MAX });
            let parts = split.iter().flat_map(|(narrow, parts)| {
                parts.iter().map(move |group| Task { group, split: *narrow, window: if group.len() <= LARGEST { usize::MAX } else { WINDOW } })
            });
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
                let compared = split
                    .iter()
                    .flat_map(|(_, parts)| parts.iter())
                    .filter(|part| part.iter().all(|row| group.contains(row)))
                    .map(|part| (part.len() * (part.len() - 1) / 2) as u64)
                    .sum();
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
        let narrower = task.split.unwrap_or(0);
        let mut count = 0;
        for (place, a) in task.group.iter().enumerate() {
            let rest = task.group.get(place + 1..).unwrap_or_default();
            let marks = self.marks(*a);
            for b in rest.iter().take(task.window) {
                if self.taken(rule, (*a, marks), *b) || narrower > rule && self.taken(narrower, (*a, marks), *b) {
                    continue;
                }
                count += 1;
                each((*a).min(*b), (*a).max(*b));
            }
        }
        count
    }
}
