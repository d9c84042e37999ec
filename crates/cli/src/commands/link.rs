//! `candour link`: which records of two files are of the same thing.

use std::path::PathBuf;

use candour_linkage::Sides;
use clap::Args;

use crate::{Outcome, args::Globals, linking::Linking};

/// Arguments of `link`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour link crimes.csv custody.parquet --spec both.yml --out out/

The spec is that of `candour dedupe`; where a file calls a column otherwise, `left:` and `right:` say so:

  id: ref
  columns:
    surname: surname
    dob: date
  right:
    id: custody_number
    columns: { surname: last_name }

Only records of different files are compared. `id_l` is an id of the left file, `id_r` one of the right file; with
`one_to_one: true` a record has at most one of the same thing in the other file.")]
pub(crate) struct Link {
    /// A table: CSV or Parquet.
    #[arg(value_name = "LEFT")]
    left: PathBuf,
    /// The other table.
    #[arg(value_name = "RIGHT")]
    right: PathBuf,
    #[command(flatten)]
    linking: Linking,
}

impl Link {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        self.linking.run(globals, Sides::Two(self.left.clone(), self.right.clone()))
    }
}
