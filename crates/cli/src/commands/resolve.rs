//! `candour resolve`: finds duplicates.

use std::fmt::Write as _;

use candour_actions::ResolveRequest;
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `resolve`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour resolve --schema Person --as analyst --purpose demo

  candour resolve --queue --limit 10 --as reviewer --purpose demo

Pairs above the threshold are merged as proposed, which `split` undoes; doubtful pairs wait for `judge`, and --queue lists them, those first whose answer teaches most. A person's word outlives every rerun.")]
pub(crate) struct Resolve {
    /// Only this schema and its kinds.
    #[arg(long, value_name = "SCHEMA")]
    schema: Option<String>,
    /// Probability from which a pair is merged as proposed.
    #[arg(long, value_name = "P")]
    threshold: Option<f64>,
    /// List the pairs that wait for a person, and resolve nothing.
    #[arg(long, conflicts_with_all = ["schema", "threshold"])]
    queue: bool,
    /// With --queue: how many pairs.
    #[arg(long, default_value_t = 50, value_name = "N", requires = "queue")]
    limit: usize,
    /// With --queue: how many to pass over.
    #[arg(long, default_value_t = 0, value_name = "N", requires = "queue")]
    offset: usize,
}

impl Resolve {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        if self.queue {
            return self.list(globals);
        }
        let answer = asking::ask(globals, |desk, who| desk.resolve(who, &ResolveRequest { schema: self.schema.clone(), threshold: self.threshold }))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let done = &answer.value;
            format!(
                "{} records, {} comparisons: {} pairs proposed in {} clusters, {} pairs queued, in {:.1} s",
                done.records, done.comparisons, done.pairs, done.clusters, done.queued, done.seconds
            )
        })
    }

    fn list(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.match_queue(who, self.limit, self.offset))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let view = &answer.value;
            let mut text = format!("{} {} for a person", view.total, if view.total == 1 { "pair waits" } else { "pairs wait" });
            for pair in &view.pairs {
                let chance = pair.probability.map_or_else(String::new, |chance| format!("{chance:.2}  "));
                let _ = write!(text, "\n{chance}{} [{}] and {} [{}]\n      {}", pair.a.caption, pair.a.id, pair.b.caption, pair.b.id, pair.why);
                if pair.by_person {
                    let _ = write!(text, " ({} was unsure)", pair.by);
                }
            }
            text
        })
    }
}
