//! `candour erase`: destroys what is held on a record.

use std::fmt::Write as _;

use candour_actions::ErasedView;
use clap::Args;

use super::disclosures::line;
use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `erase`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour erase rec-1 --as data-protection-officer --purpose demo

A review by somebody else must have decided so; see `candour review`. It cannot be undone.")]
pub(crate) struct Erase {
    /// Id of the record.
    id: String,
    /// Erase all records that it is merged with as well.
    #[arg(long)]
    whole: bool,
}

impl Erase {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.erase(who, &self.id, self.whole))?;
        printing::answer(globals, &answer.value, &answer.receipt, || words(&answer.value))
    }
}

fn words(erased: &ErasedView) -> String {
    let mut text = format!("erased; `{}` stands in its place", erased.tombstone);
    if !erased.others.is_empty() {
        let _ = write!(text, "\nand {} for the records that it was merged with", erased.others.join(", "));
    }
    if !erased.stay.is_empty() {
        let _ = write!(text, "\nit was merged with records that stay: {}", erased.stay.join(", "));
    }
    let _ = write!(text, "\n{} statements, {} links, {} documents' names", erased.statements, erased.links, erased.sources);
    let _ = write!(text, "\n{} journal entries and {} rejects struck out", erased.entries, erased.rejects);
    if !erased.notify.is_empty() {
        text.push_str("\nto be told:");
        erased.notify.iter().for_each(|recipient| text.push_str(&line(recipient)));
    }
    text
}
