//! A home for a test: its clock stands still, its randomness repeats, and a second connection looks into its database.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, Weak,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use candour_actions::{ActionError, AdoptedView, Answer, Charter, Desk, ImportRequest, Imported, NewHome, Outside, Purpose, Who};
use candour_ledger::{Note, SigningKey};
use rusqlite::Connection;
use tempfile::TempDir;

/// 2026-01-01T00:00Z, where every clock starts. Milliseconds since 1970.
pub(crate) const NOW: i64 = 1_767_225_600_000;
/// Milliseconds.
pub(crate) const HOUR: i64 = 60 * 60 * 1000;

/// A desk with the folder it lies in.
pub(crate) struct TestHome {
    pub(crate) desk: Arc<Desk>,
    folder: TempDir,
    is_restless: Arc<AtomicBool>,
    /// What the clock is to show from the next drawing of randomness on; 0 for nothing.
    later: Arc<AtomicI64>,
    time: Arc<AtomicI64>,
    kept: Mutex<BTreeMap<String, String>>,
}

/// Fields of an entry by name.
pub(crate) type Entry = BTreeMap<String, String>;

impl TestHome {
    pub(crate) fn new() -> Self {
        let folder = folder();
        let is_restless = Arc::new(AtomicBool::new(false));
        let found: Arc<OnceLock<Weak<Desk>>> = Arc::default();
        let time = Arc::new(AtomicI64::new(NOW));
        let later = Arc::new(AtomicI64::new(0));
        let (armed, place, now) = (Arc::clone(&is_restless), Arc::clone(&found), Arc::clone(&time));
        let clock = move || now.load(Ordering::SeqCst);
        let (due, passing) = (Arc::clone(&later), Arc::clone(&time));
        let drawn = AtomicU64::new(1);
        let random = move |bytes: &mut [u8]| {
            if armed.swap(false, Ordering::SeqCst) {
                place.get().and_then(Weak::upgrade).unwrap().refresh().unwrap();
            }
            match due.swap(0, Ordering::SeqCst) {
                0 => {}
                then => passing.store(then, Ordering::SeqCst),
            }
            // Distinct on every call, which is all that a test needs.
            let number = drawn.fetch_add(1, Ordering::Relaxed);
            bytes.iter_mut().zip(number.to_be_bytes().iter().cycle()).for_each(|(to, from)| *to = *from);
        };
        let new = NewHome { organisation: "Harrow Mere City".to_owned(), example: true, made_by: "a test".to_owned() };
        let desk = Arc::new(Desk::init(&folder.path().join("home"), &new, Outside::new(clock, random)).unwrap());
        found.set(Arc::downgrade(&desk)).unwrap();
        Self { desk, folder, is_restless, later, time, kept: Mutex::default() }
    }

    /// Closes the home and opens it again, as the next start of the program does.
    pub(crate) fn reopened(self) -> Self {
        let Self { desk, folder, is_restless, later, time, kept } = self;
        drop(Arc::into_inner(desk).unwrap());
        let now = Arc::clone(&time);
        let drawn = AtomicU64::new(1 << 32);
        let random = move |bytes: &mut [u8]| {
            let number = drawn.fetch_add(1, Ordering::Relaxed);
            bytes.iter_mut().zip(number.to_be_bytes().iter().cycle()).for_each(|(to, from)| *to = *from);
        };
        let desk = Arc::new(Desk::open(&folder.path().join("home"), Outside::new(move || now.load(Ordering::SeqCst), random)).unwrap());
        Self { desk, folder, is_restless, later, time, kept }
    }

    /// Sets the clock, which moves no other way. Milliseconds since 1970.
    pub(crate) fn set_time(&self, now: i64) {
        self.time.store(now, Ordering::SeqCst);
    }

    /// The rules are read anew at the next drawing of randomness, which is when the next entry of the journal is made.
    pub(crate) fn refresh_while_recording(&self) {
        self.is_restless.store(true, Ordering::SeqCst);
    }

    /// The clock shows this from the next drawing of randomness on, which is when the next entry of the journal is made.
    pub(crate) fn set_time_while_recording(&self, then: i64) {
        self.later.store(then, Ordering::SeqCst);
    }

