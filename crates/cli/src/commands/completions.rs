//! `candour completions`: completions for a shell.

use clap::{Args, CommandFactory as _};

use crate::{
    Outcome,
    args::{Cli, Globals},
    printing,
};

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour completions bash > /etc/bash_completion.d/candour")]
pub(crate) struct Completions {
    /// bash, elvish, fish, powershell or zsh.
    shell: clap_complete::Shell,
}

impl Completions {
    pub(crate) fn run(&self, _globals: &Globals) -> Outcome {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "candour", &mut text);
        printing::out(&String::from_utf8_lossy(&text))
    }
}
