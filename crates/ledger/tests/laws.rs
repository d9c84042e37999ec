//! Laws of proofs over random trees: every honest one is accepted, every changed one refused.
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test may fail loudly, and its numbers are small")]

use candour_ledger::{
    Edge, Hash, LedgerError, Nodes, TiledNodes,
    hash::{empty_root, leaf_hash, root_of},
    tile::{self, Tile},
    tree::{prove_consistency, prove_inclusion, root, verify_consistency, verify_inclusion},
};
use proptest::prelude::*;

/// Nodes computed from all leaves, by the definition.
struct ByDefinition(Vec<Hash>);

impl Nodes for ByDefinition {
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError> {
        let (span, index) = (1_usize << height, usize::try_from(index).unwrap());
        self.0.get(index * span..(index + 1) * span).map(root_of).ok_or(LedgerError::NoNode { height, index: index as u64 })
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

#[test]
fn every_inclusion_in_every_small_tree_is_proved() {
    let all = ByDefinition(leaves(70));
    for size in 1..=70_u64 {
        let root = root(&all, size).unwrap();
        assert_eq!(root, root_of(&all.0[..size as usize]));
        for index in 0..size {
            let path = prove_inclusion(&all, index, size).unwrap();
            verify_inclusion(&all.0[index as usize], index, size, &path, &root).unwrap();
            // The same path proves no other place and no other size.
            for other in (0..70).filter(|other| *other != index) {
                assert!(verify_inclusion(&all.0[index as usize], other, size, &path, &root).is_err());
            }
        }
    }
}

#[test]
fn every_small_tree_is_consistent_with_every_smaller_one() {
    let all = ByDefinition(leaves(70));
    let roots: Vec<Hash> = (0..=70).map(|size| root(&all, size).unwrap()).collect();
    for new in 0..=70_u64 {
        for old in 0..=new {
            let path = prove_consistency(&all, old, new).unwrap();
            let (old_root, new_root) = (&roots[old as usize], &roots[new as usize]);
            verify_consistency(old, old_root, new, new_root, &path).unwrap();
            if old != new && old != 0 {
                assert!(verify_consistency(old, new_root, new, new_root, &path).is_err());
                assert!(verify_consistency(old, old_root, new, old_root, &path).is_err());
                assert!(verify_consistency(new, new_root, old, old_root, &path).is_err());
            }
        }
    }
}

#[test]
fn what_is_outside_the_tree_is_refused() {
    let all = ByDefinition(leaves(9));
    assert!(matches!(prove_inclusion(&all, 9, 9), Err(LedgerError::OutOfTree(..))));
    assert!(matches!(prove_inclusion(&all, 3, 12), Err(LedgerError::NoNode { .. })));
    assert!(matches!(prove_consistency(&all, 9, 8), Err(LedgerError::OutOfTree(..))));
    assert!(matches!(verify_inclusion(&all.0[0], 0, 0, &[], &empty_root()), Err(LedgerError::OutOfTree(..))));
    assert_eq!(verify_consistency(0, &all.0[0], 9, &all.0[1], &[]), Err(LedgerError::Proof("consistency")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_changed_inclusion_proof_is_refused(size in 1_u64..3_000, index: prop::sample::Index, at: prop::sample::Index, byte in 0_usize..32, flip in 1_u8..=255) {
        let all = ByDefinition(leaves(size));
        let index = index.index(size as usize);
        let root = root_of(&all.0);
        let path = prove_inclusion(&all, index as u64, size).unwrap();
        let check = |leaf: &Hash, path: &[Hash], root: &Hash| verify_inclusion(leaf, index as u64, size, path, root);
        check(&all.0[index], &path, &root).unwrap();
        let changed = |hash: &Hash| { let mut hash = *hash; hash.0[byte] ^= flip; hash };
        prop_assert!(check(&changed(&all.0[index]), &path, &root).is_err());
        prop_assert!(check(&all.0[index], &path, &changed(&root)).is_err());
        if !path.is_empty() {
            let at = at.index(path.len());
            let mut other = path.clone();
            other[at] = changed(&path[at]);
            prop_assert!(check(&all.0[index], &other, &root).is_err());
            prop_assert!(check(&all.0[index], &path[1..], &root).is_err());
        }
        let mut longer = path;
        longer.push(root);
        prop_assert!(check(&all.0[index], &longer, &root).is_err());
    }

    #[test]
    fn a_changed_consistency_proof_is_refused(new in 1_u64..3_000, old: prop::sample::Index, at: prop::sample::Index, byte in 0_usize..32, flip in 1_u8..=255) {
        let all = ByDefinition(leaves(new));
        let old = 1 + old.index(new as usize) as u64;
        let (old_root, new_root) = (root_of(&all.0[..old as usize]), root_of(&all.0));
        let path = prove_consistency(&all, old, new).unwrap();
        verify_consistency(old, &old_root, new, &new_root, &path).unwrap();
        let changed = |hash: &Hash| { let mut hash = *hash; hash.0[byte] ^= flip; hash };
        prop_assert!(verify_consistency(old, &changed(&old_root), new, &new_root, &path).is_err());
        prop_assert!(verify_consistency(old, &old_root, new, &changed(&new_root), &path).is_err());
        if !path.is_empty() {
            let at = at.index(path.len());
            let mut other = path.clone();
            other[at] = changed(&path[at]);
            prop_assert!(verify_consistency(old, &old_root, new, &new_root, &other).is_err());
        }
        let mut longer = path;
        longer.push(new_root);
        prop_assert!(verify_consistency(old, &old_root, new, &new_root, &longer).is_err());
    }

    #[test]
    fn tiles_supply_the_nodes_that_the_leaves_define(size in 1_u64..70_000, index: prop::sample::Index, old: prop::sample::Index) {
        let all = leaves(size);
        let (mut edge, mut full) = (Edge::new(), Vec::new());
        for leaf in &all {
            edge.push(*leaf, &mut full);
        }
        let stored: Vec<(Tile, Vec<Hash>)> = full.iter().map(|full| (full.tile, full.nodes.hashes().to_vec()))
            .chain(edge.partial_tiles().map(|(tile, hashes)| (tile, hashes.to_vec()))).collect();
        let mut paths: Vec<String> = stored.iter().map(|(tile, _)| tile.path()).collect();
        let mut expected: Vec<String> = Tile::all(size).map(Tile::path).collect();
        paths.sort();
        expected.sort();
        prop_assert_eq!(paths, expected);
        let nodes = TiledNodes::new(size, |wanted| {
            let (tile, hashes) = stored.iter().find(|(tile, _)| *tile == wanted).unwrap();
            // Through the bytes, as a client of the published log would.
            tile.parse(&Tile::format(hashes))
        });
        prop_assert_eq!(root(&nodes, size).unwrap(), edge.root());
        let index = index.index(size as usize);
        let path = prove_inclusion(&nodes, index as u64, size).unwrap();
        verify_inclusion(&all[index], index as u64, size, &path, &edge.root()).unwrap();
        let old = old.index(size as usize) as u64;
        let path = prove_consistency(&nodes, old, size).unwrap();
        verify_consistency(old, &root_of(&all[..old as usize]), size, &edge.root(), &path).unwrap();
    }

    #[test]
    fn arbitrary_proofs_are_refused_without_panic(index: u64, size: u64, hashes in proptest::collection::vec(any::<[u8; 32]>(), 0..70), leaf: [u8; 32], new: u64) {
        let path: Vec<Hash> = hashes.into_iter().map(Hash).collect();
        prop_assert!(verify_inclusion(&Hash(leaf), index, size, &path, &empty_root()).is_err());
        prop_assert!(verify_consistency(size, &Hash(leaf), new, &empty_root(), &path).is_err());
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..9_000), level in 0_u8..8, n: u64, size: u64) {
        let _ = tile::hashes(&bytes);
        if let Some(tile) = Tile::of(level, n, size) {
            let _ = tile.parse(&bytes);
        }
        let _ = Tile::partial(level, size);
    }
}
