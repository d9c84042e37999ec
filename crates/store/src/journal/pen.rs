//! What whoever records an entry needs before the writer has it: time, randomness and the key of the segment that is being
//! written. It is shared by all callers and the writer, so that sealing is done by the callers' own threads.

use std::sync::{
    Arc, Mutex, RwLock,
    atomic::{AtomicBool, Ordering},
};

use zeroize::Zeroizing;

use crate::{
    error::StoreError,
    keystore::{Keystore, SegmentKey},
    outside::Outside,
};

/// See the module.
pub(crate) struct Pen {
    pub(super) origin: String,
    pub(crate) outside: Outside,
    pub(crate) keystore: Keystore,
    current: RwLock<Arc<SegmentKey>>,
    /// The next segment's key, made in advance by some caller so that the writer need not wait for the disk.
    spare: Mutex<Option<Arc<SegmentKey>>>,
    /// Whether somebody should make one.
    wants_spare: AtomicBool,
}

impl Pen {
    pub(super) fn new(origin: String, outside: Outside, keystore: Keystore, current: Arc<SegmentKey>) -> Self {
        Self { origin, outside, keystore, current: RwLock::new(current), spare: Mutex::default(), wants_spare: AtomicBool::new(false) }
    }

    /// The key that new entries are sealed with.
    pub(super) fn current(&self) -> Arc<SegmentKey> {
        self.current.read().map_or_else(|poisoned| Arc::clone(&poisoned.into_inner()), |current| Arc::clone(&current))
    }

    /// Seals with this key from now on.
    pub(super) fn turn_to(&self, key: Arc<SegmentKey>) {
        match self.current.write() {
            Ok(mut current) => *current = key,
            Err(poisoned) => *poisoned.into_inner() = key,
        }
    }

    /// Seals a text under a key, with a nonce of its own.
    pub(super) fn seal(&self, key: &SegmentKey, text: Zeroizing<Vec<u8>>) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; SegmentKey::NONCE];
        (self.outside.random)(&mut nonce);
        key.seal(&self.origin, nonce, text)
    }

    /// Asks for the next segment's key.
    pub(super) fn ask_for_spare(&self) {
        if self.spare.lock().is_ok_and(|spare| spare.is_none()) {
            self.wants_spare.store(true, Ordering::Relaxed);
        }
    }

    /// Makes the next segment's key if it is wanted. A failure is left to the writer, who will try for itself.
    pub(crate) fn make_spare(&self) {
        if self.wants_spare.load(Ordering::Relaxed)
            && self.wants_spare.swap(false, Ordering::Relaxed)
            && let Ok(mut spare) = self.spare.lock()
            && spare.is_none()
            && let Ok(key) = self.fresh()
        {
            *spare = Some(key);
        }
    }

    /// The key that was made in advance, or a new one.
    pub(super) fn next(&self) -> Result<Arc<SegmentKey>, StoreError> {
        self.wants_spare.store(false, Ordering::Relaxed);
        let mut spare = self.spare.lock().map_err(|_| StoreError::Stopped)?;
        spare.take().map_or_else(|| self.fresh(), Ok)
    }

    /// A key with a number that no segment has had.
    pub(super) fn fresh(&self) -> Result<Arc<SegmentKey>, StoreError> {
        self.keystore.create_next()
    }
}
