//! Every action from outside, on homes made for the test: what may be done, what is recorded, what is hidden.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod audit;
mod charter;
mod donations;
mod erasure;
mod heartbeats;
mod home;
mod known_at;
mod matrix;
mod merging;
mod order;
mod oversight;
mod retention;
mod together;
mod trust;
mod twins;
mod worlds;
