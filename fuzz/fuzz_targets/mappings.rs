//! Arbitrary text as a mapping of a small table.
#![no_main]

libfuzzer_sys::fuzz_target!(|mapping: &str| candour_fuzz::check("t.csv", b"a,b,c\n1,Ann,1990\n2,Bo,skip\n", Some(mapping)));
