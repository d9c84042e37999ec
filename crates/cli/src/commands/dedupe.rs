//! `candour dedupe`: which records of a file are of the same thing.

use std::path::PathBuf;

use candour_linkage::Sides;
use clap::Args;

use crate::{Outcome, args::Globals, linking::Linking};

/// Arguments of `dedupe`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour dedupe people.csv --spec people.yml --out out/
  candour dedupe people.parquet --spec people.yml --explain 17 4711

A spec says what the columns mean, and nothing else must be said:

  id: unique_id
  columns:
    first_name: forename
    surname: surname
    dob: date
    postcode: postcode

Weights are learnt from the file. The same records give the same four files, to the byte.")]
pub(crate) struct Dedupe {
    /// A table: CSV or Parquet.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    linking: Linking,
}

impl Dedupe {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        self.linking.run(globals, Sides::One(self.file.clone()))
    }
}
