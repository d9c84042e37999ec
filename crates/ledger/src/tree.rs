//! Proofs of the Merkle tree: that a leaf is in it, and that a larger tree begins with a smaller one.
//!
//! Proofs are made as RFC 6962 sections 2.1.1 and 2.1.2 define them and checked by the algorithms of RFC 9162 sections
//! 2.1.3.2 and 2.1.4.2.

use crate::{
    error::LedgerError,
    hash::{Hash, empty_root, node_hash},
    nodes::Nodes,
};

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}

/// Root over the leaves `start..end`, where `start` is a multiple of a power of two that is at least `end - start`.
fn range<N: Nodes + ?Sized>(nodes: &N, start: u64, end: u64) -> Result<Hash, LedgerError> {
    let count = end - start;
    if count.is_power_of_two() {
        // A power of two below 2^64 has at most 63 zeroes.
        let height = u8::try_from(count.trailing_zeros()).unwrap_or(u8::MAX);
        return nodes.node(height, start >> height);
    }
    let middle = start + split(count);
    Ok(node_hash(&range(nodes, start, middle)?, &range(nodes, middle, end)?))
}

/// Root of the tree of the first `size` leaves.
pub fn root<N: Nodes + ?Sized>(nodes: &N, size: u64) -> Result<Hash, LedgerError> {
    if size == 0 { Ok(empty_root()) } else { range(nodes, 0, size) }
}

/// The hashes that lead from leaf `index` to the root of the tree of `size` leaves, nearest to the leaf first.
pub fn prove_inclusion<N: Nodes + ?Sized>(nodes: &N, index: u64, size: u64) -> Result<Vec<Hash>, LedgerError> {
    if index >= size {
        return Err(LedgerError::OutOfTree(format!("entry {index}"), size));
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(range(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(range(nodes, start, middle)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that show that the tree of `new` leaves begins with the tree of `old` leaves.
pub fn prove_consistency<N: Nodes + ?Sized>(nodes: &N, old: u64, new: u64) -> Result<Vec<Hash>, LedgerError> {
    if old > new {
        return Err(LedgerError::OutOfTree(format!("tree of {old}"), new));
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, new);
    let mut path = Vec::new();
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(range(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(range(nodes, start, middle)?);
            start = middle;
        }
    }
    // Where the old tree is itself a node of the new one its root is known to whoever checks.
    if start > 0 {
        path.push(range(nodes, start, end)?);
    }
    path.reverse();
    Ok(path)
}

/// Checks that `leaf` is leaf `index` of the tree of `size` leaves with this root.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> Result<(), LedgerError> {
    if index >= size {
        return Err(LedgerError::OutOfTree(format!("entry {index}"), size));
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for other in path {
        if last == 0 {
            return Err(LedgerError::Proof("inclusion"));
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(other, &hash);
            climb(&mut node, &mut last);
        } else {
            hash = node_hash(&hash, other);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(LedgerError::Proof("inclusion")) }
}

/// Checks that the tree of `new` leaves with `new_root` begins with the tree of `old` leaves with `old_root`.
pub fn verify_consistency(old: u64, old_root: &Hash, new: u64, new_root: &Hash, path: &[Hash]) -> Result<(), LedgerError> {
    let wrong = LedgerError::Proof("consistency");
    if old > new {
        return Err(LedgerError::OutOfTree(format!("tree of {old}"), new));
    }
    if old == 0 || old == new {
        let known = if old == 0 { *old_root == empty_root() } else { true };
        let same = old != new || old_root == new_root;
        return if known && same && path.is_empty() { Ok(()) } else { Err(wrong) };
    }
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (first, rest) = if old.is_power_of_two() { (old_root, path) } else { path.split_first().ok_or_else(|| wrong.clone())? };
    let (mut old_hash, mut new_hash) = (*first, *first);
    for other in rest {
        if last == 0 {
            return Err(wrong);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(other, &old_hash);
            new_hash = node_hash(other, &new_hash);
            climb(&mut node, &mut last);
        } else {
            new_hash = node_hash(&new_hash, other);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 && old_hash == *old_root && new_hash == *new_root { Ok(()) } else { Err(wrong) }
}

/// Skips the levels on which a node at the right edge has no sibling.
fn climb(node: &mut u64, last: &mut u64) {
    while *node & 1 == 0 && *node != 0 {
        *node >>= 1;
        *last >>= 1;
    }
}
