//! Shortest paths: the first that is met, or all of them.

use rustc_hash::FxHashMap;

use crate::{
    node::{LinkLabel, NodeNo},
    scratch::Scratch,
    search::{Meeting, Wanted},
    view::View,
};

/// A way from one thing to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The things on the way, both ends included. Of entities judged the same the first by key stands for all.
    pub nodes: Vec<NodeNo>,
    /// The link from each node to the next. Where several join the same two, the first: entities by key, then
    /// properties. [`View::between`] has the others.
    pub links: Vec<LinkLabel>,
}

impl View {
    /// A shortest path of at most `max` links, walked in either direction; of several always the same one. `None` where
    /// there is none or an end does not exist.
    #[must_use]
    pub fn path(&self, a: NodeNo, b: NodeNo, max: u32) -> Option<Path> {
        let (start, goal) = (self.thing(a)?, self.thing(b)?);
        if start == goal {
            return Some(self.spell(&[start]));
        }
        let mut scratch = self.data.pool.take(self.data.len());
        let meeting = self.meet(&mut scratch, start, goal, max, Wanted::One)?;
        let crossing = *meeting.things.first()?;
        let mut things = self.walk(&scratch, &meeting, crossing, 0);
        things.reverse();
        things.push(crossing);
        things.extend(self.walk(&scratch, &meeting, crossing, 1));
        Some(self.spell(&things))
    }

    /// All shortest paths, if they have at most `max_length` links: the first `max_paths` of them in order of their
    /// nodes from `a` on, and whether there are more. Paths differ in their nodes; of parallel links one is named.
    #[must_use]
    pub fn all_shortest_paths(&self, a: NodeNo, b: NodeNo, max_length: u32, max_paths: usize) -> (Vec<Path>, bool) {
        let (Some(start), Some(goal)) = (self.thing(a), self.thing(b)) else { return (Vec::new(), false) };
        if start == goal {
            let paths = if max_paths == 0 { Vec::new() } else { vec![self.spell(&[start])] };
            return (paths, max_paths == 0);
        }
        let mut scratch = self.data.pool.take(self.data.len());
        let Some(meeting) = self.meet(&mut scratch, start, goal, max_length, Wanted::All) else { return (Vec::new(), false) };
        let after = self.ways(&scratch, &meeting);
        drop(scratch);
        let mut paths = Vec::new();
        let mut things = vec![start];
        // Per thing on the way, how many of its successors were taken.
        let mut turns = vec![0];
        while let (Some(turn), Some(thing)) = (turns.last_mut(), things.last()) {
            let next = after.get(thing).and_then(|next| next.get(*turn)).copied();
            *turn += 1;
            match next {
                None => {
                    things.pop();
                    turns.pop();
                }
                Some(next) if next != goal => {
                    things.push(next);
                    turns.push(0);
                }
                Some(_) if paths.len() == max_paths => return (paths, true),
                Some(_) => {
                    things.push(goal);
                    paths.push(self.spell(&things));
                    things.pop();
                }
            }
        }
        (paths, false)
    }

    /// Things between a crossing and the end of one side, the end included.
    fn walk(&self, scratch: &Scratch, meeting: &Meeting, crossing: u32, side: usize) -> Vec<u32> {
        let mut at = crossing;
        let distances = (0..meeting.reached.get(side).copied().unwrap_or(0)).rev();
        distances
            .map_while(|distance| {
                at = self.each_thing(at).find(|other| meeting.lies_at(scratch, *other, side, distance))?;
                Some(at)
            })
            .collect()
    }

    /// What follows each thing on shortest paths, in order.
    fn ways(&self, scratch: &Scratch, meeting: &Meeting) -> FxHashMap<u32, Vec<u32>> {
        let mut after: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for side in [0, 1] {
            let mut level = meeting.things.clone();
            for distance in (0..meeting.reached.get(side).copied().unwrap_or(0)).rev() {
                let mut outer = Vec::new();
                for thing in level {
                    for other in self.each_thing(thing).filter(|other| meeting.lies_at(scratch, *other, side, distance)) {
                        let (from, to) = if side == 0 { (other, thing) } else { (thing, other) };
                        after.entry(from).or_default().push(to);
                        outer.push(other);
                    }
                }
                outer.sort_unstable();
                outer.dedup();
                level = outer;
            }
        }
        for next in after.values_mut() {
            next.sort_unstable();
            next.dedup();
        }
        after
    }

    /// A path through things in nodes and links.
    fn spell(&self, things: &[u32]) -> Path {
        let links = things.windows(2).filter_map(|pair| match pair {
            [from, to] => self.first_label(*from, *to),
            _ => None,
        });
        Path { nodes: things.iter().map(|thing| self.data.node(*thing)).collect(), links: links.collect() }
    }
}
