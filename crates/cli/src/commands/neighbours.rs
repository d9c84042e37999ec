//! `candour neighbours`: what a thing is linked with.

use std::fmt::Write as _;

use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `neighbours`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour neighbours phone:+441632960001 --depth 2 --as analyst --purpose demo")]
pub(crate) struct Neighbours {
    /// Id of an entity, or a shared value such as `phone:+441632960001`.
    id: String,
    /// How many links away.
    #[arg(long, default_value_t = 1, value_name = "N")]
    depth: u32,
}

impl Neighbours {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.neighbours(who, &self.id, self.depth))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let mut text = format!("{} nodes, {} links", answer.value.nodes.len(), answer.value.edges.len());
            for node in &answer.value.nodes {
                let _ = write!(text, "\n{} {:<14} {}  [{}]", node.hop, node.schema, node.caption, node.id);
            }
            for edge in &answer.value.edges {
                let _ = write!(text, "\n{} {} {}", edge.source, edge.label, edge.target);
            }
            text
        })
    }
}
