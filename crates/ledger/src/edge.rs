//! The right edge of a growing tree: its partial tiles, which are all that appending needs.

use crate::{
    error::LedgerError,
    hash::{Hash, empty_root, root_of},
    nodes::{Nodes, TileNodes, place},
    tile::{self, Tile},
};

/// A tile that has become full and will never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullTile {
    /// Where it stands.
    pub tile: Tile,
    /// Its hashes with the nodes above them.
    pub nodes: TileNodes,
}

/// The right edge: how many leaves there are and the partial tile of every level.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    size: u64,
    levels: Vec<TileNodes>,
}

impl Edge {
    /// The edge of the tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The edge of a stored tree. `load` supplies the partial tile at each level that has one.
    pub fn restore<E: From<LedgerError>>(size: u64, mut load: impl FnMut(Tile) -> Result<Vec<Hash>, E>) -> Result<Self, E> {
        let mut levels = Vec::new();
        for level in 0..tile::LEVELS {
            let Some(complete) = tile::nodes_at(level, size).filter(|count| *count > 0) else { break };
            let nodes = match Tile::partial(level, size) {
                Some(tile) => {
                    let hashes = load(tile)?;
                    if hashes.len() != usize::from(tile.width()) {
                        return Err(LedgerError::Tile { path: tile.path(), why: format!("{} hashes", hashes.len()) }.into());
                    }
                    TileNodes::of(&hashes)?
                }
                None => TileNodes::default(),
            };
            levels.push(nodes);
            if complete < tile::WIDTH as u64 {
                break;
            }
        }
        Ok(Self { size, levels })
    }

    /// How many leaves there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut below: Option<Hash> = None;
        for nodes in &self.levels {
            let mut hashes = nodes.hashes().to_vec();
            hashes.extend(below);
            if !hashes.is_empty() {
                below = Some(root_of(&hashes));
            }
        }
        below.unwrap_or_else(empty_root)
    }

    /// Adds a leaf hash. Tiles that become full by it are appended to `full`, lower ones first.
    pub fn push(&mut self, leaf: Hash, full: &mut Vec<FullTile>) {
        let mut rising = Some(leaf);
        let mut level = 0_u8;
        while let Some(hash) = rising.take() {
            let index = usize::from(level);
            if self.levels.len() <= index {
                self.levels.push(TileNodes::default());
            }
            let Some(nodes) = self.levels.get_mut(index) else { break };
            nodes.push(hash);
            if let Some(root) = nodes.root() {
                let n = self.size >> (u32::from(tile::HEIGHT) * (u32::from(level) + 1));
                full.push(FullTile { tile: Tile::full(level, n), nodes: std::mem::take(nodes) });
                rising = Some(root);
                level += 1;
            }
        }
        self.size += 1;
    }

    /// The partial tiles, lower levels first.
    pub fn partial_tiles(&self) -> impl Iterator<Item = (Tile, &[Hash])> {
        (0_u8..).zip(&self.levels).filter_map(|(level, nodes)| Some((Tile::partial(level, self.size)?, nodes.hashes())))
    }

    /// A reader of the nodes in the partial tiles and in `full`, which suffice to prove every leaf that was added since
    /// the first of `full` was begun.
    #[must_use]
    pub fn with<'e>(&'e self, full: &'e [FullTile]) -> impl Nodes + 'e {
        Grown { edge: self, full }
    }
}

struct Grown<'e> {
    edge: &'e Edge,
    full: &'e [FullTile],
}

impl Nodes for Grown<'_> {
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError> {
        let (level, n, above, inside) = place(height, index);
        let partial = tile::nodes_at(level, self.edge.size).is_some_and(|count| count / tile::WIDTH as u64 == n);
        let nodes = if partial {
            self.edge.levels.get(usize::from(level))
        } else {
            self.full.iter().find(|full| full.tile.level() == level && full.tile.n() == n).map(|full| &full.nodes)
        };
        nodes.and_then(|nodes| nodes.node(above, inside)).ok_or(LedgerError::NoNode { height, index })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hash::leaf_hash,
        tree::{prove_inclusion, verify_inclusion},
    };
    use proptest::prelude::*;

    fn leaves(count: u32) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    #[test]
    fn the_root_is_that_of_all_leaves_at_every_size() {
        let leaves = leaves(70_000);
        let (mut edge, mut full) = (Edge::new(), Vec::new());
        assert_eq!(edge.root(), empty_root());
        for (size, leaf) in (1..).zip(&leaves) {
            edge.push(*leaf, &mut full);
            if size < 600 || size % 4_099 == 0 || (65_500..65_600).contains(&size) {
                assert_eq!(edge.root(), root_of(&leaves[..size]), "{size} leaves");
            }
        }
        // The example of the tlog-tiles specification: 273 full tiles below, one above, and three partial ones.
        assert_eq!(full.iter().filter(|full| full.tile.level() == 0).count(), 273);
        assert_eq!(full.iter().filter(|full| full.tile.level() == 1).count(), 1);
        let partial: Vec<String> = edge.partial_tiles().map(|(tile, _)| tile.path()).collect();
        assert_eq!(partial, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn a_restored_edge_goes_on_like_the_old_one(before in 0_u32..70_000, more in 1_u32..600) {
            let leaves = leaves(before + more);
            let (mut edge, mut full) = (Edge::new(), Vec::new());
            for leaf in &leaves[..before as usize] {
                edge.push(*leaf, &mut full);
            }
            let stored: Vec<(Tile, Vec<Hash>)> = edge.partial_tiles().map(|(tile, hashes)| (tile, hashes.to_vec())).collect();
            let mut restored = Edge::restore::<LedgerError>(u64::from(before), |wanted| {
                Ok(stored.iter().find(|(tile, _)| *tile == wanted).unwrap().1.clone())
            }).unwrap();
            prop_assert_eq!(restored.root(), edge.root());
            let mut batch = Vec::new();
            for leaf in &leaves[before as usize..] {
                restored.push(*leaf, &mut batch);
            }
            prop_assert_eq!(restored.root(), root_of(&leaves));
            // Every new leaf can be proved from what is in memory.
            let nodes = restored.with(&batch);
            for index in before..before + more {
                let path = prove_inclusion(&nodes, u64::from(index), restored.size()).unwrap();
                verify_inclusion(&leaves[index as usize], u64::from(index), restored.size(), &path, &restored.root()).unwrap();
            }
        }
    }
}
