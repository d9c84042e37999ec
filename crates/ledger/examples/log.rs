//! Makes a published log of any size in a folder, or verifies one and says how long that took.
//!
//! `log make SIZE FOLDER` writes the files that `candour ledger publish` writes, a cosigned checkpoint among them, and
//! three more for other programs' checks: `keys` (the keys of log and witnesses, one a line), `since` (a checkpoint of the
//! tree when it was half as large), `proofs/N` (a tlog-proof of every entry whose number is a multiple of 997).
//! `log verify FOLDER` checks it all and prints the time. Keys are made from fixed seeds and worth nothing.
#![expect(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use candour_ledger::{
    Checkpoint, Edge, FullTile, Hash, LedgerError, Request, SigningKey, Source, TiledNodes, VerifierKey, bundle, commitment,
    hash::leaf_hash,
    proof::Proof,
    tile::Tile,
    tree::{prove_inclusion, root},
    verify,
};

const ORIGIN: &str = "log.example/made";
const TIME: u64 = 1_800_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", size, folder] => make(size.parse()?, Path::new(folder)),
        ["verify", folder] => check(Path::new(folder)),
        _ => Err("usage: log make SIZE FOLDER | log verify FOLDER".into()),
    }
}

fn keys() -> Result<[SigningKey; 3], LedgerError> {
    Ok([
        SigningKey::generate(ORIGIN, [1; 32])?,
        SigningKey::generate_witness("witness.example/ed25519", [2; 32])?,
        SigningKey::generate_witness_ml_dsa("witness.example/ml-dsa-44", [3; 32])?,
    ])
}

/// The leaf of an entry: a commitment, as homes publish.
fn leaf(index: u64) -> Result<commitment::Leaf, LedgerError> {
    let mut seed = [7; 32];
    seed.iter_mut().zip(index.to_be_bytes()).for_each(|(to, from)| *to = from);
    commitment::leaf(&[commitment::commit(&commitment::salt(&seed, 0), "entry", &index.to_be_bytes())?])
}

fn make(size: u64, folder: &Path) -> Result<(), Box<dyn Error>> {
    let [log, witness, quantum] = keys()?;
    let (mut edge, mut full, mut bundles) = (Edge::new(), Vec::new(), vec![Vec::new()]);
    for index in 0..size {
        let leaf = leaf(index)?;
        edge.push(leaf_hash(&leaf), &mut full);
        if bundles.len() as u64 * tile_width() <= index {
            bundles.push(Vec::new());
        }
        if let Some(bundle) = bundles.last_mut() {
            bundle::push(bundle, &leaf)?;
        }
    }
    let write = |path: &str, bytes: &[u8]| -> std::io::Result<()> {
        let path = folder.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, bytes)
    };
    let partial: Vec<(Tile, Vec<Hash>)> = edge.partial_tiles().map(|(tile, hashes)| (tile, hashes.to_vec())).collect();
    for (tile, hashes) in
        full.iter().map(|FullTile { tile, nodes }| (*tile, nodes.hashes())).chain(partial.iter().map(|(tile, hashes)| (*tile, hashes.as_slice())))
    {
        write(&tile.path(), &Tile::format(hashes))?;
        if let Some(bundle) = (tile.level() == 0).then(|| bundles.get(usize::try_from(tile.n()).unwrap_or(usize::MAX))).flatten() {
            write(&tile.entries_path(), bundle)?;
        }
    }
    let nodes = TiledNodes::new(size, |tile| read_tile(folder, tile));
    let checkpoint =
        |size: u64| -> Result<Checkpoint, LedgerError> { Ok(Checkpoint { origin: ORIGIN.to_owned(), size, root: root(&nodes, size)?, extensions: vec![] }) };
    let newest = checkpoint(size)?.sign(&log)?;
    for index in (0..size).step_by(997) {
        let path = prove_inclusion(&nodes, index, size)?;
        let proof = Proof { extra: None, index, path, checkpoint: newest.clone() };
        write(&format!("proofs/{index}"), proof.to_string().as_bytes())?;
    }
    // What witnesses saw is a little older than the newest.
    let mut cosigned = checkpoint(size - size / 100)?.sign(&log)?;
    cosigned.cosign(&witness, TIME)?;
    cosigned.cosign(&quantum, TIME)?;
    write("since", checkpoint(size / 2)?.sign(&log)?.to_string().as_bytes())?;
    write("keys", format!("{}\n{}\n{}\n", log.vkey(), witness.vkey(), quantum.vkey()).as_bytes())?;
    write("checkpoint.cosigned", cosigned.to_string().as_bytes())?;
    write("checkpoint", newest.to_string().as_bytes())?;
    println!("{size} entries in {}", folder.display());
    Ok(())
}

fn tile_width() -> u64 {
    candour_ledger::tile::WIDTH as u64
}

fn read_tile(folder: &Path, tile: Tile) -> Result<Vec<Hash>, LedgerError> {
    let damaged = |error: std::io::Error| LedgerError::Tile { path: tile.path(), why: error.to_string() };
    let bytes = fs::read(folder.join(tile.path())).map_err(damaged)?;
    tile.parse(&bytes)
}

struct Folder(PathBuf);

impl Source for Folder {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn check(folder: &Path) -> Result<(), Box<dyn Error>> {
    let keys = fs::read_to_string(folder.join("keys"))?.lines().map(VerifierKey::parse).collect::<Result<Vec<_>, _>>()?;
    let (key, witnesses) = keys.split_first().ok_or("the file of keys is empty")?;
    let since = fs::read(folder.join("since"))?;
    let begun = Instant::now();
    let verified = verify(&Folder(folder.to_owned()), &Request { key, witnesses, since: Some(&since), receipts: &[] });
    let seconds = begun.elapsed().as_secs_f64();
    for problem in &verified.problems {
        println!("problem at {problem}");
    }
    let proofs = check_proofs(folder, key)?;
    println!("{proofs} proofs hold");
    println!("verified {} of {} entries in {seconds:.2} s: {}", verified.checked, verified.size, if verified.ok() { "ok" } else { "NOT ok" });
    if verified.ok() { Ok(()) } else { Err("the log does not hold".into()) }
}

/// Checks the proofs that lie beside the log against its entries, and says how many there are.
fn check_proofs(folder: &Path, key: &VerifierKey) -> Result<usize, Box<dyn Error>> {
    let mut count = 0;
    for file in fs::read_dir(folder.join("proofs"))? {
        let proof = Proof::parse(&fs::read_to_string(file?.path())?)?;
        let size = Checkpoint::parse(proof.checkpoint.text())?.size;
        let tile = Tile::of(0, proof.index / tile_width(), size).ok_or("a proof of an entry that is not there")?;
        let bytes = fs::read(folder.join(tile.entries_path()))?;
        let entries = bundle::parse(&bytes)?;
        let entry = entries.get(usize::try_from(proof.index % tile_width())?).ok_or("a bundle that is too short")?;
        proof.verify(&leaf_hash(entry), key)?;
        count += 1;
    }
    Ok(count)
}
