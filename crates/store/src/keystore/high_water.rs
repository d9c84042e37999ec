//! The high-water mark: the newest checkpoint as the keystore remembers it, so that a database that was put back to an older
//! state is noticed as long as the keystore was not put back with it.

use std::{fs, io, io::Write as _, path::PathBuf};

use super::{Keystore, UNFINISHED, private_file};
use crate::{error::StoreError, outside::FaultPoint};

/// Its name in the keystore.
const FILE: &str = "high-water";

impl Keystore {
    /// The checkpoint, as it was written last. It is not synced when written: after a power cut an older one, or an empty
    /// file, which says nothing, may be there.
    pub(crate) fn high_water(&self) -> Result<Option<String>, StoreError> {
        let path = self.high_water_file();
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(StoreError::disk(&path, problem)),
        }
    }

    /// Replaces it.
    pub(crate) fn set_high_water(&self, checkpoint: &str) -> Result<(), StoreError> {
        let path = self.high_water_file();
        let unfinished = path.with_extension(UNFINISHED);
        let written = (|| {
            self.outside.faults.reach(FaultPoint::HighWater)?;
            private_file(&unfinished)?.write_all(checkpoint.as_bytes())?;
            fs::rename(&unfinished, &path)
        })();
        written.map_err(|problem| StoreError::disk(&path, problem))
    }

    pub(crate) fn high_water_file(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}
