//! `candour timeline`: events in order of time.

use std::fmt::Write as _;

use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `timeline`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour timeline rec-1 rec-2 --as analyst --purpose demo

The dates of the things named and of what is linked with them, oldest first.")]
pub(crate) struct Timeline {
    /// Ids of entities.
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Timeline {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.timeline(who, &self.ids))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let mut text = format!("{} events", answer.value.events.len());
            for event in &answer.value.events {
                let end = event.end.as_ref().map_or_else(String::new, |end| format!(" to {end}"));
                let _ = write!(text, "\n{}{end}  {} ({})", event.date, event.caption, event.prop);
            }
            text
        })
    }
}
