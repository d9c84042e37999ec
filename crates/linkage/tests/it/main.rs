//! From files to files, as a caller sees it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod bad_input;
mod large;
mod material;
mod page;
mod parquet;
mod same_bytes;
mod two_files;
