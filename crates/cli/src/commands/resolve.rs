//! `candour resolve`: finds duplicates.

use candour_actions::ResolveRequest;
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `resolve`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour resolve --schema Person --as analyst --purpose demo

Pairs above the threshold are merged as proposed, which `split` undoes; doubtful pairs wait for `judge`. A person's word outlives every rerun.")]
pub(crate) struct Resolve {
    /// Only this schema and its kinds.
    #[arg(long, value_name = "SCHEMA")]
    schema: Option<String>,
    /// Probability from which a pair is merged as proposed.
    #[arg(long, value_name = "P")]
    threshold: Option<f64>,
}

impl Resolve {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.resolve(who, &ResolveRequest { schema: self.schema.clone(), threshold: self.threshold }))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let done = &answer.value;
            format!(
                "{} records, {} comparisons: {} pairs proposed in {} clusters, {} pairs queued, in {:.1} s",
                done.records, done.comparisons, done.pairs, done.clusters, done.queued, done.seconds
            )
        })
    }
}
