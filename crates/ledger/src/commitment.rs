//! Salted commitments: the public leaf of an entry says nothing of its content, and yet any field can be shown alone.
//!
//! An entry is an ordered list of named fields. Every field has a salt of its own, derived from the entry's random seed,
//! and a commitment; the root of the RFC 6962 tree over the commitments stands in the leaf. Who is shown a field's value
//! and salt, and the bare commitments of the others, can compute the leaf.

use crate::{
    error::LedgerError,
    hash::{Hash, leaf_hash, root_of, sha256},
};

/// Length of a leaf in bytes: its version and the entry root.
pub const LEAF_LENGTH: usize = 1 + Hash::LENGTH;
/// The random bytes from which an entry's salts derive. Whoever has them can guess at withheld fields, so they stay in
/// the private journal.
pub type Seed = [u8; 32];
/// What keeps a field's value from being guessed.
pub type Salt = [u8; 32];
/// The public leaf.
pub type Leaf = [u8; LEAF_LENGTH];

const COMMITMENT: u8 = 0x02;
const SALT: u8 = 0x03;
const VERSION: u8 = 0x01;

/// Salt of field `position`: SHA-256(0x03 ‖ seed ‖ position as four big-endian bytes).
#[must_use]
pub fn salt(seed: &Seed, position: u32) -> Salt {
    sha256(&[&[SALT], seed, &position.to_be_bytes()]).0
}

/// Commitment to a field: SHA-256(0x02 ‖ salt ‖ length of the name as two big-endian bytes ‖ name ‖ value). The name has
/// 1 to 65,535 bytes.
pub fn commit(salt: &Salt, name: &str, value: &[u8]) -> Result<Hash, LedgerError> {
    let length = u16::try_from(name.len()).ok().filter(|length| *length > 0).ok_or(LedgerError::Commitment("a field's name must have 1 to 65,535 bytes"))?;
    Ok(sha256(&[&[COMMITMENT], salt, &length.to_be_bytes(), name.as_bytes(), value]))
}

/// The leaf over an entry's commitments: 0x01 ‖ root of the RFC 6962 tree whose leaves are the commitments.
pub fn leaf(commitments: &[Hash]) -> Result<Leaf, LedgerError> {
    if commitments.is_empty() {
        return Err(LedgerError::Commitment("it has no fields"));
    }
    let hashes: Vec<Hash> = commitments.iter().map(|commitment| leaf_hash(commitment.as_bytes())).collect();
    Ok(leaf_of(&root_of(&hashes)))
}

/// The leaf of an entry whose root is known: 0x01 ‖ root.
#[must_use]
pub fn leaf_of(root: &Hash) -> Leaf {
    let mut leaf = [VERSION; LEAF_LENGTH];
    leaf.iter_mut().skip(1).zip(root.0).for_each(|(to, from)| *to = from);
    leaf
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn commitments(seed: &Seed, fields: &[(String, Vec<u8>)]) -> Vec<Hash> {
        (0..).zip(fields).map(|(position, (name, value))| commit(&salt(seed, position), name, value).unwrap()).collect()
    }

    /// Computed by an independent script from the description in `docs/formats/ledger.md`.
    #[test]
    fn a_worked_example_stays_as_documented() {
        let fields = [("actor".to_owned(), b"ana".to_vec()), ("action".to_owned(), b"search".to_vec()), ("purpose".to_owned(), b"demo".to_vec())];
        let leaf = leaf(&commitments(&[0x11; 32], &fields)).unwrap();
        insta::assert_snapshot!(hex::encode(leaf), @"01e68d9fa1230b0af6af10243a7b85072e6d66dc380f985daac7fcc9825661e196");
        insta::assert_snapshot!(hex::encode(salt(&[0x11; 32], 1)), @"9c2d4f22f9c1fe3137e8245e734259ff201cf7642b22e9dfdf21ecc76b190d05");
    }

    #[test]
    fn empty_entries_and_nameless_fields_are_refused() {
        assert!(leaf(&[]).is_err());
        assert!(commit(&[0; 32], "", b"x").is_err());
        assert!(commit(&[0; 32], &"x".repeat(65_536), b"x").is_err());
        assert!(commit(&[0; 32], &"x".repeat(65_535), b"x").is_ok());
    }

    proptest! {
        #[test]
        fn the_leaf_binds_every_name_value_and_place(
            fields in proptest::collection::vec(("[a-z]{1,6}", proptest::collection::vec(any::<u8>(), 0..8)), 1..14),
            seed: Seed, which: prop::sample::Index, extra in "[a-z]",
        ) {
            let honest = leaf(&commitments(&seed, &fields)).unwrap();
            let which = which.index(fields.len());
            let mut changed = fields.clone();
            changed[which].1.push(0);
            prop_assert_ne!(leaf(&commitments(&seed, &changed)).unwrap(), honest);
            // Moving a letter from the value to the name or back is another entry.
            let mut shifted = fields.clone();
            shifted[which].0.push_str(&extra);
            let mut value = extra.into_bytes();
            value.extend(&fields[which].1);
            let mut plain = fields.clone();
            plain[which].1 = value;
            prop_assert_ne!(leaf(&commitments(&seed, &shifted)).unwrap(), leaf(&commitments(&seed, &plain)).unwrap());
            let mut longer = fields.clone();
            longer.push(fields[which].clone());
            prop_assert_ne!(leaf(&commitments(&seed, &longer)).unwrap(), honest);
            let mut other = seed;
            other[0] ^= 1;
            prop_assert_ne!(leaf(&commitments(&other, &fields)).unwrap(), honest);
        }
    }
}
