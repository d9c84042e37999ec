//! The store from outside: homes, ingestion, reading, pairs, the journal and its published log, crashes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a test may fail loudly")]

mod crash;
mod erase;
mod event;
mod faults;
mod home;
mod ingest;
mod journal;
mod keystore;
mod pairs;
mod reader;
mod tampering;
mod time;
mod world;
