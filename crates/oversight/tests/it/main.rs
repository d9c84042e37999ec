//! The reckoning from outside: small journals with their outcome, and laws.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod beats;
mod boosts;
mod journal;
mod laws;
mod sampling;
mod usage;
