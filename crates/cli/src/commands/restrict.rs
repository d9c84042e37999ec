//! `candour restrict`: restricts what is held on a record, or lifts the restriction.

use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `restrict`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour restrict rec-1 --why 'accuracy contested' --as data-protection-officer --purpose demo
  candour restrict rec-1 --lift --why 'found accurate' --as data-protection-officer --purpose demo

What is restricted is kept, and exists only for purposes that read what is restricted.")]
pub(crate) struct Restrict {
    /// Id of the record.
    id: String,
    /// Lift the restriction.
    #[arg(long)]
    lift: bool,
    /// The rationale.
    #[arg(long, value_name = "TEXT")]
    why: String,
}

impl Restrict {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.restrict(who, &self.id, &self.why, self.lift))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let done = if answer.value.restricted { "restricted" } else { "no longer restricted" };
            let merged = match answer.value.merged_with.as_slice() {
                [] => String::new(),
                others => format!("\nit is merged with records that stay as they are: {}", others.join(", ")),
            };
            format!("{} is {done}; {} statements{merged}", answer.value.id, answer.value.statements)
        })
    }
}
