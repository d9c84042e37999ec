//! Keys of signed notes (C2SP signed-note): Ed25519 for logs, Ed25519 or ML-DSA-44 for witnesses.

mod material;

use std::fmt;

use material::{Public, Secret};

use crate::{
    encoding::{base64, from_base64, from_hex},
    error::LedgerError,
    hash::sha256,
};

/// What a signature says, by the type byte of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureType {
    /// `0x01`: the signer made the text.
    Ed25519,
    /// `0x04`: a witness saw the checkpoint at a time, and no other history of that log.
    CosignatureV1,
    /// `0x06`: the same, by ML-DSA-44, which holds against quantum computers as well. Its message names the witness and
    /// leaves out a checkpoint's extension lines.
    CosignatureMlDsa44,
}

impl SignatureType {
    fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::CosignatureV1 => 0x04,
            Self::CosignatureMlDsa44 => 0x06,
        }
    }

    fn of(byte: u8) -> Option<Self> {
        [Self::Ed25519, Self::CosignatureV1, Self::CosignatureMlDsa44].into_iter().find(|known| known.byte() == byte)
    }
}

/// The first bytes of a signature, which together with the name tell whose it is.
pub(crate) type KeyId = [u8; 4];

/// A key that checks signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: KeyId,
    kind: SignatureType,
    key: Public,
}

/// A key that signs. It is wiped from memory when dropped, and never shown by `Debug`.
#[derive(Clone)]
pub struct SigningKey {
    verifier: VerifierKey,
    key: Secret,
}

const PRIVATE: &str = "PRIVATE+KEY+";

/// Whether a name can stand on a signature line: no white space, no `+`, no control characters, and something at all.
pub(crate) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

impl VerifierKey {
    fn new(name: &str, kind: SignatureType, key: Public) -> Result<Self, LedgerError> {
        if !is_key_name(name) {
            return Err(LedgerError::KeyName(name.to_owned()));
        }
        let [a, b, c, d, ..] = sha256(&[name.as_bytes(), b"\n", &[kind.byte()], &key.to_bytes()]).0;
        Ok(Self { name: name.to_owned(), id: [a, b, c, d], kind, key })
    }

    /// Reads a verifier key, `NAME+ID+KEY`.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let wrong = |why| LedgerError::VerifierKey { text: text.to_owned(), why };
        let (name, rest) = text.split_once('+').ok_or_else(|| wrong("it has no `+`"))?;
        let (id, key) = rest.split_once('+').ok_or_else(|| wrong("it has only one `+`"))?;
        let id: KeyId = from_hex(id).ok_or_else(|| wrong("its id is not eight hex digits"))?;
        let bytes = from_base64(key).ok_or_else(|| wrong("its key is not base64"))?;
        let (kind, key) = bytes.split_first().ok_or_else(|| wrong("its key is empty"))?;
        let kind = SignatureType::of(*kind)
            .ok_or_else(|| wrong("its signature type is not known here; 01 (Ed25519), 04 (cosignature) and 06 (cosignature by ML-DSA-44) are"))?;
        let key = Self::new(name, kind, Public::parse(kind, key).map_err(wrong)?)?;
        if key.id == id { Ok(key) } else { Err(wrong("its id does not belong to its name and key")) }
    }

    /// Name of the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its signatures say.
    #[must_use]
    pub fn kind(&self) -> SignatureType {
        self.kind
    }

    pub(crate) fn id(&self) -> KeyId {
        self.id
    }

    /// Whether the public key is the same, under whatever name and for whatever use.
    pub(crate) fn is_same_point(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// Whether these bytes are its signature of the message, by the strict rules: no signature has a second form.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verifies(message, signature)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id), base64(&keyed(self.kind, &self.key.to_bytes())))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// The type byte and the key.
fn keyed(kind: SignatureType, key: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind.byte()];
    bytes.extend_from_slice(key);
    bytes
}

impl SigningKey {
    /// A log's key from 32 random bytes.
    pub fn generate(name: &str, seed: [u8; 32]) -> Result<Self, LedgerError> {
        Self::new(name, SignatureType::Ed25519, seed)
    }

    /// A witness's key from 32 random bytes. They must not be those of any other key: the signed message does not name
    /// the witness.
    pub fn generate_witness(name: &str, seed: [u8; 32]) -> Result<Self, LedgerError> {
        Self::new(name, SignatureType::CosignatureV1, seed)
    }

