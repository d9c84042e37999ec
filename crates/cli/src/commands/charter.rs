//! `candour charter`: checks the text of a charter, shows the one in force.

use std::path::PathBuf;

use candour_actions::Charter as Text;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{Outcome, args::Globals, asking, failure::Failure, printing};

/// Arguments of `charter`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour charter check charter/
  candour charter show --as analyst")]
pub(crate) struct Charter {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check a charter's folder; needs no home.
    Check {
        /// The folder; that of the home unless given.
        dir: Option<PathBuf>,
    },
    /// Show the charter in force.
    Show,
}

impl Charter {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        match &self.what {
            What::Check { dir } => {
                let dir = dir.clone().unwrap_or_else(|| globals.home().join("charter"));
                let charter = Text::load(&dir).map_err(|error| Failure::Usage(error.to_string()))?;
                let value = json!({ "ok": true, "hash": charter.hash(), "purposes": charter.purposes().len(), "roles": charter.roles().len(), "markings": charter.markings().len() });
                printing::result(globals, &value, || {
                    format!(
                        "`{}` is a valid charter: {} purposes, {} roles, {} markings\nhash {}",
                        dir.display(),
                        charter.purposes().len(),
                        charter.roles().len(),
                        charter.markings().len(),
                        charter.hash()
                    )
                })
            }
            What::Show => {
                let answer = asking::ask(globals, |desk, who| desk.charter_show(who))?;
                let shown = &answer.value;
                printing::answer(globals, shown, &answer.receipt, || {
                    let mut text = format!("{}\nhash {}\nmarkings: {}\npurposes:", shown.organisation, shown.hash, shown.markings.join(", "));
                    for purpose in &shown.purposes {
                        text.push_str(&format!("\n  {:<24} {} ({})", purpose.id, purpose.label, purpose.lawful_basis));
                    }
                    text.push_str("\nwho may do what:\n");
                    text.push_str(&shown.matrix);
                    text
                })
            }
        }
    }
}
