//! The one thread that writes. Jobs of concurrent requests share one transaction, one fsync and one signed checkpoint.

use std::{
    path::PathBuf,
    sync::{
        Arc, RwLock,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
};

use rusqlite::Connection;

use crate::{
    error::StoreError,
    journal::{Journal, Pending, Receipt},
    names::Names,
    outside::{FaultPoint, Outside},
    transaction::Transaction,
};

/// How many jobs share one transaction at most.
const GROUP: usize = 256;

/// What a job leaves to be done once its transaction is durable, or has failed.
type Finish = Box<dyn FnOnce(Result<Vec<Receipt>, StoreError>) + Send>;
/// A change, called once with a transaction or with the reason why there is none; it says how to report its outcome.
pub(crate) type Job = Box<dyn FnOnce(Result<&mut Transaction<'_>, StoreError>) -> JobOutcome + Send>;

/// What became of a job before the commit.
pub(crate) enum JobOutcome {
    /// It worked: report when durable.
    Applied(Finish),
    /// It failed for this reason and has been told so: undo it.
    Undone(StoreError),
}

/// Handle on the writing thread.
pub(crate) struct Writer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread. `published` is where readers find the names after each commit.
    pub(crate) fn start(
        connection: Connection,
        journal: Journal,
        outside: Outside,
        published: Arc<RwLock<Arc<Names>>>,
        path: PathBuf,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = sync_channel(GROUP * 4);
        let names = Names::load(&connection)?;
        let next_seq = connection.query_row("SELECT value FROM counter WHERE name = 'seq'", [], |row| row.get(0))?;
        let mut state = State { connection, journal, names, next_seq, outside, published, path };
        state.publish();
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || state.run(&queue))
            .map_err(|problem| StoreError::File { path: PathBuf::from("store-writer"), problem })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Hands a job over; waits where the queue is full.
    pub(crate) fn submit(&self, job: Job) -> Result<(), StoreError> {
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        match jobs.try_send(job) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(job)) => jobs.send(job).map_err(|_| StoreError::Stopped),
            Err(TrySendError::Disconnected(_)) => Err(StoreError::Stopped),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct State {
    connection: Connection,
    journal: Journal,
    names: Names,
    next_seq: i64,
    outside: Outside,
    published: Arc<RwLock<Arc<Names>>>,
    path: PathBuf,
}

impl State {
    fn run(&mut self, queue: &Receiver<Job>) {
        while let Ok(first) = queue.recv() {
            let mut group = vec![first];
            while group.len() < GROUP
                && let Ok(next) = queue.try_recv()
            {
                group.push(next);
            }
            self.commit(group);
        }
    }

    /// Runs a group of jobs in one transaction and reports to each.
    fn commit(&mut self, group: Vec<Job>) {
        let mut pending = Vec::new();
        let mut finishes = Vec::new();
        let mut jobs = group.into_iter();
        let outcome = self.apply(&mut jobs, &mut pending, &mut finishes);
        let outcome = outcome.and_then(|()| self.seal(&mut pending));
        match outcome {
            Ok(receipts) => {
                let mut receipts = receipts.into_iter();
                for (finish, entries) in finishes {
                    finish(Ok(receipts.by_ref().take(entries).collect()));
                }
            }
            Err(error) => {
                let error = error.about(&self.path);
                // The database may have rolled back already, on a full disk for one.
                let _ = self.connection.execute_batch("ROLLBACK");
                self.reload();
                for (finish, _) in finishes {
                    finish(Err(error.repeated()));
                }
                for job in jobs {
                    job(Err(error.repeated()));
                }
            }
        }
    }

    fn apply(&mut self, jobs: &mut impl Iterator<Item = Job>, pending: &mut Vec<Pending>, finishes: &mut Vec<(Finish, usize)>) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.reach(FaultPoint::Begun)?;
        for job in jobs {
            let (entries, seq) = (pending.len(), self.next_seq);
            self.connection.execute_batch("SAVEPOINT job")?;
            let mut transaction =
                Transaction { connection: &self.connection, names: &mut self.names, next_seq: &mut self.next_seq, pending, outside: &self.outside };
            match job(Ok(&mut transaction)) {
                JobOutcome::Applied(finish) => {
                    finishes.push((finish, pending.len() - entries));
                    self.connection.execute_batch("RELEASE job")?;
                }
                JobOutcome::Undone(cause) if self.connection.is_autocommit() => {
                    // The failure has ended the transaction, and with it the changes of the others in the group.
                    return Err(cause);
                }
                JobOutcome::Undone(_) => {
                    pending.truncate(entries);
                    self.next_seq = seq;
                    self.connection.execute_batch("ROLLBACK TO job; RELEASE job")?;
                    self.names = Names::load(&self.connection)?;
                }
            }
        }
        Ok(())
    }

    fn seal(&mut self, pending: &mut [Pending]) -> Result<Vec<Receipt>, StoreError> {
        self.reach(FaultPoint::Applied)?;
        let (outside, path) = (&self.outside, &self.path);
        let receipts =
            self.journal.append(&self.connection, pending, |point| outside.faults.reach(point).map_err(|problem| StoreError::disk(path, problem)))?;
        self.connection.prepare_cached("UPDATE counter SET value = ? WHERE name = 'seq'")?.execute([self.next_seq])?;
        // Readers must know every name before a row that uses it becomes visible.
        self.publish();
        self.reach(FaultPoint::BeforeCommit)?;
        self.connection.execute_batch("COMMIT")?;
        // It is durable: whatever goes wrong from here on, it was done.
        let _ = self.reach(FaultPoint::AfterCommit);
        Ok(receipts)
    }

    fn reach(&self, point: FaultPoint) -> Result<(), StoreError> {
        self.outside.faults.reach(point).map_err(|problem| StoreError::disk(&self.path, problem))
    }

    /// After a failed commit memory may be ahead of the disk; the disk is right.
    fn reload(&mut self) {
        if let Ok(names) = Names::load(&self.connection) {
            self.names = names;
            self.publish();
        }
        if let Ok(seq) = self.connection.query_row("SELECT value FROM counter WHERE name = 'seq'", [], |row| row.get(0)) {
            self.next_seq = seq;
        }
        // Should even this fail, the journal stays marked as stale and refuses to append until it can be read again.
        let _ = self.journal.reload(&self.connection);
    }

    fn publish(&self) {
        let Ok(mut published) = self.published.write() else { return };
        let changed = !published.continues(&self.names)
            || published.symbol_count() != self.names.symbol_count()
            || published.provenance_count() != self.names.provenance_count()
            || published.datasets().count() != self.names.datasets().count()
            || published.markings().count() != self.names.markings().count();
        if changed {
            *published = Arc::new(self.names.clone());
        }
    }
}
