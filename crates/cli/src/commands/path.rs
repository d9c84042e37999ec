//! `candour path`: how two things are linked.

use std::{collections::BTreeMap, fmt::Write as _};

use candour_actions::{PathRequest, PathView};
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `path`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour path rec-1 rec-2 --all --max 6 --as analyst --purpose demo")]
pub(crate) struct Path {
    /// Id to start from.
    from: String,
    /// Id to reach.
    to: String,
    /// All shortest paths instead of one.
    #[arg(long)]
    all: bool,
    /// Longest path to look for, in links.
    #[arg(long, value_name = "N")]
    max: Option<u32>,
}

impl Path {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.path(who, &self.from, &self.to, &PathRequest { all: self.all, max: self.max }))?;
        printing::answer(globals, &answer.value, &answer.receipt, || words(&answer.value))
    }
}

fn words(found: &PathView) -> String {
    let Some(length) = found.length else { return "no path between what is visible".to_owned() };
    let nodes: BTreeMap<&str, &str> = found.nodes.iter().map(|node| (node.id.as_str(), node.caption.as_str())).collect();
    let edges: BTreeMap<&str, &str> = found.edges.iter().map(|edge| (edge.id.as_str(), edge.label.as_str())).collect();
    let mut text = format!("{length} links");
    for path in &found.paths {
        text.push('\n');
        for (position, id) in path.iter().enumerate() {
            let names = if position % 2 == 0 { &nodes } else { &edges };
            let name = names.get(id.as_str()).copied().unwrap_or(id);
            let _ = if position % 2 == 0 { write!(text, "{name}") } else { write!(text, " —{name}— ") };
        }
    }
    if found.truncated {
        text.push_str("\nthere are more paths of this length");
    }
    text
}
