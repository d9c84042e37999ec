//! Nodes and links of the graph turned into a chart: merged entities are one node, order depends on public ids alone.

use std::collections::BTreeMap;

use candour_links::{LinkHit, LinkLabel, NodeNo};
use candour_model::ontology::Ontology;

use crate::{
    view::{ChartEdge, ChartNode},
    world::Sight,
};

/// A link as people see it.
pub(crate) fn edge(sight: &Sight<'_>, hit: &LinkHit) -> ChartEdge {
    let (source, target) = (sight.id(hit.source), sight.id(hit.target));
    match hit.label {
        LinkLabel::Entity(link) => {
            let schema = sight.world.captions.schema(link, sight.visible);
            let edge = schema.and_then(|schema| schema.edge.as_ref());
            let detail = sight.detail(link);
            let verb = edge.map_or("is linked with", |edge| edge.label.as_str());
            let label = if detail.is_empty() { verb.to_owned() } else { format!("{verb} ({detail})") };
            ChartEdge {
                id: sight.world.ids.get(link).to_owned(),
                schema: schema.map_or_else(String::new, |schema| schema.name.clone()),
                label,
                source,
                target,
                directed: edge.is_none_or(|edge| edge.directed),
            }
        }
        LinkLabel::Property(no) => {
            let prop = Ontology::builtin().prop(no);
            let name = prop.map_or("", |prop| prop.name.as_str());
            let label = prop.map_or_else(String::new, |prop| prop.label.to_lowercase());
            ChartEdge { id: format!("{source}.{name}.{target}"), schema: name.to_owned(), label, source, target, directed: true }
        }
    }
}

/// A chart of these nodes (with their distance) and links.
pub(crate) fn chart(sight: &Sight<'_>, nodes: &[(NodeNo, u32)], links: &[LinkHit]) -> (Vec<ChartNode>, Vec<ChartEdge>) {
    let mut by_id: BTreeMap<String, ChartNode> = BTreeMap::new();
    for (node, hop) in nodes {
        let node = sight.chart_node(*node, *hop);
        by_id.entry(node.id.clone()).and_modify(|known| known.hop = known.hop.min(node.hop)).or_insert(node);
    }
    let mut nodes: Vec<ChartNode> = by_id.into_values().collect();
    nodes.sort_by(|a, b| (a.hop, &a.id).cmp(&(b.hop, &b.id)));
    let mut edges: Vec<ChartEdge> = links.iter().map(|hit| edge(sight, hit)).filter(|edge| edge.source != edge.target).collect();
    edges.sort();
    edges.dedup();
    (nodes, edges)
}
