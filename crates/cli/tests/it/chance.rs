//! Random moments and choices, with a seed that a failing test tells.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A source of chance.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// Another seed each time, or that of `CANDOUR_TEST_SEED`. It is printed, and shown when the test fails.
    pub(crate) fn new() -> Self {
        let given = std::env::var("CANDOUR_TEST_SEED").ok().and_then(|text| text.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos()));
        println!("chance has seed {seed}; CANDOUR_TEST_SEED={seed} asks for it again");
        Self(seed)
    }

    /// A number below `bound`, by SplitMix64.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    /// A moment within this time.
    pub(crate) fn moment(&mut self, within: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(within.as_micros()).unwrap()))
    }
}

/// How often a random experiment is done: `CANDOUR_TEST_CRASHES`, or a few times.
pub(crate) fn rounds() -> u64 {
    std::env::var("CANDOUR_TEST_CRASHES").ok().and_then(|text| text.parse().ok()).unwrap_or(6)
}
