//! The finished graph, which nobody sees but through a view.

use std::sync::Arc;

use candour_model::{types::TypeKind, visible::Visible};

use crate::{adjacency::Adjacency, clusters::Same, gates::Gates, node::NodeNo, places::Places, presence::Presence, scratch::Pool, values::Values, view::View};

/// A graph in memory. Cloning shares it; reading it takes `&self` and any number of threads.
#[derive(Debug, Clone)]
pub struct Graph(pub(crate) Arc<Data>);

/// What a graph is made of. Inside, nodes go by their positions.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) presence: Presence,
    pub(crate) values: Values,
    pub(crate) gates: Gates,
    pub(crate) rows: Adjacency,
    pub(crate) same: Same,
    pub(crate) places: Places,
    pub(crate) pool: Pool,
}

impl Data {
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn position(&self, node: NodeNo) -> Option<u32> {
        self.places.position(node)
    }

    #[inline]
    pub(crate) fn node(&self, position: u32) -> NodeNo {
        self.places.node(position)
    }
}

impl Graph {
    /// What is left of the graph for one set of visible markings. Costs a pass over the nodes (about a millisecond for
    /// a million) and a bit for each of them, so keep it, shared, for as long as the graph and the set stand.
    #[must_use]
    pub fn view(&self, visible: &Visible) -> View {
        View::new(Arc::clone(&self.0), visible)
    }

    /// Kind and text of a value node, seen or not.
    #[must_use]
    pub fn value_of(&self, node: NodeNo) -> Option<(TypeKind, &str)> {
        self.0.values.get(node.value()?)
    }

    /// The node of a value, seen or not; what one person may know of it is for [`View::find_value`] to say.
    #[must_use]
    pub fn find_value(&self, kind: TypeKind, value: &str) -> Option<NodeNo> {
        self.0.values.find(kind, value).map(NodeNo::of_value)
    }

    /// Memory held, in bytes: the graph, and the working memory that searches have left for the next.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let data = &self.0;
        data.places.bytes() + data.presence.bytes() + data.values.bytes() + data.gates.bytes() + data.rows.bytes() + data.same.bytes() + data.pool.bytes()
    }
}
