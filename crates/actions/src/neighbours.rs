//! What an entity or a shared value is linked with, up to a number of links away.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    chart,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
    view::{ChartEdge, ChartNode},
    world::Sight,
};

/// Farthest distance that may be asked for.
const FARTHEST: u32 = 4;

/// A neighbourhood.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChartView {
    /// Nearest first; the first is where it begins.
    pub nodes: Vec<ChartNode>,
    /// All visible links between them.
    pub edges: Vec<ChartEdge>,
}

impl Desk {
    /// Everything visible within `depth` links of `id`.
    pub fn neighbours(&self, who: &Who, id: &str, depth: u32) -> Result<Answer<ChartView>, ActionError> {
        let query = format!("{id} depth {depth}");
        self.answer(who, Action::Neighbours, &query, |access| {
            if depth == 0 || depth > FARTHEST {
                return Err(ActionError::BadInput(format!("`{depth}` is no depth; ask for 1 to {FARTHEST}")));
            }
            let world = self.world()?;
            let sight = Sight::new(&world, access.visible());
            let start = sight.find(id).ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
            let found = sight.view.neighbours(start, depth);
            let (nodes, edges) = chart::chart(&sight, &found.nodes, &found.links);
            let results = nodes.iter().map(|node| node.id.clone()).chain(edges.iter().map(|edge| edge.id.clone())).collect();
            Ok(Sealed::under(access, ChartView { nodes, edges }, results))
        })
    }
}
