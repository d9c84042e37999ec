//! `candour journal`: the private journal, for those who watch over it.

use std::fmt::Write as _;

use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `journal`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour journal --first 0 --limit 50 --as overseer --purpose oversight")]
pub(crate) struct Journal {
    /// Number of the first entry to show.
    #[arg(long, default_value_t = 0, value_name = "N")]
    first: u64,
    /// How many entries.
    #[arg(long, default_value_t = 100, value_name = "N")]
    limit: u64,
}

impl Journal {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.read_journal(who, self.first, self.limit))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let mut text = format!("{} entries in all", answer.value.size);
            for entry in &answer.value.entries {
                let _ = write!(text, "\n{} {}", entry.index, entry.time);
                for (name, value) in entry.fields.iter().filter(|(_, value)| !value.is_empty()) {
                    let _ = write!(text, " {name}={value}");
                }
            }
            text
        })
    }
}
