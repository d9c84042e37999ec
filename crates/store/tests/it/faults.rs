//! The disk fails, or the process dies, at every step on the way of a change: what was acknowledged is there, what was not is
//! there whole or not at all, and the log verifies.

use std::{
    collections::BTreeSet,
    io,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use candour_ledger::Receipt;
use candour_store::{EntryFields, FaultPoint, Faults, Store, StoreError};
use tempfile::TempDir;

use crate::world::{Files, check, identity, open, origin, outside, person, problems};

/// Names the home to the process that is to die.
const HOME: &str = "CANDOUR_TEST_FAULTY_HOME";
/// Where it is to die, as a number in [`FaultPoint::ALL`], and at which time of coming by.
const POINT: &str = "CANDOUR_TEST_FAULT_POINT";
const TIMES: &str = "CANDOUR_TEST_FAULT_TIMES";
/// Steps of a run.
const STEPS: u64 = 9;

/// What goes wrong at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Full,
    Broken,
    Death,
}

impl Wrong {
    /// Comes about when the point is reached for the `times`th time, once.
    fn at(self, point: FaultPoint, times: u32, reached: Arc<AtomicU32>) -> Faults {
        Faults::new(move |here| {
            if here != point || reached.fetch_add(1, Ordering::SeqCst) + 1 != times {
                return Ok(());
            }
            match self {
                // ENOSPC and EIO.
                Self::Full => Err(io::Error::from_raw_os_error(28)),
                Self::Broken => Err(io::Error::from_raw_os_error(5)),
                Self::Death => std::process::abort(),
            }
        })
    }
}

/// A step of the run: every third erases from an entry, the others store one statement; each records itself.
fn step(store: &Store, number: u64) -> Result<Receipt, StoreError> {
    let size = store.log_status()?.size;
    let (_, receipts) = store.commit(move |transaction| {
        if number % 3 == 2 && size > 0 {
            let index = (number * 7) % size;
            transaction.redact_journal(index, &["query"])?;
            transaction.record(EntryFields::new().with("actor", "ana").with("action", "erase").with("query", index.to_string()));
        } else {
            let origin = origin(transaction, "people.csv", "ana")?;
            transaction.ingest(&[person(&format!("p{size}"), "name", &["Ann"])], &origin)?;
            transaction
                .record(EntryFields::new().with("actor", "ana").with("action", "import").with("query", format!("q{size}")).with("results", format!("p{size}")));
        }
        Ok(())
    })?;
    Ok(receipts.into_iter().next().unwrap())
}

/// The home is whole: each change with its entry, each erasure with its own, and all that was acknowledged.
fn assert_whole(store: &Store, acknowledged: &[Receipt], at: &str) {
    let verified = check(&Files::of(store), acknowledged, None);
    assert_eq!(problems(&verified), Vec::<String>::new(), "{at}");
    let entries = store.journal_entries(0, 1_000).unwrap();
    assert_eq!(entries.len() as u64, verified.size, "{at}");
    let did = |action: &'static str| entries.iter().filter(move |entry| entry.field("action") == Some(action));
    assert_eq!(did("import").count() as u64, store.read(|reader| reader.statement_count()).unwrap(), "{at}");
    // An entry about an erasure may have been erased from itself, with the number that it named.
    let named: BTreeSet<u64> = did("erase").filter_map(|entry| entry.field("query")?.parse().ok()).collect();
    let erased: BTreeSet<u64> = entries.iter().filter(|entry| !entry.erased.is_empty()).map(|entry| entry.index).collect();
    let unnamed = did("erase").filter(|entry| !entry.erased.is_empty()).count();
    assert!(named.is_subset(&erased) && erased.len() <= named.len() + unnamed, "{at}: {named:?} {erased:?}");
    for entry in &entries {
        assert!(store.prove(entry.index).is_ok(), "{at}");
    }
    assert!(entries.windows(2).all(|pair| pair[0].time <= pair[1].time), "{at}");
}

#[test]
fn a_disk_that_fails_at_any_step_costs_the_change_alone() {
    for wrong in [Wrong::Full, Wrong::Broken] {
        for point in FaultPoint::ALL {
            for times in [1, 3] {
                let at = format!("{wrong:?} at {point:?}, {times}");
                let folder = TempDir::new().unwrap();
                drop(Store::create(folder.path(), identity(), outside()).unwrap());
                let reached = Arc::new(AtomicU32::new(0));
                let store = Store::open(folder.path(), identity(), outside().with_faults(wrong.at(point, times, Arc::clone(&reached)))).unwrap();
                let mut acknowledged = Vec::new();
                for number in 0..STEPS {
                    match step(&store, number) {
                        Ok(receipt) => acknowledged.push(receipt),
                        Err(error) if wrong == Wrong::Full => assert!(matches!(error, StoreError::Full(_)), "{at}: {error:?}"),
                        Err(error) => assert!(matches!(error, StoreError::File { .. }), "{at}: {error:?}"),
                    }
                }
                // What was not acknowledged was not done.
                assert_eq!(store.log_status().unwrap().size, acknowledged.len() as u64, "{at}");
                assert!(acknowledged.len() as u64 >= STEPS - 1, "{at}");
                assert_whole(&store, &acknowledged, &at);
                drop(store);
                assert!(times > 1 || reached.load(Ordering::SeqCst) >= 1, "{at}: never reached");
                let store = open(folder.path()).unwrap();
                assert_whole(&store, &acknowledged, &at);
                assert_eq!(store.keys_to_destroy().unwrap(), 0, "{at}");
            }
        }
    }
}

#[test]
fn a_process_that_dies_at_any_step_leaves_the_old_state_or_the_new() {
    if let Ok(home) = std::env::var(HOME) {
        let number = |name| std::env::var(name).unwrap().parse::<u32>().unwrap();
        doomed(Path::new(&home), FaultPoint::ALL[number(POINT) as usize], number(TIMES));
        return;
    }
    for (number, point) in FaultPoint::ALL.into_iter().enumerate() {
        for times in [1, 2] {
            let at = format!("death at {point:?}, {times}");
            let folder = TempDir::new().unwrap();
            drop(Store::create(folder.path(), identity(), outside()).unwrap());
            let output = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "faults::a_process_that_dies_at_any_step_leaves_the_old_state_or_the_new", "--nocapture", "--test-threads=1"])
                .env(HOME, folder.path())
                .env(POINT, number.to_string())
                .env(TIMES, times.to_string())
                .output()
                .unwrap();
            // The mark is written once in so short a run.
            assert!(!output.status.success() || (point == FaultPoint::HighWater && times > 1), "{at}: never reached");
            let said = String::from_utf8(output.stdout).unwrap();
            let acknowledged: Vec<Receipt> =
                said.lines().filter_map(|line| Some(serde_json::from_str(line.split_at(line.find("{\"index\"")?).1).unwrap())).collect();
            let store = open(folder.path()).unwrap();
            assert_whole(&store, &acknowledged, &at);
            assert!(store.log_status().unwrap().size <= acknowledged.len() as u64 + 1, "{at}");
            assert_eq!(store.keys_to_destroy().unwrap(), 0, "{at}");
            // And it goes on.
            step(&store, 0).unwrap();
        }
    }
}

fn doomed(home: &Path, point: FaultPoint, times: u32) {
    let store = Store::open(home, identity(), outside().with_faults(Wrong::Death.at(point, times, Arc::default()))).unwrap();
    for number in 0..STEPS {
        println!("{}", serde_json::to_string(&step(&store, number).unwrap()).unwrap());
    }
}
