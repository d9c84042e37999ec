//! Every question that can be asked of a world, put to a view or to the naive search, answered in public numbers.

use candour_links::{Graph, GraphBuilder, Link, LinkHit, LinkLabel, NodeNo, View};
use candour_model::{
    id::{EntityNo, MarkingNo, PropNo},
    types::TypeKind,
    visible::Visible,
};

use crate::world::World;

pub(crate) type Hit = (usize, usize, usize);
pub(crate) type Way = (Vec<usize>, Vec<usize>);
pub(crate) type Around = (Vec<(usize, u32)>, Vec<Hit>, usize);

/// Depth, and limit where there is one, of neighbourhoods asked for.
const REACHES: [(u32, Option<usize>); 6] = [(0, None), (1, None), (2, None), (9, None), (1, Some(1)), (2, Some(3))];
/// Greatest length, and greatest number, of paths asked for.
const BOUNDS: [(u32, usize); 4] = [(9, 1000), (9, 2), (2, 1000), (9, 0)];

/// The order in which people see nodes: anything but ascending.
pub(crate) fn key(node: usize) -> usize {
    (node * 37 + 11) % 101
}

/// Something that answers in public numbers.
pub(crate) trait Oracle {
    fn nodes(&self) -> usize;
    fn exists(&self, node: usize) -> bool;
    fn cluster(&self, node: usize) -> Vec<usize>;
    fn degree(&self, node: usize) -> usize;
    fn between(&self, a: usize, b: usize) -> Vec<Hit>;
    fn neighbours(&self, node: usize, depth: u32, limit: Option<usize>) -> Around;
    fn path(&self, a: usize, b: usize, max: u32) -> Option<Way>;
    fn all(&self, a: usize, b: usize, max: u32, most: usize) -> (Vec<Way>, bool);
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answers {
    pub(crate) exists: Vec<bool>,
    pub(crate) clusters: Vec<Vec<usize>>,
    pub(crate) degrees: Vec<usize>,
    pub(crate) around: Vec<Around>,
    pub(crate) between: Vec<Vec<Hit>>,
    pub(crate) paths: Vec<Option<Way>>,
    pub(crate) all_paths: Vec<(Vec<Way>, bool)>,
}

impl Answers {
    pub(crate) fn of(oracle: &impl Oracle) -> Self {
        let nodes = || 0..oracle.nodes();
        let pairs: Vec<(usize, usize)> = nodes().flat_map(|a| nodes().map(move |b| (a, b))).collect();
        Self {
            exists: nodes().map(|node| oracle.exists(node)).collect(),
            clusters: nodes().map(|node| oracle.cluster(node)).collect(),
            degrees: nodes().map(|node| oracle.degree(node)).collect(),
            around: nodes().flat_map(|node| REACHES.map(|(depth, limit)| oracle.neighbours(node, depth, limit))).collect(),
            between: pairs.iter().map(|(a, b)| oracle.between(*a, *b)).collect(),
            paths: pairs.iter().flat_map(|(a, b)| [2, 9].map(|max| oracle.path(*a, *b, max))).collect(),
            all_paths: pairs.iter().flat_map(|(a, b)| BOUNDS.map(|(max, most)| oracle.all(*a, *b, max, most))).collect(),
        }
    }
}

/// Answers without what the naive search does not settle: the order of neighbours, and which of several shortest paths.
impl Answers {
    pub(crate) fn unordered(mut self) -> Self {
        for (nodes, hits, _) in &mut self.around {
            nodes.sort_unstable();
            hits.sort_unstable();
        }
        // That the path is one of all the shortest was checked where it was asked for.
        for (nodes, links) in self.paths.iter_mut().flatten() {
            nodes.truncate(1);
            links.iter_mut().for_each(|link| *link = 0);
        }
        self
    }
}

/// A world as a graph, and the view of it.
pub(crate) struct Asked {
    view: View,
    graph: Graph,
    numbers: Vec<u32>,
    values: usize,
}

impl Asked {
    pub(crate) fn new(world: &World) -> Self {
        let numbers = world.numbers();
        let mut builder = GraphBuilder::default();
        // Values in this order, so that number and position agree.
        let values: Vec<NodeNo> = (0..world.values).map(|value| builder.value(TypeKind::Phone, &value.to_string())).collect();
        let node = |public: usize| numbers.get(public).map_or_else(|| values[public - numbers.len()], |number| NodeNo(*number));
        for (entity, markings) in world.markings.iter().enumerate() {
            markings.iter().for_each(|marking| builder.entity(EntityNo(numbers[entity]), MarkingNo(*marking)));
        }
        for link in &world.links {
            let label = match link.label.checked_sub(100) {
                Some(prop) => LinkLabel::Property(PropNo(u16::try_from(prop).unwrap())),
                None => LinkLabel::Entity(EntityNo(numbers[link.label])),
            };
            let needs = (MarkingNo(link.needs.0), MarkingNo(link.needs.1));
            builder.link(Link { label, source: node(link.source), target: node(link.target), needs });
        }
        for (a, b) in &world.same {
            builder.same(EntityNo(numbers[*a]), EntityNo(numbers[*b]));
        }
        let graph = builder.finish(|entity| key(numbers.iter().position(|number| *number == entity.0).unwrap())).unwrap();
        let visible: Visible = world.visible.iter().map(|marking| MarkingNo(*marking)).collect();
        Self { view: graph.view(&visible), graph, numbers, values: world.values }
    }

