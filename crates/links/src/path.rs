//! Shortest paths: one, chosen by what people see of its nodes, or all of them.

use rustc_hash::FxHashMap;

use crate::{
    node::{LinkLabel, NodeNo, Order, compare_labels},
    scratch::Scratch,
    search::Meeting,
    view::View,
};

/// A way from one thing to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The things on the way, both ends included. Of entities judged the same the first by the order given stands for
    /// all.
    pub nodes: Vec<NodeNo>,
    /// The link from each node to the next. Where several join the same two, the first: entities before properties,
    /// entities by the order given. [`View::between`] has the others.
    pub links: Vec<LinkLabel>,
}

impl View {
    /// A shortest path of at most `max` links, of several the one whose nodes come first by `order`; links are walked
    /// in either direction. `None` where there is none or an end does not exist.
    #[must_use]
    pub fn path(&self, a: NodeNo, b: NodeNo, max: u32, order: Order<'_>) -> Option<Path> {
        let (start, goal) = (self.thing(a)?, self.thing(b)?);
        let mut things = vec![start];
        if start != goal {
            let mut scratch = self.data.pool.take(self.data.len());
            let meeting = self.meet(&mut scratch, start, goal, max)?;
            let mut at = start;
            for step in 1..=meeting.length {
                at = self.first_on_way(&scratch, &meeting, at, step, order)?;
                things.push(at);
            }
        }
        Some(self.spell(&things, order))
    }

    /// All shortest paths, if they have at most `max_length` links, in order of their nodes by `order`: the first
    /// `max_paths` of them, and whether there are more. Paths differ in their nodes; of parallel links one is named.
    #[must_use]
    pub fn all_shortest_paths(&self, a: NodeNo, b: NodeNo, max_length: u32, max_paths: usize, order: Order<'_>) -> (Vec<Path>, bool) {
        let (Some(start), Some(goal)) = (self.thing(a), self.thing(b)) else { return (Vec::new(), false) };
        if start == goal {
            let paths = if max_paths == 0 { Vec::new() } else { vec![self.spell(&[start], order)] };
            return (paths, max_paths == 0);
        }
        let mut scratch = self.data.pool.take(self.data.len());
        let Some(meeting) = self.meet(&mut scratch, start, goal, max_length) else { return (Vec::new(), false) };
        let mut ways = Ways { view: self, scratch: &scratch, meeting: &meeting, order, after: FxHashMap::default() };
        let mut paths = Vec::new();
        let mut things = vec![start];
        let mut turns = vec![0];
        while let Some(turn) = turns.last_mut() {
            let step = things.len();
            let next = things.last().and_then(|thing| ways.after(*thing, step, *turn));
            *turn += 1;
            let Some(next) = next else {
                things.pop();
                turns.pop();
                continue;
            };
            things.push(next);
            if next != goal {
                turns.push(0);
                continue;
            }
            if paths.len() == max_paths {
                return (paths, true);
            }
            paths.push(self.spell(&things, order));
            things.pop();
        }
        (paths, false)
    }

    fn first_on_way(&self, scratch: &Scratch, meeting: &Meeting, thing: u32, step: u32, order: Order<'_>) -> Option<u32> {
        let mut first: Option<(NodeNo, u32)> = None;
        self.each_thing(thing, |next| {
            if meeting.is_on_way(scratch, next, step) && first.is_none_or(|(_, known)| known != next) {
                let node = self.representative(next, order);
                if first.is_none_or(|(known, _)| order(node, known).is_lt()) {
                    first = Some((node, next));
                }
            }
        });
        first.map(|(_, next)| next)
    }

    /// A path through things in nodes and links.
    fn spell(&self, things: &[u32], order: Order<'_>) -> Path {
        let links = things.windows(2).filter_map(|pair| match pair {
            [from, to] => self.hits_between(*from, *to).map(|hit| hit.label).min_by(|a, b| compare_labels(*a, *b, order)),
            _ => None,
        });
        Path { nodes: things.iter().map(|thing| self.representative(*thing, order)).collect(), links: links.collect() }
    }
}

/// What comes after each thing on shortest paths, found once for each.
struct Ways<'a> {
    view: &'a View,
    scratch: &'a Scratch,
    meeting: &'a Meeting,
    order: Order<'a>,
    after: FxHashMap<u32, Vec<u32>>,
}

impl Ways<'_> {
    /// The `turn`th thing that comes `step` links from the start after `thing`.
    fn after(&mut self, thing: u32, step: usize, turn: usize) -> Option<u32> {
        let (view, scratch, meeting, order) = (self.view, self.scratch, self.meeting, self.order);
        let known = self.after.entry(thing).or_insert_with(|| {
            let step = u32::try_from(step).unwrap_or(u32::MAX);
            let mut next = Vec::new();
            view.each_thing(thing, |other| {
                if meeting.is_on_way(scratch, other, step) {
                    next.push((other, view.representative(other, order)));
                }
            });
            next.sort_unstable_by_key(|(other, _)| *other);
            next.dedup_by_key(|(other, _)| *other);
            next.sort_by(|a, b| order(a.1, b.1));
            next.into_iter().map(|(other, _)| other).collect()
        });
        known.get(turn).copied()
    }
}
