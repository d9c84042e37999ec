//! Cosignatures of witnesses (C2SP tlog-cosignature): over the checkpoint and the time, by Ed25519 or ML-DSA-44.

use crate::{
    checkpoint::Checkpoint,
    error::LedgerError,
    key::{SignatureType, SigningKey, VerifierKey},
    note::Signature,
};

/// Begins the message of an ML-DSA-44 cosignature.
const LABEL: &[u8; 12] = b"subtree/v1\n\0";

/// The message that a key signs for the text of a checkpoint; `None` where there is none, as for a log's key.
fn message(text: &str, key: &VerifierKey, time: u64) -> Option<Vec<u8>> {
    match key.kind() {
        SignatureType::Ed25519 => None,
        SignatureType::CosignatureV1 => Some(format!("cosignature/v1\ntime {time}\n{text}").into_bytes()),
        SignatureType::CosignatureMlDsa44 => subtree(key.name(), &Checkpoint::parse(text).ok()?, time),
    }
}

/// The structure `cosigned_message` of the specification, for the whole tree. Names have 1 to 255 bytes.
fn subtree(cosigner: &str, checkpoint: &Checkpoint, time: u64) -> Option<Vec<u8>> {
    let mut bytes = LABEL.to_vec();
    bytes.push(u8::try_from(cosigner.len()).ok()?);
    bytes.extend_from_slice(cosigner.as_bytes());
    bytes.extend_from_slice(&time.to_be_bytes());
    bytes.push(u8::try_from(checkpoint.origin.len()).ok()?);
    bytes.extend_from_slice(checkpoint.origin.as_bytes());
    bytes.extend_from_slice(&0_u64.to_be_bytes());
    bytes.extend_from_slice(&checkpoint.size.to_be_bytes());
    bytes.extend_from_slice(checkpoint.root.as_bytes());
    Some(bytes)
}

/// Signs the text of a checkpoint. The signature is the time as eight bytes, then 64 bytes of Ed25519 or 2,420 bytes of
/// ML-DSA-44.
pub(crate) fn sign(text: &str, key: &SigningKey, time: u64) -> Result<Signature, LedgerError> {
    if key.verifier().kind() == SignatureType::Ed25519 {
        return Err(LedgerError::KeyType(key.name().to_owned()));
    }
    if i64::try_from(time).is_err() {
        return Err(LedgerError::Checkpoint("a cosignature's time must be below 2^63 seconds"));
    }
    Checkpoint::parse(text)?;
    let message = message(text, key.verifier(), time).ok_or(LedgerError::Checkpoint("ML-DSA-44 cosigns for names of up to 255 bytes"))?;
    let mut bytes = time.to_be_bytes().to_vec();
    bytes.extend_from_slice(&key.sign(&message));
    Ok(Signature { name: key.name().to_owned(), id: key.verifier().id(), bytes })
}