    fn node(&self, public: usize) -> NodeNo {
        let value = || self.graph.find_value(TypeKind::Phone, &(public - self.numbers.len()).to_string()).unwrap();
        self.numbers.get(public).map_or_else(value, |number| NodeNo(*number))
    }

    fn public(&self, node: NodeNo) -> usize {
        match self.graph.value_of(node) {
            Some((_, value)) => self.numbers.len() + value.parse::<usize>().unwrap(),
            None => self.numbers.iter().position(|number| *number == node.0).unwrap(),
        }
    }

    fn label(&self, label: LinkLabel) -> usize {
        match label {
            LinkLabel::Entity(entity) => self.public(NodeNo::of(entity)),
            LinkLabel::Property(prop) => 100 + usize::from(prop.0),
        }
    }

    fn hits(&self, hits: &[LinkHit]) -> Vec<Hit> {
        hits.iter().map(|hit| (self.label(hit.label), self.public(hit.source), self.public(hit.target))).collect()
    }

    fn way(&self, path: &candour_links::Path) -> Way {
        (path.nodes.iter().map(|node| self.public(*node)).collect(), path.links.iter().map(|label| self.label(*label)).collect())
    }
}

impl Oracle for Asked {
    fn nodes(&self) -> usize {
        self.numbers.len() + self.values
    }

    fn exists(&self, node: usize) -> bool {
        let exists = self.view.exists(self.node(node));
        if let Some((kind, value)) = self.graph.value_of(self.node(node)) {
            assert_eq!(self.view.find_value(kind, value).is_some(), exists);
        }
        exists
    }

    fn cluster(&self, node: usize) -> Vec<usize> {
        let Some(entity) = self.node(node).entity() else { return Vec::new() };
        self.view.cluster(entity).into_iter().map(|member| self.public(NodeNo::of(member))).collect()
    }

    fn degree(&self, node: usize) -> usize {
        self.view.degree(self.node(node))
    }

    fn between(&self, a: usize, b: usize) -> Vec<Hit> {
        self.hits(&self.view.between(self.node(a), self.node(b)))
    }

    fn neighbours(&self, node: usize, depth: u32, limit: Option<usize>) -> Around {
        let found = match limit {
            Some(limit) => self.view.neighbours_up_to(self.node(node), depth, limit),
            None => self.view.neighbours(self.node(node), depth),
        };
        let nodes = found.nodes.iter().map(|(node, hop)| (self.public(*node), *hop)).collect();
        (nodes, self.hits(&found.links), found.left_out)
    }

    fn path(&self, a: usize, b: usize, max: u32) -> Option<Way> {
        let way = self.view.path(self.node(a), self.node(b), max).map(|path| self.way(&path));
        assert!(way.as_ref().is_none_or(|way| self.all(a, b, max, usize::MAX).0.contains(way)), "{way:?} is none of the shortest");
        way
    }

    fn all(&self, a: usize, b: usize, max: u32, most: usize) -> (Vec<Way>, bool) {
        let (paths, truncated) = self.view.all_shortest_paths(self.node(a), self.node(b), max, most);
        (paths.iter().map(|path| self.way(path)).collect(), truncated)
    }
}
