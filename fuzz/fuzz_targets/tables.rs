//! Arbitrary bytes as a table that a mapping reads. The header is given, so that the rows are reached.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| candour_fuzz::check("t.csv", &[b"a,b,c\n", bytes].concat(), Some(candour_fuzz::MAPPING)));
