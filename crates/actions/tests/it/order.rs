//! The order of actions as a whole: a process that does this and that on a home dies, or its disk fails, at a random point of
//! a random step, again and again. Afterwards the home opens, its log verifies, nothing was answered without its entry, and
//! no change is there without its entry, nor an entry without its change.
//!
//! The points are where an action meets the outside world: each look at the clock (when it is decided, when it is checked
//! again), each drawing of randomness (when its entry is made) and each point of the store inside a commit. A process that
//! is killed from outside dies somewhere after such a point.

mod steps;
mod whole;

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use candour_actions::{Desk, NewHome, Outside};
use candour_store::Faults;

use self::{
    steps::{Dice, KINDS, Said, Worker},
    whole::assert_whole,
};
use crate::home::{NOW, folder};

/// Tells a process that it is to work until it dies: seed, round, the kind of the step in which it does, the point of that
/// step at which it ends itself, or 0, and the folder.
const DOOMED: &str = "CANDOUR_TEST_DOOMED";
/// Steps of the doomed kind after which the process gives up: most have fewer points than the one that is meant.
const DOOMED_STEPS: u64 = 12;
/// Points of a step, about.
const POINTS: u64 = 24;

/// How a round goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// The process ends itself at a point.
    Abort,
    /// It is killed by another after it has come by a point.
    Kill,
    /// The disk is full (ENOSPC) at a point of the store, and at some that follow.
    Full,
    /// The disk is broken (EIO) there.
    Broken,
}

/// One home, and what has been said about it over all rounds.
struct Town {
    folder: PathBuf,
    seed: u64,
    said: Vec<Said>,
}

/// How often something goes wrong, and from which seed; `CANDOUR_TEST_ROUNDS` and `CANDOUR_TEST_SEED` ask for others. The usual
/// number takes each kind of step once.
fn asked() -> (u64, u64) {
    let number = |name: &str, usual| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    (number("CANDOUR_TEST_ROUNDS", KINDS), number("CANDOUR_TEST_SEED", 2026))
}

#[test]
fn whatever_goes_wrong_the_home_opens_and_nothing_is_half_done() {
    if let Ok(orders) = std::env::var(DOOMED) {
        work_until_the_end(&orders);
        return;
    }
    let folder = folder();
    let (rounds, seed) = asked();
    let mut town = Town { folder: folder.path().to_owned(), seed, said: Vec::new() };
    let new = NewHome { organisation: "Harrow Mere City".to_owned(), example: true, made_by: "a test".to_owned() };
    drop(Desk::init(&town.home(), &new, outside(0, Faults::default(), |_| ())).unwrap());
    let mut went_wrong = 0;
    for round in 1..=rounds {
        let mut dice = Dice::new(seed ^ (round << 32));
        let (kind, point) = ((round + seed) % KINDS, dice.below(POINTS) + 1);
        let wrong = [Wrong::Abort, Wrong::Kill, Wrong::Abort, Wrong::Full, Wrong::Kill, Wrong::Broken][usize::try_from((round + round / KINDS) % 6).unwrap()];
        let before = town.said.len();
        went_wrong += u64::from(match wrong {
            Wrong::Abort => town.dies(round, kind, point, true),
            Wrong::Kill => town.dies(round, kind, point, false),
            Wrong::Full => town.meets(round, kind, point, 28),
            Wrong::Broken => town.meets(round, kind, point, 5),
        });
        let at = format!("round {round} of seed {seed}, {wrong:?} at point {point} of {kind}, after {} words", town.said.len() - before);
        let desk = Desk::open(&town.home(), outside(round * 1000 + 999, Faults::default(), |_| ())).unwrap_or_else(|error| panic!("{at}: {error}"));
        assert_whole(&desk, &town.folder, &town.said, &at);
    }
    assert!(went_wrong * 2 >= rounds, "too little went wrong: {went_wrong} of {rounds}");
}

