//! From files to files, as a caller sees it.

mod bad_input;
mod large;
mod material;
mod page;
mod parquet;
mod same_bytes;
mod two_files;