/// The time of a cosignature that verifies. A time of zero, by which ML-DSA-44 cosigners say that they do not know whether
/// the tree is the newest, is no witness's word.
pub(crate) fn verify(text: &str, key: &VerifierKey, bytes: &[u8]) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk()?;
    let time = u64::from_be_bytes(*time);
    let timed = i64::try_from(time).is_ok() && (time > 0 || key.kind() == SignatureType::CosignatureV1);
    (timed && key.verifies(&message(text, key, time)?, signature)).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hash::empty_root,
        note::{Note, Signed},
    };
    use proptest::prelude::*;

    fn witness() -> SigningKey {
        SigningKey::generate_witness("witness.example", [9; 32]).unwrap()
    }

    fn quantum_witness() -> SigningKey {
        SigningKey::generate_witness_ml_dsa("witness.example", [9; 32]).unwrap()
    }

    fn note() -> Note {
        let checkpoint = Checkpoint { origin: "log.example".to_owned(), size: 0, root: empty_root(), extensions: vec![] };
        checkpoint.sign(&SigningKey::generate("log.example", [3; 32]).unwrap()).unwrap()
    }

    #[test]
    fn the_time_is_part_of_what_is_signed() {
        let mut note = note();
        note.cosign(&witness(), 1_679_315_147).unwrap();
        let again = Note::parse(note.to_string().as_bytes()).unwrap();
        assert_eq!(again.verify(witness().verifier()), Ok(Signed { time: Some(1_679_315_147) }));
    }

    #[test]
    fn log_keys_do_not_cosign_and_witness_keys_do_not_sign() {
        let log = SigningKey::generate("log.example", [3; 32]).unwrap();
        assert_eq!(note().cosign(&log, 1), Err(LedgerError::KeyType("log.example".to_owned())));
        assert_eq!(Note::sign("text\n", &witness()), Err(LedgerError::KeyType("witness.example".to_owned())));
        assert!(note().cosign(&witness(), u64::MAX).is_err());
        let mut letter = Note::sign("no checkpoint\n", &log).unwrap();
        assert!(letter.cosign(&witness(), 1).is_err());
    }

    #[test]
    fn the_message_of_ml_dsa_is_the_structure_of_the_specification() {
        let checkpoint = Checkpoint { origin: "log".to_owned(), size: 258, root: empty_root(), extensions: vec!["left out".to_owned()] };
        let message = subtree("w", &checkpoint, 3).unwrap();
        // Label, name, time, origin, start, end, root.
        let expected = "737562747265652f76310a00".to_owned()
            + "0177"
            + "0000000000000003"
            + "036c6f67"
            + "0000000000000000"
            + "0000000000000102"
            + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex::encode(message), expected);
        let (longest, long) = ("w".repeat(255), "w".repeat(256));
        assert_eq!(subtree(&long, &checkpoint, 3), None);
        let mut note = note();
        assert!(note.cosign(&SigningKey::generate_witness_ml_dsa(&long, [9; 32]).unwrap(), 1).is_err());
        assert!(note.cosign(&SigningKey::generate_witness_ml_dsa(&longest, [9; 32]).unwrap(), 1).is_ok());
    }

    #[test]
    fn ml_dsa_cosigns_with_a_time_and_always_alike() {
        let mut note = note();
        note.cosign(&quantum_witness(), 5).unwrap();
        assert_eq!(note.verify(quantum_witness().verifier()), Ok(Signed { time: Some(5) }));
        assert_eq!(note.cosignature(&quantum_witness(), 5), note.cosignature(&quantum_witness(), 5));
        assert_eq!(sign(note.text(), &quantum_witness(), 5).unwrap().bytes.len(), 8 + 2_420);
        // A time of zero says nothing of which tree is the newest.
        let zero = sign(note.text(), &quantum_witness(), 0).unwrap();
        assert_eq!(verify(note.text(), quantum_witness().verifier(), &zero.bytes), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_changed_ml_dsa_cosignature_is_noticed(position in 0_usize..2_428, flip in 1_u8..=255) {
            let note = note();
            let mut signature = sign(note.text(), &quantum_witness(), 77).unwrap();
            signature.bytes[position] ^= flip;
            prop_assert_eq!(verify(note.text(), quantum_witness().verifier(), &signature.bytes), None);
        }
    }

    proptest! {
        #[test]
        fn a_changed_cosignature_is_noticed(position in 0_usize..72, flip in 1_u8..=255) {
            let note = note();
            let mut signature = sign(note.text(), &witness(), 77).unwrap();
            signature.bytes[position] ^= flip;
            prop_assert_eq!(verify(note.text(), witness().verifier(), &signature.bytes), None);
        }

        #[test]
        fn no_bytes_upset_the_check(bytes in proptest::collection::vec(any::<u8>(), 0..90)) {
            prop_assert_eq!(verify("text\n", witness().verifier(), &bytes), None);
            prop_assert_eq!(verify(note().text(), quantum_witness().verifier(), &bytes), None);
        }
    }
}
