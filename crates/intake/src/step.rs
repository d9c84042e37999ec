//! One step of an import: one recipe over one file, read in batches from wherever an earlier run stopped.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use candour_model::grade::Grade;
use csv::{ByteRecord, StringRecord};

use crate::{
    batch::Batch,
    error::IntakeError,
    ftm::FtmReader,
    mapping::{
        Query,
        apply::{Bound, Frame, Misfit},
    },
    reject::Reject,
    signature::Signature,
    table::{Form, Table, Taken},
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
    /// Ids of the markings that records may name; `None` where that is not known.
    pub markings: Option<Arc<BTreeSet<String>>>,
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
    Map { query: Arc<Query>, mapping: PathBuf },
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
        let mut table = Table::open(&step.path, &step.signature, &Form { delimiter: query.delimiter, encoding: query.encoding })?;
        let frame = Frame { file: &step.name, dataset: &step.dataset, markings: step.markings.as_deref() };
        let bound = Bound::new(query, table.header(), &frame).map_err(|misfit| misfit.into_error(step, mapping, table.header()))?;
        let mut next = 0;
        let mut record = ByteRecord::new();
        while next < skip && table.skip(&step.path, &mut record)? {
            next += 1;
        }
        Ok(Self { step, table, bound, record: StringRecord::new(), next })
    }

    fn next_batch(&mut self, claims: usize) -> Result<Batch, IntakeError> {
        let mut batch = Batch::default();
        while !batch.is_full(claims) {
            let taken = self.table.read(&self.step.path, &mut self.record)?;
            self.next += u64::from(!matches!(taken, Taken::End));
            match taken {
                Taken::End => {
                    batch.done = true;
                    break;
                }
                Taken::Refused { line, reason } => {
                    let row: Vec<&str> = self.record.iter().collect();
                    batch.rejects.push(Reject::new(&self.step.name, line, "", reason, &row.join(",")));
                }
                Taken::Record { line } => {
                    let before = batch.extent();
                    self.bound.map(&self.record, line, u32::try_from(self.next).unwrap_or(u32::MAX), &mut batch);
                    batch.filtered += u64::from(batch.extent() == before);
                }
            }
        }
        batch.next = self.next;
        batch.bytes = self.table.bytes();
        Ok(batch)
    }
}

impl Misfit {
    fn into_error(self, step: &Step, mapping: &Path, header: &[String]) -> IntakeError {
        let (path, column) = (step.path.display(), &self.column);
        let (what, remedy) = match self.found {
            0 => (format!("`{path}` has no column `{column}`"), format!("its columns are: {}", header.join(", "))),
            found => (format!("`{path}` has {found} columns called `{column}`"), "rename all but one of them in its first line".to_owned()),
        };
        IntakeError::Mapping { path: mapping.to_owned(), place: format!(", {}", self.place), what, remedy }
    }
}
