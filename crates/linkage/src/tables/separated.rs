//! CSV: columns parted by commas, semicolons, tabs or bars; quotes doubled; UTF-8.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
};

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::{Filling, delimiter, places};
use crate::{error::LinkageError, spec::Named};

const BUFFER: usize = 1 << 18;

/// What part the values of a cell that holds several.
const LIST: char = ';';

/// Reads a file.
pub(crate) fn read(path: &Path, file: File, named: &Named<'_>, mut into: Filling<'_>) -> Result<u64, LinkageError> {
    let mut file = BufReader::with_capacity(BUFFER, file);
    let head = file.fill_buf().map_err(LinkageError::unreadable(path))?;
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(LinkageError::table(path, "", "is UTF-16", "convert it to UTF-8 first: `iconv -f UTF-16 -t UTF-8`"));
    }
    let delimiter = delimiter::guess(head);
    let mut reader = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(BUFFER).from_reader(file);
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_owned()).collect(),
        Err(error) => return Err(told(path, &[], &error)),
    };
    if header.iter().all(String::is_empty) {
        return Err(LinkageError::table(path, "", "is empty", "give a CSV file with a header row, or Parquet"));
    }
    let (id, columns) = places(path, &header, named)?;
    let lists: Vec<bool> = named.columns.iter().map(|(_, list)| *list).collect();
    let mut row = StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| told(path, &header, &error))? {
        into.record(row.get(id).unwrap_or_default())?;
        for (column, (place, list)) in columns.iter().zip(&lists).enumerate() {
            let cell = row.get(*place).unwrap_or_default();
            if *list {
                cell.split(LIST).for_each(|value| into.value(column, value));
            } else {
                into.value(column, cell);
            }
        }
    }
    Ok(into.rows())
}

/// An error of the reader, in our words.
fn told(path: &Path, header: &[String], error: &csv::Error) -> LinkageError {
    let place = error.position().map_or_else(String::new, |at| format!(", row {} (line {})", at.record() + 1, at.line()));
    match error.kind() {
        ErrorKind::Utf8 { err, .. } => {
            let column = header.get(err.field()).map(|name| format!(" of column `{name}`")).unwrap_or_default();
            let what = format!("is not UTF-8 at byte {}{column}", err.valid_up_to() + 1);
            LinkageError::table(path, place, what, "convert it first: `iconv -f WINDOWS-1252 -t UTF-8`, or whatever it is encoded in")
        }
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let what = format!("has {len} columns where the header has {expected_len}");
            LinkageError::table(path, place, what, "quote cells that hold the separator, and close quotes that are open")
        }
        ErrorKind::Io(error) => LinkageError::table(path, place, error.to_string(), "check that it may be read"),
        _ => LinkageError::table(path, place, error.to_string(), "give CSV or Parquet"),
    }
}
