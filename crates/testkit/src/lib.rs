//! What tests share: a fake clock and repeatable randomness. It serves tests only, and no released crate imports it.

mod clock;

pub use clock::{FakeClock, repeatable};
