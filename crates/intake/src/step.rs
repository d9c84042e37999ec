//! One step of an import: one recipe over one file, read in batches from wherever an earlier run stopped.

use std::path::{Path, PathBuf};

use candour_model::grade::Grade;
use csv::StringRecord;

use crate::{
    batch::Batch,
    error::IntakeError,
    ftm::FtmReader,
    mapping::{Query, apply::Bound},
    reject::Reject,
    signature::Signature,
    table::{Table, Taken},
    text::TextReader,
};

/// What is to be done with one file.
#[derive(Debug, Clone)]
pub struct Step {
    /// The file.
    pub path: PathBuf,
    /// Its name as sources and rejects show it: relative to the folder that was given.
    pub name: String,
    /// Dataset that the statements belong to.
    pub dataset: String,
    /// Marking id for drafts that name none.
    pub marking: Option<String>,
    /// Grade for drafts that name none.
    pub grade: Option<Grade>,
    /// What was learnt in the first pass.
    pub signature: Signature,
    /// Names the recipe: an import of the same bytes by the same recipe goes on where it stopped.
    pub recipe: String,
    /// Number of the step within the recipe.
    pub number: u32,
    pub(crate) how: How,
}

/// The recipe.
#[derive(Debug, Clone)]
pub(crate) enum How {
    Map { query: Query, mapping: PathBuf },
    Ftm,
    Text,
}

/// A step that is being read.
pub enum StepReader<'s> {
    #[doc(hidden)]
    Table(Box<TableReader<'s>>),
    #[doc(hidden)]
    Ftm(FtmReader<'s>),
    #[doc(hidden)]
    Text(TextReader<'s>),
}

impl Step {
    /// Opens the file and checks that the recipe fits it. `skip` records are passed over.
    pub fn open(&self, skip: u64) -> Result<StepReader<'_>, IntakeError> {
        Ok(match &self.how {
            How::Map { query, mapping } => StepReader::Table(Box::new(TableReader::open(self, query, mapping, skip)?)),
            How::Ftm => StepReader::Ftm(FtmReader::open(self, skip)?),
            How::Text => StepReader::Text(TextReader::open(self, skip)?),
        })
    }
}

impl StepReader<'_> {
    /// Reads on until about `claims` values are gathered or the file ends.
    pub fn next_batch(&mut self, claims: usize) -> Result<Batch, IntakeError> {
        match self {
            Self::Table(reader) => reader.next_batch(claims),
            Self::Ftm(reader) => reader.next_batch(claims),
            Self::Text(reader) => reader.next_batch(),
        }
    }
}

/// A table read by one query of a mapping.
#[doc(hidden)]
pub struct TableReader<'s> {
    step: &'s Step,
    table: Table,
    bound: Bound<'s>,
    record: StringRecord,
    next: u64,
}

impl<'s> TableReader<'s> {
    fn open(step: &'s Step, query: &'s Query, mapping: &Path, skip: u64) -> Result<Self, IntakeError> {
        let table = Table::open(&step.path, &step.signature, query.delimiter)?;
        let bound = Bound::new(query, table.header(), &step.name).map_err(|missing| IntakeError::Mapping {
            path: mapping.to_owned(),
            place: format!(", {}", missing.place),
            what: format!("`{}` has no column `{}`", step.path.display(), missing.column),
            remedy: format!("its columns are: {}", table.header().join(", ")),
        })?;
        let mut reader = Self { step, table, bound, record: StringRecord::new(), next: 0 };
        while reader.next < skip && !matches!(reader.table.read(&step.path, &mut reader.record)?, Taken::End) {
            reader.next += 1;
        }
        Ok(reader)
    }

    fn next_batch(&mut self, claims: usize) -> Result<Batch, IntakeError> {
        let mut batch = Batch::default();
        while batch.claims < claims && batch.rejects.len() < claims {
            match self.table.read(&self.step.path, &mut self.record)? {
                Taken::End => {
                    batch.done = true;
                    break;
                }
                Taken::Ragged { line, reason } => {
                    self.next += 1;
                    let row: Vec<&str> = self.record.iter().collect();
                    batch.rejects.push(Reject::new(&self.step.name, line, "", reason, &row.join(",")));
                }
                Taken::Record { line } => {
                    self.next += 1;
                    let row = u32::try_from(self.next).unwrap_or(u32::MAX);
                    self.bound.map(&self.record, line, row, &mut batch);
                }
            }
        }
        batch.next = self.next;
        batch.bytes = self.table.bytes();
        Ok(batch)
    }
}
