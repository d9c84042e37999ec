//! What a store needs from the outside world, handed in so that tests can replace it: the time, randomness, and faults.

use std::{
    fmt, io,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// Reads milliseconds since 1970-01-01T00:00Z.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;
/// Fills a buffer with random bytes fit for salts and keys.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// A step at which a change can fail or the process can die; every one of them is on the way of some change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultPoint {
    /// The transaction of a group of changes has begun.
    Begun,
    /// The changes of the group have been made, none of them is recorded.
    Applied,
    /// The entries are in the journal's table, the tree does not have them yet.
    Recorded,
    /// The tiles that they fill are stored.
    TilesStored,
    /// The checkpoint is signed and stored.
    Signed,
    /// Everything is in the transaction.
    BeforeCommit,
    /// The transaction is durable, nobody has been told.
    AfterCommit,
    /// A new key is about to be written.
    KeyWriting,
    /// A new key has been written under its temporary name.
    KeyWritten,
    /// A new key is in its place; no entry uses it yet.
    KeyPlaced,
    /// A segment's entries are about to be encrypted again under another key.
    SegmentRewriting,
    /// They have been.
    SegmentRewritten,
    /// A key that no entry uses any more is about to be destroyed.
    KeyDestroying,
    /// It has been overwritten; its file is still there.
    KeyOverwritten,
    /// It is gone.
    KeyDestroyed,
    /// The high-water mark is about to be written.
    HighWater,
}

impl FaultPoint {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Begun,
        Self::Applied,
        Self::Recorded,
        Self::TilesStored,
        Self::Signed,
        Self::BeforeCommit,
        Self::AfterCommit,
        Self::KeyWriting,
        Self::KeyWritten,
        Self::KeyPlaced,
        Self::SegmentRewriting,
        Self::SegmentRewritten,
        Self::KeyDestroying,
        Self::KeyOverwritten,
        Self::KeyDestroyed,
        Self::HighWater,
    ];
}

/// What goes wrong, and where. Nothing does unless a test says so.
#[derive(Clone, Default)]
pub struct Faults(Option<Arc<dyn Fn(FaultPoint) -> io::Result<()> + Send + Sync>>);

impl Faults {
    /// Calls `at` at every point: it may give an error, which is taken as the disk's, or end the process.
    pub fn new(at: impl Fn(FaultPoint) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(at)))
    }

    /// Comes past a point.
    pub fn reach(&self, point: FaultPoint) -> io::Result<()> {
        self.0.as_ref().map_or(Ok(()), |at| at(point))
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Faults(some)" } else { "Faults(none)" })
    }
}

/// Clock, randomness and faults.
#[derive(Clone)]
pub struct Outside {
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
    /// What goes wrong.
    pub faults: Faults,
}

impl Outside {
    /// A world with this clock and randomness, in which nothing goes wrong by intent.
    pub fn new(clock: impl Fn() -> i64 + Send + Sync + 'static, random: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(clock), random: Arc::new(random), faults: Faults::default() }
    }

    /// The same world with faults.
    #[must_use]
    pub fn with_faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// The same world with a clock that never goes back: it stands still at the latest time that it has shown, `newest`
    /// at least, until the clock behind it has caught up.
    pub(crate) fn monotonic(self, newest: i64) -> Self {
        let (clock, latest) = (self.clock, AtomicI64::new(newest));
        let clock = move || {
            let now = clock();
            latest.fetch_max(now, Ordering::SeqCst).max(now)
        };
        Self { clock: Arc::new(clock), ..self }
    }
}
