//! Delimited tables as a stream of records, in constant memory whatever the size of the file.

use std::{
    io::{self, Cursor, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use csv::{ByteRecord, StringRecord};
use memchr::memmem;

use crate::{
    bytes::Text,
    delimiter,
    error::IntakeError,
    signature::{Encoding, Signature},
};

/// A record longer than this is taken for an unclosed quote. Bytes of UTF-8.
const LONGEST_RECORD: u64 = 64 << 20;

/// How much of a file is looked at to find its delimiter. Bytes of UTF-8.
const HEAD: u64 = 1 << 16;

/// A refused record that runs over more lines than this probably holds a quote that should not be there.
const MANY_LINES: u64 = 20;

/// How a table is to be read.
pub(crate) struct Form {
    pub(crate) delimiter: Option<u8>,
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
}

/// A table that is being read.
pub(crate) struct Table {
    reader: csv::Reader<Guarded>,
    header: Vec<String>,
    since_record: Arc<AtomicU64>,
    consumed: Arc<AtomicU64>,
    /// What ends a record, where that is known: `\n`, or `\r` in files without any.
    ending: Option<u8>,
    /// Records read, the header included; lines cannot be counted where they end in `\r`.
    count: u64,
    /// Whether the decoder may have put replacement characters where bytes meant nothing.
    is_lossy: bool,
}

/// What became of one record.
pub(crate) enum Taken {
    /// It is in the buffer.
    Record {
        /// The line on which it begins.
        line: u64,
    },
    /// It cannot be used.
    Refused {
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
    pub(crate) fn open(path: &Path, signature: &Signature, form: &Form) -> Result<Self, IntakeError> {
        if signature.encoding == Encoding::Binary && form.encoding.is_none() {
            return Err(not_a_table(path, "holds bytes that no text has, so it is no CSV file"));
        }
        let mut text = Text::open(path, signature, form.encoding)?;
        let consumed = text.counter();
        let mut head = Vec::new();
        text.by_ref().take(HEAD).read_to_end(&mut head).map_err(IntakeError::file(path))?;
        let delimiter = form.delimiter.unwrap_or_else(|| delimiter::guess(&String::from_utf8_lossy(&head)));
        let since_record = Arc::new(AtomicU64::new(0));
        let ending = memchr::memchr(b'\n', &head).map(|_| b'\n').or_else(|| memchr::memchr(b'\r', &head).map(|_| b'\r'));
        let guarded = Guarded { input: Cursor::new(head).chain(text), since_record: Arc::clone(&since_record) };
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter).flexible(true).has_headers(true).buffer_capacity(1 << 16);
        // The reader's own rule for `\r\n` counts such a line only when the next one is read. The `\r` stays in the last
        // cell and goes with the space around it.
        if let Some(ending) = ending {
            builder.terminator(csv::Terminator::Any(ending));
        }
        let mut reader = builder.from_reader(guarded);
        let header: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => return Err(broken(path, 1, &error)),
        };
        if header.iter().all(String::is_empty) {
            return Err(not_a_table(path, "has no header line"));
        }
        let is_lossy = !matches!((form.encoding, signature.encoding), (None, Encoding::Utf8 | Encoding::Windows1252));
        Ok(Self { reader, header, since_record, consumed, ending, count: 1, is_lossy })
    }

    /// Column names.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// Bytes of the file taken so far, to the size of a buffer.
    pub(crate) fn bytes(&self) -> u64 {
        self.consumed.load(Ordering::Relaxed)
    }

    /// Reads the next record into `record`.
    pub(crate) fn read(&mut self, path: &Path, record: &mut StringRecord) -> Result<Taken, IntakeError> {
        let line = loop {
            self.since_record.store(0, Ordering::Relaxed);
            let line = self.line();
            if !self.reader.read_record(record).map_err(|error| broken(path, line, &error))? {
                return Ok(Taken::End);
            }
            self.count += 1;
            // A blank line of a file whose lines end in `\r\n`.
            if !is_blank(record.as_byte_record()) {
                break line;
            }
        };
        let (found, expected) = (record.len(), self.header.len());
        let is_padded = found > expected && record.iter().skip(expected).all(|cell| cell.trim().is_empty());
        if found != expected && !is_padded {
            return Ok(Taken::Refused { line, reason: self.ragged(line, found, expected) });
        }
        if self.is_lossy && memmem::find(record.as_slice().as_bytes(), "\u{fffd}".as_bytes()).is_some() {
            let reason = "the row holds bytes that are no character in this encoding; save the file as UTF-8, or name its `encoding` in the mapping";
            return Ok(Taken::Refused { line, reason: reason.to_owned() });
        }
        Ok(Taken::Record { line })
    }

    /// Passes over one record without looking into it; `false` at the end.
    pub(crate) fn skip(&mut self, path: &Path, record: &mut ByteRecord) -> Result<bool, IntakeError> {
        loop {
            self.since_record.store(0, Ordering::Relaxed);
            let line = self.line();
            if !self.reader.read_byte_record(record).map_err(|error| broken(path, line, &error))? {
                return Ok(false);
            }
            self.count += 1;
            if !is_blank(record) {
                return Ok(true);
            }
        }
    }

    /// The line of the file on which the next record begins, but for blank lines before it.
    fn line(&self) -> u64 {
        if self.ending == Some(b'\r') { self.count + 1 } else { self.reader.position().line() }
    }

    fn ragged(&self, line: u64, found: usize, expected: usize) -> String {
        let lines = self.line().saturating_sub(line);
        let hint = if lines > MANY_LINES {
            format!("it runs over {lines} lines, so look for a quote that is opened here and never closed")
        } else if found < expected {
            "add the missing cells, or look for a stray line break".to_owned()
        } else {
            "quote cells that hold the separator".to_owned()
        };
        format!("the row has {found} cells where the header has {expected}; {hint}")
    }
}

fn is_blank(record: &ByteRecord) -> bool {
    record.len() == 1 && record.as_slice() == b"\r"
}

/// Stops an endless record before it fills the memory.
struct Guarded {
    input: io::Chain<Cursor<Vec<u8>>, Text>,
    since_record: Arc<AtomicU64>,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let since = self.since_record.load(Ordering::Relaxed);
        if since > LONGEST_RECORD {
            return Err(io::Error::other("a record is longer than 64 MiB, as happens when a quote is opened and never closed"));
        }
        let count = self.input.read(buffer)?;
        self.since_record.store(since + u64::try_from(count).unwrap_or_default(), Ordering::Relaxed);
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

fn broken(path: &Path, begun: u64, error: &csv::Error) -> IntakeError {
    let line = error.position().map_or(begun, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "the file has changed while it was read: it holds bytes that are no UTF-8".to_owned(),
        _ => error.to_string(),
    };
    IntakeError::Format {
        path: path.to_owned(),
        what: format!("line {line}: {what}"),
        remedy: "mend that line and run the import again; what came before it is kept".to_owned(),
    }
}
