//! Arbitrary text as a mandate: what is read is written back alike.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(mandate) = candour_charter::Mandate::parse(text) {
        assert_eq!(mandate.to_text(), text);
    }
});
