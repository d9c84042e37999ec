//! The slow, obvious search over what is visible of a world.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    answers::{Around, Hit, Oracle, Way, key},
    world::World,
};

/// Everything visible, spelt out.
pub(crate) struct Naive {
    nodes: usize,
    entities: usize,
    exists: BTreeSet<usize>,
    links: BTreeSet<Hit>,
    /// The least member of each node's cluster.
    thing: BTreeMap<usize, usize>,
}

impl Naive {
    pub(crate) fn new(world: &World) -> Self {
        let entities = world.markings.len();
        let mut exists: BTreeSet<usize> = (0..entities).filter(|entity| world.has_entity(*entity)).collect();
        let open = world.links.iter().filter(|link| world.sees(link.needs.0) && world.sees(link.needs.1));
        let there = |node: usize| node >= entities || world.has_entity(node);
        let links: BTreeSet<Hit> = open.filter(|link| there(link.source) && there(link.target)).map(|link| (link.label, link.source, link.target)).collect();
        exists.extend(links.iter().flat_map(|(_, source, target)| [*source, *target]));
        let mut thing: BTreeMap<usize, usize> = exists.iter().map(|node| (*node, *node)).collect();
        for _ in 0..entities {
            for (a, b) in world.same.iter().filter(|(a, b)| exists.contains(a) && exists.contains(b)) {
                let least = thing[a].min(thing[b]);
                thing.extend([(*a, least), (*b, least)]);
            }
        }
        Self { nodes: world.nodes(), entities, exists, links, thing }
    }

    fn members(&self, thing: usize) -> Vec<usize> {
        self.thing.iter().filter(|(_, leader)| **leader == thing).map(|(node, _)| *node).collect()
    }

    fn representative(&self, thing: usize) -> usize {
        self.members(thing).into_iter().min_by_key(|node| self.place(*node)).unwrap()
    }

    /// Entities by key, then values by text (of one digit).
    fn place(&self, node: usize) -> (bool, usize) {
        if node >= self.entities { (true, node) } else { (false, key(node)) }
    }

    fn next(&self, thing: usize) -> BTreeSet<usize> {
        let ends = self.links.iter().map(|(_, source, target)| (self.thing[source], self.thing[target]));
        ends.flat_map(|(a, b)| [(a, b), (b, a)]).filter(|(from, to)| *from == thing && *to != thing).map(|(_, to)| to).collect()
    }

    /// Distance of everything from a thing.
    fn distances(&self, thing: usize) -> BTreeMap<usize, u32> {
        let mut known = BTreeMap::from([(thing, 0)]);
        for distance in 1.. {
            let front: Vec<usize> = known.iter().filter(|(_, at)| **at == distance - 1).map(|(thing, _)| *thing).collect();
            if front.is_empty() {
                break;
            }
            for next in front.into_iter().flat_map(|thing| self.next(thing)) {
                known.entry(next).or_insert(distance);
            }
        }
        known
    }

    fn ways(&self, from: usize, left: &BTreeMap<usize, u32>) -> Vec<Vec<usize>> {
        let Some(more) = left[&from].checked_sub(1) else { return vec![vec![from]] };
        let next = self.next(from).into_iter().filter(|next| left.get(next) == Some(&more));
        next.flat_map(|next| self.ways(next, left))
            .map(|mut way| {
                way.insert(0, from);
                way
            })
            .collect()
    }

    fn spell(&self, way: &[usize]) -> Way {
        let labels = way.windows(2).map(|pair| {
            let labels = self.links.iter().filter(|(_, source, target)| {
                let ends = [self.thing[source], self.thing[target]];
                ends == [pair[0], pair[1]] || ends == [pair[1], pair[0]]
            });
            labels.map(|hit| hit.0).min_by_key(|label| label_key(*label)).unwrap()
        });
        (way.iter().map(|thing| self.representative(*thing)).collect(), labels.collect())
    }
}

fn label_key(label: usize) -> (bool, usize) {
    if label >= 100 { (true, label) } else { (false, key(label)) }
}

fn sorted<T, K: Ord>(mut items: Vec<T>, by: impl Fn(&T) -> K) -> Vec<T> {
    items.sort_by_key(by);
    items
}

impl Oracle for Naive {
    fn nodes(&self) -> usize {
        self.nodes
    }

    fn exists(&self, node: usize) -> bool {
        self.exists.contains(&node)
    }

    fn cluster(&self, node: usize) -> Vec<usize> {
        if node >= self.entities || !self.exists(node) { Vec::new() } else { sorted(self.members(self.thing[&node]), |member| key(*member)) }
    }

    fn degree(&self, node: usize) -> usize {
        if self.exists(node) { self.next(self.thing[&node]).len() } else { 0 }
    }

    fn between(&self, a: usize, b: usize) -> Vec<Hit> {
        if !self.exists(a) || !self.exists(b) {
            return Vec::new();
        }
        let wanted = BTreeSet::from([self.thing[&a], self.thing[&b]]);
        let between = self.links.iter().filter(|(_, source, target)| BTreeSet::from([self.thing[source], self.thing[target]]) == wanted);
        sorted(between.copied().collect(), |(label, source, target)| (label_key(*label), self.place(*source), self.place(*target)))
    }

    fn neighbours(&self, node: usize, depth: u32, limit: Option<usize>) -> Around {
        if !self.exists(node) {
            return Around::default();
        }
        let mut near: Vec<(usize, u32)> = self.distances(self.thing[&node]).into_iter().filter(|(_, hop)| *hop <= depth).collect();
        near.sort_by_key(|(thing, hop)| (*hop, self.place(self.representative(*thing))));
        let kept = near.len().min(limit.map_or(near.len(), |limit| limit + 1));
        let left_out = near.len() - kept;
        let hops: BTreeMap<usize, u32> = near.into_iter().take(kept).collect();
        let links = self.links.iter().filter(|(_, source, target)| {
            let ends = [source, target].map(|end| hops.get(&self.thing[end]));
            matches!(ends, [Some(a), Some(b)] if a.min(b) < &depth)
        });
        let nodes = hops.iter().flat_map(|(thing, hop)| self.members(*thing).into_iter().map(|member| (member, *hop)));
        (nodes.collect(), links.copied().collect(), left_out)
    }

    fn path(&self, a: usize, b: usize, max: u32) -> Option<Way> {
        self.all(a, b, max, usize::MAX).0.into_iter().next()
    }

    fn all(&self, a: usize, b: usize, max: u32, most: usize) -> (Vec<Way>, bool) {
        if !self.exists(a) || !self.exists(b) {
            return (Vec::new(), false);
        }
        let left = self.distances(self.thing[&b]);
        if left.get(&self.thing[&a]).is_none_or(|length| *length > max) {
            return (Vec::new(), false);
        }
        let mut ways: Vec<Way> = self.ways(self.thing[&a], &left).iter().map(|way| self.spell(way)).collect();
        ways.sort_by_key(|(nodes, _)| nodes.iter().map(|node| self.place(*node)).collect::<Vec<_>>());
        let truncated = ways.len() > most;
        ways.truncate(most);
        (ways, truncated)
    }
}
