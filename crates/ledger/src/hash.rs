//! Hashes of the Merkle tree (RFC 6962 section 2.1): SHA-256, leaves and nodes told apart by their first byte.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::encoding;

/// A SHA-256 hash: of a leaf, of a node or of a whole tree. Shown as base64, as checkpoints and proofs write it; `{:x}`
/// shows it as hex.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Length in bytes.
    pub const LENGTH: usize = 32;

    /// Reads 32 bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads the base64 of 32 bytes, strictly.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        Self::from_slice(&encoding::from_base64(text)?)
    }

    /// Reads the lower-case hex of 32 bytes.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        encoding::from_hex(text).map(Self)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encoding::base64(&self.0))
    }
}

impl fmt::LowerHex for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:x}")
    }
}

/// SHA-256 of several parts put together.
pub(crate) fn sha256(parts: &[&[u8]]) -> Hash {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    Hash(digest.finalize().into())
}

/// Hash of a leaf: SHA-256(0x00 ‖ data).
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    sha256(&[&[0], data])
}

/// Hash of a node: SHA-256(0x01 ‖ left ‖ right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], &left.0, &right.0])
}

/// Root of the tree without leaves: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// Root over leaf hashes, or over the hashes of equally high complete subtrees of which the last may be incomplete.
#[must_use]
pub fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [only] => *only,
        many => {
            // The largest power of two below the count; the count is at least 2.
            let half = (many.len().next_power_of_two()) / 2;
            let (left, right) = many.split_at_checked(half).unwrap_or((many, &[]));
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves of the test tree that Certificate Transparency implementations share.
    const LEAVES: [&str; 8] = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    /// Its roots for 1 to 8 leaves.
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn roots_are_those_of_rfc_6962() {
        let leaves: Vec<Hash> = LEAVES.iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect();
        for (size, root) in (1..).zip(ROOTS) {
            assert_eq!(format!("{:x}", root_of(&leaves[..size])), root, "{size} leaves");
        }
        assert_eq!(format!("{:x}", root_of(&[])), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn both_texts_are_read_back() {
        let hash = leaf_hash(b"text");
        assert_eq!(Hash::from_base64(&hash.to_string()), Some(hash));
        assert_eq!(Hash::from_hex(&format!("{hash:x}")), Some(hash));
        assert_eq!(Hash::from_base64("AA=="), None);
    }
}
