//! The command line from outside: the binary runs, and what it prints, answers and leaves behind is looked at.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::print_stdout, clippy::panic, reason = "a test may fail loudly")]

mod bad_input;
mod chance;
mod charter;
mod client;
mod crash;
mod full_disk;
mod home;
mod json;
mod material;
mod names;
mod pages;
mod production;
mod reference;
mod tampering;
mod twins;
mod witness;
