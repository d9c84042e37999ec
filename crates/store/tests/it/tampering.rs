//! What is changed behind the journal's back is noticed: in the published files by anyone, in the database by the store.

use std::{fs, path::Path};

use candour_ledger::{Receipt, Source};
use candour_store::StoreError;
use proptest::prelude::*;

use crate::world::{Files, World, check, look, open, problems};

/// A published folder, as a web server or a memory stick would hold it.
struct Folder<'f>(&'f Path);

impl Source for Folder<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn world(entries: usize) -> (World, Vec<Receipt>) {
    let world = World::new();
    let (_, receipts) = world
        .store
        .commit(move |transaction| {
            (0..entries).for_each(|n| transaction.record(look(&n.to_string())));
            Ok(())
        })
        .unwrap();
    (world, receipts)
}

#[test]
fn a_published_folder_verifies_and_one_changed_file_is_named() {
    let (world, receipts) = world(700);
    let folder = world.folder.path().join("published");
    world
        .store
        .publish_log(|path, bytes| {
            let path = folder.join(path);
            let made = fs::create_dir_all(path.parent().unwrap()).and_then(|()| fs::write(&path, bytes));
            made.map_err(|problem| StoreError::File { path, problem })
        })
        .unwrap();
    assert_eq!(problems(&check(&Folder(&folder), &receipts, None)), Vec::<String>::new());
    let tile = folder.join("tile/0/001");
    let mut bytes = fs::read(&tile).unwrap();
    bytes[40] ^= 1;
    fs::write(&tile, bytes).unwrap();
    let found = problems(&check(&Folder(&folder), &[], None));
    assert!(found.contains(&"tile/entries/001: entry 257 does not hash to its place in `tile/0/001`".to_owned()), "{found:?}");
}

#[test]
fn a_caller_that_cannot_write_stops_the_publication() {
    let (world, _) = world(3);
    let error = world.store.publish_log(|_, _| Err(StoreError::Refused("disk full".to_owned())));
    assert_eq!(error.unwrap_err().to_string(), "disk full");
}

#[test]
fn a_database_that_was_written_to_from_outside_is_noticed() {
    for (change, noticed) in [
        ("UPDATE journal SET body = zeroblob(length(body)) WHERE seq = 5", "prove"),
        ("UPDATE journal SET body = x'' WHERE seq = 5", "prove"),
        ("UPDATE journal SET body = (SELECT body FROM journal WHERE seq = 6) WHERE seq = 5", "prove"),
        ("UPDATE journal SET time = time + 1 WHERE seq = 5", "prove"),
        ("UPDATE journal SET previous = '0 ' || substr(previous, 3) || ' ' WHERE seq = 5", "prove"),
        ("UPDATE journal SET segment = 7 WHERE seq = 5", "prove"),
        // Reordered, with everything that goes with an entry; replayed; dropped.
        ("UPDATE journal SET seq = -1 WHERE seq = 5; UPDATE journal SET seq = 5 WHERE seq = 6; UPDATE journal SET seq = 6 WHERE seq = -1", "prove"),
        ("INSERT INTO journal SELECT 300, time, leaf, previous, segment, body FROM journal WHERE seq = 5", "open"),
        ("DELETE FROM journal WHERE seq = 5; UPDATE journal SET seq = seq - 1 WHERE seq > 5", "open"),
        ("DELETE FROM segment", "open"),
        ("UPDATE segment SET key_check = zeroblob(32)", "open"),
        ("UPDATE journal SET leaf = zeroblob(33) WHERE seq = 299", "open"),
        ("DELETE FROM journal WHERE seq = 299", "open"),
        ("DELETE FROM journal WHERE seq = 5", "prove"),
        ("UPDATE journal SET leaf = zeroblob(33) WHERE seq = 5", "prove"),
        ("UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND n = 0", "prove"),
        ("UPDATE tile SET hashes = zeroblob(32) WHERE level = 1 AND n = 0", "open"),
        ("DELETE FROM tile", "open"),
        ("UPDATE log SET size = 299", "open"),
        ("UPDATE log SET checkpoint = replace(checkpoint, '300', '299')", "open"),
        ("DELETE FROM log", "open"),
    ] {
        let (world, _) = world(300);
        let home = world.folder.path().to_owned();
        drop(world.store);
        rusqlite::Connection::open(home.join("candour.db")).unwrap().execute_batch(change).unwrap();
        let found = match open(&home) {
            Err(error) => ("open", error.to_string()),
            Ok(store) => match store.prove(5) {
                Err(error) => ("prove", error.to_string()),
                Ok(_) => {
                    let mut files = Files::default();
                    let published = store.publish_log(|path, bytes| {
                        files.bytes.insert(path.to_owned(), bytes.to_vec());
                        Ok(())
                    });
                    let found = published.map_or_else(|error| vec![error.to_string()], |_| problems(&check(&files, &[], None)));
                    ("publish", found.join("; "))
                }
            },
        };
        assert_eq!(found.0, noticed, "{change}: {}", found.1);
        assert!(!found.1.is_empty(), "{change}");
    }
}

#[test]
fn an_entry_in_the_next_ones_place_is_not_overwritten() {
    let (world, _) = world(3);
    let connection = rusqlite::Connection::open(world.folder.path().join("candour.db")).unwrap();
    connection.execute_batch("INSERT INTO journal SELECT 3, time, leaf, previous, segment, body FROM journal WHERE seq = 0").unwrap();
    let error = world.store.record(look("ana")).unwrap_err();
    assert!(matches!(error, StoreError::Database(_)), "{error:?}");
    // Until it is gone nothing is recorded, and so nothing is answered.
    assert!(world.store.record(look("ana")).is_err());
    connection.execute_batch("DELETE FROM journal WHERE seq = 3").unwrap();
    world.store.record(look("ana")).unwrap_err();
    let receipts = vec![world.store.record(look("ana")).unwrap()];
    assert_eq!(receipts[0].index, 3);
    assert_eq!(problems(&check(&Files::of(&world.store), &receipts, None)), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_changed_byte_of_a_published_log_is_reported_with_its_place(flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1_u8..=255), 20)) {
        let (world, receipts) = world(290);
        let honest = Files::of(&world.store);
        for (file, position, flip) in flips {
            let mut files = honest.clone();
            let path = honest.order[file.index(honest.order.len())].clone();
            let bytes = files.bytes.get_mut(&path).unwrap();
            let position = position.index(bytes.len());
            bytes[position] ^= flip;
            let verified = check(&files, &receipts[..1], None);
            let named = verified.problems.iter().any(|problem| problem.place == path || problem.what.contains(&format!("`{path}`")));
            prop_assert!(named, "{} byte {}: {:?}", path, position, problems(&verified));
        }
    }

    #[test]
    fn every_changed_byte_of_a_receipt_is_reported(flips in proptest::collection::vec((any::<prop::sample::Index>(), 1_u8..=255), 40)) {
        let (world, receipts) = world(20);
        let files = Files::of(&world.store);
        let honest = serde_json::to_vec(&receipts[7]).unwrap();
        for (position, flip) in flips {
            let mut bytes = honest.clone();
            let position = position.index(bytes.len());
            bytes[position] ^= flip;
            if let Ok(changed) = serde_json::from_slice::<Receipt>(&bytes) {
                let verified = check(&files, &[changed], None);
                prop_assert!(verified.problems.iter().any(|problem| problem.place.starts_with("receipt")), "byte {}: {}", position, String::from_utf8_lossy(&bytes));
            }
        }
    }
}
