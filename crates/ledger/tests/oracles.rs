//! Notes, checkpoints, tiles and proofs against independent implementations of the same specifications, both ways.
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test may fail loudly")]

use std::collections::HashMap;

use candour_ledger::{
    Checkpoint, Edge, Hash, Note, SigningKey,
    hash::leaf_hash,
    tile::Tile,
    tree::{prove_consistency, prove_inclusion, verify_consistency, verify_inclusion},
};
use proptest::prelude::*;
use signed_note::{StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{HashReader, TileHashReader, TileReader};

fn key(seed: u8) -> SigningKey {
    SigningKey::generate("log.example/oracle", [seed; 32]).unwrap()
}

/// Our leaves as both implementations see them: entry `n` is the number.
fn edge(size: u64) -> (Edge, HashMap<String, Vec<u8>>) {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    for n in 0..size {
        edge.push(leaf_hash(&n.to_be_bytes()), &mut full);
    }
    let mut files: HashMap<String, Vec<u8>> = full.iter().map(|full| (full.tile.path(), Tile::format(full.nodes.hashes()))).collect();
    files.extend(edge.partial_tiles().map(|(tile, hashes)| (tile.path(), Tile::format(hashes))));
    (edge, files)
}

/// Our files as the other implementation reads them. It puts the tile height before the level in its paths.
struct Files(HashMap<String, Vec<u8>>);

impl TileReader for Files {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        tiles.iter().map(|tile| self.0.get(&tile.path().replacen("tile/8/", "tile/", 1)).cloned().ok_or(tlog_tiles::Error::InvalidTile)).collect()
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

/// The other implementation's own storage.
struct Stored(Vec<tlog_tiles::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        indexes.iter().map(|index| usize::try_from(*index).ok().and_then(|index| self.0.get(index)).copied().ok_or(tlog_tiles::Error::InvalidTile)).collect()
    }
}

fn stored(size: u64) -> Stored {
    let mut stored = Stored(Vec::new());
    for n in 0..size {
        let more = tlog_tiles::stored_hashes(n, &n.to_be_bytes(), &stored).unwrap();
        stored.0.extend(more);
    }
    stored
}

fn theirs(hash: &Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(hash.0)
}

fn ours(hashes: &[tlog_tiles::Hash]) -> Vec<Hash> {
    hashes.iter().map(|hash| Hash(hash.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn each_opens_the_others_notes(seed: u8, text in "(\\PC{0,20}\n){1,5}") {
        let key = key(seed);
        let known = VerifierList::new(vec![Box::new(StandardVerifier::new(&key.vkey()).unwrap())]);
        let ours = Note::sign(&text, &key).unwrap();
        let opened = signed_note::Note::from_bytes(ours.to_string().as_bytes()).unwrap();
        prop_assert_eq!(opened.text(), text.as_bytes());
        prop_assert_eq!(opened.verify(&known).unwrap().0.len(), 1);

        let mut theirs = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        theirs.add_sigs(&[&StandardSigner::new(&key.to_private_text()).unwrap()]).unwrap();
        prop_assert_eq!(String::from_utf8(theirs.to_bytes()).unwrap(), ours.to_string());
        prop_assert!(Note::parse(&theirs.to_bytes()).unwrap().verify(key.verifier()).is_ok());
    }

    #[test]
    fn what_one_refuses_to_open_so_does_the_other(seed: u8, position: prop::sample::Index, flip in 1_u8..=255) {
        let key = key(seed);
        let mut bytes = Note::sign("one\n\ntwo\n", &key).unwrap().to_string().into_bytes();
        let position = position.index(bytes.len());
        if let Some(byte) = bytes.get_mut(position) {
            *byte ^= flip;
        }
        let known = VerifierList::new(vec![Box::new(StandardVerifier::new(&key.vkey()).unwrap())]);
        let theirs = signed_note::Note::from_bytes(&bytes).is_ok_and(|note| note.verify(&known).is_ok());
        let ours = Note::parse(&bytes).is_ok_and(|note| note.verify(key.verifier()).is_ok());
        prop_assert!(!theirs && !ours);
    }

    #[test]
    fn checkpoints_read_the_same(origin in "[a-z./]{1,20}", size in 0..=i64::MAX as u64, root: [u8; 32], extensions in proptest::collection::vec("[a-z ]{1,9}", 0..3)) {
        let checkpoint = Checkpoint { origin, size, root: Hash(root), extensions };
        let read = tlog_tiles::Checkpoint::from_bytes(checkpoint.to_string().as_bytes()).unwrap();
        prop_assert_eq!((read.origin(), read.size(), read.hash().0), (checkpoint.origin.as_str(), size, root));
        prop_assert_eq!(String::from_utf8(read.to_bytes()).unwrap(), checkpoint.to_string());
    }

    #[test]
    fn each_accepts_the_others_proofs(size in 1_u64..1_500, index: prop::sample::Index, old: prop::sample::Index) {
        let (edge, files) = edge(size);
        let stored = stored(size);
        let root = tlog_tiles::tree_hash(size, &stored).unwrap();
        prop_assert_eq!(root.0, edge.root().0);
        let (index, old) = (index.index(size as usize) as u64, 1 + old.index(size as usize) as u64);
        let leaf = leaf_hash(&index.to_be_bytes());
        let old_root = tlog_tiles::tree_hash(old, &stored).unwrap();

        // They prove from their own storage and from our tiles, authenticated by the root; we check.
        let tiled = TileHashReader::new(size, root, &Files(files.clone())).read_hashes(&[tlog_tiles::stored_hash_index(0, index)]).unwrap();
        prop_assert_eq!(ours(&tiled), vec![leaf]);
        let path = tlog_tiles::prove_record(size, index, &stored).unwrap();
        verify_inclusion(&leaf, index, size, &ours(&path), &edge.root()).unwrap();
        let reader = Files(files.clone());
        prop_assert_eq!(&tlog_tiles::prove_record(size, index, &TileHashReader::new(size, root, &reader)).unwrap(), &path);
        let growth = tlog_tiles::prove_tree(size, old, &stored).unwrap();
        verify_consistency(old, &Hash(old_root.0), size, &edge.root(), &ours(&growth)).unwrap();

        // We prove; they check.
        let nodes = candour_ledger::TiledNodes::new(size, |tile| tile.parse(files.get(&tile.path()).unwrap()));
        let mine = prove_inclusion(&nodes, index, size).unwrap();
        prop_assert_eq!(&mine, &ours(&path));
        tlog_tiles::check_record(&mine.iter().map(theirs).collect(), size, root, index, theirs(&leaf)).unwrap();
        let mine = prove_consistency(&nodes, old, size).unwrap();
        prop_assert_eq!(&mine, &ours(&growth));
        tlog_tiles::check_tree(&mine.iter().map(theirs).collect(), size, root, old, old_root).unwrap();
    }

    #[test]
    fn tile_paths_are_the_same(level in 0_u8..8, n in 0_u64..20_000_000, width in 1_u64..=256) {
        // A tree in which that tile has that width at level 0.
        let tile = if level == 0 { Tile::of(0, n, n * 256 + width).unwrap() } else { Tile::full(level, n) };
        let other = tlog_tiles::Tile::new(8, level, n, u32::from(tile.width()), false);
        prop_assert_eq!(tile.path(), other.path().replacen("tile/8/", "tile/", 1));
    }
}

/// A log of the size that is promised: three levels of tiles, each read by the other implementation, which checks it
/// against the signed root as it goes.
#[test]
fn a_log_of_seventy_thousand_entries_is_read_alike() {
    const SIZE: u64 = 70_003;
    let (edge, files) = edge(SIZE);
    let signed = Checkpoint { origin: "log.example/oracle".to_owned(), size: SIZE, root: edge.root(), extensions: vec![] }.sign(&key(7)).unwrap();
    let known = VerifierList::new(vec![Box::new(StandardVerifier::new(&key(7).vkey()).unwrap())]);
    let opened = signed_note::Note::from_bytes(signed.to_string().as_bytes()).unwrap();
    assert_eq!(opened.verify(&known).unwrap().0.len(), 1);
    let head = tlog_tiles::Checkpoint::from_bytes(opened.text()).unwrap();
    assert_eq!((head.size(), head.hash().0), (SIZE, edge.root().0));

    let stored = stored(SIZE);
    let root = tlog_tiles::tree_hash(SIZE, &stored).unwrap();
    assert_eq!(root.0, edge.root().0);
    // Every hash of every tile of ours, at every level, through the other's authenticated reader and from its own storage.
    let reader = Files(files.clone());
    let tiled = TileHashReader::new(SIZE, root, &reader);
    for tile in Tile::all(SIZE) {
        let first = tile.n() * 256;
        let indexes: Vec<u64> = (first..first + u64::from(tile.width())).map(|n| tlog_tiles::stored_hash_index(tile.level() * 8, n)).collect();
        let hashes = ours(&tiled.read_hashes(&indexes).unwrap());
        assert_eq!(hashes, tile.parse(files.get(&tile.path()).unwrap()).unwrap(), "{}", tile.path());
        assert_eq!(hashes, ours(&stored.read_hashes(&indexes).unwrap()), "{}", tile.path());
    }
    let nodes = candour_ledger::TiledNodes::new(SIZE, |tile| tile.parse(files.get(&tile.path()).unwrap()));
    for index in [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, SIZE - 1] {
        let path = prove_inclusion(&nodes, index, SIZE).unwrap();
        assert_eq!(path, ours(&tlog_tiles::prove_record(SIZE, index, &tiled).unwrap()));
        tlog_tiles::check_record(&path.iter().map(theirs).collect(), SIZE, root, index, theirs(&leaf_hash(&index.to_be_bytes()))).unwrap();
        let old = index + 1;
        let old_root = tlog_tiles::tree_hash(old, &stored).unwrap();
        let growth = prove_consistency(&nodes, old, SIZE).unwrap();
        assert_eq!(growth, ours(&tlog_tiles::prove_tree(SIZE, old, &tiled).unwrap()));
        tlog_tiles::check_tree(&growth.iter().map(theirs).collect(), SIZE, root, old, old_root).unwrap();
    }
}
