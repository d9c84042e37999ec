//! GraphML: entities as nodes, links between selected entities as edges. Whether the direction of an edge means anything is
//! a value of its own: a graph of directed and undirected edges is good GraphML, but some readers refuse it.

use std::{collections::BTreeMap, io::Write};

use super::{Selection, broken, xml::escaped};
use crate::error::ActionError;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="schema" for="node" attr.name="schema" attr.type="string"/>
  <key id="caption" for="node" attr.name="caption" attr.type="string"/>
  <key id="kind" for="edge" attr.name="schema" attr.type="string"/>
  <key id="label" for="edge" attr.name="label" attr.type="string"/>
  <key id="directed" for="edge" attr.name="directed" attr.type="boolean"/>
  <graph edgedefault="directed">
"#;

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    out.write_all(HEAD.as_bytes()).map_err(broken)?;
    selection.each_node(|selected| {
        let (id, schema, caption) = (escaped(&selected.id), selected.schema, escaped(&selected.caption));
        writeln!(out, "    <node id=\"{id}\"><data key=\"schema\">{schema}</data><data key=\"caption\">{caption}</data></node>").map_err(broken)
    })?;
    let mut written: BTreeMap<String, u32> = BTreeMap::new();
    selection.each_link(|link| {
        let edge = &link.edge;
        // A link with several sources or targets is several edges, and GraphML wants an id for each.
        let times = written.entry(edge.id.clone()).and_modify(|times| *times += 1).or_insert(1);
        let id = if *times > 1 { escaped(&format!("{}#{times}", edge.id)) } else { escaped(&edge.id) };
        let (source, target, directed) = (escaped(&edge.source), escaped(&edge.target), edge.directed);
        let (kind, label) = (escaped(&edge.schema), escaped(&edge.label));
        writeln!(
            out,
            "    <edge id=\"{id}\" source=\"{source}\" target=\"{target}\"><data key=\"kind\">{kind}</data><data key=\"label\">{label}</data><data key=\"directed\">{directed}</data></edge>"
        )
        .map_err(broken)
    })?;
    out.write_all(b"  </graph>\n</graphml>\n").map_err(broken)
}
