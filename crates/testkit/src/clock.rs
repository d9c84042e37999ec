//! Time and randomness under a test's control.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use candour_store::Outside;
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// 2024-03-01T12:00:00Z, where every fake clock starts. Milliseconds since 1970.
const START: i64 = 1_709_294_400_000;

/// A clock that only moves when it is looked at, by a millisecond, or told to.
#[derive(Debug, Clone)]
pub struct FakeClock(Arc<AtomicI64>);

impl Default for FakeClock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(START)))
    }
}

impl FakeClock {
    /// Lets time pass. Milliseconds.
    pub fn advance(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Looks at the clock: milliseconds since 1970. No two looks see the same time.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.0.fetch_add(1, Ordering::SeqCst)
    }

    /// This clock, with randomness that is the same for the same seed.
    #[must_use]
    pub fn outside(&self, seed: u64) -> Outside {
        let clock = self.clone();
        let random = Mutex::new(ChaCha20Rng::seed_from_u64(seed));
        Outside::new(
            move || clock.now(),
            move |buffer| {
                if let Ok(mut random) = random.lock() {
                    random.fill_bytes(buffer);
                }
            },
        )
    }
}

/// A world with a clock of its own in which everything happens the same way for the same seed.
#[must_use]
pub fn repeatable(seed: u64) -> Outside {
    FakeClock::default().outside(seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_world() {
        let draw = |seed| {
            let outside = repeatable(seed);
            let mut buffer = [0; 32];
            (outside.random)(&mut buffer);
            (outside.now(), outside.now(), buffer)
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1).2, draw(2).2);
        assert_eq!((draw(1).0, draw(1).1), (START, START + 1));
    }

    #[test]
    fn time_passes_when_told() {
        let clock = FakeClock::default();
        clock.advance(60_000);
        assert_eq!(clock.now(), START + 60_000);
    }
}
