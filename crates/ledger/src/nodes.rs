//! Nodes of the tree: all those of one tile, and readers that find any node of a tree in its tiles.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    error::LedgerError,
    hash::{Hash, node_hash},
    tile::{self, Tile},
};

/// The hashes of one tile and the complete nodes above them, up to the root of a full tile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TileNodes {
    rows: [Vec<Hash>; tile::HEIGHT as usize + 1],
}

impl TileNodes {
    /// Computes the nodes above up to 256 hashes; more are not a tile and are refused.
    pub fn of(hashes: &[Hash]) -> Result<Self, LedgerError> {
        if hashes.len() > tile::WIDTH {
            return Err(LedgerError::Tile { path: String::new(), why: format!("{} hashes, at most {} make a tile", hashes.len(), tile::WIDTH) });
        }
        let mut nodes = Self::default();
        for hash in hashes {
            nodes.push(*hash);
        }
        Ok(nodes)
    }

    /// Adds a hash. The caller takes a full tile away before adding to it.
    pub(crate) fn push(&mut self, hash: Hash) {
        let mut rising = Some(hash);
        for row in &mut self.rows {
            let Some(hash) = rising.take() else { break };
            if row.len() % 2 == 1 {
                rising = row.last().map(|left| node_hash(left, &hash));
            }
            row.push(hash);
        }
    }

    /// How many hashes the tile has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.hashes().len()
    }

    /// The tile's hashes.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        self.rows.first().map_or(&[], Vec::as_slice)
    }

    /// The complete node at a height of 0 to 8 above the tile's hashes.
    #[must_use]
    pub fn node(&self, height: u8, index: usize) -> Option<Hash> {
        self.rows.get(usize::from(height))?.get(index).copied()
    }

    /// The root, where the tile is full.
    #[must_use]
    pub fn root(&self) -> Option<Hash> {
        self.node(tile::HEIGHT, 0)
    }
}

/// Whoever can supply the complete nodes of one tree.
pub trait Nodes {
    /// The root of the `2^height` leaves from `index * 2^height` on.
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError>;
}

/// Finds nodes in tiles that `load` supplies, each at most once.
pub struct TiledNodes<L> {
    size: u64,
    load: L,
    held: RefCell<HashMap<(u8, u64), TileNodes>>,
}

impl<L: Fn(Tile) -> Result<Vec<Hash>, LedgerError>> TiledNodes<L> {
    /// A reader of the tree of `size` leaves. `load` is asked for tiles as wide as they are in that tree and may answer
    /// with wider ones.
    pub fn new(size: u64, load: L) -> Self {
        Self { size, load, held: RefCell::default() }
    }
}

impl<L: Fn(Tile) -> Result<Vec<Hash>, LedgerError>> Nodes for TiledNodes<L> {
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError> {
        let missing = LedgerError::NoNode { height, index };
        let (level, n, above, inside) = place(height, index);
        let mut held = self.held.borrow_mut();
        if let Some(nodes) = held.get(&(level, n)) {
            return nodes.node(above, inside).ok_or(missing);
        }
        let tile = Tile::of(level, n, self.size).ok_or_else(|| missing.clone())?;
        let nodes = TileNodes::of(&(self.load)(tile)?)?;
        let found = nodes.node(above, inside).ok_or(missing);
        held.insert((level, n), nodes);
        found
    }
}

/// Where a node stands: level and number of its tile, height and index inside.
pub(crate) fn place(height: u8, index: u64) -> (u8, u64, u8, usize) {
    let (level, above) = (height / tile::HEIGHT, height % tile::HEIGHT);
    let across = tile::HEIGHT - above;
    let inside = index & ((1 << across) - 1);
    (level, index >> across, above, usize::try_from(inside).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::{leaf_hash, root_of};

    #[test]
    fn a_tile_knows_every_complete_node_above_its_hashes() {
        let hashes: Vec<Hash> = (0_u16..256).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        for width in [0, 1, 2, 3, 7, 128, 255, 256] {
            let nodes = TileNodes::of(&hashes[..width]).unwrap();
            assert_eq!(nodes.width(), width);
            for height in 0..=8_u8 {
                let span = 1_usize << height;
                for index in 0..=width / span {
                    let expected = hashes[..width].get(index * span..(index + 1) * span).map(root_of);
                    assert_eq!(nodes.node(height, index), expected, "width {width}, height {height}, index {index}");
                }
            }
            assert_eq!(nodes.root().is_some(), width == 256);
        }
        assert!(TileNodes::of(&vec![hashes[0]; 257]).is_err());
    }

    #[test]
    fn places_follow_from_height_and_index() {
        assert_eq!(place(0, 255), (0, 0, 0, 255));
        assert_eq!(place(0, 256), (0, 1, 0, 0));
        assert_eq!(place(7, 3), (0, 1, 7, 1));
        assert_eq!(place(8, 256), (1, 1, 0, 0));
        assert_eq!(place(63, 1), (7, 0, 7, 1));
    }
}
