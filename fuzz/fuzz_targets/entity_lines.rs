//! Arbitrary bytes as FollowTheMoney entities.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| candour_fuzz::check("t.ijson", bytes, None));
