//! Documents out of a stream: one JSON value a line, or one spread over lines as people print it. What cannot be read is
//! reported with its line, and the rest goes on.

use std::io::{BufRead, Read};

use serde::{Serialize, de::IgnoredAny};

use crate::error::GateError;

/// A document longer than this is refused. Bytes.
const LONGEST: usize = 64 << 20;

/// Something that could not be screened, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line at which the document begins, from 1.
    pub line: u64,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// Reads documents one after another into one buffer.
pub(crate) struct Documents<R> {
    input: R,
    /// Number of the last line that was read.
    line: u64,
    buffer: Vec<u8>,
    /// A line that was read ahead and belongs to the next document.
    ahead: Vec<u8>,
    done: bool,
}

impl<R: BufRead> Documents<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, line: 0, buffer: Vec::new(), ahead: Vec::new(), done: false }
    }

    /// Hands every document to `take`, which says whether it could read it, until the input ends. Gives back what could not
    /// be read.
    pub(crate) fn each(mut self, mut take: impl FnMut(u64, &[u8]) -> Result<(), serde_json::Error>) -> Result<(u64, Vec<Problem>), GateError> {
        let mut problems = Vec::new();
        while !self.done || !self.ahead.is_empty() {
            self.buffer.clear();
            if self.ahead.is_empty() {
                self.read_line()?;
            } else {
                std::mem::swap(&mut self.buffer, &mut self.ahead);
            }
            let line = self.line;
            if self.buffer.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let taken = match self.refuse_long() {
                Some(reason) => Err(reason),
                None => match take(line, &self.buffer) {
                    Err(error) if error.is_eof() => self.gather(line, &mut take)?,
                    taken => taken.map_err(|error| explain(&error)),
                },
            };
            problems.extend(taken.err().map(|what| Problem { line, what }));
        }
        Ok((self.line, problems))
    }

    /// Adds lines until the document closes. A line that is a document of its own, at the margin, ends it too: then the first
    /// was broken off, and only the first is lost.
    fn gather(&mut self, start: u64, take: &mut impl FnMut(u64, &[u8]) -> Result<(), serde_json::Error>) -> Result<Result<(), String>, GateError> {
        let mut nesting = Nesting::default();
        nesting.pass(&self.buffer);
        loop {
            let before = self.buffer.len();
            if self.done {
                return Ok(Err(BROKEN.to_owned()));
            }
            self.read_line()?;
            if let Some(reason) = self.refuse_long() {
                return Ok(Err(reason));
            }
            let line = self.buffer.get(before..).unwrap_or_default();
            if line.first() == Some(&b'{') && serde_json::from_slice::<IgnoredAny>(line).is_ok() {
                self.ahead = self.buffer.split_off(before);
                return Ok(Err(BROKEN.to_owned()));
            }
            nesting.pass(line);
            if nesting.is_closed() {
                return Ok(take(start, &self.buffer).map_err(|error| explain(&error)));
            }
        }
    }

    fn refuse_long(&self) -> Option<String> {
        (self.buffer.len() > LONGEST).then(|| "the document is longer than 64 MiB; split the package into lines".to_owned())
    }

    fn read_line(&mut self) -> Result<(), GateError> {
        let limit = u64::try_from(LONGEST + 1).unwrap_or(u64::MAX);
        let read = Read::take(&mut self.input, limit).read_until(b'\n', &mut self.buffer).map_err(|source| GateError::Read { line: self.line, source })?;
        self.done = read == 0;
        self.line += u64::from(read > 0);
        if self.line == 1 && self.buffer.starts_with(BYTE_ORDER_MARK) {
            self.buffer.drain(..BYTE_ORDER_MARK.len());
        }
        Ok(())
    }
}

/// Some programs begin a file with it.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

const BROKEN: &str = "the JSON breaks off before it is closed; write each release on a line of its own, whole";

/// How deep in braces and brackets a text stands, found without reading it again.
#[derive(Default)]
struct Nesting {
    depth: i64,
    in_text: bool,
    escaped: bool,
}

impl Nesting {
    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_text => self.escaped = true,
                b'"' => self.in_text = !self.in_text,
                b'{' | b'[' if !self.in_text => self.depth += 1,
                b'}' | b']' if !self.in_text => self.depth -= 1,
                _ => {}
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.depth <= 0 && !self.in_text
    }
}

fn explain(error: &serde_json::Error) -> String {
    if error.is_data() {
        format!("not as the Open Contracting standard has it: {error}; correct the field")
    } else {
        format!("no JSON: {error}; write each release on a line of its own")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, documents: usize, problems_at: &[u64]) {
        let mut found = 0;
        let take = |_, bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).map(|_| found += 1);
        let (_, problems) = Documents::new(text.as_bytes()).each(take).expect("memory does not fail");
        assert_eq!((found, problems.iter().map(|problem| problem.line).collect::<Vec<_>>()), (documents, problems_at.to_vec()), "{text:?}");
    }

    #[test]
    fn documents_are_told_apart() {
        check("", 0, &[]);
        check("{}\n\n{}\n", 2, &[]);
        check("{\n  \"a\": {\n  }\n}\n{}", 2, &[]);
        check("{\"a\": {}\n, \"b\": 1\n}\n", 1, &[]);
        check("{\"a\": {},\n  \"}\\\"]\": [1]}\n{}", 2, &[]);
        check("[\n  {}\n]", 1, &[]);
        check("{\"a\": [1,\n{}\n{}\n", 2, &[1]);
        check("{\"a\": {\"b\": 1}\n{}\n", 1, &[1]);
        check("{}\nnonsense\n{}\n{\"a\"", 2, &[2, 4]);
    }
}