    /// A name that was not given before; [`Self::last`] gives it again.
    pub(crate) fn fresh(&self, kind: &str) -> String {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let name = format!("{kind}-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        self.keep(kind, name.clone());
        name
    }

    /// Keeps something for later.
    pub(crate) fn keep(&self, kind: &str, value: String) {
        self.kept.lock().unwrap().insert(kind.to_owned(), value);
    }

    /// What was kept last.
    pub(crate) fn last(&self, kind: &str) -> String {
        self.kept.lock().unwrap().get(kind).cloned().unwrap_or_default()
    }

    /// A text signed with the home's authority key.
    pub(crate) fn signature(&self, text: &str) -> String {
        if text.is_empty() { String::new() } else { Note::sign(text, &self.authority()).unwrap().to_string() }
    }

    fn authority(&self) -> SigningKey {
        SigningKey::parse(fs::read_to_string(self.desk.home().authority_key_file(1)).unwrap().trim()).unwrap()
    }

    /// Where files may be put that are no part of the home.
    pub(crate) fn outside(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// An example person with a purpose that needs no more than its name.
    pub(crate) fn who(&self, person: &str, purpose: &str) -> Who {
        Who { actor: self.desk.person(person).unwrap().actor(), purpose: Some(Purpose::plain(purpose)) }
    }

    /// Writes FollowTheMoney lines to a file and takes it in.
    pub(crate) fn import(&self, who: &Who, file: &str, lines: &str, marking: &str) -> Answer<Imported> {
        let path = self.outside().join(file);
        fs::write(&path, lines).unwrap();
        self.desk.import(who, &import_of(&path, marking), &mut |_| ()).unwrap()
    }

    /// Changes a file below `charter/`; the desk does not know of it yet.
    pub(crate) fn change_charter(&self, file: &str, from: &str, to: &str) {
        let file = self.path().join("charter").join(file);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&file, text.replace(from, to)).unwrap();
    }

    pub(crate) fn database(&self) -> Connection {
        Connection::open(self.path().join("candour.db")).unwrap()
    }

    pub(crate) fn count(&self, table: &str) -> u64 {
        let count: i64 = self.database().query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        u64::try_from(count).unwrap()
    }

    /// Entries of the journal from number `first` on, as they are stored.
    pub(crate) fn entries(&self, first: u64) -> Vec<Entry> {
        let entries = candour_store::journal_at_rest(&self.path(), first).unwrap();
        entries.into_iter().map(|entry| entry.fields.into_iter().collect()).collect()
    }

    /// Signs the charter's folder with the home's authority key, as the next version of the one in force, and adopts it.
    pub(crate) fn adopt_charter(&self) -> Result<Answer<AdoptedView>, ActionError> {
        self.sign_charter();
        self.desk.charter_adopt(&self.who("administrator", "demo"))
    }

    /// Makes the charter's folder the next version of the one in force and signs it.
    pub(crate) fn sign_charter(&self) {
        let shown = self.desk.charter_show(&self.who("analyst", "demo")).unwrap().value;
        let folder = self.path().join("charter");
        let rules = fs::read_to_string(folder.join("charter.toml")).unwrap();
        let lines = rules.lines().filter(|line| !line.starts_with("previous = ")).map(|line| match line.starts_with("version = ") {
            true => format!("version = {}\nprevious = \"{}\"\n", shown.version + 1, shown.hash),
            false => format!("{line}\n"),
        });
        fs::write(folder.join("charter.toml"), lines.collect::<String>()).unwrap();
        let Ok(charter) = Charter::load(&folder) else { return };
        fs::write(folder.join("charter.note"), self.signature(&charter.statement())).unwrap();
    }
}

pub(crate) fn import_of(path: &Path, marking: &str) -> ImportRequest {
    ImportRequest {
        paths: vec![path.to_owned()],
        dataset: None,
        marking: Some(marking.to_owned()),
        lawful_basis: "test".to_owned(),
        ..ImportRequest::default()
    }
}

/// A folder in memory where the system has one, for these tests wait for the disk and for little else.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).or_else(|_| TempDir::new()).unwrap() } else { TempDir::new().unwrap() }
}
