//! A file that is being written under another name.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::PathBuf,
};

use crate::error::LinkageError;

const BUFFER: usize = 1 << 18;

/// A file that is not whole yet. One that is dropped goes.
#[derive(Debug)]
pub(crate) struct Part {
    path: PathBuf,
    part: PathBuf,
    writer: Option<BufWriter<File>>,
}

impl Part {
    pub(crate) fn create(path: PathBuf) -> Result<Self, LinkageError> {
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(LinkageError::unwritten(&part))?;
        Ok(Self { path, part, writer: Some(BufWriter::with_capacity(BUFFER, file)) })
    }

    /// Writes bytes.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<(), LinkageError> {
        match &mut self.writer {
            Some(writer) => writer.write_all(bytes).map_err(LinkageError::unwritten(&self.part)),
            None => Ok(()),
        }
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> Result<(), LinkageError> {
        let failed = LinkageError::unwritten(&self.path);
        if let Some(mut writer) = self.writer.take() {
            writer.flush().map_err(&failed)?;
        }
        fs::rename(&self.part, &self.path).map_err(failed)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After the renaming there is none; and nothing is lost with one that was never finished.
        let _ = fs::remove_file(&self.part);
    }
}
