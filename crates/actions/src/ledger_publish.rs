//! Writing the log's public files for any web server, checkpoint last.

use std::{fs, path::Path};

use candour_store::{LogStatus, StoreError};

use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
};

impl Desk {
    /// Writes every file of the log below `folder`. The entry of the publication itself is in the next one.
    pub fn ledger_publish(&self, who: &Who, folder: &Path) -> Result<Answer<LogStatus>, ActionError> {
        self.answer(who, Action::LedgerPublish, &folder.display().to_string(), |access| {
            let status = self.store().publish_log(|path, bytes| write(&folder.join(path), bytes))?;
            Ok(Sealed::under(access, status, Vec::new()))
        })
    }
}

/// Writes beside and renames, so that a reader never meets half a file.
fn write(file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let problem = |problem| StoreError::File { path: file.to_owned(), problem };
    if fs::read(file).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(problem)?;
    }
    let beside = file.with_extension("part");
    fs::write(&beside, bytes).map_err(problem)?;
    fs::rename(&beside, file).map_err(problem)
}
