//! The keystore: the keys of the journal's segments, one file each, in a folder apart from the database.
//!
//! What the journal says is readable only with them, so that destroying one erases what was written under it from the
//! database and from every copy of the database. It is not a place for the log's signing key, and nothing in it is needed to
//! verify or to publish the log. Files and the order in which they come and go are described in `docs/formats/store.md`.

mod high_water;
mod segment_key;

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use rustc_hash::FxHashMap;
use zeroize::Zeroizing;

use crate::{
    error::StoreError,
    outside::{FaultPoint, Outside},
};

pub(crate) use segment_key::SegmentKey;

/// Folder in a home.
const FOLDER: &str = "keystore";
/// Ends the name of a key's file.
const KEY: &str = "key";
/// Ends the name of a file that is not in its place yet.
const UNFINISHED: &str = "new";

/// The keys of one home.
pub(crate) struct Keystore {
    folder: PathBuf,
    outside: Outside,
    held: Mutex<FxHashMap<u64, Arc<SegmentKey>>>,
    /// Number of the next key; none is given twice.
    next: AtomicU64,
}

impl Keystore {
    /// Opens the keystore of a home, and makes its folder where there is none.
    pub(crate) fn open(home: &Path, outside: Outside) -> Result<Self, StoreError> {
        let folder = home.join(FOLDER);
        let made = if folder.exists() { close_to_others(&folder) } else { make_folder(&folder) };
        made.map_err(|problem| StoreError::disk(&folder, problem))?;
        let keystore = Self { folder, outside, held: Mutex::default(), next: AtomicU64::new(0) };
        for (path, _) in keystore.files(UNFINISHED)? {
            // A key that was being written when the process ended: nothing can have been encrypted with it.
            keystore.erase(&path)?;
        }
        keystore.reserve_below(keystore.numbers()?.last().map_or(0, |last| last.saturating_add(1)));
        Ok(keystore)
    }

    /// A keystore that another process may be using: nothing in it is touched.
    pub(crate) fn beside(home: &Path, outside: Outside) -> Self {
        Self { folder: home.join(FOLDER), outside, held: Mutex::default(), next: AtomicU64::new(0) }
    }

    pub(crate) fn outside(&self) -> &Outside {
        &self.outside
    }

    /// Numbers of the keys that are there, in order.
    pub(crate) fn numbers(&self) -> Result<Vec<u64>, StoreError> {
        let mut numbers: Vec<u64> = self.files(KEY)?.into_iter().map(|(_, no)| no).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Gives no number below this one from now on.
    pub(crate) fn reserve_below(&self, next: u64) {
        self.next.fetch_max(next, Ordering::SeqCst);
    }

    /// Draws a key with the next number.
    pub(crate) fn create_next(&self) -> Result<Arc<SegmentKey>, StoreError> {
        self.create(self.next.fetch_add(1, Ordering::SeqCst))
    }

    /// Draws a key and makes it durable before anything can be encrypted with it.
    fn create(&self, no: u64) -> Result<Arc<SegmentKey>, StoreError> {
        let mut bytes = Zeroizing::new([0; SegmentKey::LENGTH]);
        (self.outside.random)(bytes.as_mut());
        let key = Arc::new(SegmentKey::new(no, bytes));
        let (path, unfinished) = (self.path(no), self.path(no).with_extension(UNFINISHED));
        self.reach(FaultPoint::KeyWriting)?;
        if path.exists() {
            return Err(StoreError::Damaged(format!("`{}` is there already, for a segment that is yet to be begun", path.display())));
        }
        let written = (|| {
            let mut file = private_file(&unfinished)?;
            file.write_all(key.to_text().as_bytes())?;
            file.sync_all()?;
            self.outside.faults.reach(FaultPoint::KeyWritten)?;
            fs::rename(&unfinished, &path)?;
            sync_folder(&self.folder)?;
            self.outside.faults.reach(FaultPoint::KeyPlaced)
        })();
        if let Err(problem) = written {
            // Best effort: what stays is found and removed when the home is opened again.
            let _ = fs::remove_file(&unfinished);
            let _ = fs::remove_file(&path);
            return Err(StoreError::disk(&path, problem));
        }
        self.hold(&key);
        Ok(key)
    }

    /// The key of a segment.
    pub(crate) fn key(&self, no: u64) -> Result<Arc<SegmentKey>, StoreError> {
        if let Some(key) = self.held.lock().ok().and_then(|held| held.get(&no).cloned()) {
            return Ok(key);
        }
        let path = self.path(no);
        let text = match fs::read_to_string(&path) {
            // Somebody is destroying it at this moment.
            Ok(text) if text.bytes().all(|byte| byte == 0) => return Err(StoreError::KeyLost { segment: no, path }),
            Ok(text) => Zeroizing::new(text),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Err(StoreError::KeyLost { segment: no, path }),
            Err(problem) => return Err(StoreError::disk(&path, problem)),
        };
        let key = SegmentKey::parse(no, &text).ok_or_else(|| StoreError::Damaged(format!("`{}` holds no key", path.display())))?;
        let key = Arc::new(key);
        self.hold(&key);
        Ok(key)
    }

    /// Whether the key's file is there.
    pub(crate) fn has(&self, no: u64) -> bool {
        self.path(no).exists()
    }

    /// Destroys a key: overwrites its file, removes it, and forgets what is held of it. One that is gone already is fine.
    pub(crate) fn destroy(&self, no: u64) -> Result<(), StoreError> {
        if let Ok(mut held) = self.held.lock() {
            held.remove(&no);
        }
        self.erase(&self.path(no))
    }

    fn erase(&self, path: &Path) -> Result<(), StoreError> {
        if !path.exists() {
            return Ok(());
        }
        let erased = (|| {
            self.outside.faults.reach(FaultPoint::KeyDestroying)?;
            let mut file = fs::OpenOptions::new().write(true).open(path)?;
            let length = usize::try_from(file.metadata()?.len()).unwrap_or_default();
            file.write_all(&vec![0; length])?;
            file.sync_all()?;
            self.outside.faults.reach(FaultPoint::KeyOverwritten)?;
            fs::remove_file(path)?;
            sync_folder(&self.folder)?;
            self.outside.faults.reach(FaultPoint::KeyDestroyed)
        })();
        erased.map_err(|problem| StoreError::disk(path, problem))
    }

    fn hold(&self, key: &Arc<SegmentKey>) {
        if let Ok(mut held) = self.held.lock() {
            held.insert(key.no(), Arc::clone(key));
        }
    }

    pub(crate) fn path(&self, no: u64) -> PathBuf {
        self.folder.join(format!("{no:012}.{KEY}"))
    }

    /// The numbered files with this ending.
    fn files(&self, ending: &str) -> Result<Vec<(PathBuf, u64)>, StoreError> {
        let listed = || fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>();
        let paths = listed().map_err(|problem| StoreError::disk(&self.folder, problem))?;
        let numbered = paths.into_iter().filter(|path| path.extension().is_some_and(|found| found == ending)).filter_map(|path| {
            let no = path.file_stem()?.to_str()?.parse().ok()?;
            Some((path, no))
        });
        Ok(numbered.collect())
    }

    fn reach(&self, point: FaultPoint) -> Result<(), StoreError> {
        self.outside.faults.reach(point).map_err(|problem| StoreError::disk(&self.folder, problem))
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    folder.parent().map_or(Ok(()), sync_folder)
}

/// Takes the folder's rights away from everybody else, whoever gave them.
fn close_to_others(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// A new file that nobody else can read.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the names in a folder durable. Only systems that can open a folder have to.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests;
