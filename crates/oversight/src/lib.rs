//! Which looks at the evidence nothing explains, and how the system is used: computed from lines of the journal.
//!
//! [`Reckoning`] takes one [`Look`] after another, each with a [`Context`] that says what explains it and how the records
//! looked at stand to the person who looked, and ends in [`Reckoned`]: usage, and a ranking for a human to read.
//! [`Heartbeats`] finds silence and compares the minutely counts with the entries they count. [`sample`] chooses entries in
//! a way that whoever keeps the journal cannot steer.
//!
//! Scores rank accesses by people who use the system. They say nothing of the people whom records are about, predict
//! nobody's behaviour, and accuse nobody: a flag is a question that somebody has to ask.
//!
//! This room holds no evidence and knows no store: records come as numbers, and what they say stays outside.

mod heartbeat;
mod look;
mod names;
mod reckoning;
pub mod sample;
mod signals;
mod usage;
mod weights;

pub use heartbeat::{Beats, Heartbeats, Mismatch, Silence, purpose_class};
pub use look::{Context, Explained, Look, Outcome, Relation, Relations};
pub use reckoning::{Found, Ranked, Reckoned, Reckoning, Window};
pub use usage::{Count, Usage};
pub use weights::{ALERT, Reason, TABLE, Weight, limits};
