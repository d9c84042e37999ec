//! Arbitrary bytes as requests to a witness: nothing panics, what parses is written back alike, and whatever a log with
//! several histories sends in whatever order, those that are signed are one.
#![no_main]

use candour_ledger::{
    Checkpoint, Hash, LedgerError, Nodes, SigningKey,
    hash::{leaf_hash, root_of},
    tree::prove_consistency,
    witness::{AddCheckpoint, WitnessRefusal, WitnessState, consider},
};

/// Entries of a history. Number `fork` parts from the first after `2 * fork` entries.
const LENGTH: u8 = 16;

struct History(Vec<Hash>);

impl Nodes for History {
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError> {
        let missing = LedgerError::NoNode { height, index };
        let start = usize::try_from(index << height).map_err(|_| missing.clone())?;
        self.0.get(start..start + (1 << height)).map(root_of).ok_or(missing)
    }
}

fn history(fork: u8) -> History {
    History((0..LENGTH).map(|n| leaf_hash(&if fork > 0 && n >= 2 * fork { [fork, n] } else { [0, n] })).collect())
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = AddCheckpoint::parse(bytes) {
        assert_eq!(request.body().as_bytes(), bytes);
    }
    if let Some((status, body)) = bytes.split_first() {
        let _ = WitnessRefusal::of(400 + u16::from(*status % 128), &String::from_utf8_lossy(body));
    }
    let Ok(key) = SigningKey::generate("log.example", [1; 32]) else { return };
    let mut state: Option<WitnessState> = None;
    let mut possible = [true; 4];
    for chunk in bytes.chunks_exact(4).take(16) {
        let [fork, old, new, follows] = [chunk[0] % 4, chunk[1] % LENGTH, chunk[2] % LENGTH, chunk[3]];
        let sent = history(fork);
        let old = if follows & 1 == 1 { state.as_ref().map_or(0, |state| state.size) } else { u64::from(old) };
        let new = u64::from(new);
        let Ok(mut proof) = prove_consistency(&sent, old.min(new), new) else { continue };
        if follows & 2 == 2 {
            proof.push(leaf_hash(chunk));
        }
        let root = root_of(&sent.0[..usize::from(chunk[2] % LENGTH)]);
        let Ok(checkpoint) = (Checkpoint { origin: "log.example".to_owned(), size: new, root, extensions: vec![] }).sign(&key) else { continue };
        if let Ok(next) = consider(key.verifier(), state.as_ref(), &AddCheckpoint { old_size: old, proof, checkpoint }) {
            assert!(state.is_none_or(|state| state.size <= next.size), "a size went back");
            for (fork, possible) in (0..).zip(&mut possible) {
                *possible &= root_of(&history(fork).0[..usize::from(chunk[2] % LENGTH)]) == next.root;
            }
            assert!(possible.contains(&true), "two histories were signed");
            state = Some(next);
        }
    }
});
