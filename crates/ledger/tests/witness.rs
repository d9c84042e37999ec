//! Laws of a witness: it signs one history, whatever it is sent; requests are read as they are written.
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test may fail loudly, and its numbers are small")]

use candour_ledger::{
    Checkpoint, Hash, LedgerError, Nodes, SigningKey,
    hash::{leaf_hash, root_of},
    tree::prove_consistency,
    witness::{AddCheckpoint, WitnessRefusal, WitnessState, consider},
};
use proptest::prelude::*;

/// A log that writes several histories: number `fork` differs from the first from entry `3 * fork` on.
struct History(Vec<Hash>);

impl History {
    fn new(fork: u64) -> Self {
        Self((0..64_u64).map(|n| leaf_hash(&if fork > 0 && n >= 3 * fork { [fork, n] } else { [0, n] }.map(u64::to_be_bytes).concat())).collect())
    }

    fn root(&self, size: u64) -> Hash {
        root_of(self.0.get(..size as usize).unwrap())
    }

    fn request(&self, old: u64, new: u64) -> AddCheckpoint {
        let checkpoint = Checkpoint { origin: "log.example".to_owned(), size: new, root: self.root(new), extensions: vec![] };
        AddCheckpoint { old_size: old, proof: prove_consistency(self, old.min(new), new).unwrap(), checkpoint: checkpoint.sign(&key()).unwrap() }
    }
}

impl Nodes for History {
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError> {
        let (span, index) = (1_usize << height, index as usize);
        Ok(root_of(self.0.get(index * span..(index + 1) * span).unwrap()))
    }
}

fn key() -> SigningKey {
    SigningKey::generate("log.example", [1; 32]).unwrap()
}

#[test]
fn the_empty_tree_is_cosigned_and_grows() {
    let history = History::new(0);
    let empty = consider(key().verifier(), None, &history.request(0, 0)).unwrap();
    assert_eq!(empty, WitnessState { size: 0, root: root_of(&[]) });
    assert!(consider(key().verifier(), Some(&empty), &history.request(0, 9)).is_ok());
    let mut wrong = history.request(0, 0);
    wrong.checkpoint = Checkpoint { origin: "log.example".to_owned(), size: 0, root: leaf_hash(b""), extensions: vec![] }.sign(&key()).unwrap();
    assert_eq!(consider(key().verifier(), None, &wrong), Err(WitnessRefusal::Conflict { size: 0 }));
}

#[test]
fn answers_are_read_as_they_are_written() {
    for refusal in [WitnessRefusal::Unknown, WitnessRefusal::Forbidden, WitnessRefusal::Conflict { size: 77 }, WitnessRefusal::Unprocessable] {
        assert_eq!(WitnessRefusal::of(refusal.status(), &refusal.body()), refusal);
    }
    assert_eq!(WitnessRefusal::of(400, "why\n"), WitnessRefusal::Malformed("why".to_owned()));
    for (status, body) in [(409, "77"), (409, "077\n"), (409, "-1\n"), (409, ""), (500, ""), (200, ""), (302, "")] {
        assert!(matches!(WitnessRefusal::of(status, body), WitnessRefusal::Unreachable(_)), "{status} {body:?}");
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let good = History::new(0).request(5, 9).body();
    assert!(AddCheckpoint::parse(good.as_bytes()).is_ok());
    for bad in [
        String::new(),
        good.replacen("old 5", "old 05", 1),
        good.replacen("old 5", "old -5", 1),
        good.replacen("old 5", "old  5", 1),
        good.replacen("old 5", "new 5", 1),
        good.replacen("old 5\n", "", 1),
        good.replacen("\n\n", "\n", 1),
        good.replacen("\n\n", "\nAAAA\n\n", 1),
        good.replacen("\n\n", &format!("{}\n\n", format!("\n{}", leaf_hash(b"")).repeat(63)), 1),
        good.replace('\n', "\r\n"),
        good.trim_end().to_owned(),
    ] {
        assert!(AddCheckpoint::parse(bad.as_bytes()).is_err(), "{bad}");
    }
}

proptest! {
    /// Whatever histories a log sends in whatever order, with whatever sizes and proofs, those that are signed are one.
    #[test]
    fn one_history_is_signed(sent in proptest::collection::vec((0_u64..4, 0_u64..64, 0_u64..64, any::<bool>()), 1..40)) {
        let histories: Vec<History> = (0..4).map(History::new).collect();
        let mut state: Option<WitnessState> = None;
        let mut signed: Vec<WitnessState> = Vec::new();
        for (which, old, new, follows) in sent {
            let history = histories.get(which as usize).unwrap();
            // Half of them know what was signed last, as a log does that was told.
            let old = if follows { state.as_ref().map_or(0, |state| state.size) } else { old };
            if let Ok(next) = consider(key().verifier(), state.as_ref(), &history.request(old, new)) {
                prop_assert_eq!(next.root, history.root(new));
                state = Some(next.clone());
                signed.push(next);
            }
        }
        prop_assert!(signed.is_sorted_by_key(|state| state.size), "a size went back");
        prop_assert!(histories.iter().any(|history| signed.iter().all(|state| history.root(state.size) == state.root)), "two histories were signed");
    }

    #[test]
    fn requests_are_read_back(old in 0_u64..64, new in 0_u64..64, fork in 0_u64..4) {
        let request = History::new(fork).request(old, new);
        prop_assert_eq!(AddCheckpoint::parse(request.body().as_bytes()), Ok(request));
    }

    #[test]
    fn no_bytes_upset_the_parser(bytes in proptest::collection::vec(any::<u8>(), 0..200), head in "old [0-9]{0,3}\n([A-Za-z0-9+/=]{44}\n){0,3}\n?", note in "(\\PC{0,9}\n){0,3}\n(\u{2014} [a-z]{1,4} [A-Za-z0-9+/]{8}\n){0,2}") {
        let _ = AddCheckpoint::parse(&bytes);
        let made = format!("{head}{note}");
        if let Ok(request) = AddCheckpoint::parse(made.as_bytes()) {
            prop_assert_eq!(request.body(), made);
        }
    }

    #[test]
    fn a_changed_request_is_not_signed(position: prop::sample::Index, flip in 1_u8..=255) {
        let history = History::new(0);
        let state = WitnessState { size: 21, root: history.root(21) };
        let mut bytes = history.request(21, 50).body().into_bytes();
        let position = position.index(bytes.len());
        if let Some(byte) = bytes.get_mut(position) {
            *byte ^= flip;
        }
        if let Ok(request) = AddCheckpoint::parse(&bytes) {
            prop_assert!(consider(key().verifier(), Some(&state), &request).is_err());
        }
    }
}
