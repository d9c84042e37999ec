//! `candour explain`: a waterfall of match weights for a pair.

use std::fmt::Write as _;

use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour explain rec-1 rec-2 --as analyst --purpose demo

Weights are in bits: each bit doubles the odds, and the prior speaks against any two records.")]
pub(crate) struct Explain {
    /// Id of one record.
    a: String,
    /// Id of the other.
    b: String,
}

impl Explain {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let answer = asking::ask(globals, |desk, who| desk.explain(who, &self.a, &self.b))?;
        printing::answer(globals, &answer.value, &answer.receipt, || {
            let view = &answer.value;
            let mut text = format!("{:>8.1}  prior", view.prior);
            for feature in view.features.iter().filter(|feature| feature.weight != 0.0) {
                let _ = write!(text, "\n{:>+8.1}  {}: {}", feature.weight, feature.name, feature.level);
                if !(feature.left.is_empty() && feature.right.is_empty()) {
                    let _ = write!(text, "  (`{}` and `{}`)", feature.left, feature.right);
                }
            }
            let _ = write!(text, "\n{:>8.1}  in all, which is a probability of {:.4}", view.weight, view.probability);
            for step in &view.path {
                let by = if step.by_person { "says" } else { "proposes" };
                let _ = write!(text, "\njoined: {} and {}, {} {by}: {}", step.from, step.to, step.by, step.why);
            }
            text
        })
    }
}
