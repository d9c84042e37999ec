//! How two things are linked: one shortest path, or all of them.

use candour_links::{LinkHit, LinkLabel, NodeNo, Path};
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

/// Longest path looked for where nothing else is asked.
const USUAL_LENGTH: u32 = 8;
/// Most paths of equal length that one answer holds; the answer says where there are more.
const MOST_PATHS: usize = 1000;

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct PathRequest {
    /// All shortest paths instead of one.
    pub all: bool,
    /// Longest path to look for, in links.
    pub max: Option<u32>,
}

/// The paths found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PathView {
    /// Links on the way; absent where there is no path.
    pub length: Option<u32>,
    /// Whether there are more paths of this length than the answer holds.
    pub truncated: bool,
    /// Node, link, node, ... by id.
    pub paths: Vec<Vec<String>>,
    /// The nodes on them; `hop` counts from the start.
    pub nodes: Vec<ChartNode>,
    /// The links on them.
    pub edges: Vec<ChartEdge>,
}

impl Desk {
    /// Shortest paths from `from` to `to` over what is visible.
    pub fn path(&self, who: &Who, from: &str, to: &str, request: &PathRequest) -> Result<Answer<PathView>, ActionError> {
        let query = format!("{from} to {to}{}", if request.all { " all" } else { "" });
        self.answer(who, Action::Path, &query, |access| {
            let world = self.world()?;
            let sight = Sight::new(&world, access.visible());
            let start = sight.find(from).ok_or_else(|| ActionError::NotFound(from.to_owned()))?;
            let end = sight.find(to).ok_or_else(|| ActionError::NotFound(to.to_owned()))?;
            let longest = request.max.unwrap_or(USUAL_LENGTH);
            let (paths, truncated) = if request.all {
                sight.view.all_shortest_paths(start, end, longest, MOST_PATHS)
            } else {
                (sight.view.path(start, end, longest).into_iter().collect(), false)
            };
            let view = describe(&sight, &paths, truncated);
            let results = view.nodes.iter().map(|node| node.id.clone()).chain(view.edges.iter().map(|edge| edge.id.clone())).collect();
            Ok(Sealed::under(access, view, results))
        })
    }
}

fn describe(sight: &Sight<'_>, paths: &[Path], truncated: bool) -> PathView {
    let mut nodes = Vec::new();
    let mut links: Vec<LinkHit> = Vec::new();
    let mut chains = Vec::with_capacity(paths.len());
    for path in paths {
        nodes.extend(path.nodes.iter().copied().zip(0_u32..));
        let hits: Vec<LinkHit> = path.nodes.windows(2).zip(&path.links).filter_map(|(ends, label)| between(sight, ends, *label)).collect();
        let mut steps = hits.iter().map(|hit| chart::edge(sight, hit).id).collect::<Vec<_>>().into_iter();
        links.extend(hits);
        let mut chain = Vec::with_capacity(path.nodes.len() * 2);
        for node in &path.nodes {
            chain.push(sight.id(*node));
            chain.extend(steps.next());
        }
        chains.push(chain);
    }
    chains.sort();
    chains.dedup();
    let (nodes, edges) = chart::chart(sight, &nodes, &links);
    let length = paths.first().and_then(|path| u32::try_from(path.links.len()).ok());
    PathView { length, truncated, paths: chains, nodes, edges }
}

/// The link of this label between two neighbours on a path.
fn between(sight: &Sight<'_>, ends: &[NodeNo], label: LinkLabel) -> Option<LinkHit> {
    let [from, to] = ends else { return None };
    let mut hits = sight.view.between(*from, *to);
    hits.retain(|hit| hit.label == label);
    hits.into_iter().min_by(|a, b| sight.order(a.source, b.source).then_with(|| sight.order(a.target, b.target)))
}
