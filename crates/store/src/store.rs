//! A home's evidence store: opened once per process, written through one thread, read by many.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, RwLock, mpsc::sync_channel},
};

use rusqlite::Connection;

use crate::{
    error::StoreError,
    journal::{EntryFields, Journal, JournalEntry, LogStatus, Pen, Pending, Receipt, Recorded},
    keystore::Keystore,
    layout,
    lock::HomeLock,
    names::Names,
    outside::Outside,
    reader::Reader,
    transaction::Transaction,
    writer::{Job, JobOutcome, Writer},
};

/// Whose log the journal is: the origin line of its checkpoints and the key that signs them.
pub struct LogIdentity {
    /// Origin, such as `candour.example/log`.
    pub origin: String,
    /// The signing key.
    pub key: candour_ledger::SigningKey,
}

/// The store of one home.
pub struct Store {
    path: PathBuf,
    pen: Arc<Pen>,
    names: Arc<RwLock<Arc<Names>>>,
    readers: Mutex<Vec<Connection>>,
    writer: Writer,
    log_key: String,
    _lock: HomeLock,
}

impl Store {
    /// Makes the store of a new home. The folder must exist and hold no store.
    pub fn create(home: &Path, identity: LogIdentity, outside: Outside) -> Result<Self, StoreError> {
        if home.join(layout::FILE).exists() {
            return Err(StoreError::HomeExists(home.to_owned()));
        }
        Self::start(home, identity, outside)
    }

    /// Opens the store of a home.
    pub fn open(home: &Path, identity: LogIdentity, outside: Outside) -> Result<Self, StoreError> {
        if !home.join(layout::FILE).exists() {
            return Err(StoreError::NoHome(home.to_owned()));
        }
        Self::start(home, identity, outside)
    }

    fn start(home: &Path, identity: LogIdentity, outside: Outside) -> Result<Self, StoreError> {
        let lock = HomeLock::take(home)?;
        let path = home.join(layout::FILE);
        let keystore = Keystore::open(home, outside.clone())?;
        let connection = layout::open_writer(&path, &keystore).map_err(|error| error.about(&path))?;
        let log_key = identity.key.vkey();
        let journal = Journal::open(&connection, identity, outside, keystore).map_err(|error| error.about(&path))?;
        let pen = Arc::clone(&journal.pen);
        let names = Arc::new(RwLock::new(Arc::new(Names::default())));
        let writer = Writer::start(connection, journal, Arc::clone(&names), path.clone())?;
        Ok(Self { path, pen, names, readers: Mutex::default(), writer, log_key, _lock: lock })
    }

