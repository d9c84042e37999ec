//! Arbitrary bytes as plain text and, header and all, as a table: encodings are told apart and decoded.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    candour_fuzz::check("t.txt", bytes, None);
    candour_fuzz::check("t.csv", bytes, Some(candour_fuzz::MAPPING));
});
