//! GraphML: entities as nodes, links between selected entities as edges.

use std::{collections::BTreeSet, io::Write};

use super::{Selection, broken};
use candour_links::NodeNo;

use crate::{chart, error::ActionError};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="schema" for="node" attr.name="schema" attr.type="string"/>
  <key id="caption" for="node" attr.name="caption" attr.type="string"/>
  <key id="kind" for="edge" attr.name="schema" attr.type="string"/>
  <key id="label" for="edge" attr.name="label" attr.type="string"/>
  <graph edgedefault="directed">
"#;

pub(super) fn write(selection: &Selection<'_>, out: &mut impl Write) -> Result<(), ActionError> {
    out.write_all(HEAD.as_bytes()).map_err(broken)?;
    let sight = selection.sight;
    let mut chosen = BTreeSet::new();
    for entity in selection.entities.iter().filter(|entity| sight.kind(**entity).pole != "link") {
        let (id, kind) = (sight.id(NodeNo::of(*entity)), sight.kind(*entity));
        writeln!(
            out,
            "    <node id=\"{}\"><data key=\"schema\">{}</data><data key=\"caption\">{}</data></node>",
            escaped(&id),
            kind.schema,
            escaped(&sight.caption(*entity))
        )
        .map_err(broken)?;
        chosen.insert(id);
    }
    for entity in &selection.entities {
        let mut edges = BTreeSet::new();
        for member in sight.members(*entity) {
            // Each link is met from both of its ends; its source writes it.
            let own = NodeNo::of(member);
            edges.extend(sight.links(member).iter().filter(|hit| hit.source == own).map(|hit| chart::edge(sight, hit)));
        }
        for edge in edges.iter().filter(|edge| chosen.contains(&edge.source) && chosen.contains(&edge.target)) {
            let (id, source, target) = (escaped(&edge.id), escaped(&edge.source), escaped(&edge.target));
            let (kind, label) = (escaped(&edge.schema), escaped(&edge.label));
            let directed = edge.directed;
            writeln!(
                out,
                "    <edge id=\"{id}\" source=\"{source}\" target=\"{target}\" directed=\"{directed}\"><data key=\"kind\">{kind}</data><data key=\"label\">{label}</data></edge>"
            )
            .map_err(broken)?;
        }
    }
    out.write_all(b"  </graph>\n</graphml>\n").map_err(broken)
}

/// Text as XML holds it; control characters that XML 1.0 cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_is_escaped() {
        assert_eq!(super::escaped("a<b> & \"c\"\u{0}\n"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