impl Town {
    fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// A process works on the home and dies; says whether it did.
    fn dies(&mut self, round: u64, kind: u64, point: u64, itself: bool) -> bool {
        let orders = format!("{} {round} {kind} {} {}", self.seed, if itself { point } else { 0 }, self.folder.display());
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "order::whatever_goes_wrong_the_home_opens_and_nothing_is_half_done", "--nocapture", "--test-threads=1"])
            .env(DOOMED, orders)
            .env("RUST_BACKTRACE", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let heard = self.listen(&mut child, if itself { u64::MAX } else { point });
        let output = child.wait_with_output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!complaint.contains("panicked"), "round {round} of seed {}: {complaint}", self.seed);
        assert!(heard, "round {round} of seed {}: nothing was heard of it: {complaint}", self.seed);
        !output.status.success()
    }

    /// Hears what the process says, and kills it once it has come by so many points. What it has said by then counts.
    fn listen(&mut self, child: &mut Child, points: u64) -> bool {
        let (mut passed, mut heard) = (0, false);
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            // The harness's own words may stand before.
            if let Some((_, said)) = line.split_once("SAID ") {
                // The last line may be half a line.
                self.said.extend(serde_json::from_str::<Said>(said).ok());
                heard = true;
            } else if line.ends_with("POINT") {
                passed += 1;
                heard = true;
                if passed == points {
                    let _ = child.kill();
                }
            }
        }
        heard
    }

    /// The disk fails for some points of the store in a row, and works again. Says whether it came to that.
    fn meets(&mut self, round: u64, kind: u64, point: u64, errno: i32) -> bool {
        let (is_armed, passed) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (armed, counted, first) = (Arc::clone(&is_armed), Arc::clone(&passed), point / 2);
        let faults = Faults::new(move |_| {
            let fails = armed.load(Ordering::SeqCst) && (first..first + 1 + point % 5).contains(&counted.fetch_add(1, Ordering::SeqCst));
            if fails { Err(std::io::Error::from_raw_os_error(errno)) } else { Ok(()) }
        });
        let desk = Desk::open(&self.home(), outside(round * 1000, faults, |_| ())).unwrap();
        let said = &mut self.said;
        let mut worker = Worker::new(&desk, &self.folder, self.seed, round);
        worker.work(self.seed % 5, &mut |word| said.push(word));
        is_armed.store(true, Ordering::SeqCst);
        for _ in 0..3 {
            worker.step(kind, &mut |word| said.push(word));
        }
        worker.work(3, &mut |word| said.push(word));
        passed.load(Ordering::SeqCst) > first
    }
}

/// A clock that ticks a millisecond a look, randomness that does not repeat itself, and a word on every point.
fn outside(start: u64, faults: Faults, reach: impl Fn(&str) + Clone + Send + Sync + 'static) -> Outside {
    let (time, drawn) = (AtomicI64::new(NOW + i64::try_from(start).unwrap() * 60_000), AtomicU64::new(start << 32));
    let at_clock = reach.clone();
    let clock = move || {
        at_clock("clock");
        time.fetch_add(1, Ordering::SeqCst)
    };
    let random = move |bytes: &mut [u8]| {
        reach("random");
        let number = drawn.fetch_add(1, Ordering::SeqCst);
        bytes.iter_mut().zip(number.to_be_bytes().iter().cycle()).for_each(|(to, from)| *to = *from);
    };
    Outside::new(clock, random).with_faults(faults)
}

/// What the doomed process does.
fn work_until_the_end(orders: &str) {
    let mut words = orders.splitn(5, ' ');
    let mut number = || words.next().unwrap().parse::<u64>().unwrap();
    let (seed, round, kind, end) = (number(), number(), number(), number());
    let folder = Path::new(words.next().unwrap()).to_owned();
    let (is_armed, passed) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let armed = Arc::clone(&is_armed);
    let reach = move |_: &str| {
        if armed.load(Ordering::SeqCst) {
            say("POINT");
            if passed.fetch_add(1, Ordering::SeqCst) + 1 == end {
                std::process::abort();
            }
        }
    };
    let at_fault = reach.clone();
    let faults = Faults::new(move |_| {
        at_fault("store");
        Ok(())
    });
    let desk = Desk::open(&folder.join("home"), outside(round * 1000, faults, reach)).unwrap();
    let mut worker = Worker::new(&desk, &folder, seed, round);
    let mut word = |word: Said| say(&format!("SAID {}", serde_json::to_string(&word).unwrap()));
    worker.work((seed + round) % 7, &mut word);
    is_armed.store(true, Ordering::SeqCst);
    for _ in 0..DOOMED_STEPS {
        worker.step(kind, &mut word);
    }
}

/// One line, whole before anything else happens.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}
