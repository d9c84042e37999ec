//! The witness as a process: what it prints, what it refuses to begin with, and that no moment of a kill -9 makes it sign
//! a second history.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, mpsc::channel},
    time::{Duration, Instant},
};

use candour_ledger::{
    Checkpoint, Hash, LedgerError, Nodes, Note, SigningKey, VerifierKey,
    hash::{leaf_hash, root_of},
    tree::prove_consistency,
    witness::AddCheckpoint,
};
use serde_json::Value;

use crate::{
    chance::{Chance, rounds},
    client,
    home::{Home, Ran, binary},
};

/// Entries of each history.
const LENGTH: u64 = 2_000;
/// Where the second history parts from the first.
const FORK: u64 = 40;

fn log_key() -> SigningKey {
    SigningKey::generate("log.example", [1; 32]).unwrap()
}

/// One of two histories that a log with something to hide writes.
struct History(Vec<Hash>);

impl History {
    fn both() -> [Self; 2] {
        [LENGTH, FORK].map(|fork| Self((0..LENGTH).map(|n| leaf_hash(&(if n < fork { n } else { n + LENGTH }).to_be_bytes())).collect()))
    }

    fn root(&self, size: u64) -> Hash {
        root_of(&self.0[..usize::try_from(size).unwrap()])
    }

    fn request(&self, old: u64, new: u64) -> AddCheckpoint {
        let checkpoint = Checkpoint { origin: "log.example".to_owned(), size: new, root: self.root(new), extensions: vec![] };
        AddCheckpoint { old_size: old, proof: prove_consistency(self, old, new).unwrap(), checkpoint: checkpoint.sign(&log_key()).unwrap() }
    }
}

impl Nodes for History {
    fn node(&self, height: u8, index: u64) -> Result<Hash, LedgerError> {
        let (span, index) = (1_usize << height, usize::try_from(index).unwrap());
        Ok(root_of(&self.0[index * span..(index + 1) * span]))
    }
}

/// A folder for a witness's files.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self) -> Command {
        let mut command = binary();
        command.current_dir(self.0.path()).args(["witness", "--json", "--key-file", "key", "--bind", "127.0.0.1:0", "--name", "witness.example"]);
        command
    }

    fn start(&self, options: &[&str]) -> Running {
        let mut command = self.command();
        command.args(["--log", &log_key().vkey()]).args(options);
        Running::of(command)
    }
}

/// A server at work, killed when dropped.
struct Running {
    child: Child,
    address: SocketAddr,
    said: Value,
}

impl Running {
    /// Starts a server and reads the line that it prints once it listens.
    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        let address = said["url"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap();
        Self { child, address, said }
    }

    fn ask(&self, request: &AddCheckpoint) -> Option<client::Reply> {
        client::send(self.address, "POST", "/add-checkpoint", "", &request.body())
    }

