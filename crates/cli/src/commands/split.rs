//! `candour split`: undoes a merge.

use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `split`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour split rec-2 --why 'another date of birth on the passport' --as reviewer --purpose demo")]
pub(crate) struct Split {
    /// Id of the record to take out of its cluster.
    id: String,
    /// The reason.
    #[arg(long, default_value = "split by hand", value_name = "TEXT")]
    why: String,
}

impl Split {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.split(who, &self.id, &self.why))?;
        printing::answer(globals, &answer.value, &answer.receipt, || format!("{} now stands apart from {}", answer.value.id, answer.value.from.join(", ")))
    }
}
