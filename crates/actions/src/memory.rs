//! Memory of the store, renewed by whoever changes the store before they are told that it is done.
//!
//! So everybody finds what they changed themselves, and nobody else waits: until memory is renewed, others are answered
//! from the state before. The index is told of nothing that memory does not know (see `indexing.rs`).

use std::sync::{
    Arc, Mutex, RwLock,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use crate::{desk::Desk, error::ActionError, world::World};

/// What a desk remembers of its store.
pub(crate) struct Memory {
    world: RwLock<Option<Arc<World>>>,
    /// How many changes there have been in this process.
    changes: AtomicU64,
    /// How many of them the world knows of; held while one is built.
    known: Mutex<u64>,
    /// Whether some entities may not be indexed yet.
    has_pending: AtomicBool,
    /// Only one thread indexes.
    pub(crate) indexing: Mutex<()>,
    /// Only one thread erases.
    pub(crate) erasing: Mutex<()>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            world: RwLock::default(),
            changes: AtomicU64::new(0),
            known: Mutex::new(0),
            has_pending: AtomicBool::new(true),
            indexing: Mutex::default(),
            erasing: Mutex::default(),
        }
    }
}

impl Memory {
    pub(crate) fn has_pending(&self) -> bool {
        self.has_pending.load(Ordering::SeqCst)
    }

    pub(crate) fn set_pending(&self, pending: bool) {
        self.has_pending.store(pending, Ordering::SeqCst);
    }

    fn held(&self) -> Option<Arc<World>> {
        self.world.read().ok().and_then(|world| world.clone())
    }

    fn hold(&self, world: Option<Arc<World>>) {
        let mut held = self.world.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *held = world;
    }
}

impl Desk {
    /// Memory as it is; read from the store where there is none yet.
    pub(crate) fn world(&self) -> Result<Arc<World>, ActionError> {
        match self.memory().held() {
            Some(world) => Ok(world),
            None => self.remember(0),
        }
    }

    /// Whether nobody has renewed memory since.
    pub(crate) fn is_newest(&self, world: &Arc<World>) -> bool {
        self.memory().held().is_some_and(|held| Arc::ptr_eq(&held, world))
    }

    /// Makes memory know what the caller has just changed. Where it cannot be read now, whoever asks next reads it.
    pub(crate) fn renew_memory(&self) -> Result<Arc<World>, ActionError> {
        let memory = self.memory();
        let own = memory.changes.fetch_add(1, Ordering::SeqCst) + 1;
        let renewed = self.remember(own);
        if renewed.is_err() {
            memory.hold(None);
        }
        renewed
    }

    /// Reads memory from the store, unless somebody else has meanwhile done so with this change in it.
    fn remember(&self, change: u64) -> Result<Arc<World>, ActionError> {
        let memory = self.memory();
        let mut known = memory.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(world) = memory.held().filter(|_| *known >= change) {
            return Ok(world);
        }
        // Counted before the store is read: a change that comes meanwhile reads it again.
        let changes = memory.changes.load(Ordering::SeqCst);
        let world = Arc::new(self.store().read(World::read)?);
        memory.hold(Some(Arc::clone(&world)));
        *known = changes;
        Ok(world)
    }
}
