//! What a witness cosigned last, in a file: for each log the three lines of a checkpoint, an empty line between logs.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use candour_ledger::{Checkpoint, witness::WitnessState};

use super::WitnessError;

/// The file, held by this process alone.
pub(super) struct StateFile {
    path: PathBuf,
    /// The lock, which the system takes back when the process ends, however it ends.
    _lock: File,
}

impl StateFile {
    /// Takes the file for this process.
    pub(super) fn take(path: PathBuf) -> Result<Self, WitnessError> {
        let lock_path = with_ending(&path, ".lock");
        let lock = File::options().create(true).write(true).truncate(false).open(&lock_path).map_err(|problem| at(&lock_path, problem))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(WitnessError::InUse(path.display().to_string())),
            Err(fs::TryLockError::Error(problem)) => Err(at(&lock_path, problem)),
        }
    }

    /// Whether there is one.
    pub(super) fn exists(&self) -> bool {
        self.path.exists()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What was cosigned last, by origin.
    pub(super) fn read(&self) -> Result<BTreeMap<String, WitnessState>, WitnessError> {
        let text = fs::read_to_string(&self.path).map_err(|problem| at(&self.path, problem))?;
        parse(&text).ok_or_else(|| WitnessError::Content {
            path: self.path.display().to_string(),
            problem: "it is not what a witness wrote; bring back the newest copy that is whole, or take a new key".to_owned(),
        })
    }

    /// Writes all of it, so that after a crash the file is the old one or the new one, and durable once this returns.
    pub(super) fn write(&self, states: &BTreeMap<String, WitnessState>) -> Result<(), WitnessError> {
        replace(&self.path, &format(states))
    }
}

fn format(states: &BTreeMap<String, WitnessState>) -> String {
    let text =
        |(origin, state): (&String, &WitnessState)| Checkpoint { origin: origin.clone(), size: state.size, root: state.root, extensions: vec![] }.to_string();
    states.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn parse(text: &str) -> Option<BTreeMap<String, WitnessState>> {
    let mut states = BTreeMap::new();
    if text.is_empty() {
        return Some(states);
    }
    for part in text.strip_suffix('\n')?.split("\n\n") {
        let Checkpoint { origin, size, root, extensions } = Checkpoint::parse(&format!("{part}\n")).ok()?;
        if !extensions.is_empty() || states.insert(origin, WitnessState { size, root }).is_some() {
            return None;
        }
    }
    Some(states)
}

/// Puts a file in the place of another at once: written beside it, synced, renamed, and the folder synced.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), WitnessError> {
    let beside = with_ending(path, ".new");
    let mut file = File::create(&beside).map_err(|problem| at(&beside, problem))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|problem| at(&beside, problem))?;
    fs::rename(&beside, path).map_err(|problem| at(path, problem))?;
    sync_folder(path)
}

/// Makes a new name in a folder durable.
pub(super) fn sync_folder(path: &Path) -> Result<(), WitnessError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|problem| at(folder, problem))?;
    }
    Ok(())
}

pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn at(path: &Path, problem: std::io::Error) -> WitnessError {
    WitnessError::File { path: path.display().to_string(), problem }
}

#[cfg(test)]
mod tests {
    use candour_ledger::hash::leaf_hash;

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut states = BTreeMap::new();
        for count in 0..3_u64 {
            assert_eq!(parse(&format(&states)), Some(states.clone()));
            states.insert(format!("log.example/{count}"), WitnessState { size: count, root: leaf_hash(&[1]) });
        }
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        let state = WitnessState { size: 7, root: leaf_hash(&[1]) };
        let whole = format(&BTreeMap::from([("a".to_owned(), state.clone()), ("b".to_owned(), state)]));
        for cut in 1..whole.len() {
            let half = whole.get(..cut).unwrap();
            assert!(parse(half).is_none_or(|states| states.len() == 1), "{half:?}");
        }
        for text in ["\n", "a\n7\n", &format!("{whole}\n"), &format!("{whole}\n{whole}"), &whole.replacen('7', "-7", 1), &whole.replacen("\n\n", "\nx\n\n", 1)]
        {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
