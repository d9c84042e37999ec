//! What lies within so many links of a thing.

use crate::{
    node::{LinkHit, NodeNo},
    scratch::Scratch,
    view::View,
};

/// What was found around a node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Neighbourhood {
    /// Nodes with the least number of links to each, nearest first. Entities judged the same stand under the same
    /// number, each of them.
    pub nodes: Vec<(NodeNo, u32)>,
    /// Every link of which an end lies nearer than the depth asked for, between nodes found, each once.
    pub links: Vec<LinkHit>,
    /// Things (entities judged the same counting as one) within the depth that a limit left out.
    pub left_out: usize,
}

impl View {
    /// All that lies within `depth` links of a node, with the links; nothing where the node does not exist. Nothing is
    /// left out, so around a hub it may be large: see [`View::neighbours_up_to`].
    #[must_use]
    pub fn neighbours(&self, node: NodeNo, depth: u32) -> Neighbourhood {
        let Some(start) = self.thing(node) else { return Neighbourhood::default() };
        let mut scratch = self.data.pool.take(self.data.len());
        let things = self.reach(&mut scratch, start, depth);
        let found = self.gather(&scratch, &things, depth);
        scratch.base += depth_mark(&things) + 2;
        found
    }

    /// As [`View::neighbours`], but the nearest `limit` things only (the node's own not counted), among equally near
    /// ones the first by key; says how many were left out.
    #[must_use]
    pub fn neighbours_up_to(&self, node: NodeNo, depth: u32, limit: usize) -> Neighbourhood {
        let Some(start) = self.thing(node) else { return Neighbourhood::default() };
        let mut scratch = self.data.pool.take(self.data.len());
        let mut things = self.reach(&mut scratch, start, depth);
        let farthest = depth_mark(&things);
        let keep = limit.saturating_add(1);
        let left_out = things.len().saturating_sub(keep);
        if left_out > 0 {
            things.sort_unstable_by_key(|(thing, hop)| (*hop, *thing));
            things.drain(keep..).for_each(|(thing, _)| scratch.set_mark(thing, 0, 0));
        }
        let found = Neighbourhood { left_out, ..self.gather(&scratch, &things, depth) };
        scratch.base += farthest + 2;
        found
    }

    /// Number of other things that links lead to; 0 where the node does not exist.
    #[must_use]
    pub fn degree(&self, node: NodeNo) -> usize {
        let Some(start) = self.thing(node) else { return 0 };
        let mut scratch = self.data.pool.take(self.data.len());
        let base = scratch.base;
        scratch.set_mark(start, 0, base);
        let mut degree = 0;
        for thing in self.each_thing(start) {
            if scratch.mark(thing, 0) < base {
                scratch.set_mark(thing, 0, base);
                degree += 1;
            }
        }
        scratch.base += 2;
        degree
    }

    /// Things within `depth` with their distances, nearest first; each is marked with `base` plus its distance.
    fn reach(&self, scratch: &mut Scratch, start: u32, depth: u32) -> Vec<(u32, u32)> {
        let base = scratch.base;
        scratch.set_mark(start, 0, base);
        let mut things = vec![(start, 0)];
        let mut from = 0;
        for hop in 1..=depth {
            let to = things.len();
            if from == to {
                break;
            }
            for at in from..to {
                let Some((thing, _)) = things.get(at).copied() else { continue };
                self.each_thing(thing).for_each(|next| {
                    if scratch.mark(next, 0) < base {
                        scratch.set_mark(next, 0, base + hop);
                        things.push((next, hop));
                    }
                });
            }
            from = to;
        }
        things
    }

    /// Members of the things, and the links between them that start out from one nearer than the depth.
    fn gather(&self, scratch: &Scratch, things: &[(u32, u32)], depth: u32) -> Neighbourhood {
        let base = scratch.base;
        let mut found = Neighbourhood { nodes: Vec::with_capacity(things.len()), ..Neighbourhood::default() };
        for (thing, hop) in things {
            found.nodes.extend(self.members(*thing).map(|member| (self.data.node(member), *hop)));
            if *hop >= depth {
                continue;
            }
            self.each_link(*thing).for_each(|(other, leads_here, hit)| {
                // Of two ends looked at, the nearer tells of the link; of equally near ones, its source.
                let mark = scratch.mark(other, 0);
                if mark > base + hop || (mark == base + hop && !leads_here) {
                    found.links.push(hit);
                }
            });
        }
        found
    }
}

/// Distance of the farthest, for things in order of distance.
fn depth_mark(things: &[(u32, u32)]) -> u32 {
    things.last().map_or(0, |(_, hop)| *hop)
}
