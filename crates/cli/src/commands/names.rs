//! `candour names`: scores pairs of names.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::PathBuf,
    time::Instant,
};

use candour_resolve::names::{Kind, THRESHOLD, explain_names, score_names};
use clap::Args;
use csv::StringRecord;
use serde_json::json;

use crate::{
    Outcome,
    args::Globals,
    csv_file::{CsvIn, CsvOut, decimals},
    failure::Failure,
};

/// Arguments of `names`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour names pairs.csv --out scored.csv

The columns `name1` and `name2` hold the names; `schema`, if there is one, says what bears them: Person, Company,
Organization, Vessel... All columns are written out again, with two more: `score`, from 0 to 1, and `match`, which is
`true` from 0.7 on.")]
pub(crate) struct Names {
    /// A CSV file of pairs.
    #[arg(value_name = "PAIRS.csv")]
    pairs: PathBuf,
    /// Where to write the pairs with their scores; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What bears the names where no column says so.
    #[arg(long, value_name = "SCHEMA", default_value = "Person")]
    schema: String,
    /// Write here, as JSON lines, why each pair scores as it does.
    #[arg(long, value_name = "FILE")]
    explain: Option<PathBuf>,
}

impl Names {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let start = Instant::now();
        let mut input = CsvIn::open(&self.pairs)?;
        let (first, second, schema) = (input.column(&["name1"])?, input.column(&["name2"])?, input.optional(&["schema"]));
        input.without(&["score", "match"])?;
        let mut explained = self.explain.as_ref().map(|path| File::create(path).map(BufWriter::new)).transpose().map_err(|error| self.unexplained(&error))?;
        let mut output = CsvOut::create(&self.out, &[&self.pairs])?;
        let mut row = input.headers().clone();
        row.push_field("score");
        row.push_field("match");
        output.write(&row)?;
        let usual = Kind::from_schema(&self.schema);
        let (mut pairs, mut matches) = (0_u64, 0_u64);
        let mut row = StringRecord::new();
        while input.next(&mut row)? {
            let cell = |at: usize| row.get(at).unwrap_or_default();
            let kind = schema.map(cell).filter(|schema| !schema.trim().is_empty()).map_or(usual, Kind::from_schema);
            let score = score_names(cell(first), cell(second), kind);
            if let Some(explained) = &mut explained {
                let line = serde_json::to_string(&explain_names(cell(first), cell(second), kind)).unwrap_or_default();
                writeln!(explained, "{line}").map_err(|error| self.unexplained(&error))?;
            }
            let matching = score >= THRESHOLD;
            pairs += 1;
            matches += u64::from(matching);
            row.push_field(&decimals(score));
            row.push_field(if matching { "true" } else { "false" });
            output.write(&row)?;
        }
        if pairs == 0 {
            return Err(input.no_rows());
        }
        if let Some(mut explained) = explained {
            explained.flush().map_err(|error| self.unexplained(&error))?;
        }
        let seconds = start.elapsed().as_secs_f64();
        let result = json!({ "pairs": pairs, "matches": matches, "threshold": threshold(), "seconds": seconds });
        output.finish(globals, &result, &format!("{pairs} pairs, {matches} match at {} and above, in {seconds:.2} s", threshold()))
    }

    fn unexplained(&self, error: &std::io::Error) -> Failure {
        let path = self.explain.as_deref().unwrap_or_else(|| std::path::Path::new("-"));
        Failure::Failed(format!("`{}`: {error}; choose a file that can be written", path.display()))
    }
}

/// The threshold without the digits that a wider number would show.
pub(super) fn threshold() -> f64 {
    (f64::from(THRESHOLD) * 1e4).round() / 1e4
}
