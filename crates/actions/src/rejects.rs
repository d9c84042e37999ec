//! The home's files of rejects, which an erasure leaves without the lines that mention what is erased. The new files are
//! written beside the old ones before the erasure is durable and put in their place once it is, so that neither a process
//! that dies in between nor an erasure that fails leaves the one done without the other.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use candour_store::Mentions;

use crate::error::ActionError;

/// Ending of a file that is to take another's place.
const BESIDE: &str = "part";

/// Writes the files anew beside the old ones, where lines go; says how many lines go.
pub(crate) fn prepare(folder: &Path, mentions: &Mentions) -> Result<u64, ActionError> {
    let mut gone = 0;
    for path in files(folder, "csv")? {
        gone += write_beside(&path, mentions)?;
    }
    Ok(gone)
}

/// Puts the new files in the place of the old ones, or forgets them where nothing was erased.
pub(crate) fn settle(folder: &Path, is_erased: bool) -> Result<(), ActionError> {
    for beside in files(folder, BESIDE)? {
        if is_erased { fs::rename(&beside, beside.with_extension("csv")) } else { fs::remove_file(&beside) }.map_err(ActionError::file(&beside))?;
    }
    Ok(())
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, ActionError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(ActionError::file(folder))? {
        let path = entry.map_err(ActionError::file(folder))?.path();
        if path.extension() == Some(OsStr::new(ending)) {
            found.push(path);
        }
    }
    Ok(found)
}

fn write_beside(path: &Path, mentions: &Mentions) -> Result<u64, ActionError> {
    let text = fs::read(path).map_err(ActionError::file(path))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_slice());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let damaged = |error: csv::Error| ActionError::damaged(path, error);
    let mut gone = 0;
    for record in reader.byte_records() {
        let record = record.map_err(damaged)?;
        if record.iter().any(|field| mentions.are_in(&String::from_utf8_lossy(field))) {
            gone += 1;
        } else {
            writer.write_byte_record(&record).map_err(damaged)?;
        }
    }
    if gone > 0 {
        let beside = path.with_extension(BESIDE);
        let bytes = writer.into_inner().map_err(|error| ActionError::damaged(path, error))?;
        let mut file = File::create(&beside).map_err(ActionError::file(&beside))?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(ActionError::file(&beside))?;
    }
    Ok(gone)
}
