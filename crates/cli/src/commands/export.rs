//! `candour export`: hands evidence to somebody outside.

use std::{io::copy, path::PathBuf};

use candour_actions::{ExportFormat, ExportRequest};
use clap::Args;

use crate::{Outcome, args::Globals, asking, failure::Failure, printing};

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour export --format ftm --to 'Crown Prosecution Service' --out entities.ijson --as supervisor --purpose demo")]
pub(crate) struct Export {
    /// ftm, statements, graphml, geojson, csv, xlsx or anx.
    #[arg(long, value_name = "FORMAT")]
    format: ExportFormat,
    /// Only what this search finds.
    #[arg(long, value_name = "Q")]
    query: Option<String>,
    /// Who receives it.
    #[arg(long, default_value = "", value_name = "RECIPIENT")]
    to: String,
    /// File to write; otherwise standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Export {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        if globals.json && self.out.is_none() {
            return Err(Failure::Usage("`--json` and an export on standard output would mix; give `--out FILE`".to_owned()));
        }
        let request = ExportRequest { format: self.format, query: self.query.clone(), to: self.to.clone() };
        let answer = asking::ask(globals, |desk, who| desk.export(who, &request))?;
        let Some(out) = &self.out else {
            printing::keep(globals, &answer.receipt)?;
            let (_, mut file) = answer.value.into_reader()?;
            copy(&mut file, &mut std::io::stdout().lock()).map_err(|error| Failure::Failed(format!("standard output: {error}")))?;
            printing::note(globals, &format!("recorded as entry {} of the ledger", answer.receipt.index));
            return Ok(());
        };
        let exported = answer.value.deliver(out)?;
        printing::answer(globals, &exported, &answer.receipt, || format!("{} entities, {} bytes, to `{}`", exported.entities, exported.bytes, out.display()))
    }
}
