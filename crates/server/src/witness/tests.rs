//! Every answer of the protocol, and what is never signed.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Arc, Barrier},
};

use axum::{Router, body::Body, http::Request};
use candour_ledger::{
    Checkpoint, Hash, LedgerError, Nodes, Note, SigningKey, VerifierKey,
    hash::{leaf_hash, root_of},
    tree::prove_consistency,
    witness::{AddCheckpoint, Witness as _, WitnessRefusal},
};
use tower::ServiceExt as _;

use super::{HttpWitness, Keeper, KeyKind, NoCosignature, WitnessError, WitnessFiles, fetch, router};

const TIME: u64 = 1_800_000_000;

fn log_key() -> SigningKey {
    SigningKey::generate("log.example", [1; 32]).unwrap()
}

/// A history: entry `n` is the number, and from `fork` on something else.
struct History(Vec<Hash>);

impl History {
    fn new(size: u64, fork: u64) -> Self {
        Self((0..size).map(|n| leaf_hash(&(if n < fork { n } else { n + 1_000_000 }).to_be_bytes())).collect())
    }

    fn checkpoint(&self, size: u64) -> Checkpoint {
        let leaves = &self.0[..usize::try_from(size).unwrap()];
        Checkpoint { origin: "log.example".to_owned(), size, root: root_of(leaves), extensions: vec![] }
    }

    fn request(&self, old: u64, new: u64) -> AddCheckpoint {
        let proof = if old <= new { prove_consistency(self, old, new).unwrap() } else { vec![] };
        AddCheckpoint { old_size: old, proof, checkpoint: self.checkpoint(new).sign(&log_key()).unwrap() }
    }
}

impl Nodes for History {
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError> {
        let (span, index) = (1_usize << height, usize::try_from(index).unwrap());
        Ok(root_of(&self.0[index * span..(index + 1) * span]))
    }
}

struct Place {
    folder: tempfile::TempDir,
    kind: KeyKind,
}

impl Place {
    fn new(kind: KeyKind) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), kind }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self) -> Result<Keeper, WitnessError> {
        let files = WitnessFiles::open(&self.path("key"), "witness.example", self.kind, [2; 32])?;
        Keeper::new(files, vec![log_key().verifier().clone()], || TIME)
    }
}

struct Answer {
    status: u16,
    kind: String,
    body: String,
}

