//! Arbitrary bytes as whatever a published log or its reader holds: nothing panics, and what parses is written back alike.
#![no_main]

use candour_ledger::{Checkpoint, Note, Receipt, VerifierKey, bundle, proof::Proof, tile::Resource};

/// A key that signed nothing.
const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes);
    }
    let _ = bundle::parse(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = Checkpoint::parse(text);
    if let Ok(mut note) = Note::parse(b"text\n\n\xe2\x80\x94 a AAAAAAAA\n") {
        if note.add_lines(text).is_ok() {
            assert_eq!(Note::parse(note.to_string().as_bytes()), Ok(note));
        }
    }
    let _ = VerifierKey::parse(text);
    if let Ok(resource) = Resource::parse(text) {
        assert_eq!(resource.path(), text);
    }
    if let Ok(proof) = Proof::parse(text) {
        assert_eq!(proof.to_string(), text);
    }
    if let (Ok(receipt), Ok(key)) = (serde_json::from_str::<Receipt>(text), VerifierKey::parse(KEY)) {
        assert!(!receipt.check(&key).1.is_empty(), "a receipt that nobody signed is accepted");
    }
});
