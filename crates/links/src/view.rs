//! What one set of visible markings leaves of the graph.
//!
//! Searches work on *things*: an entity with all it is judged to be the same as, or a value. Inside, a thing goes by
//! the position of its leader.

use std::sync::Arc;

use candour_model::{id::EntityNo, types::TypeKind, visible::Visible};

use crate::{
    bits::Bits,
    clusters::Clusters,
    graph::Data,
    node::{LinkHit, LinkLabel, NodeNo, Order},
};

/// The graph as one set of visible markings leaves it. It holds on to the graph it was made from.
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
        debug_assert_eq!(data.presence.len(), data.entities as usize, "every entity has a set of markings");
        (data.entities..).take(data.values.len()).for_each(|value| nodes.set(value));
        let clusters = Clusters::new(&data.same, &nodes);
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

    /// All entities judged the same as this one, itself among them, over visible entities alone; empty where it does
    /// not exist. In no order that may be shown.
    #[must_use]
    pub fn cluster(&self, entity: EntityNo) -> Vec<EntityNo> {
        let Some(thing) = self.thing(NodeNo::of(entity)) else { return Vec::new() };
        self.members(&thing).iter().map(|member| EntityNo(*member)).collect()
    }

    /// The links between two things, in either direction. In no order that may be shown.
    #[must_use]
    pub fn between(&self, a: NodeNo, b: NodeNo) -> Vec<LinkHit> {
        let (Some(a), Some(b)) = (self.thing(a), self.thing(b)) else { return Vec::new() };
        let mut hits: Vec<LinkHit> = self.hits_between(a, b).collect();
        // A link inside one thing is met from both its ends.
        if a == b {
            hits.sort_unstable();
            hits.dedup();
        }
        hits
    }

    /// Memory held on top of the graph's, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.gates.bytes() + self.nodes.bytes() + self.clusters.bytes()
    }

    /// The thing that a node belongs to, if it exists.
    pub(crate) fn thing(&self, node: NodeNo) -> Option<u32> {
        let position = self.data.position(node)?;
        if node.is_value() { self.each_end(position).next().map(|_| position) } else { self.nodes.get(position).then(|| self.leader(position)) }
    }

    #[inline]
    fn leader(&self, position: u32) -> u32 {
        self.data.same.rank(position).and_then(|rank| self.clusters.leader(rank)).unwrap_or(position)
    }

    /// Positions of a thing's members.
    #[inline]
    pub(crate) fn members<'a>(&'a self, thing: &'a u32) -> &'a [u32] {
        self.data.same.rank(*thing).and_then(|rank| self.clusters.members(rank)).unwrap_or(std::slice::from_ref(thing))
    }

    /// Nodes at the other ends of a node's visible links, as often as links lead there.
    #[inline]
    fn each_end(&self, position: u32) -> impl Iterator<Item = u32> + '_ {
        self.data.rows.row(position).filter(|(node, gate)| self.gates.get(gate >> 1) && self.nodes.get(*node)).map(|(node, _)| node)
    }

    /// Things at the other ends of a thing's visible links, as often as links lead there.
    #[inline]
    pub(crate) fn each_thing(&self, thing: u32, mut visit: impl FnMut(u32)) {
        for member in self.members(&thing) {
            for node in self.each_end(*member) {
                visit(self.leader(node));
            }
        }
    }

    /// Visible links of a thing, seen from it: the thing at the other end, whether the link leads here, the link.
    #[inline]
    pub(crate) fn each_link(&self, thing: u32, mut visit: impl FnMut(u32, bool, LinkHit)) {
        for member in self.members(&thing) {
            for end in self.data.rows.ends(*member) {
                if self.gates.get(end.gate >> 1) && self.nodes.get(end.node) {
                    visit(self.leader(end.node), end.leads_here(), self.hit(*member, end));
                }
            }
        }
    }

    /// Visible links between two things.
    pub(crate) fn hits_between(&self, a: u32, b: u32) -> impl Iterator<Item = LinkHit> + '_ {
        let pairs: Vec<(u32, u32)> = self.members(&a).iter().flat_map(|from| self.members(&b).iter().map(|to| (*from, *to))).collect();
        pairs.into_iter().flat_map(move |(from, to)| {
            // The shorter row is the cheaper to look into; a hub's is long.
            let (row, other) = if self.data.rows.row_length(from) <= self.data.rows.row_length(to) { (from, to) } else { (to, from) };
            self.data.rows.ends_at(row, other).filter(|end| self.gates.get(end.gate >> 1)).map(move |end| self.hit(row, end))
        })
    }

    fn hit(&self, row: u32, end: crate::adjacency::End) -> LinkHit {
        let (here, there) = (self.data.node(row), self.data.node(end.node));
        let (source, target) = if end.leads_here() { (there, here) } else { (here, there) };
        LinkHit { label: LinkLabel::unpack(end.label), source, target }
    }

    /// The member of a thing that comes first.
    pub(crate) fn representative(&self, thing: u32, order: Order<'_>) -> NodeNo {
        let nodes = self.members(&thing).iter().map(|member| self.data.node(*member));
        nodes.min_by(|a, b| order(*a, *b)).unwrap_or(self.data.node(thing))
    }
}