    /// A witness's ML-DSA-44 key from 32 random bytes, which must not be those of any other key.
    pub fn generate_witness_ml_dsa(name: &str, seed: [u8; 32]) -> Result<Self, LedgerError> {
        Self::new(name, SignatureType::CosignatureMlDsa44, seed)
    }

    fn new(name: &str, kind: SignatureType, seed: [u8; 32]) -> Result<Self, LedgerError> {
        let key = Secret::new(kind, seed);
        Ok(Self { verifier: VerifierKey::new(name, kind, key.public())?, key })
    }

    /// Reads the text that [`Self::to_private_text`] writes.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let wrong = LedgerError::SigningKey;
        let rest = text.trim_end().strip_prefix(PRIVATE).ok_or(wrong("it does not begin with PRIVATE+KEY+"))?;
        let (name, rest) = rest.split_once('+').ok_or(wrong("it has no name"))?;
        let (id, key) = rest.split_once('+').ok_or(wrong("it has no id"))?;
        let id: KeyId = from_hex(id).ok_or(wrong("its id is not eight hex digits"))?;
        let bytes = from_base64(key).ok_or(wrong("its key is not base64"))?;
        let (kind, seed) = bytes.split_first().ok_or(wrong("its key is empty"))?;
        let kind = SignatureType::of(*kind).ok_or(wrong("its signature type is not known here"))?;
        let seed = seed.try_into().map_err(|_| wrong("its key has not 32 bytes"))?;
        let key = Self::new(name, kind, seed)?;
        if key.verifier.id == id { Ok(key) } else { Err(wrong("its id does not belong to its name and key")) }
    }

    /// The secret, `PRIVATE+KEY+NAME+ID+KEY`, for a file that nobody else can read.
    #[must_use]
    pub fn to_private_text(&self) -> String {
        format!("{PRIVATE}{}+{}+{}", self.verifier.name, hex::encode(self.verifier.id), base64(&keyed(self.verifier.kind, self.key.seed())))
    }

    /// The verifier key as text, for everybody.
    #[must_use]
    pub fn vkey(&self) -> String {
        self.verifier.to_string()
    }

    /// The verifier key.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Name of the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.verifier.name
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_texts_are_read_back() {
        for key in [
            SigningKey::generate("log.example/1", [7; 32]).unwrap(),
            SigningKey::generate_witness("w.example", [8; 32]).unwrap(),
            SigningKey::generate_witness_ml_dsa("w.example/pq", [9; 32]).unwrap(),
        ] {
            let again = SigningKey::parse(&format!("{}\n", key.to_private_text())).unwrap();
            assert_eq!(again.to_private_text(), key.to_private_text());
            assert_eq!(VerifierKey::parse(&key.vkey()).unwrap(), *key.verifier());
        }
    }

    #[test]
    fn the_secret_is_not_in_debug_output_or_errors() {
        let key = SigningKey::generate("log.example", [7; 32]).unwrap();
        let secret = base64(&keyed(SignatureType::Ed25519, &[7; 32]));
        assert!(key.to_private_text().contains(&secret));
        assert!(!format!("{key:?}").contains(&secret));
        let broken = key.to_private_text().replace("log.example", "log2.example");
        assert!(!SigningKey::parse(&broken).unwrap_err().to_string().contains(&secret));
    }

    #[test]
    fn names_that_break_a_signature_line_are_refused() {
        for name in ["", "a b", "a+b", "a\nb", "a\u{2003}b", "a\u{7}b"] {
            assert_eq!(SigningKey::generate(name, [7; 32]).unwrap_err(), LedgerError::KeyName(name.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn a_changed_verifier_key_is_refused(position: prop::sample::Index, with in " -~") {
            let vkey = SigningKey::generate("log.example", [7; 32]).unwrap().vkey();
            let position = position.index(vkey.len());
            let mut changed = vkey.clone();
            changed.replace_range(position..=position, &with);
            prop_assume!(changed != vkey);
            prop_assert!(VerifierKey::parse(&changed).is_err());
        }

        #[test]
        fn no_text_upsets_the_parsers(text in "\\PC*", tail in "[+0-9a-zA-Z/=]*") {
            let _ = VerifierKey::parse(&text);
            let _ = SigningKey::parse(&text);
            let _ = VerifierKey::parse(&format!("n+00000000+{tail}"));
            let _ = SigningKey::parse(&format!("PRIVATE+KEY+n+00000000+{tail}"));
        }
    }
}
