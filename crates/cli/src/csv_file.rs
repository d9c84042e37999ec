//! CSV files in and out, for the commands that work from file to file. What is wrong is told with file, line and remedy.

use std::{
    fs::File,
    io::{BufReader, Write},
    path::{Path, PathBuf},
};

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord, Writer, WriterBuilder};

use crate::{Outcome, args::Globals, failure::Failure, printing};

const BUFFER: usize = 1 << 20;

/// A CSV file that is being read, with a header row.
pub(crate) struct CsvIn {
    path: PathBuf,
    reader: Reader<BufReader<File>>,
    headers: StringRecord,
}

impl CsvIn {
    /// Opens a file and reads its header. Columns may be parted by commas, semicolons or tabs.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is empty or not UTF-8.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let unreadable = |what: &dyn std::fmt::Display| Failure::Usage(format!("`{}`: {what}; check that it exists and may be read", path.display()));
        let mut first = String::new();
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        // What is wrong with the first line is told with its place below.
        let _ = std::io::BufRead::read_line(&mut BufReader::new(std::io::Read::take(file, 1 << 16)), &mut first);
        let delimiter = [b',', b';', b'\t'].into_iter().find(|delimiter| first.as_bytes().contains(delimiter)).unwrap_or(b',');
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let mut reader = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(BUFFER).from_reader(BufReader::with_capacity(BUFFER, file));
        let headers = reader.headers().map(|headers| headers.iter().map(|header| header.trim_start_matches('\u{feff}').trim()).collect::<StringRecord>());
        let headers = headers.map_err(|error| told(path, &error))?;
        if headers.iter().all(str::is_empty) {
            return Err(Failure::Usage(format!("`{}`: is empty; give a CSV file with a header row", path.display())));
        }
        Ok(Self { path: path.to_owned(), reader, headers })
    }

    /// Names of the columns.
    pub(crate) fn headers(&self) -> &StringRecord {
        &self.headers
    }

    /// Place of the column that has one of these names, whatever their case.
    pub(crate) fn optional(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.headers.iter().position(|header| header.eq_ignore_ascii_case(name)))
    }

    /// The same for a column that has to be there.
    ///
    /// # Errors
    ///
    /// If it is not.
    pub(crate) fn column(&self, names: &[&str]) -> Result<usize, Failure> {
        self.optional(names).ok_or_else(|| {
            let there = self.headers.iter().map(|header| format!("`{header}`")).collect::<Vec<_>>().join(", ");
            let name = names.first().copied().unwrap_or_default();
            Failure::Usage(format!("`{}`: row 1 has no column `{name}`, but {there}; rename the column that holds it", self.path.display()))
        })
    }

    /// Refuses columns that the result adds.
    ///
    /// # Errors
    ///
    /// If one of them is there already.
    pub(crate) fn without(&self, added: &[&str]) -> Result<(), Failure> {
        match added.iter().find(|name| self.optional(&[name]).is_some()) {
            None => Ok(()),
            Some(name) => Err(Failure::Usage(format!("`{}`: row 1 has a column `{name}` already, which the result adds; rename it", self.path.display()))),
        }
    }

    /// Reads the next row; `false` behind the last.
    ///
    /// # Errors
    ///
    /// If the row is not UTF-8 or has another number of columns than the header.
    pub(crate) fn next(&mut self, row: &mut StringRecord) -> Result<bool, Failure> {
        self.reader.read_record(row).map_err(|error| told(&self.path, &error))
    }

    /// What is said of a file without rows.
    pub(crate) fn no_rows(&self) -> Failure {
        Failure::Usage(format!("`{}`: has a header and no rows; there is nothing to do", self.path.display()))
    }
}

/// An error of the reader, in our words.
fn told(path: &Path, error: &csv::Error) -> Failure {
    let place = error.position().map_or_else(String::new, |at| format!("row {} (line {}): ", at.record() + 1, at.line()));
    let what = match error.kind() {
        ErrorKind::Utf8 { .. } => "is not UTF-8; convert the file first, with `iconv` for example".to_owned(),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("has {len} columns where the header has {expected_len}; quote cells that hold the separator")
        }
        ErrorKind::Io(error) => format!("{error}; check that it may be read"),
        _ => error.to_string(),
    };
    Failure::Usage(format!("`{}`: {place}{what}", path.display()))
}

/// A CSV file that is being written, or standard output (`-`). A file bears its name only once it is whole.
pub(crate) struct CsvOut {
    path: PathBuf,
    /// The unfinished file; none on standard output.
    part: Option<PathBuf>,
    writer: Writer<Box<dyn Write>>,
}

impl CsvOut {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or is one of the files that are read.
    pub(crate) fn create(path: &Path, read: &[&Path]) -> Result<Self, Failure> {
        let (part, to): (_, Box<dyn Write>) = if is_stdout(path) {
            (None, Box::new(std::io::stdout().lock()))
        } else {
            let same = |other: &&Path| other.canonicalize().ok().zip(path.canonicalize().ok()).is_some_and(|(left, right)| left == right);
            if read.iter().any(same) {
                return Err(Failure::Usage(format!("`{}`: is read from; write into another file", path.display())));
            }
            let mut part = path.as_os_str().to_owned();
            part.push(".part");
            let part = PathBuf::from(part);
            let file = File::create(&part).map_err(|error| Failure::Usage(format!("`{}`: {error}; choose a folder that can be written", part.display())))?;
            (Some(part), Box::new(file))
        };
        Ok(Self { path: path.to_owned(), part, writer: WriterBuilder::new().buffer_capacity(BUFFER).from_writer(to) })
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// If the disk does not take it.
    pub(crate) fn write(&mut self, row: &StringRecord) -> Result<(), Failure> {
        self.writer.write_byte_record(row.as_byte_record()).map_err(|error| Failure::Failed(format!("`{}`: {error}", self.path.display())))
    }

    /// Ends the file, gives it its name and says in words or JSON what was done; on standard error if the rows went to standard output.
    ///
    /// # Errors
    ///
    /// If the disk does not take it.
    pub(crate) fn finish(mut self, globals: &Globals, result: &serde_json::Value, words: &str) -> Outcome {
        let failed = |error: &std::io::Error| Failure::Failed(format!("`{}`: {error}", self.path.display()));
        self.writer.flush().map_err(|error| failed(&error))?;
        let Some(part) = &self.part else {
            printing::note(globals, words);
            return Ok(());
        };
        std::fs::rename(part, &self.path).map_err(|error| failed(&error))?;
        printing::result(globals, result, || words.to_owned())
    }
}

fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// A score to four decimals, never rounded up, so that no score below a threshold reads as if it had reached it.
pub(crate) fn decimals(score: f32) -> String {
    // Of the numbers from 0 to 10,000 the greatest that is not above the score; a binary number is a little off.
    let wanted = f64::from(score) * 1e4 + 1e-2;
    let (mut low, mut high) = (0_u32, 10_001);
    while high - low > 1 {
        let middle = low.midpoint(high);
        *(if f64::from(middle) <= wanted { &mut low } else { &mut high }) = middle;
    }
    format!("{}.{:04}", low / 10_000, low % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_not_rounded_up() {
        for (score, text) in [(0.0, "0.0000"), (1.0, "1.0000"), (0.7, "0.7000"), (0.69999, "0.6999"), (0.123_456, "0.1234")] {
            assert_eq!(decimals(score), text);
        }
    }
}
