//! What a store needs from the outside world, handed in so that tests can replace it: the time and randomness.

use std::sync::Arc;

/// Reads milliseconds since 1970-01-01T00:00Z.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;
/// Fills a buffer with random bytes fit for salts.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Clock and randomness.
#[derive(Clone)]
pub struct Outside {
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
}

impl Outside {
    /// Puts the two together.
    pub fn new(clock: impl Fn() -> i64 + Send + Sync + 'static, random: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(clock), random: Arc::new(random) }
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.clock)()
    }
}