    /// As kill -9 does.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The size and root that the state file holds.
fn persisted(path: &Path) -> Option<(u64, Hash)> {
    let text = fs::read_to_string(path).unwrap();
    (!text.is_empty()).then(|| Checkpoint::parse(&text).map(|checkpoint| (checkpoint.size, checkpoint.root)).unwrap())
}

#[test]
fn it_makes_its_key_once_and_cosigns() {
    for (options, length) in [(&[][..], 72), (&["--post-quantum"][..], 2_428)] {
        let place = Place::new();
        let mut first = place.start(options);
        assert_eq!(first.said["made"], true);
        let key = VerifierKey::parse(first.said["vkey"].as_str().unwrap()).unwrap();
        assert_eq!(key.name(), "witness.example");
        let request = History::both()[0].request(0, 300);
        let reply = first.ask(&request).unwrap();
        assert_eq!(reply.status, 200, "{}", reply.head);
        let mut note: Note = request.checkpoint;
        let lines = String::from_utf8(reply.body).unwrap();
        note.add_lines(&lines).unwrap();
        assert!(note.verify(&key).unwrap().time.unwrap() > 1_700_000_000);
        // Base64 of the key's id and a signature of that length.
        assert_eq!(lines.trim_end().rsplit(' ').next().unwrap().len(), (4_usize + length).div_ceil(3) * 4);
        first.kill();
        let again = place.start(&[]);
        assert_eq!((&again.said["made"], &again.said["vkey"]), (&Value::Bool(false), &first.said["vkey"]));
        let root = client::send(again.address, "GET", "/", "", "").unwrap();
        assert_eq!(String::from_utf8(root.body).unwrap().trim_end(), again.said["vkey"].as_str().unwrap());
    }
}

#[test]
fn it_does_not_begin_with_what_it_must_not() {
    let place = Place::new();
    let run = |log: &str| Ran::of(&place.command().args(["--log", log]).output().unwrap());
    assert_eq!(run("nonsense").code, Some(2));
    let witness = SigningKey::generate_witness("other.example", [2; 32]).unwrap();
    let ran = run(&witness.vkey());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("is no key of a log"), "{ran:?}");
    let running = place.start(&[]);
    let ran = run(&log_key().vkey());
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("another witness runs with this key"), "{ran:?}");
    drop(running);
    fs::remove_file(place.path("key.state")).unwrap();
    let ran = run(&log_key().vkey());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("could cosign a second history"), "{ran:?}");
    fs::write(place.path("key.state"), "").unwrap();
    fs::write(place.path("key"), log_key().to_private_text()).unwrap();
    let ran = run(&log_key().vkey());
    assert_eq!(ran.code, Some(2));
    assert!(!ran.err.contains(&log_key().to_private_text()) && ran.err.contains("this key is a log's"), "{ran:?}");
}

