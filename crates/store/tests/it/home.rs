//! Homes: made once, opened by one process at a time, never by an older program, and refused with the remedy.

use std::{fs, process::Command};

use candour_store::{Store, StoreError};
use tempfile::TempDir;

use crate::world::{World, identity, ingest, open, outside, person};

/// Names the home to a second process.
const HOME: &str = "CANDOUR_TEST_TAKEN_HOME";

#[test]
fn a_folder_without_a_store_is_no_home() {
    let folder = TempDir::new().unwrap();
    let error = open(folder.path()).err().unwrap();
    assert!(matches!(error, StoreError::NoHome(_)));
    assert!(error.to_string().contains("candour init"), "{error}");
}

#[test]
fn a_home_is_not_made_twice() {
    let world = World::new();
    let again = Store::create(world.folder.path(), identity(), outside()).err().unwrap();
    assert!(matches!(again, StoreError::HomeExists(_)));
}

#[test]
fn a_second_process_is_told_who_holds_the_home() {
    if let Ok(home) = std::env::var(HOME) {
        println!("outcome: {}", open(std::path::Path::new(&home)).err().map_or_else(|| "opened".to_owned(), |error| error.to_string()));
        return;
    }
    let ask = |home: &std::path::Path| {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "home::a_second_process_is_told_who_holds_the_home", "--nocapture"])
            .env(HOME, home)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let world = World::new();
    let told = ask(world.folder.path());
    assert!(told.contains(&format!("is in use by process {};", std::process::id())), "{told}");
    // Once it is closed the other may have it.
    drop(world.store);
    assert!(ask(world.folder.path()).contains("outcome: opened"));
}

#[test]
fn a_home_that_cannot_be_written_is_refused_as_such() {
    let world = World::new();
    let home = world.folder.path().to_owned();
    drop(world.store);
    // A folder in the lock's place stops even a process that may write everywhere, as a read-only mount does.
    fs::remove_file(home.join("lock")).unwrap();
    fs::create_dir(home.join("lock")).unwrap();
    let error = open(&home).err().unwrap();
    assert!(matches!(error, StoreError::ReadOnly(..)), "{error:?}");
    assert!(error.to_string().contains("a read-only home answers nothing"), "{error}");
}

#[test]
fn a_file_that_is_no_database_is_called_damaged() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("candour.db"), "no database at all, but long enough to be looked at".repeat(40)).unwrap();
    let error = open(folder.path()).err().unwrap();
    assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
}

#[test]
fn a_newer_layout_is_refused_and_left_alone() {
    let world = World::new();
    let home = world.folder.path().to_owned();
    drop(world.store);
    let version = |to: &str| {
        let connection = rusqlite::Connection::open(home.join("candour.db")).unwrap();
        connection.execute_batch(to).unwrap();
        connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(version(""), 3);
    version("PRAGMA user_version = 99");
    let error = open(&home).err().unwrap();
    assert!(matches!(error, StoreError::TooNew { found: 99, known: 3, .. }), "{error:?}");
    assert_eq!(version(""), 99);
}

#[test]
fn what_was_stored_is_there_after_reopening() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["Ann", "Anna"])]);
    let before = world.store.names();
    let world = world.reopened();
    let after = world.store.names();
    assert_eq!(before.symbol_no("name"), after.symbol_no("name"));
    assert_eq!(before.provenance_count(), after.provenance_count());
    assert_eq!(after.markings().map(|(_, marking)| marking.id.as_str()).collect::<Vec<_>>(), ["open", "secret"]);
    assert_eq!(after.datasets().map(|(_, name)| name).collect::<Vec<_>>(), ["people"]);
}
