//! The binary `candour`: one file per command. It parses, asks the desk, prints; it holds no rule of its own.

mod args;
mod asking;
mod commands;
mod csv_file;
mod failure;
mod linking;
mod outside;
mod printing;

use std::process::ExitCode;

use clap::Parser as _;

use crate::{args::Cli, failure::Failure};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = commands::run(&cli);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            printing::failure(&cli.globals, &failure);
            ExitCode::from(failure.code())
        }
    }
}

/// Result of a command.
type Outcome = Result<(), Failure>;
