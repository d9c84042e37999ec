//! Getting erased bytes out of the files: out of the write-ahead log, and out of pages that still hold a copy.

use std::{
    fs::File,
    io::{BufReader, Read as _},
    path::Path,
};

use rusqlite::{Connection, OpenFlags};
use rustc_hash::FxHashSet;

use super::Store;
use crate::{erase::Mentions, error::StoreError};

/// What scrubbing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scrubbed {
    /// Whether some bytes still stood in the database's file, so that it was written anew.
    pub was_rewritten: bool,
}

impl Store {
    /// Gets the bytes of what was erased out of the files. The write-ahead log is emptied; then the file is searched, and
    /// where it still holds any of `gone` it is written anew, without what is free in it. That takes as much space again
    /// while it lasts, and everybody else waits.
    pub fn scrub(&self, gone: &Mentions) -> Result<Scrubbed, StoreError> {
        scrub(&self.path, gone).map_err(|error| error.about(&self.path))
    }
}

impl Store {
    /// Writes the database's file anew, without what is free in it: for an erasure that was broken off, when nobody knows
    /// any more what was erased.
    pub fn rewrite(&self) -> Result<(), StoreError> {
        rewrite(&self.path).map_err(|error| error.about(&self.path))
    }
}

fn rewrite(path: &Path) -> Result<(), StoreError> {
    let connection = open(path)?;
    connection.execute_batch("PRAGMA secure_delete = ON; VACUUM")?;
    empty_log(&connection, path)
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA busy_timeout = 60000; PRAGMA temp_store = MEMORY")?;
    Ok(connection)
}

fn scrub(path: &Path, gone: &Mentions) -> Result<Scrubbed, StoreError> {
    empty_log(&open(path)?, path)?;
    if !holds(path, &gone.bytes())? {
        return Ok(Scrubbed { was_rewritten: false });
    }
    rewrite(path)?;
    Ok(Scrubbed { was_rewritten: true })
}

/// Copies the write-ahead log into the database and cuts it to nothing.
fn empty_log(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        return Ok(());
    }
    Err(StoreError::Refused(format!("`{}` is being read by others for too long, so that its log cannot be emptied yet; erase again", path.display())))
}

/// How many bytes of each text are looked up while the file goes by.
const KEY: usize = 4;

/// Whether a file holds any of the texts, wherever they lie.
fn holds(path: &Path, texts: &[&str]) -> Result<bool, StoreError> {
    let problem = |problem| StoreError::File { path: path.to_owned(), problem };
    let keys: FxHashSet<[u8; KEY]> = texts.iter().filter_map(|text| text.as_bytes().first_chunk::<KEY>().copied()).collect();
    let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
    if keys.is_empty() {
        return Ok(false);
    }
    let mut file = BufReader::new(File::open(path).map_err(problem)?);
    let mut window: Vec<u8> = Vec::new();
    loop {
        let read = file.by_ref().take(1 << 20).read_to_end(&mut window).map_err(problem)?;
        let starts = window.windows(KEY).enumerate().filter(|(_, key)| <[u8; KEY]>::try_from(*key).is_ok_and(|key| keys.contains(&key)));
        for (start, _) in starts {
            let rest = window.get(start..).unwrap_or_default();
            if texts.iter().any(|text| rest.starts_with(text.as_bytes())) {
                return Ok(true);
            }
        }
        if read == 0 {
            return Ok(false);
        }
        let keep = window.len().saturating_sub(longest);
        window.drain(..keep);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_wherever_it_lies() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("bytes");
        for (before, expected) in [(0, true), (3, true), ((1 << 20) - 5, true), ((1 << 20) + 1, true), (3 << 20, true)] {
            let mut bytes = vec![7; before];
            bytes.extend(b"Zorblatt");
            bytes.extend([9; 40]);
            std::fs::write(&file, &bytes).unwrap();
            assert_eq!(holds(&file, &["Zorblatt", "nothing of the kind"]).unwrap(), expected, "{before}");
            assert!(!holds(&file, &["Zorblatter"]).unwrap(), "{before}");
        }
        assert!(!holds(&file, &[]).unwrap());
    }
}
