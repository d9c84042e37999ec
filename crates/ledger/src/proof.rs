//! Inclusion proofs as files (C2SP tlog-proof, version 1): an index, the path to the root, and the signed checkpoint.

use std::fmt;

use crate::{
    checkpoint::Checkpoint,
    encoding::{base64, from_base64, from_decimal},
    error::LedgerError,
    hash::Hash,
    key::VerifierKey,
    note::Note,
    tree::verify_inclusion,
};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// No path is longer: a tree of 2^63 leaves is 63 nodes high.
const LONGEST_PATH: usize = 63;

/// A proof that a leaf is in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Further data that the proof does not vouch for.
    pub extra: Option<Vec<u8>>,
    /// Index of the leaf.
    pub index: u64,
    /// Hashes from the leaf's sibling up to the root's child.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

impl Proof {
    /// Reads a proof. Nothing is verified.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let wrong = LedgerError::ProofText;
        let (head, checkpoint) = text.split_once("\n\n").ok_or(wrong("no blank line comes before its checkpoint"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(wrong("it does not begin with `c2sp.org/tlog-proof@v1`"));
        }
        let mut line = lines.next().unwrap_or_default();
        let mut extra = None;
        if let Some(data) = line.strip_prefix("extra ") {
            extra = Some(from_base64(data).ok_or(wrong("its extra data is not base64"))?);
            line = lines.next().unwrap_or_default();
        }
        let index = line.strip_prefix("index ").and_then(from_decimal).ok_or(wrong("it gives no index"))?;
        let path = lines.map(|line| Hash::from_base64(line).ok_or(wrong("a line of its path is no hash"))).collect::<Result<Vec<_>, _>>()?;
        if path.len() > LONGEST_PATH {
            return Err(wrong("its path has more than 63 hashes"));
        }
        Ok(Self { extra, index, path, checkpoint: Note::parse(checkpoint.as_bytes())? })
    }

    /// Checks the log's signature and the path from the leaf to the root, and says which tree that is.
    pub fn verify(&self, leaf: &Hash, key: &VerifierKey) -> Result<Checkpoint, LedgerError> {
        self.checkpoint.verify(key)?;
        let checkpoint = Checkpoint::parse(self.checkpoint.text())?;
        verify_inclusion(leaf, self.index, checkpoint.size, &self.path, &checkpoint.root)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Edge, SigningKey, hash::leaf_hash, tree::prove_inclusion};
    use proptest::prelude::*;

    fn key() -> SigningKey {
        SigningKey::generate("log.example", [3; 32]).unwrap()
    }

    fn proof(index: u64, size: u64) -> Proof {
        let (mut edge, mut full) = (Edge::new(), Vec::new());
        for n in 0..size {
            edge.push(leaf_hash(&n.to_be_bytes()), &mut full);
        }
        let path = prove_inclusion(&edge.with(&full), index, size).unwrap();
        let checkpoint = Checkpoint { origin: "log.example".to_owned(), size, root: edge.root(), extensions: vec![] };
        Proof { extra: None, index, path, checkpoint: checkpoint.sign(&key()).unwrap() }
    }

    #[test]
    fn the_text_is_that_of_the_specification() {
        insta::assert_snapshot!(proof(2, 5).to_string(), @"
        c2sp.org/tlog-proof@v1
        index 2
        /uvxhjvR/O7f7/JpOCnVD/vKwQDQ++dFSC4DL5P2uvs=
        p9kYlLYfv0Y3jYjj4bH3rvOVMsUEtIS9MVUdFeCgnf8=
        mJkwf510d0YSJXXt7rOWPHyDwCkkH4Kj0XuZlyh42w4=

        log.example
        5
        ywPe8MW2O97L7WzYY8jmHtqyPhrHq3AoHGmRg8rCvvY=

        — log.example goSZ9sm/IqU1kGw/h8jiTnBtrWqJWOzR7PJFD3K823ltynitAHNJdFQBc3QxgeMFrVzcxJ41vVwJb8WQrltpSLkRKg8=
        ");
    }

    #[test]
    fn what_is_no_proof_is_refused() {
        let good = proof(2, 5).to_string();
        for bad in [
            String::new(),
            good.replace("@v1", "@v2"),
            good.replace("index 2", "index 02"),
            good.replace("index 2", "Index 2"),
            good.replace("index 2", "extra !\nindex 2"),
            good.replace("index 2", "index 2\nAAAA"),
            good.replace("index 2", &format!("index 2{}", format!("\n{}", leaf_hash(b"")).repeat(64))),
            good.replace("\n\n", "\n"),
        ] {
            assert!(Proof::parse(&bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn proofs_are_read_back_and_verify(size in 1_usize..300, index: prop::sample::Index, extra in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..20))) {
            let (index, size) = (index.index(size) as u64, size as u64);
            let proof = Proof { extra, ..proof(index, size) };
            let again = Proof::parse(&proof.to_string()).unwrap();
            prop_assert_eq!(&again, &proof);
            prop_assert_eq!(again.verify(&leaf_hash(&index.to_be_bytes()), key().verifier()).unwrap().size, size);
            prop_assert!(again.verify(&leaf_hash(b"another"), key().verifier()).is_err());
        }

        #[test]
        fn any_changed_byte_is_noticed(position: prop::sample::Index, flip in 1_u8..=255) {
            let mut bytes = proof(70, 200).to_string().into_bytes();
            let position = position.index(bytes.len());
            bytes[position] ^= flip;
            let verified = std::str::from_utf8(&bytes).ok().and_then(|text| Proof::parse(text).ok())
                .is_some_and(|proof| proof.verify(&leaf_hash(&70_u64.to_be_bytes()), key().verifier()).is_ok());
            prop_assert!(!verified);
        }

        #[test]
        fn no_text_upsets_the_parser(text in "(\\PC|\n)*", rest in "(index [0-9]{0,20}\n)?([A-Za-z+/=]{0,50}\n){0,4}\n(\\PC|\n)*") {
            let _ = Proof::parse(&text);
            let _ = Proof::parse(&format!("{HEADER}\n{rest}"));
        }
    }
}
