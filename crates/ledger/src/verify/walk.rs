//! One pass over all tiles and entries of a published log.

use crate::{
    bundle,
    checkpoint::Checkpoint,
    edge::{Edge, FullTile},
    error::LedgerError,
    hash::{Hash, leaf_hash},
    tile::{self, Tile},
};

use super::{Report, Source, Wanted};

/// Walks the tree below `head` and reports what does not fit. Gives the number of entries that were found in the tiles.
pub(super) fn walk(source: &dyn Source, head: &Checkpoint, wanted: &mut Wanted, report: &mut Report) -> u64 {
    let mut walk = Walk { source, report, wanted, edge: Some(Edge::new()), checked: 0 };
    walk.note_root();
    let count = head.size.div_ceil(tile::WIDTH as u64);
    for n in 0..count {
        if walk.report.is_full() {
            // Only what a malicious or empty source serves gets here; its root is of no interest any more.
            walk.edge = None;
            break;
        }
        if let Some(tile) = Tile::of(0, n, head.size) {
            walk.visit(tile);
        }
    }
    walk.finish(head);
    walk.checked
}

struct Walk<'w> {
    source: &'w dyn Source,
    report: &'w mut Report,
    wanted: &'w mut Wanted,
    /// `None` once a part of the tree is missing.
    edge: Option<Edge>,
    checked: u64,
}

impl Walk<'_> {
    /// Takes the leaves of one level 0 tile.
    fn visit(&mut self, tile: Tile) {
        let hashes = self.tile(tile);
        let entries = self.entries(tile);
        if let (Some(hashes), Some(entries)) = (&hashes, &entries) {
            for (index, (hash, entry)) in (tile.first()..).zip(hashes.iter().zip(entries)) {
                if hash == entry {
                    self.checked += 1;
                } else {
                    self.report.add(tile.entries_path(), format_args!("entry {index} does not hash to its place in `{}`", tile.path()));
                }
            }
        }
        let Some(leaves) = hashes.or(entries) else {
            self.edge = None;
            return;
        };
        for (index, leaf) in (tile.first()..).zip(&leaves) {
            if let Some(wanted) = self.wanted.leaves.get_mut(&index) {
                *wanted = Some(*leaf);
            }
        }
        let mut full = Vec::new();
        for leaf in leaves {
            if let Some(edge) = &mut self.edge {
                edge.push(leaf, &mut full);
            }
            self.note_root();
        }
        for FullTile { tile, nodes } in full.iter().filter(|full| full.tile.level() > 0) {
            self.compare(*tile, nodes.hashes());
        }
    }

    /// Keeps the root of the tree so far, where somebody asks for it.
    fn note_root(&mut self) {
        if let Some(edge) = &self.edge
            && let Some(wanted) = self.wanted.roots.get_mut(&edge.size())
        {
            *wanted = Some(edge.root());
        }
    }

    fn finish(&mut self, head: &Checkpoint) {
        let Some(edge) = self.edge.take() else {
            self.report.add("checkpoint", "its root cannot be compared, for hashes below it are missing");
            return;
        };
        for (tile, hashes) in edge.partial_tiles().filter(|(tile, _)| tile.level() > 0) {
            self.compare(tile, hashes);
        }
        if edge.root() != head.root {
            self.report.add("checkpoint", format_args!("the {} leaf hashes lead to the root {}, not to {}", head.size, edge.root(), head.root));
        }
    }

    /// Compares a published tile with what the tiles below it hash to.
    fn compare(&mut self, tile: Tile, computed: &[Hash]) {
        let Some(published) = self.tile(tile) else { return };
        for (index, (published, computed)) in (tile.n().saturating_mul(tile::WIDTH as u64)..).zip(published.iter().zip(computed)) {
            if published != computed {
                let below = Tile::full(tile.level() - 1, index).path();
                self.report.add(tile.path(), format_args!("its hash {} is not the root of `{below}`", index % tile::WIDTH as u64));
            }
        }
    }

    /// Hashes of a tile.
    fn tile(&mut self, tile: Tile) -> Option<Vec<Hash>> {
        let bytes = self.read(&tile.path(), &Tile::full(tile.level(), tile.n()).path())?;
        let hashes = match bytes {
            Read::Exact(bytes) => tile.parse(&bytes),
            Read::Wider(bytes) => Tile::full(tile.level(), tile.n()).parse(&bytes).map(|mut hashes| {
                hashes.truncate(tile.width().into());
                hashes
            }),
        };
        hashes.map_err(|error| self.report.add(tile.path(), error)).ok()
    }

    /// Hashes of the entries below a level 0 tile.
    fn entries(&mut self, tile: Tile) -> Option<Vec<Hash>> {
        let full = Tile::full(0, tile.n());
        let bytes = self.read(&tile.entries_path(), &full.entries_path())?;
        let (bytes, width) = match &bytes {
            Read::Exact(bytes) => (bytes, tile.width()),
            Read::Wider(bytes) => (bytes, full.width()),
        };
        let hashes = bundle::parse(bytes).and_then(|entries| {
            if entries.len() == usize::from(width) {
                Ok(entries.into_iter().take(tile.width().into()).map(leaf_hash).collect())
            } else {
                Err(LedgerError::Bundle("it has not as many entries as its path says"))
            }
        });
        hashes.map_err(|error| self.report.add(tile.entries_path(), error)).ok()
    }

    /// The bytes at a path, or at the path of the full tile that has taken its place since.
    fn read(&mut self, path: &str, full: &str) -> Option<Read> {
        let mut read = |path: &str| self.source.read(path).map_err(|error| self.report.add(path, error));
        if let Some(bytes) = read(path).ok()? {
            return Some(Read::Exact(bytes));
        }
        if path != full
            && let Some(bytes) = read(full).ok()?
        {
            return Some(Read::Wider(bytes));
        }
        self.report.add(path, "it is missing");
        None
    }
}

enum Read {
    /// What was asked for.
    Exact(Vec<u8>),
    /// The full tile in place of a partial one.
    Wider(Vec<u8>),
}
