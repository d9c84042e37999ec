//! `candour disclosures`: who was handed what is held on a thing.

use candour_actions::RecipientView;
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `disclosures`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour disclosures rec-1 --as data-protection-officer --purpose demo

Of what was erased, the tombstone that `candour erase` names is asked for.")]
pub(crate) struct Disclosures {
    /// Id of the thing, or of a tombstone.
    id: String,
}

impl Disclosures {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.disclosures(who, &self.id))?;
        printing::answer(globals, &answer.value, &answer.receipt, || match answer.value.disclosures.as_slice() {
            [] => "handed to nobody".to_owned(),
            all => all.iter().map(line).collect::<String>().trim_start().to_owned(),
        })
    }
}

/// One recipient on a line of its own.
pub(super) fn line(recipient: &RecipientView) -> String {
    format!("\n{}  {}  ({}, by {})", recipient.at, recipient.recipient, recipient.what, recipient.actor)
}
