//! The one thread that writes. Jobs of concurrent requests share one transaction, one fsync and one signed checkpoint.

use std::{
    path::PathBuf,
    sync::{
        Arc, RwLock,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::{
    error::StoreError,
    journal::{Journal, Pending, Recorded, Recording},
    names::Names,
    outside::FaultPoint,
    transaction::Transaction,
};

/// How many jobs share one transaction at most.
const GROUP: usize = 256;
/// How often the high-water mark is written at most.
const MARK_EVERY: Duration = Duration::from_secs(1);

/// What a job leaves to be done once its transaction is durable, or has failed.
type Finish = Box<dyn FnOnce(Result<Vec<Recorded>, StoreError>) + Send>;
/// A change, called once with a transaction or with the reason why there is none; it says how to report its outcome.
pub(crate) type Change = Box<dyn FnOnce(Result<&mut Transaction<'_>, StoreError>) -> JobOutcome + Send>;
/// Who hears what became of an entry.
pub(crate) type Tell = SyncSender<Result<Recorded, StoreError>>;

/// What the thread is given to do.
pub(crate) enum Job {
    /// A change with its entries.
    Change(Change),
    /// An entry alone, ready but for its number.
    Entry(Box<Pending>, Tell),
}

/// Who waits for a transaction to become durable.
enum Waiting {
    Change(Finish),
    Entry(Tell),
}

impl Waiting {
    fn hear(self, outcome: Result<Vec<Recorded>, StoreError>) {
        match self {
            Self::Change(finish) => finish(outcome),
            Self::Entry(tell) => {
                let _ = tell.send(outcome.and_then(|recorded| recorded.into_iter().next().ok_or(StoreError::Stopped)));
            }
        }
    }
}

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
    pub(crate) fn start(connection: Connection, journal: Journal, published: Arc<RwLock<Arc<Names>>>, path: PathBuf) -> Result<Self, StoreError> {
        let (jobs, queue) = sync_channel(GROUP * 4);
        let names = Names::load(&connection)?;
        let next_seq = connection.query_row("SELECT value FROM counter WHERE name = 'seq'", [], |row| row.get(0))?;
        let mut state = State { connection, journal, names, next_seq, published, path, marked: Instant::now(), is_unmarked: false };
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
    published: Arc<RwLock<Arc<Names>>>,
    path: PathBuf,
    /// When the high-water mark was written last.
    marked: Instant,
    /// Whether the log has grown since.
    is_unmarked: bool,
}

impl State {
    fn run(&mut self, queue: &Receiver<Job>) {
        while let Some(first) = self.first(queue) {
            let mut group = vec![first];
            while group.len() < GROUP
                && let Ok(next) = queue.try_recv()
            {
                group.push(next);
            }
            self.commit(group);
        }
        if self.is_unmarked {
            self.mark();
        }
    }

    /// Waits for a job; meanwhile the high-water mark catches up.
    fn first(&mut self, queue: &Receiver<Job>) -> Option<Job> {
        if self.is_unmarked {
            match queue.recv_timeout(MARK_EVERY.saturating_sub(self.marked.elapsed())) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.mark(),
            }
        }
        queue.recv().ok()
    }

    /// Runs a group of jobs in one transaction and reports to each.
    fn commit(&mut self, group: Vec<Job>) {
        let mut recording = Recording::default();
        let mut waiting = Vec::new();
        let mut jobs = group.into_iter();
        let outcome = self.apply(&mut jobs, &mut recording, &mut waiting);
        match outcome.and_then(|()| self.seal(recording)) {
            Ok(recorded) => {
                let mut recorded = recorded.into_iter();
                for (waiting, entries) in waiting {
                    waiting.hear(Ok(recorded.by_ref().take(entries).collect()));
                }
            }
            Err(error) => {
                let error = error.about(&self.path);
                // The database may have rolled back already, on a full disk for one.
                let _ = self.connection.execute_batch("ROLLBACK");
                self.reload();
                for (waiting, _) in waiting {
                    waiting.hear(Err(error.repeated()));
                }
                for job in jobs {
                    match job {
                        Job::Change(change) => drop(change(Err(error.repeated()))),
                        Job::Entry(_, tell) => Waiting::Entry(tell).hear(Err(error.repeated())),
                    }
                }
            }
        }
    }

    fn apply(&mut self, jobs: &mut impl Iterator<Item = Job>, recording: &mut Recording, waiting: &mut Vec<(Waiting, usize)>) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.reach(FaultPoint::Begun)?;
        for job in jobs {
            match job {
                Job::Entry(pending, tell) => {
                    recording.pending.push(*pending);
                    waiting.push((Waiting::Entry(tell), 1));
                }
                Job::Change(change) => self.change(change, recording, waiting)?,
            }
        }
        Ok(())
    }

    /// Runs a change; one that fails is undone alone.
    fn change(&mut self, change: Change, recording: &mut Recording, waiting: &mut Vec<(Waiting, usize)>) -> Result<(), StoreError> {
        let (entries, redactions, seq) = (recording.pending.len(), recording.redactions.len(), self.next_seq);
        self.connection.execute_batch("SAVEPOINT job")?;
        let pen = &self.journal.pen;
        let mut transaction = Transaction {
            connection: &self.connection,
            names: &mut self.names,
            next_seq: &mut self.next_seq,
            recording,
            unrecorded: None,
            pen,
            outside: &pen.outside,
        };
        let outcome = change(Ok(&mut transaction));
        let outcome = match (outcome, transaction.unrecorded.take()) {
            (JobOutcome::Applied(finish), Some(error)) => {
                let cause = error.repeated();
                finish(Err(error));
                JobOutcome::Undone(cause)
            }
            (outcome, _) => outcome,
        };
        match outcome {
            JobOutcome::Applied(finish) => {
                waiting.push((Waiting::Change(finish), recording.pending.len() - entries));
                self.connection.execute_batch("RELEASE job")?;
            }
            // The failure has ended the transaction, and with it the changes of the others in the group.
            JobOutcome::Undone(cause) if self.connection.is_autocommit() => return Err(cause),
            JobOutcome::Undone(_) => {
                recording.pending.truncate(entries);
                recording.redactions.truncate(redactions);
                self.next_seq = seq;
                self.connection.execute_batch("ROLLBACK TO job; RELEASE job")?;
                self.names = Names::load(&self.connection)?;
            }
        }
        Ok(())
    }

    fn seal(&mut self, recording: Recording) -> Result<Vec<Recorded>, StoreError> {
        self.reach(FaultPoint::Applied)?;
        let (faults, path) = (self.journal.pen.outside.faults.clone(), &self.path);
        let recorded = self.journal.append(&self.connection, recording, |point| faults.reach(point).map_err(|problem| StoreError::disk(path, problem)))?;
        self.connection.prepare_cached("UPDATE counter SET value = ? WHERE name = 'seq'")?.execute([self.next_seq])?;
        // Readers must know every name before a row that uses it becomes visible.
        self.publish();
        self.reach(FaultPoint::BeforeCommit)?;
        self.connection.execute_batch("COMMIT")?;
        // It is durable: whatever goes wrong from here on, it was done. Keys that could not be destroyed are kept in mind.
        let _ = self.reach(FaultPoint::AfterCommit);
        let _ = self.journal.committed();
        self.is_unmarked |= !recorded.is_empty();
        if self.is_unmarked && self.marked.elapsed() >= MARK_EVERY {
            self.mark();
        }
        Ok(recorded)
    }

    /// Tells the keystore how far the log has come. It is a second line of defence: where it cannot be written the work goes on.
    fn mark(&mut self) {
        self.is_unmarked = self.journal.mark().is_err();
        self.marked = Instant::now();
    }

    fn reach(&self, point: FaultPoint) -> Result<(), StoreError> {
        self.journal.pen.outside.faults.reach(point).map_err(|problem| StoreError::disk(&self.path, problem))
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
