//! `candour judge`: a person's word on a pair.

use candour_actions::Verdict;
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `judge`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  candour judge rec-1 rec-2 same --why 'same date of birth and telephone' --as reviewer --purpose demo")]
pub(crate) struct Judge {
    /// Id of one record.
    a: String,
    /// Id of the other.
    b: String,
    /// same, different or unsure.
    #[arg(value_parser = verdict)]
    verdict: Verdict,
    /// The reason.
    #[arg(long, value_name = "TEXT")]
    why: String,
}

fn verdict(text: &str) -> Result<Verdict, String> {
    text.parse().map_err(|error: candour_actions::NotAVerdict| error.to_string())
}

impl Judge {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.judge(who, &self.a, &self.b, self.verdict, &self.why))?;
        printing::answer(globals, &answer.value, &answer.receipt, || format!("{} and {}: {}", answer.value.a, answer.value.b, answer.value.verdict))
    }
}
