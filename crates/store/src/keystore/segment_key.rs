//! The key of one segment, and the sealing and opening of what is written under it (XChaCha20-Poly1305).

use chacha20poly1305::{AeadInOut as _, KeyInit as _, XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::StoreError;

/// Bytes that no two sealed texts share; long enough to be drawn at random.
pub(crate) type SealNonce = [u8; SegmentKey::NONCE];

/// The key of a segment. It is wiped from memory when dropped; there is no way to print it.
pub(crate) struct SegmentKey {
    no: u64,
    key: Zeroizing<[u8; Self::LENGTH]>,
}

impl SegmentKey {
    /// Length of a key in bytes.
    pub(crate) const LENGTH: usize = 32;
    /// Length of a nonce in bytes.
    pub(crate) const NONCE: usize = 24;
    const HEADER: &'static str = "candour-segment-key/v1";
    const CONTEXT: &'static [u8] = b"candour-journal/v2\n";
    const CHECK: &'static [u8] = b"candour-segment-key-check/v1\n";

    pub(crate) fn new(no: u64, key: Zeroizing<[u8; Self::LENGTH]>) -> Self {
        Self { no, key }
    }

    /// The segment's number.
    pub(crate) fn no(&self) -> u64 {
        self.no
    }

    /// What the database keeps so that a key of another home is told from the right one: SHA-256 of a context and the key.
    /// The key is 32 random bytes, so this says nothing of it.
    pub(crate) fn check(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(Self::CHECK);
        digest.update(self.no.to_be_bytes());
        digest.update(self.key.as_slice());
        digest.finalize().into()
    }

    /// The content of its file: a line that says what it is, and the key in lower-case hex.
    pub(super) fn to_text(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(hex::encode(self.key.as_slice()));
        Zeroizing::new(format!("{}\n{}\n", Self::HEADER, hex.as_str()))
    }

    pub(super) fn parse(no: u64, text: &str) -> Option<Self> {
        let line = text.strip_prefix(Self::HEADER)?.strip_prefix('\n')?.strip_suffix('\n')?;
        let mut key = Zeroizing::new([0; Self::LENGTH]);
        hex::decode_to_slice(line, key.as_mut_slice()).ok()?;
        Some(Self { no, key })
    }

    /// What a sealed text is bound to beside the key: the log and the segment.
    fn context(&self, origin: &str) -> Vec<u8> {
        [Self::CONTEXT, origin.as_bytes(), b"\n", &self.no.to_be_bytes()].concat()
    }

    /// Seals a text: nonce ‖ ciphertext ‖ tag.
    pub(crate) fn seal(&self, origin: &str, nonce: SealNonce, mut text: Zeroizing<Vec<u8>>) -> Result<Vec<u8>, StoreError> {
        let cipher = XChaCha20Poly1305::new(&(*self.key).into());
        let mut sealed = Vec::with_capacity(Self::NONCE + text.len() + 16);
        sealed.extend_from_slice(&nonce);
        let tag = cipher
            .encrypt_inout_detached(&XNonce::from(nonce), &self.context(origin), text.as_mut_slice().into())
            .map_err(|_| StoreError::Limit("256 GiB for one journal entry"))?;
        sealed.extend_from_slice(&text);
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens a sealed text; `None` where key, log or segment is another, or a byte was changed.
    pub(crate) fn open(&self, origin: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_first_chunk::<{ Self::NONCE }>()?;
        let (text, tag) = rest.split_last_chunk::<16>()?;
        let mut text = Zeroizing::new(text.to_vec());
        let cipher = XChaCha20Poly1305::new(&(*self.key).into());
        let opened = cipher.decrypt_inout_detached(&XNonce::from(*nonce), &self.context(origin), text.as_mut_slice().into(), &(*tag).into());
        if opened.is_err() {
            text.zeroize();
            return None;
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(no: u64, key: [u8; 32]) -> SegmentKey {
        SegmentKey::new(no, Zeroizing::new(key))
    }

    /// Computed by an independent implementation from the description in `docs/formats/store.md`.
    #[test]
    fn a_worked_example_stays_as_documented() {
        let sealed = key(7, [0x11; 32]).seal("log.example/journal", [0x22; 24], Zeroizing::new(b"who asked what".to_vec())).unwrap();
        assert_eq!(hex::encode(&sealed), "222222222222222222222222222222222222222222222222f40f882c3dca8ff1816d63a3dc0d2707c565411f13b59fddea33ecf9f8f5");
        assert_eq!(hex::encode(key(7, [0x11; 32]).check()), "2088c4269ea0001b0e3cffde99f6f69aebb441bce3f32e88aa60ed673c91d796");
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_opened_by_the_same_key_log_and_segment_alone(
            text in proptest::collection::vec(any::<u8>(), 0..300), bytes: [u8; 32], nonce: [u8; 24], no in 0..u64::MAX, flip: prop::sample::Index, bit in 0..8_u32,
        ) {
            let right = key(no, bytes);
            let sealed = right.seal("log.example", nonce, Zeroizing::new(text.clone())).unwrap();
            prop_assert_eq!(sealed.len(), text.len() + 40);
            prop_assert_eq!(&*right.open("log.example", &sealed).unwrap(), &text);
            prop_assert!(right.open("log.example2", &sealed).is_none());
            prop_assert!(key(no + 1, bytes).open("log.example", &sealed).is_none());
            let mut other = bytes;
            other[flip.index(32)] ^= 1 << bit;
            prop_assert!(key(no, other).open("log.example", &sealed).is_none());
            let mut changed = sealed.clone();
            changed[flip.index(sealed.len())] ^= 1 << bit;
            prop_assert!(right.open("log.example", &changed).is_none());
            prop_assert!(right.open("log.example", &sealed[..flip.index(sealed.len())]).is_none());
            prop_assert_eq!(SegmentKey::parse(no, &right.to_text()).unwrap().check(), right.check());
        }

        #[test]
        fn no_text_upsets_the_parser(text in "\\PC*", line in "[0-9a-fA-F]{60,68}\n?") {
            prop_assert!(SegmentKey::parse(0, &text).is_none());
            let _ = SegmentKey::parse(0, &format!("{}\n{line}", SegmentKey::HEADER));
        }
    }
}
