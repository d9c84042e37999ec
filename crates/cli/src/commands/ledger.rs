//! `candour ledger`: state, proofs and public files of the log.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `ledger`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour ledger status --as overseer
  candour ledger prove 42 --as overseer --json > receipt.json
  candour ledger publish log/ --as overseer")]
pub(crate) struct Ledger {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Size, root and newest checkpoint.
    Status,
    /// A proof that an entry is in the log.
    Prove {
        /// Number of the entry.
        index: u64,
    },
    /// Write the log's public files, for any web server.
    Publish {
        /// Folder to write into.
        dir: PathBuf,
    },
}

impl Ledger {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        match &self.what {
            What::Status => {
                let answer = asking::ask(globals, |desk, who| desk.ledger_status(who))?;
                let log = &answer.value;
                printing::answer(globals, log, &answer.receipt, || format!("{}\nsize {}\nroot {}\nkey  {}", log.origin, log.size, log.root, log.log_key))
            }
            What::Prove { index } => {
                let answer = asking::ask(globals, |desk, who| desk.prove(who, *index))?;
                printing::answer(globals, &answer.value, &answer.receipt, || answer.value.proof.clone())
            }
            What::Publish { dir } => {
                let answer = asking::ask(globals, |desk, who| desk.ledger_publish(who, dir))?;
                let log = &answer.value;
                printing::answer(globals, log, &answer.receipt, || {
                    format!("published {} entries to `{}`\nverify with: candour verify {} --key '{}'", log.size, dir.display(), dir.display(), log.log_key)
                })
            }
        }
    }
}
