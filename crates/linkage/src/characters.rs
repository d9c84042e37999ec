//! Ids in cells of CSV (RFC 4180).

use crate::input::Input;

/// Ids, ready to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids<'i> {
    input: &'i Input,
    /// Whether all are written as they are.
    plain: bool,
}

impl<'i> Ids<'i> {
    pub(crate) fn of(input: &'i Input) -> Self {
        Self { input, plain: input.records().all(|row| is_plain(input.id(row))) }
    }

    /// Appends the id of a record.
    pub(crate) fn put(&self, row: u32, into: &mut Vec<u8>) {
        let id = self.input.id(row);
        if self.plain || is_plain(id) { into.extend_from_slice(id.as_bytes()) } else { quoted("", id, into) }
    }

    /// Appends the id of a record with the word for its file before it.
    pub(crate) fn put_after(&self, side: &str, row: u32, into: &mut Vec<u8>) {
        quoted_if_needed(side, self.input.id(row), into);
    }
}

fn is_plain(id: &str) -> bool {
    !id.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'))
}

fn quoted_if_needed(side: &str, id: &str, into: &mut Vec<u8>) {
    if is_plain(id) {
        into.extend_from_slice(side.as_bytes());
        into.push(b':');
        into.extend_from_slice(id.as_bytes());
    } else {
        quoted(&format!("{side}:"), id, into);
    }
}

fn quoted(before: &str, id: &str, into: &mut Vec<u8>) {
    into.push(b'"');
    into.extend_from_slice(before.as_bytes());
    for byte in id.bytes() {
        if byte == b'"' {
            into.push(b'"');
        }
        into.push(byte);
    }
    into.push(b'"');
}
