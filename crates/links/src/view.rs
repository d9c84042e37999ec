//! What one set of visible markings leaves of the graph.
//!
//! Searches work on *things*: an entity with all it is judged to be the same as, or a value. Inside, a thing goes by
//! the position of its leader, the first of its visible members. Positions are in public order and rows are sorted by
//! them, so whatever a search meets first it meets first in the twin world too.

use std::sync::Arc;

use candour_model::{id::EntityNo, types::TypeKind, visible::Visible};

use crate::{
    adjacency::End,
    bits::Bits,
    clusters::Clusters,
    graph::Data,
    node::{LinkHit, LinkLabel, NodeNo},
};

/// The graph as one set of visible markings leaves it. It holds on to the graph it was made from.
///
/// Answers, their order included, depend on nothing but what is visible and the keys given to
/// [`crate::GraphBuilder::finish`].
#[derive(Debug)]
pub struct View {
    pub(crate) data: Arc<Data>,
    gates: Bits,
    /// Entities that exist, and all values: a value that an open link leads to exists.
    nodes: Bits,
    clusters: Clusters,
}

impl View {
    pub(crate) fn new(data: Arc<Data>, visible: &Visible) -> Self {
        let gates = data.gates.open(visible);
        let mut nodes = Bits::with_bound(data.len());
        data.presence.open(visible, &mut nodes);
        (data.places.entities()..).take(data.values.len()).for_each(|value| nodes.set(value));
        let clusters = Clusters::new(&data.same, &nodes, visible);
        Self { data, gates, nodes, clusters }
    }

    /// Whether the node exists: an entity of which anything is seen, a value that something seen has.
    #[must_use]
    pub fn exists(&self, node: NodeNo) -> bool {
        self.thing(node).is_some()
    }

    /// The node of a value, if it exists.
    #[must_use]
    pub fn find_value(&self, kind: TypeKind, value: &str) -> Option<NodeNo> {
        let node = NodeNo::of_value(self.data.values.find(kind, value)?);
        self.exists(node).then_some(node)
    }

    /// All entities judged the same as this one, itself among them, over visible entities alone, in order
    /// of their keys; empty where it does not exist.
    #[must_use]
    pub fn cluster(&self, entity: EntityNo) -> Vec<EntityNo> {
        let Some(thing) = self.thing(NodeNo::of(entity)) else { return Vec::new() };
        self.members(thing).filter_map(|member| self.data.node(member).entity()).collect()
    }

    /// The node that stands for a thing: of all entities judged the same as this one the first by key. A value stands
    /// for itself; `None` where the node does not exist.
    #[must_use]
    pub fn leader(&self, node: NodeNo) -> Option<NodeNo> {
        self.thing(node).map(|thing| self.data.node(thing))
    }

    /// The links between two things, in either direction, in order of their labels: entities by key, then properties.
    #[must_use]
    pub fn between(&self, a: NodeNo, b: NodeNo) -> Vec<LinkHit> {
        let (Some(a), Some(b)) = (self.thing(a), self.thing(b)) else { return Vec::new() };
        self.ends_between(a, b).into_iter().map(|(row, end)| self.hit(row, end)).collect()
    }

    /// Memory held on top of the graph's, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.gates.bytes() + self.nodes.bytes() + self.clusters.bytes()
    }

    /// The thing that a node belongs to, if it exists.
    pub(crate) fn thing(&self, node: NodeNo) -> Option<u32> {
        let position = self.data.position(node)?;
        if node.is_value() { self.each_end(position).next().map(|_| position) } else { self.nodes.get(position).then(|| self.leader_of(position)) }
    }

    #[inline]
    fn leader_of(&self, position: u32) -> u32 {
        self.data.same.rank(position).and_then(|rank| self.clusters.leader(rank)).unwrap_or(position)
    }

    /// Positions of a thing's members, ascending.
    #[inline]
    pub(crate) fn members(&self, thing: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        let members = self.data.same.rank(thing).and_then(|rank| self.clusters.members(rank)).unwrap_or_default();
        members.iter().copied().chain(members.is_empty().then_some(thing))
    }

    /// Nodes at the other ends of a node's visible links, as often as links lead there.
    #[inline]
    fn each_end(&self, position: u32) -> impl Iterator<Item = u32> + '_ {
        self.data.rows.row(position).filter(|(node, gate)| self.gates.get(gate >> 1) && self.nodes.get(*node)).map(|(node, _)| node)
    }

    /// Things at the other ends of a thing's visible links, as often as links lead there.
    #[inline]
    pub(crate) fn each_thing(&self, thing: u32) -> impl Iterator<Item = u32> + '_ {
        self.members(thing).flat_map(|member| self.each_end(member)).map(|node| self.leader_of(node))
    }

    /// Visible links of a thing, seen from it: the thing at the other end, whether the link leads here, the link.
    #[inline]
    pub(crate) fn each_link(&self, thing: u32) -> impl Iterator<Item = (u32, bool, LinkHit)> + '_ {
        self.members(thing).flat_map(move |member| {
            let ends = self.data.rows.ends(member).filter(|end| self.gates.get(end.gate >> 1) && self.nodes.get(end.node));
            ends.map(move |end| (self.leader_of(end.node), end.leads_here(), self.hit(member, end)))
        })
    }

    /// Label of the first link between two things.
    pub(crate) fn first_label(&self, a: u32, b: u32) -> Option<LinkLabel> {
        self.ends_between(a, b).first().map(|(_, end)| self.label(*end))
    }

    /// Visible links between two things, each once, as ends in rows, in order of their labels.
    fn ends_between(&self, a: u32, b: u32) -> Vec<(u32, End)> {
        let mut found = Vec::new();
        for from in self.members(a) {
            for to in self.members(b) {
                // The shorter row is the cheaper to look into; a hub's is long.
                let (row, other) = if self.data.rows.row_length(from) <= self.data.rows.row_length(to) { (from, to) } else { (to, from) };
                // Inside one thing a link is met from both its ends, so there it counts where it starts.
                let ends = self.data.rows.ends_at(row, other).filter(|end| self.gates.get(end.gate >> 1));
                found.extend(ends.filter(|end| a != b || (row == from) != end.leads_here()).map(|end| (row, end)));
            }
        }
        found.sort_unstable_by_key(|(row, end)| (end.label, if end.leads_here() { (end.node, *row) } else { (*row, end.node) }));
        found
    }

    fn hit(&self, row: u32, end: End) -> LinkHit {
        let (here, there) = (self.data.node(row), self.data.node(end.node));
        let (source, target) = if end.leads_here() { (there, here) } else { (here, there) };
        LinkHit { label: self.label(end), source, target }
    }

    fn label(&self, end: End) -> LinkLabel {
        match LinkLabel::unpack(end.label) {
            LinkLabel::Entity(position) => LinkLabel::Entity(EntityNo(self.data.node(position.0).0)),
            property @ LinkLabel::Property(_) => property,
        }
    }
}