    /// Milliseconds since 1970, by the clock that was handed in; but never less than it has said before, nor than the time
    /// of the newest journal entry.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.pen.outside.now()
    }

    /// The verifier key of the journal's log.
    #[must_use]
    pub fn log_key(&self) -> &str {
        &self.log_key
    }

    /// A snapshot of the names.
    #[must_use]
    pub fn names(&self) -> Arc<Names> {
        self.names.read().map_or_else(|poisoned| Arc::clone(&poisoned.into_inner()), |names| Arc::clone(&names))
    }

    /// Applies a change and waits until it and its journal entries are durable. Changes of concurrent callers share
    /// one transaction; where one fails it alone is undone.
    pub fn commit<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(T, Vec<Receipt>), StoreError> {
        let (tell, hear) = sync_channel(1);
        self.writer.submit(Job::Change(Box::new(move |transaction| match transaction.and_then(change) {
            Ok(value) => JobOutcome::Applied(Box::new(move |outcome| {
                let _ = tell.send(outcome.map(|recorded| (value, recorded)));
            })),
            Err(error) => {
                let cause = error.repeated();
                let _ = tell.send(Err(error));
                JobOutcome::Undone(cause)
            }
        })))?;
        let (value, recorded) = hear.recv().map_err(|_| StoreError::Stopped)?.map_err(|error| error.about(&self.path))?;
        self.pen.make_spare();
        let receipts = recorded.into_iter().map(Recorded::receipt).collect::<Result<_, _>>()?;
        Ok((value, receipts))
    }

    /// Records an entry that no change goes with, and waits until it is durable. Most of the work is done by the caller's
    /// own thread: of many that record at the same time each gets its answer sooner than by [`Self::commit`].
    pub fn record(&self, fields: EntryFields) -> Result<Receipt, StoreError> {
        let pending = Box::new(Pending::new(fields, &self.pen)?);
        let (tell, hear) = sync_channel(1);
        self.writer.submit(Job::Entry(pending, tell))?;
        let recorded = hear.recv().map_err(|_| StoreError::Stopped)?.map_err(|error| error.about(&self.path))?;
        self.pen.make_spare();
        recorded.receipt()
    }

    /// Reads with one of the reading connections; what is read is one consistent state.
    pub fn read<T, E: From<StoreError>>(&self, look: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        let idle = self.readers.lock().ok().and_then(|mut readers| readers.pop());
        let connection = match idle {
            Some(connection) => connection,
            None => layout::open_reader(&self.path).map_err(|error| error.about(&self.path))?,
        };
        connection.execute_batch("BEGIN").map_err(StoreError::from)?;
        // Names are taken after the snapshot is fixed by the first read below, so that no row refers to a newer name.
        let _: i64 = connection.query_row("SELECT count(*) FROM counter", [], |row| row.get(0)).map_err(StoreError::from)?;
        let outcome = look(&Reader { connection: &connection, names: self.names() });
        if connection.execute_batch("COMMIT").is_ok()
            && let Ok(mut readers) = self.readers.lock()
        {
            readers.push(connection);
        }
        outcome
    }

    /// The journal's log as it stands.
    pub fn log_status(&self) -> Result<LogStatus, StoreError> {
        self.read(|reader| crate::journal::status(reader.connection))
    }

    /// One entry of the journal with its private content.
    pub fn journal_entry(&self, index: u64) -> Result<Option<JournalEntry>, StoreError> {
        self.read_sealed(|connection| crate::journal::entry(connection, &self.pen, index))
    }

    /// Up to `limit` entries of the journal from number `first` on.
    pub fn journal_entries(&self, first: u64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        self.read_sealed(|connection| crate::journal::entries(connection, &self.pen, first, limit))
    }

    /// The file that static hosting of the log serves at a C2SP path (`checkpoint`, `tile/...`), if there is one.
    pub fn log_file(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|reader| crate::journal::file(reader.connection, path))
    }

    /// Every file of the published log, checkpoint last.
    pub fn publish_log(&self, mut each: impl FnMut(&str, &[u8]) -> Result<(), StoreError>) -> Result<LogStatus, StoreError> {
        self.read(|reader| crate::journal::publish(reader.connection, &mut each))
    }

    /// Keeps a checkpoint of this log that witnesses have cosigned. It must be signed by the log, and its tree must be one that
    /// this log has had; one that is older than the kept one is refused. Whose cosignatures they are is the caller's to check.
    pub fn set_cosigned(&self, note: &str) -> Result<(), StoreError> {
        let checkpoint = self.read(|reader| crate::journal::check_cosigned(reader.connection, note))?;
        let note = note.to_owned();
        self.commit(move |transaction| crate::journal::set_cosigned(transaction.connection, checkpoint.size, &note)).map(drop)
    }

    /// The newest checkpoint that witnesses have cosigned, with their cosignatures, if there is one.
    pub fn cosigned(&self) -> Result<Option<String>, StoreError> {
        self.read(|reader| crate::journal::cosigned(reader.connection))
    }

    /// The hashes which prove that the tree of the first `new_size` entries begins with that of the first `old_size` (C2SP
    /// tlog-witness asks for them).
    pub fn consistency(&self, old_size: u64, new_size: u64) -> Result<Vec<candour_ledger::Hash>, StoreError> {
        self.read(|reader| crate::journal::consistency(reader.connection, old_size, new_size))
    }

    /// A receipt for an entry in the tree as it stands now.
    pub fn prove(&self, index: u64) -> Result<Receipt, StoreError> {
        self.read_sealed(|connection| crate::journal::prove(connection, &self.pen, index))
    }

    /// How many keys of the journal should have been destroyed and are still there, because the disk refused. They are
    /// tried again after every change and when the home is opened.
    pub fn keys_to_destroy(&self) -> Result<u64, StoreError> {
        self.read(|reader| crate::journal::keys_to_destroy(reader.connection, &self.pen))
    }

    /// Reads what is sealed. A key may be destroyed between a look at the database and the look at the keystore; then the
    /// database has the entry under another key by now.
    fn read_sealed<T>(&self, look: impl Fn(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self.read(|reader| look(reader.connection)) {
            Err(StoreError::KeyLost { .. }) => self.read(|reader| look(reader.connection)),
            outcome => outcome,
        }
    }
}

mod scrub;
#[cfg(test)]
mod tests;

pub use scrub::Scrubbed;
