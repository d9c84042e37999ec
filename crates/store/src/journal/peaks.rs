//! The roots of the complete subtrees of a small growing tree: enough to add a leaf and to know the root.

use candour_ledger::{
    Hash,
    hash::{empty_root, leaf_hash, node_hash},
};

/// The tree over an entry's commitments, while it grows.
#[derive(Debug, Clone, Default)]
pub(super) struct Peaks {
    size: u32,
    /// From the largest subtree to the smallest.
    roots: Vec<Hash>,
}

impl Peaks {
    /// Adds a commitment.
    pub(super) fn push(&mut self, commitment: &Hash) {
        let mut hash = leaf_hash(commitment.as_bytes());
        // Every set bit at the end of the size is a subtree as high as the one that is being closed.
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.roots.pop() else { break };
            hash = node_hash(&left, &hash);
        }
        self.roots.push(hash);
        self.size += 1;
    }

    /// Root of the RFC 6962 tree over the commitments.
    pub(super) fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        let last = roots.next().copied().unwrap_or_else(empty_root);
        roots.fold(last, |right, left| node_hash(left, &right))
    }

    /// How many commitments there are.
    pub(super) fn size(&self) -> u32 {
        self.size
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candour_ledger::hash::root_of;

    #[test]
    fn the_root_is_that_of_the_whole_tree_at_every_size() {
        let commitments: Vec<Hash> = (0_u32..40).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut peaks = Peaks::default();
        for size in 0..commitments.len() {
            let leaves: Vec<Hash> = commitments[..size].iter().map(|one| leaf_hash(one.as_bytes())).collect();
            assert_eq!(peaks.root(), root_of(&leaves), "{size}");
            peaks.push(&commitments[size]);
        }
    }
}
