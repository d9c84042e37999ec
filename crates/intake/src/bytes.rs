//! A file as a stream of UTF-8, whatever its encoding, with a count of the bytes that were taken from it.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use crate::{
    error::IntakeError,
    signature::{Encoding, Signature},
};

/// Bytes that are read from a file at once.
const CHUNK: usize = 1 << 16;

/// A file as UTF-8, without its byte order mark.
pub(crate) struct Text {
    stream: Stream,
    consumed: Arc<AtomicU64>,
}

enum Stream {
    /// The survey found the whole file to be UTF-8: nothing is to be converted.
    Utf8 {
        file: Counted,
        is_begun: bool,
        head: Vec<u8>,
    },
    Decoded(Box<DecodeReaderBytes<Counted, Vec<u8>>>),
}

struct Counted {
    file: File,
    consumed: Arc<AtomicU64>,
}

impl Text {
    /// Opens a file. `encoding` overrides what the survey found; a byte order mark overrides both.
    pub(crate) fn open(path: &Path, signature: &Signature, encoding: Option<&'static encoding_rs::Encoding>) -> Result<Self, IntakeError> {
        let consumed = Arc::new(AtomicU64::new(0));
        let file = Counted { file: File::open(path).map_err(IntakeError::file(path))?, consumed: Arc::clone(&consumed) };
        let stream = if encoding.is_none() && signature.encoding == Encoding::Utf8 {
            Stream::Utf8 { file, is_begun: false, head: Vec::new() }
        } else {
            let decoder = encoding.unwrap_or_else(|| signature.encoding.decoder());
            let builder = DecodeReaderBytesBuilder::new().encoding(Some(decoder)).bom_override(true).strip_bom(true).build_with_buffer(file, vec![0; CHUNK]);
            Stream::Decoded(Box::new(builder.map_err(IntakeError::file(path))?))
        };
        Ok(Self { stream, consumed })
    }

    /// The same, buffered.
    pub(crate) fn buffered(self) -> BufReader<Self> {
        BufReader::with_capacity(CHUNK, self)
    }

    /// Bytes of the file taken so far, those waiting in buffers included.
    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.consumed)
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.stream {
            Stream::Decoded(decoder) => decoder.read(buffer),
            Stream::Utf8 { file, is_begun, head } => {
                if !*is_begun {
                    *is_begun = true;
                    file.by_ref().take(3).read_to_end(head)?;
                    if head.as_slice() == b"\xEF\xBB\xBF" {
                        head.clear();
                    }
                }
                if head.is_empty() {
                    return file.read(buffer);
                }
                let count = head.as_slice().read(buffer)?;
                head.drain(..count);
                Ok(count)
            }
        }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.consumed.fetch_add(u64::try_from(count).unwrap_or_default(), Ordering::Relaxed);
        Ok(count)
    }
}
