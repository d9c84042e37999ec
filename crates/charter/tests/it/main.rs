//! The charter from outside: decisions, laws, signatures, mandates, findings and differences.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod adoption;
mod decisions;
mod diff;
mod exhaustive;
mod faults;
mod findings;
mod laws;
mod mandates;
mod matrix;
mod prose;
mod reference;
mod setting;