/// Killed as soon as the state is there, whether or not the answer has gone out.
#[test]
fn a_kill_between_persisting_and_answering_forgets_nothing() {
    let [honest, fork] = History::both();
    let place = Place::new();
    place.start(&[]).kill();
    for (old, new) in [(0, 300), (300, 301), (301, 900)] {
        let mut running = place.start(&[]);
        let body = honest.request(old, new).body();
        let mut stream = TcpStream::connect(running.address).unwrap();
        stream.write_all(format!("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).unwrap();
        let patience = Instant::now() + Duration::from_secs(30);
        while persisted(&place.path("key.state")).is_none_or(|(size, _)| size != new) {
            assert!(Instant::now() < patience, "the state is not written");
            std::thread::yield_now();
        }
        running.kill();
        let running = place.start(&[]);
        assert_eq!(running.ask(&fork.request(old, new)).unwrap().status, 409, "the same size of another history");
        assert_eq!(running.ask(&fork.request(new, new + 50)).unwrap().status, 422, "another history that goes on");
        assert_eq!(running.ask(&honest.request(new, new)).unwrap().status, 200, "the cosignature that got lost");
    }
}

/// Killed at random moments while two histories are pushed at it.
#[test]
fn no_moment_of_a_kill_lets_two_histories_be_signed() {
    let mut chance = Chance::new();
    let histories = Arc::new(History::both());
    let place = Place::new();
    let signed: Arc<Mutex<Vec<(u64, Hash)>>> = Arc::default();
    for _ in 0..rounds() {
        let mut running = place.start(&[]);
        let (answered, answers) = channel();
        let askers: Vec<_> = (0..2_usize)
            .map(|which| {
                let (histories, signed, address, answered) = (Arc::clone(&histories), Arc::clone(&signed), running.address, answered.clone());
                std::thread::spawn(move || {
                    let mut size = 0;
                    // Ends when nobody answers any more.
                    while size < LENGTH - 8 {
                        let new = size + 7;
                        let Some(reply) = client::send(address, "POST", "/add-checkpoint", "", &histories[which].request(size, new).body()) else { break };
                        let _ = answered.send(());
                        match reply.status {
                            200 => {
                                signed.lock().unwrap().push((new, histories[which].root(new)));
                                size = new;
                            }
                            409 => size = String::from_utf8(reply.body).unwrap().trim_end().parse().unwrap(),
                            422 => break,
                            other => panic!("status {other}"),
                        }
                    }
                })
            })
            .collect();
        drop(answered);
        // After so many answers, and a random moment more.
        for _ in 0..chance.below(80) {
            let _ = answers.recv_timeout(Duration::from_secs(30));
        }
        let moment = Instant::now() + chance.moment(Duration::from_millis(5));
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        running.kill();
        askers.into_iter().for_each(|asker| asker.join().unwrap());
        let last = persisted(&place.path("key.state"));
        let signed = signed.lock().unwrap();
        if let Some((size, _)) = signed.iter().max_by_key(|(size, _)| size) {
            assert!(last.is_some_and(|(persisted, _)| persisted >= *size), "a tree of {size} entries was signed and forgotten: {last:?}");
        }
        let mut roots = BTreeMap::new();
        for (size, root) in signed.iter().chain(&last) {
            assert_eq!(roots.entry(*size).or_insert(*root), root, "two trees of {size} entries");
        }
        assert!(histories.iter().any(|history| roots.iter().all(|(size, root)| history.root(*size) == *root)), "two histories were signed");
    }
    assert!(!signed.lock().unwrap().is_empty(), "nothing was signed at all");
}

/// The whole way: a charter that names a witness comes into force, the served home has its log cosigned by itself, and an
/// outsider insists on the witness's word.
#[test]
fn a_served_home_has_its_log_witnessed() {
    let home = Home::make();
    let place = Place::new();
    let log_key = home.folder().join("home/keys/log.vkey");
    let mut command = binary();
    command.current_dir(place.0.path()).args(["witness", "--json", "--key-file", "key", "--bind", "127.0.0.1:0", "--log"]).arg(&log_key);
    let witness = Running::of(command);
    let (vkey, url) = (witness.said["vkey"].as_str().unwrap(), witness.said["url"].as_str().unwrap());

    let in_force = home.answer("overseer", &["charter", "show"])["hash"].as_str().unwrap().to_owned();
    let path = home.folder().join("home/charter/charter.toml");
    let text = fs::read_to_string(&path).unwrap();
    let named = text.replacen("version = 1\n", &format!("version = 2\nprevious = \"{in_force}\"\n"), 1).replacen(
        "witnesses = []",
        &format!("threshold = 1\nwitnesses = [{{ vkey = \"{vkey}\", url = \"{url}\" }}]"),
        1,
    );
    fs::write(&path, named).unwrap();
    home.answer("administrator", &["charter", "sign", "home/charter", "--key", "home/keys/authority-1.key"]);
    assert_eq!(home.answer("administrator", &["charter", "adopt"])["version"], 2);

    let mut command = home.command("nobody");
    command.args(["--json", "serve", "--port", "0"]);
    let mut served = Running::of(command);
    let patience = Instant::now() + Duration::from_secs(60);
    let cosigned = loop {
        assert!(Instant::now() < patience, "no cosigned checkpoint is published");
        let reply = client::send(served.address, "GET", "/log/checkpoint.cosigned", "", "").unwrap();
        if reply.status == 200 {
            break Note::parse(&reply.body).unwrap();
        }
        std::thread::yield_now();
    };
    assert!(cosigned.verify(&VerifierKey::parse(vkey).unwrap()).unwrap().time.is_some());
    served.kill();

    let verified = home.verified(&["--witness", vkey, "--witnessed-within", "600"]);
    let size = Checkpoint::parse(cosigned.text()).unwrap().size;
    assert_eq!(verified["witnessed"]["size"], size, "{verified}");
    let mut command = binary();
    command.current_dir(home.folder()).args(["verify", "log", "--key", "home/keys/log.vkey", "--witness"]);
    let stranger = SigningKey::generate_witness("other.example", [4; 32]).unwrap().vkey();
    let ran = Ran::of(&command.arg(stranger).output().unwrap());
    assert_eq!(ran.code, Some(4));
    assert!(ran.out.contains("problem at checkpoint.cosigned: the witness `other.example` has not cosigned it"), "{ran:?}");
}
