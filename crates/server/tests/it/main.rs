//! The interface from outside: requests go in, statuses, headers and bodies come out. Sockets are on the loopback alone.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod connections;
mod description;
mod guarded;
mod house;
mod ledger;
mod openid;
mod passkeys;
mod people;
mod signing_in;
mod tokens;
mod twins;
mod walking;
