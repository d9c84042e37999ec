//! Arbitrary bytes as Open Contracting releases.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(sheet) = candour_gate::Sheet::builtin() else { return };
    let _ = candour_gate::screen(bytes, &sheet, |_| ());
});
