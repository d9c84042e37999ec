//! What could not be taken in: nothing is lost, every reject is written down with file, line, column and reason.

use std::{
    fs::{File, OpenOptions},
    io::BufWriter,
    path::{Path, PathBuf},
};

use crate::error::IntakeError;

/// How many characters of a refused value are kept beside the reason.
const EXCERPT: usize = 200;

/// A row, line or value that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file as it was given.
    pub file: String,
    /// Line of the file on which the record begins, counted from 1.
    pub line: u64,
    /// Column name; empty where the whole record is refused.
    pub column: String,
    /// Why, and what to do.
    pub reason: String,
    /// The value, shortened.
    pub value: String,
}

impl Reject {
    pub(crate) fn new(file: &str, line: u64, column: &str, reason: String, value: &str) -> Self {
        let mut excerpt: String = value.chars().take(EXCERPT).collect();
        if excerpt.len() < value.len() {
            excerpt.push('…');
        }
        Self { file: file.to_owned(), line, column: column.to_owned(), reason, value: excerpt }
    }
}

/// A CSV file of rejects, made when the first one arrives.
pub struct RejectsFile {
    path: PathBuf,
    writer: Option<csv::Writer<BufWriter<File>>>,
    count: u64,
}

impl RejectsFile {
    /// Will write to `path`, after what is there: the rejects of an import that was broken off stay.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), writer: None, count: 0 }
    }

    /// Writes rejects down.
    pub fn write(&mut self, rejects: &[Reject]) -> Result<(), IntakeError> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None if rejects.is_empty() => return Ok(()),
            None => {
                let file = OpenOptions::new().append(true).create(true).open(&self.path).map_err(IntakeError::file(&self.path))?;
                let is_new = file.metadata().map_err(IntakeError::file(&self.path))?.len() == 0;
                let mut writer = csv::Writer::from_writer(BufWriter::new(file));
                if is_new {
                    writer.write_record(["file", "line", "column", "reason", "value"]).map_err(|error| problem(&self.path, error))?;
                }
                self.writer.insert(writer)
            }
        };
        for reject in rejects {
            let record = [reject.file.as_str(), &reject.line.to_string(), &reject.column, &reject.reason, &reject.value];
            writer.write_record(record).map_err(|error| problem(&self.path, error))?;
            self.count += 1;
        }
        writer.flush().map_err(IntakeError::file(&self.path))
    }

    /// How many were written, and where.
    #[must_use]
    pub fn finish(self) -> (u64, Option<PathBuf>) {
        (self.count, self.writer.map(|_| self.path))
    }
}

fn problem(path: &Path, error: csv::Error) -> IntakeError {
    IntakeError::File { path: path.to_owned(), problem: error.into() }
}
