//! A process that dies in the middle of its work loses nothing that it had acknowledged, and leaves nothing half done.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

use candour_ledger::Receipt;
use tempfile::TempDir;

use crate::world::{Files, World, check, identity, ingest, look, open, origin, outside, person, problems};

/// Names the home to the process that is to be killed.
const HOME: &str = "CANDOUR_TEST_DOOMED_HOME";

#[test]
fn what_was_acknowledged_survives_a_kill() {
    if let Ok(home) = std::env::var(HOME) {
        work_until_killed(std::path::Path::new(&home));
    }
    let folder = TempDir::new().unwrap();
    drop(candour_store::Store::create(folder.path(), identity(), outside()).unwrap());
    let mut acknowledged: Vec<Receipt> = Vec::new();
    for round in 1..=3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::what_was_acknowledged_survives_a_kill", "--nocapture", "--test-threads=1"])
            .env(HOME, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut heard = 0;
        while heard < 40 * round {
            let line = lines.next().expect("the process works until it is killed").unwrap();
            // The harness's own lines come between.
            if let Some(start) = line.find("{\"index\"") {
                acknowledged.push(serde_json::from_str(line.split_at(start).1).unwrap());
                heard += 1;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let store = open(folder.path()).unwrap();
        let verified = check(&Files::of(&store), &acknowledged, None);
        assert_eq!(problems(&verified), Vec::<String>::new());
        assert!(verified.size >= acknowledged.len() as u64);
        // Each change is one statement and one entry: as many of the one as of the other.
        assert_eq!(store.read(|reader| reader.statement_count()).unwrap(), verified.size);
    }
}

fn work_until_killed(home: &std::path::Path) -> ! {
    let store = open(home).unwrap();
    loop {
        let (_, receipts) = store
            .commit(|transaction| {
                let origin = origin(transaction, "people.csv", "ana")?;
                let next = transaction.reader().statement_count()?;
                transaction.ingest(&[person(&format!("p{next}"), "name", &["Ann"])], &origin)?;
                transaction.record(look("ana"));
                Ok(())
            })
            .unwrap();
        println!("{}", serde_json::to_string(&receipts[0]).unwrap());
    }
}

#[test]
fn a_store_that_is_closed_writes_what_it_was_given() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["Ann"])]);
    let world = world.reopened();
    assert_eq!(world.store.read(|reader| reader.statement_count()).unwrap(), 1);
}
