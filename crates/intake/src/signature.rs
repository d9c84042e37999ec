//! The first pass over a file: its hash, size and encoding, in constant memory.

use std::{fs::File, io::Read as _, path::Path};

use sha2::{Digest as _, Sha256};

use crate::error::IntakeError;

/// How a text file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Neither of them, so Windows-1252, in which every byte means something.
    Windows1252,
    /// Not text: it holds bytes that no text has.
    Binary,
}

impl Encoding {
    /// The name people use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (little-endian)",
            Self::Utf16Be => "UTF-16 (big-endian)",
            Self::Windows1252 => "Windows-1252",
            Self::Binary => "binary",
        }
    }

    pub(crate) fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Utf8 | Self::Binary => encoding_rs::UTF_8,
        }
    }
}

/// What is known of a file before it is read as records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Encoding of the whole file, not only of its beginning.
    pub encoding: Encoding,
}

impl Signature {
    /// Reads the file once.
    pub fn of(path: &Path) -> Result<Self, IntakeError> {
        let mut file = File::open(path).map_err(IntakeError::file(path))?;
        let mut digest = Sha256::new();
        let mut size = 0;
        let mut survey = Survey::default();
        let mut buffer = vec![0; 1 << 18];
        loop {
            let count = file.read(&mut buffer).map_err(IntakeError::file(path))?;
            let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else { break };
            digest.update(chunk);
            survey.add(chunk, size == 0);
            size += u64::try_from(count).unwrap_or_default();
        }
        Ok(Self { sha256: hex::encode(digest.finalize()), size, encoding: survey.verdict() })
    }
}

/// What the bytes of a file give away.
#[derive(Default)]
struct Survey {
    mark: Option<Encoding>,
    guess_16: Option<Encoding>,
    nul: bool,
    control: bool,
    bad_utf8: bool,
    /// The unfinished character at the end of a chunk.
    rest: Vec<u8>,
}

impl Survey {
    fn add(&mut self, chunk: &[u8], is_first: bool) {
        if is_first {
            self.mark = match chunk {
                [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
                [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
                _ => None,
            };
            self.guess_16 = guess_utf16(chunk);
        }
        if self.mark.is_some() {
            return;
        }
        self.nul |= memchr::memchr(0, chunk).is_some();
        // Control bytes other than tab, line feed, form feed, carriage return, escape and Ctrl-Z belong to no text.
        self.control |= chunk.iter().any(|byte| matches!(byte, 1..=8 | 11 | 14..=25 | 28..=31));
        if !self.bad_utf8 {
            self.check_utf8(chunk);
        }
    }

    fn check_utf8(&mut self, chunk: &[u8]) {
        let joined: Vec<u8>;
        let bytes = if self.rest.is_empty() {
            chunk
        } else {
            joined = self.rest.iter().chain(chunk).copied().collect();
            &joined
        };
        match std::str::from_utf8(bytes) {
            Ok(_) => self.rest.clear(),
            Err(error) if error.error_len().is_none() => self.rest = bytes.get(error.valid_up_to()..).unwrap_or_default().to_vec(),
            Err(_) => self.bad_utf8 = true,
        }
    }

    fn verdict(&self) -> Encoding {
        match (self.mark, self.nul, self.guess_16) {
            (Some(mark), _, _) => mark,
            (None, true, Some(guess)) => guess,
            (None, true, None) => Encoding::Binary,
            _ if self.bad_utf8 || !self.rest.is_empty() => {
                if self.control {
                    Encoding::Binary
                } else {
                    Encoding::Windows1252
                }
            }
            _ => Encoding::Utf8,
        }
    }
}

/// UTF-16 without a mark: Latin text has a zero in every other byte.
fn guess_utf16(chunk: &[u8]) -> Option<Encoding> {
    let sample = chunk.get(..chunk.len().min(4096)).unwrap_or_default();
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 4 {
        None
    } else if odd * 10 > half * 7 && even * 10 < half {
        Some(Encoding::Utf16Le)
    } else if even * 10 > half * 7 && odd * 10 < half {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Encoding) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(Signature::of(&path).unwrap().encoding, expected, "{bytes:?}");
    }

    #[test]
    fn encodings_are_told_apart() {
        check(b"name\nAnn\n", Encoding::Utf8);
        check("name\nZo\u{eb}\n".as_bytes(), Encoding::Utf8);
        check(b"\xEF\xBB\xBFname\n", Encoding::Utf8);
        check(b"name\nZo\xEB\n", Encoding::Windows1252);
        check(b"\xFF\xFEn\0a\0", Encoding::Utf16Le);
        check(b"\xFE\xFF\0n\0a", Encoding::Utf16Be);
        check(b"n\0a\0m\0e\0\n\0A\0n\0n\0", Encoding::Utf16Le);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Encoding::Binary);
        check(b"\x7fELF\x02\x01\x01\0\0\0\0\0", Encoding::Binary);
        check(b"", Encoding::Utf8);
    }

    #[test]
    fn a_character_across_two_chunks_is_still_utf8() {
        let mut text = vec![b'a'; (1 << 18) - 1];
        text.extend("é".as_bytes());
        check(&text, Encoding::Utf8);
    }
}
