//! One process per home: an advisory lock that the operating system drops when its holder dies, however it dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::Path,
    time::{Duration, Instant},
};

use crate::error::StoreError;

/// How long a second process waits for a first one that is about to end.
const PATIENCE: Duration = Duration::from_secs(2);

/// The lock on a home, held as long as this lives.
#[derive(Debug)]
pub(crate) struct HomeLock {
    _file: File,
}

impl HomeLock {
    /// Takes the lock of `home`, waiting a moment for another holder to finish.
    pub(crate) fn take(home: &Path) -> Result<Self, StoreError> {
        let path = home.join("lock");
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|problem| StoreError::ReadOnly(home.to_owned(), problem.to_string()))?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::InUse { home: home.to_owned(), holder: holder_of(&mut file) });
                }
                Err(TryLockError::Error(problem)) => return Err(StoreError::File { path, problem }),
            }
        }
        // The number is only a courtesy to whoever is kept waiting; a full disk must not stop the work here.
        let _ = file.set_len(0);
        let _ = file.rewind();
        let _ = write!(file, "{}", std::process::id());
        Ok(Self { _file: file })
    }
}

fn holder_of(file: &mut File) -> String {
    let mut text = String::new();
    match file.rewind().and_then(|()| file.read_to_string(&mut text)) {
        Ok(_) if !text.is_empty() => text,
        _ => "unknown".to_owned(),
    }
}