async fn post(router: &Router, body: impl Into<Body>) -> Answer {
    let response = router.clone().oneshot(Request::post("/add-checkpoint").body(body.into()).unwrap()).await.unwrap();
    let (status, kind) = (response.status().as_u16(), response.headers()["content-type"].to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Answer { status, kind, body: String::from_utf8(body.to_vec()).unwrap() }
}

/// Whether the answer is the witness's word on the request's checkpoint.
fn is_cosignature(vkey: &str, request: &AddCheckpoint, lines: &str) -> bool {
    let key = VerifierKey::parse(vkey).unwrap();
    let mut note: Note = request.checkpoint.clone();
    note.add_lines(lines).unwrap();
    note.verify(&key).is_ok_and(|signed| signed.time == Some(TIME))
}

#[tokio::test]
async fn every_status_of_the_protocol_has_its_occasion() {
    for kind in [KeyKind::Ed25519, KeyKind::MlDsa44] {
        let place = Place::new(kind);
        let keeper = place.open().unwrap();
        let vkey = keeper.vkey();
        let router = router(keeper);
        let (honest, fork) = (History::new(40, 40), History::new(40, 5));
        let strange = Checkpoint { origin: "other.example".to_owned(), ..honest.checkpoint(3) };
        let with = |checkpoint: Note| AddCheckpoint { old_size: 0, proof: vec![], checkpoint }.body();
        let stranger = SigningKey::generate("log.example", [9; 32]).unwrap();
        let mut long = honest.request(0, 10);
        long.proof = vec![leaf_hash(b""); 64];
        let mut unasked = honest.request(0, 10);
        unasked.proof = vec![leaf_hash(b"")];
        // In this order: the state after each is what the next one meets.
        let cases = [
            ("not a request", "hello\n".to_owned(), 400, None),
            ("no such log", with(strange.sign(&SigningKey::generate("other.example", [8; 32]).unwrap()).unwrap()), 404, None),
            ("a stranger's key", with(honest.checkpoint(3).sign(&stranger).unwrap()), 403, None),
            ("64 hashes", long.body(), 400, None),
            ("a proof from nothing", unasked.body(), 422, None),
            ("an old size that never was", honest.request(5, 10).body(), 409, Some("0\n")),
            ("the first", honest.request(0, 10).body(), 200, None),
            ("the same again", honest.request(10, 10).body(), 200, None),
            ("without the state", honest.request(0, 20).body(), 409, Some("10\n")),
            ("larger", honest.request(10, 20).body(), 200, None),
            ("old above new", honest.request(20, 12).body(), 400, None),
            ("rolled back", honest.request(10, 12).body(), 409, Some("20\n")),
            ("another tree of the same size", fork.request(20, 20).body(), 409, Some("20\n")),
            ("another history, proved from itself", fork.request(20, 30).body(), 422, None),
            ("the honest one still", honest.request(20, 40).body(), 200, None),
        ];
        for (what, body, status, said) in cases {
            let answer = post(&router, body.clone()).await;
            assert_eq!(answer.status, status, "{what}: {}", answer.body);
            assert_eq!(answer.kind, if status == 409 { "text/x.tlog.size" } else { "text/plain; charset=utf-8" }, "{what}");
            if let Some(said) = said {
                assert_eq!(answer.body, said, "{what}");
            }
            let signed = status == 200 && is_cosignature(&vkey, &AddCheckpoint::parse(body.as_bytes()).unwrap(), &answer.body);
            assert_eq!(signed, status == 200, "{what}");
        }
        let root = router.clone().oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(axum::body::to_bytes(root.into_body(), 9_000).await.unwrap(), format!("{vkey}\n"));
    }
}

#[tokio::test]
async fn what_is_too_long_is_not_read() {
    let router = router(Place::new(KeyKind::Ed25519).open().unwrap());
    assert_eq!(post(&router, vec![b'a'; 1_010_001]).await.status, 413);
    assert_eq!(post(&router, vec![b'a'; 1_010_000]).await.status, 400);
    let get = router.clone().oneshot(Request::get("/add-checkpoint").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(get.status().as_u16(), 405);
}

#[test]
fn what_was_cosigned_is_known_after_a_restart() {
    let place = Place::new(KeyKind::Ed25519);
    let history = History::new(40, 40);
    place.open().unwrap().add_checkpoint(history.request(0, 30).body().as_bytes()).unwrap();
    let again = place.open().unwrap();
    assert!(
        matches!(again.add_checkpoint(History::new(40, 3).request(0, 30).body().as_bytes()), Err(NoCosignature::Refused(refusal)) if refusal.status() == 409)
    );
    assert!(again.add_checkpoint(history.request(30, 40).body().as_bytes()).is_ok());
}

#[test]
fn what_cannot_be_persisted_is_not_signed() {
    let place = Place::new(KeyKind::Ed25519);
    let keeper = place.open().unwrap();
    let (honest, fork) = (History::new(40, 40), History::new(40, 3));
    keeper.add_checkpoint(honest.request(0, 10).body().as_bytes()).unwrap();
    // A folder stands where the new state is to be written.
    fs::create_dir(place.path("key.state.new")).unwrap();
    let broken = keeper.add_checkpoint(honest.request(10, 20).body().as_bytes());
    assert!(matches!(broken, Err(NoCosignature::Broken(_))));
    fs::remove_dir(place.path("key.state.new")).unwrap();
    // What the file says counts, and nothing else was signed meanwhile.
    assert!(keeper.add_checkpoint(fork.request(10, 20).body().as_bytes()).is_err());
    assert!(keeper.add_checkpoint(honest.request(10, 20).body().as_bytes()).is_ok());
}

#[test]
fn a_witness_that_forgot_does_not_begin_anew() {
    let place = Place::new(KeyKind::Ed25519);
    drop(place.open().unwrap());
    let state = place.path("key.state");
    fs::remove_file(&state).unwrap();
    assert!(matches!(place.open(), Err(WitnessError::Forgotten(_))));
    fs::write(&state, "log.example\n7\n").unwrap();
    assert!(matches!(place.open(), Err(WitnessError::Content { .. })));
    fs::write(&state, "").unwrap();
    let first = place.open().unwrap();
    assert!(matches!(place.open(), Err(WitnessError::InUse(_))), "a second process with the same key");
    drop(first);
    fs::write(place.path("key"), log_key().to_private_text()).unwrap();
    assert!(matches!(place.open(), Err(WitnessError::Content { .. })), "a log's key");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_key() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new(KeyKind::Ed25519);
    drop(place.open().unwrap());
    assert_eq!(fs::metadata(place.path("key")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn of_many_who_ask_at_once_all_get_one_history() {
    const ASKERS: u64 = 8;
    const ROUNDS: u64 = 12;
    let place = Place::new(KeyKind::Ed25519);
    let keeper = Arc::new(place.open().unwrap());
    let start = Arc::new(Barrier::new(usize::try_from(ASKERS).unwrap()));
    // Each asks for a history of its own, and goes on from whatever size it is told.
    let askers: Vec<_> = (0..ASKERS)
        .map(|asker| {
            let (keeper, start) = (Arc::clone(&keeper), Arc::clone(&start));
            std::thread::spawn(move || {
                let history = History::new(200, asker * 3);
                let mut signed = Vec::new();
                let mut size = 0;
                start.wait();
                for round in 1..=ROUNDS {
                    let new = size.max(round * ASKERS + asker);
                    let request = history.request(size, new);
                    match keeper.add_checkpoint(request.body().as_bytes()) {
                        Ok(lines) => {
                            assert!(is_cosignature(&keeper.vkey(), &request, &lines));
                            signed.push(history.checkpoint(new));
                            size = new;
                        }
                        Err(NoCosignature::Refused(WitnessRefusal::Conflict { size: last })) => size = last,
                        Err(NoCosignature::Refused(_)) => {}
                        Err(NoCosignature::Broken(error)) => panic!("{error}"),
                    }
                }
                (asker, signed)
            })
        })
        .collect();
    let mut roots: BTreeMap<u64, Hash> = BTreeMap::new();
    let mut all = Vec::new();
    for asker in askers {
        let (asker, signed) = asker.join().unwrap();
        all.extend(signed.into_iter().map(|checkpoint| (asker, checkpoint)));
    }
    assert!(!all.is_empty());
    for (_, checkpoint) in &all {
        assert_eq!(*roots.entry(checkpoint.size).or_insert(checkpoint.root), checkpoint.root, "two trees of {} entries", checkpoint.size);
    }
    // All trees that were signed are one history: each begins with the one before, whoever asked for it.
    let (last_asker, last) = all.iter().max_by_key(|(_, checkpoint)| checkpoint.size).unwrap();
    let history = History::new(200, last_asker * 3);
    for (size, root) in roots {
        assert_eq!(root, history.checkpoint(size).root, "the tree of {size} entries is no beginning of the one of {}", last.size);
    }
}

/// A witness served on loopback, asked by the client that homes ask with.
#[tokio::test(flavor = "multi_thread")]
async fn the_client_understands_every_answer() {
    let place = Place::new(KeyKind::Ed25519);
    let server = super::bind(place.open().unwrap(), "127.0.0.1:0".parse().unwrap()).await.unwrap();
    let url = format!("http://{}", server.address());
    let serving = tokio::spawn(server.run());
    let asked = tokio::task::spawn_blocking(move || {
        let vkey = String::from_utf8(fetch(&url).unwrap().unwrap()).unwrap();
        let (honest, fork) = (History::new(40, 40), History::new(40, 5));
        // With and without a slash at the end of the address.
        let witness = HttpWitness::new(vkey.trim_end(), &format!("{url}/"));
        let again = HttpWitness::new(vkey.trim_end(), &url);
        let request = honest.request(0, 10);
        let lines = witness.add_checkpoint(&request).unwrap();
        assert!(is_cosignature(witness.vkey(), &request, &lines));
        assert_eq!(again.add_checkpoint(&honest.request(0, 20)), Err(WitnessRefusal::Conflict { size: 10 }));
        assert_eq!(again.add_checkpoint(&fork.request(10, 20)), Err(WitnessRefusal::Unprocessable));
        assert!(matches!(again.add_checkpoint(&honest.request(10, 5)), Err(WitnessRefusal::Malformed(_))));
        let mut unsigned = honest.request(10, 20);
        unsigned.checkpoint = honest.checkpoint(20).sign(&SigningKey::generate("log.example", [9; 32]).unwrap()).unwrap();
        assert_eq!(again.add_checkpoint(&unsigned), Err(WitnessRefusal::Forbidden));
        let strange = Checkpoint { origin: "other.example".to_owned(), ..honest.checkpoint(20) };
        unsigned.checkpoint = strange.sign(&SigningKey::generate("other.example", [9; 32]).unwrap()).unwrap();
        assert_eq!(again.add_checkpoint(&unsigned), Err(WitnessRefusal::Unknown));
        // Nobody listens there any more; and what is no witness is not taken for one.
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(matches!(HttpWitness::new(&vkey, &format!("http://{gone}")).add_checkpoint(&request), Err(WitnessRefusal::Unreachable(_))));
        assert!(matches!(HttpWitness::new(&vkey, "no address").add_checkpoint(&request), Err(WitnessRefusal::Unreachable(_))));
        assert_eq!(fetch(&format!("{url}/tile/0/000")), Ok(None));
        assert!(fetch("http://").is_err());
    })
    .await;
    serving.abort();
    asked.unwrap();
}
