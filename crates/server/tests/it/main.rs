//! The interface from outside: requests go in, statuses, headers and bodies come out. No socket is opened.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod description;
mod guarded;
mod house;
mod ledger;
mod signing_in;
mod walking;
