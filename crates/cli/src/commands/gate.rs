//! `candour gate`: public contracts. This version screens; the case (register, refer, hold, notice, reply, panel, decide) is
//! not built yet.

use std::{
    fs::File,
    io::{BufReader, Write as _},
    path::PathBuf,
};

use candour_gate::{Screened, Sheet, Summary, screen};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, printing};

/// Arguments of `gate`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour gate screen releases.jsonl

A machine flags; it never holds. The state of a case and the actions on it are not built yet.")]
pub(crate) struct Gate {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Screen OCDS releases, records or packages; needs no home.
    #[command(after_help = "Prints one JSON object per process with `--json`, a summary last. Example:\n  candour gate screen releases.jsonl")]
    Screen {
        /// JSON or JSON lines, OCDS 1.1.
        file: PathBuf,
    },
}

impl Gate {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let What::Screen { file } = &self.what;
        let unreadable = |what: String| Failure::Usage(format!("`{}`: {what}", file.display()));
        let input = BufReader::new(File::open(file).map_err(|error| unreadable(format!("{error}; check that it exists and may be read")))?);
        let sheet = Sheet::builtin().map_err(|error| Failure::Failed(error.to_string()))?;
        let mut stdout = std::io::stdout().lock();
        let mut broken = None;
        let outcome = screen(input, &sheet, |screened| {
            let line = if globals.json { serde_json::to_string(screened).unwrap_or_default() } else { words(screened) };
            if !line.is_empty()
                && let Err(error) = writeln!(stdout, "{line}")
            {
                broken.get_or_insert(error);
            }
        });
        drop(stdout);
        if let Some(error) = broken.filter(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
            return Err(Failure::Failed(format!("standard output: {error}")));
        }
        let summary = outcome.map_err(|error| unreadable(error.to_string()))?;
        if let (0, Some(first)) = (summary.screened, summary.problems.first()) {
            return Err(unreadable(format!("none of its {} lines can be read; the first, line {}: {}", summary.problems.len(), first.line, first.what)));
        }
        if globals.json { printing::out(&json!({ "summary": summary }).to_string()) } else { printing::out(&in_all(&summary)) }
    }
}

fn words(screened: &Screened) -> String {
    let lines = screened.flags.iter().map(|flag| format!("{}  {}  {}", screened.ocid, flag.rule, flag.text));
    lines.collect::<Vec<_>>().join("\n")
}

fn in_all(summary: &Summary) -> String {
    let mut text = format!("{} screened, {} flagged, {} lines that could not be read", summary.screened, summary.flagged, summary.problems.len());
    for (rule, count) in &summary.rules {
        text.push_str(&format!("\n{rule:<20} {:>5} flags, {:>5} could not be told  {}", count.flags, count.untested, count.label));
    }
    for problem in &summary.problems {
        text.push_str(&format!("\nline {}: {}", problem.line, problem.what));
    }
    text
}
