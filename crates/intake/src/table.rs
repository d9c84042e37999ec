//! Delimited tables as a stream of records, in constant memory whatever the size of the file.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufRead as _, BufReader, Read},
    path::Path,
    rc::Rc,
};

use csv::StringRecord;
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use crate::{
    delimiter,
    error::IntakeError,
    signature::{Encoding, Signature},
};

/// A record longer than this is taken for an unclosed quote. Bytes of UTF-8.
const LONGEST_RECORD: u64 = 64 << 20;

/// A table that is being read.
pub(crate) struct Table {
    reader: csv::Reader<Guarded>,
    header: Vec<String>,
    since_record: Rc<Cell<u64>>,
}

/// What became of one record.
pub(crate) enum Taken {
    /// It is in the buffer.
    Record {
        /// The line on which it begins.
        line: u64,
    },
    /// It cannot be used.
    Ragged {
        /// The line on which it begins.
        line: u64,
        /// Why not.
        reason: String,
    },
    /// The table is at its end.
    End,
}

impl Table {
    /// Opens a table whose signature is known and reads its header.
    pub(crate) fn open(path: &Path, signature: &Signature, delimiter: Option<u8>) -> Result<Self, IntakeError> {
        if signature.encoding == Encoding::Binary {
            return Err(not_a_table(path, "holds bytes that no text has, so it is no CSV file"));
        }
        let since_record = Rc::new(Cell::new(0));
        let mut input = BufReader::with_capacity(1 << 16, decoded(path, signature)?);
        let head = String::from_utf8_lossy(input.fill_buf().map_err(IntakeError::file(path))?).into_owned();
        let guarded = Guarded { input, since_record: Rc::clone(&since_record) };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or_else(|| delimiter::guess(&head))).flexible(true).has_headers(true).from_reader(guarded);
        let header: Vec<String> = reader.headers().map_err(|error| broken(path, &error))?.iter().map(|name| name.trim().to_owned()).collect();
        if header.iter().all(String::is_empty) {
            return Err(not_a_table(path, "has no header line"));
        }
        Ok(Self { reader, header, since_record })
    }

    /// Column names.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// Bytes of text consumed.
    pub(crate) fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }

    /// Reads the next record into `record`.
    pub(crate) fn read(&mut self, path: &Path, record: &mut StringRecord) -> Result<Taken, IntakeError> {
        self.since_record.set(0);
        if !self.reader.read_record(record).map_err(|error| broken(path, &error))? {
            return Ok(Taken::End);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let (found, expected) = (record.len(), self.header.len());
        let is_padded = found > expected && record.iter().skip(expected).all(|cell| cell.trim().is_empty());
        if found == expected || is_padded {
            return Ok(Taken::Record { line });
        }
        let hint = if found < expected { "add the missing cells, or look for a stray line break" } else { "quote cells that hold the separator" };
        Ok(Taken::Ragged { line, reason: format!("the row has {found} cells where the header has {expected}; {hint}") })
    }
}

type Decoded = DecodeReaderBytes<File, Vec<u8>>;

/// The file as UTF-8, without its byte order mark.
pub(crate) fn decoded(path: &Path, signature: &Signature) -> Result<Decoded, IntakeError> {
    let file = File::open(path).map_err(IntakeError::file(path))?;
    Ok(DecodeReaderBytesBuilder::new().encoding(Some(signature.encoding.decoder())).bom_override(true).strip_bom(true).build(file))
}

/// Stops an endless record before it fills the memory.
struct Guarded {
    input: BufReader<Decoded>,
    since_record: Rc<Cell<u64>>,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_record.get() > LONGEST_RECORD {
            return Err(io::Error::other("a record is longer than 64 MiB, as happens when a quote is opened and never closed"));
        }
        let count = self.input.read(buffer)?;
        self.since_record.set(self.since_record.get() + u64::try_from(count).unwrap_or_default());
        Ok(count)
    }
}

fn not_a_table(path: &Path, what: &str) -> IntakeError {
    IntakeError::Format {
        path: path.to_owned(),
        what: what.to_owned(),
        remedy: "give a delimited text file with one header line, or leave the file out".to_owned(),
    }
}

fn broken(path: &Path, error: &csv::Error) -> IntakeError {
    let place = error.position().map_or_else(String::new, |position| format!("line {}: ", position.line()));
    IntakeError::Format {
        path: path.to_owned(),
        what: format!("{place}{error}"),
        remedy: "mend that line and run the import again; what came before it is kept".to_owned(),
    }
}
