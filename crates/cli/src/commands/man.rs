//! `candour man`: manual pages.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};

use crate::{
    Outcome,
    args::{Cli, Globals},
    failure::Failure,
    printing,
};

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// Folder to write into.
    dir: PathBuf,
}

impl Man {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let problem = |error: std::io::Error| Failure::Failed(format!("`{}`: {error}", self.dir.display()));
        std::fs::create_dir_all(&self.dir).map_err(problem)?;
        clap_mangen::generate_to(Cli::command(), &self.dir).map_err(problem)?;
        printing::note(globals, &format!("manual pages written to `{}`", self.dir.display()));
        Ok(())
    }
}
