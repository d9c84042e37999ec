//! What the journal says is readable with the keystore alone: what is erased is gone for good, what is lost is named, an older
//! database is noticed, and homes of the first layout are sealed.

use std::{fs, path::Path};

use candour_ledger::{Checkpoint, Edge, Hash, Receipt, commitment, hash::leaf_hash, receipt::time_text, tile::Tile};
use candour_store::{EntryFields, StoreError};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::world::{Files, START, World, check, identity, look, open, problems};

/// Something that stands in one entry and nowhere else.
const SECRET: &str = "Zorblatt of Quay Street";

fn secret() -> EntryFields {
    EntryFields::new().with("actor", "ana").with("action", "search").with("query", SECRET).with("results", "p-1 p-2")
}

fn redact(world: &World, index: u64, fields: &'static [&'static str]) -> Result<Receipt, StoreError> {
    let change = move |transaction: &mut candour_store::Transaction<'_>| {
        transaction.redact_journal(index, fields)?;
        transaction.record(look("officer"));
        Ok(())
    };
    world.store.commit(change).map(|(_, receipts)| receipts[0].clone())
}

/// All files below a folder, with their bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found
}

fn holders(folder: &Path, bytes: &[u8]) -> Vec<String> {
    files(folder).into_iter().filter(|(_, content)| content.windows(bytes.len()).any(|window| window == bytes)).map(|(path, _)| path).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(drop).unwrap() }
    }
}

#[test]
fn no_file_of_a_home_tells_what_was_asked() {
    let world = World::new();
    world.store.record(secret()).unwrap();
    assert_eq!(holders(world.folder.path(), SECRET.as_bytes()), Vec::<String>::new());
    assert_eq!(world.store.journal_entry(0).unwrap().unwrap().field("query"), Some(SECRET));
    let world = world.reopened();
    assert_eq!(holders(world.folder.path(), SECRET.as_bytes()), Vec::<String>::new());
}

#[test]
fn an_erased_field_is_gone_and_every_proof_still_holds() {
    let world = World::new();
    let before: Vec<Receipt> = (0..3).map(|_| world.store.record(secret()).unwrap()).collect();
    let older = world.store.log_status().unwrap().checkpoint;
    let backup = TempDir::new().unwrap();
    let world = world.reopened();
    copy(world.folder.path(), backup.path());

    let erasure = redact(&world, 1, &["query", "results"]).unwrap();
    assert_eq!(world.store.keys_to_destroy().unwrap(), 0);
    // The same fields, and nothing else, after closing and opening as well.
    for world in [Some(world), None].into_iter().flatten() {
        let world = world.reopened();
        let entry = world.store.journal_entry(1).unwrap().unwrap();
        assert_eq!(entry.erased, ["query", "results"]);
        assert_eq!((entry.field("query"), entry.field("actor")), (None, Some("ana")));
        assert!(entry.fields.contains(&("query".to_owned(), String::new())));
        assert_eq!(world.store.journal_entry(0).unwrap().unwrap().field("query"), Some(SECRET));
        let proved = world.store.prove(1).unwrap();
        assert_eq!(proved.withheld.iter().map(|withheld| withheld.position).collect::<Vec<_>>(), [3, 4]);
        let all: Vec<Receipt> = before.iter().chain([&erasure, &proved]).cloned().collect();
        assert_eq!(problems(&check(&Files::of(&world.store), &all, Some(older.as_bytes()))), Vec::<String>::new());

        // Whoever has every file of the home and guesses right cannot tell.
        let salt = before[1].fields.iter().find(|field| field.name == "query").unwrap().salt.clone();
        let salt: [u8; 32] = hex::decode(salt).unwrap().try_into().unwrap();
        let wanted = Hash::from_hex(&proved.withheld[0].commitment).unwrap();
        assert_eq!(commitment::commit(&salt, "query", SECRET.as_bytes()).unwrap(), wanted);
        let known = proved.fields.iter().map(|field| hex::decode(&field.salt).unwrap());
        let windows = files(&world.folder.path().join("keystore")).into_iter().flat_map(|(_, bytes)| bytes.windows(32).map(<[u8]>::to_vec).collect::<Vec<_>>());
        for guess in known.chain(windows).chain([vec![0; 32]]) {
            let guess: [u8; 32] = guess.try_into().unwrap();
            for salt in [guess, commitment::salt(&guess, 3)] {
                assert_ne!(commitment::commit(&salt, "query", SECRET.as_bytes()).unwrap(), wanted);
            }
        }
        assert_eq!(holders(world.folder.path(), &salt), Vec::<String>::new());

        // An older copy of the database does not give it back: the key is gone.
        drop(world.store);
        for file in ["candour.db", "candour.db-wal"] {
            let _ = fs::remove_file(world.folder.path().join(file));
            let _ = fs::copy(backup.path().join(file), world.folder.path().join(file));
        }
        assert!(matches!(open(world.folder.path()), Err(StoreError::RolledBack { found: 3, remembered: 4, .. })));
        fs::remove_file(world.folder.path().join("keystore/high-water")).unwrap();
        let store = open(world.folder.path()).unwrap();
        assert!(matches!(store.journal_entry(1), Err(StoreError::KeyLost { segment: 0, .. })));
    }
}

#[test]
fn what_cannot_be_erased_is_said_and_changes_nothing() {
    let world = World::new();
    world.store.record(secret()).unwrap();
    for (index, fields, says) in [
        (1, &["query"][..], "there is no journal entry `1`"),
        (u64::MAX, &["query"], "there is no journal entry"),
        (0, &["nothing"], "has no field `nothing`"),
        (0, &["query", "time"], "`time`"),
        (0, &["previous_epoch"], "`previous_epoch`"),
    ] {
        let error = redact(&world, index, fields).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert_eq!(world.store.log_status().unwrap().size, 1);
    assert_eq!(world.store.journal_entry(0).unwrap().unwrap().erased, Vec::<String>::new());
    // Twice is once.
    redact(&world, 0, &["query"]).unwrap();
    redact(&world, 0, &["query", "results"]).unwrap();
    assert_eq!(world.store.journal_entry(0).unwrap().unwrap().erased, ["query", "results"]);
}

#[test]
fn a_failed_change_erases_nothing() {
    let world = World::new();
    world.store.record(secret()).unwrap();
    let outcome = world.store.commit(|transaction| {
        transaction.redact_journal(0, &["query"])?;
        Err::<(), _>(StoreError::Refused("no".to_owned()))
    });
    assert_eq!(outcome.unwrap_err().to_string(), "no");
    let world = world.reopened();
    assert_eq!(world.store.journal_entry(0).unwrap().unwrap().field("query"), Some(SECRET));
}

#[test]
fn a_lost_keystore_is_named_and_the_log_still_verifies() {
    let world = World::new();
    let receipts = vec![world.store.record(secret()).unwrap()];
    let World { store, folder } = world;
    drop(store);
    fs::remove_dir_all(folder.path().join("keystore")).unwrap();
    let store = open(folder.path()).unwrap();
    for error in [store.journal_entry(0).unwrap_err(), store.journal_entries(0, 9).unwrap_err(), store.prove(0).unwrap_err()] {
        assert!(matches!(error, StoreError::KeyLost { segment: 0, .. }), "{error:?}");
        let said = error.to_string();
        assert!(said.contains("put the home's keystore back") && said.contains("still verify"), "{said}");
    }
    // It goes on, under a key of a new number.
    store.record(look("bob")).unwrap();
    assert_eq!(store.journal_entry(1).unwrap().unwrap().field("actor"), Some("bob"));
    assert_eq!(problems(&check(&Files::of(&store), &receipts, None)), Vec::<String>::new());
}

#[test]
fn the_keystore_of_another_home_is_refused() {
    let (world, other) = (World::new(), World::new());
    other.store.record(look("eve")).unwrap();
    world.store.record(look("ana")).unwrap();
    let (home, others) = (world.folder.path().join("keystore"), other.folder.path().join("keystore"));
    drop(world.store);
    fs::remove_file(home.join("high-water")).unwrap();
    let key = fs::read_to_string(others.join("000000000000.key")).unwrap();
    // The test's randomness repeats; change a digit.
    let key = if key.contains('1') { key.replacen('1', "2", 2) } else { key.replacen('0', "1", 1) };
    fs::write(home.join("000000000000.key"), key.replacen("/v2", "/v1", 1)).unwrap();
    let error = open(world.folder.path()).err().unwrap().to_string();
    assert!(error.contains("put the home's own keystore back"), "{error}");
}

#[test]
fn an_older_or_another_history_is_refused_while_the_keystore_remembers() {
    let world = World::new();
    world.store.record(look("ana")).unwrap();
    let world = world.reopened();
    let home = world.folder.path().to_owned();
    let (older, newer) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    drop(world.store);
    fs::copy(home.join("candour.db"), older.path().join("candour.db")).unwrap();
    let store = open(&home).unwrap();
    store.record(look("bob")).unwrap();
    drop(store);
    fs::copy(home.join("candour.db"), newer.path().join("candour.db")).unwrap();
    let mark = fs::read(home.join("keystore/high-water")).unwrap();
    // Put back to an older state.
    fs::copy(older.path().join("candour.db"), home.join("candour.db")).unwrap();
    let error = open(&home).err().unwrap();
    assert!(matches!(error, StoreError::RolledBack { found: 1, remembered: 2, .. }), "{error:?}");
    assert!(error.to_string().contains("put back to an older state"), "{error}");
    // Forked: another second and third entry.
    fs::remove_file(home.join("keystore/high-water")).unwrap();
    let store = open(&home).unwrap();
    store.record(look("eve")).unwrap();
    store.record(look("eve")).unwrap();
    drop(store);
    fs::write(home.join("keystore/high-water"), &mark).unwrap();
    assert!(matches!(open(&home), Err(StoreError::RolledBack { found: 3, remembered: 2, .. })));
    // The true one is welcome.
    fs::copy(newer.path().join("candour.db"), home.join("candour.db")).unwrap();
    drop(open(&home).unwrap());
    // A mark that says nothing of this log.
    fs::write(home.join("keystore/high-water"), "anything").unwrap();
    assert!(open(&home).err().unwrap().to_string().contains("is no checkpoint of this home's log"));
    // One that was cut off by a power failure says nothing at all.
    fs::write(home.join("keystore/high-water"), "").unwrap();
    drop(open(&home).unwrap());
}

/// A home as the first version of the layout left it, with the entries that it has.
fn home_of_version_1(home: &Path, count: u64) -> Vec<String> {
    let connection = rusqlite::Connection::open(home.join("candour.db")).unwrap();
    connection.execute_batch("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL").unwrap();
    connection.execute_batch(include_str!("../../src/layout/v1.sql")).unwrap();
    let (mut edge, mut full, mut leaves) = (Edge::new(), Vec::new(), Vec::new());
    for n in 0..count {
        let time = START + i64::try_from(n).unwrap();
        let seed: [u8; 32] = std::array::from_fn(|at| u8::try_from((n + at as u64) % 251).unwrap());
        let fields = [("time", time_text(time).unwrap()), ("actor", format!("person {n}")), ("query", format!("{SECRET} {n}"))];
        let commitments: Vec<Hash> =
            (0..).zip(&fields).map(|(at, (name, value))| commitment::commit(&commitment::salt(&seed, at), name, value.as_bytes()).unwrap()).collect();
        let leaf = commitment::leaf(&commitments).unwrap();
        let body = serde_json::to_string(&fields).unwrap();
        connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?)", (i64::try_from(n).unwrap(), time, &leaf[..], &seed[..], body)).unwrap();
        edge.push(leaf_hash(&leaf), &mut full);
        leaves.push(hex::encode(leaf));
    }
    for (tile, hashes) in full.iter().map(|full| (full.tile, full.nodes.hashes())).chain(edge.partial_tiles().filter(|(tile, _)| tile.level() > 0)) {
        connection.execute("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", (tile.level(), i64::try_from(tile.n()).unwrap(), Tile::format(hashes))).unwrap();
    }
    let identity = identity();
    let checkpoint = Checkpoint { origin: identity.origin.clone(), size: count, root: edge.root(), extensions: vec![] }.sign(&identity.key).unwrap();
    let size = i64::try_from(count).unwrap();
    connection.execute("INSERT INTO log VALUES (0, ?, ?, ?, ?)", (&identity.origin, identity.key.vkey(), size, checkpoint.to_string())).unwrap();
    connection.execute_batch("PRAGMA user_version = 1").unwrap();
    leaves
}

#[test]
fn a_home_of_the_first_version_is_sealed_and_nothing_of_its_text_stays() {
    let folder = TempDir::new().unwrap();
    // More than a segment.
    let leaves = home_of_version_1(folder.path(), 4_200);
    assert!(!holders(folder.path(), SECRET.as_bytes()).is_empty());
    let store = open(folder.path()).unwrap();
    assert_eq!(holders(folder.path(), SECRET.as_bytes()), Vec::<String>::new());
    for index in [0, 4_095, 4_096, 4_199] {
        let entry = store.journal_entry(index).unwrap().unwrap();
        assert_eq!(entry.field("query").unwrap(), format!("{SECRET} {index}"));
        assert_eq!((entry.field("previous_epoch"), &entry.leaf), (None, &leaves[usize::try_from(index).unwrap()]));
    }
    let mut receipts = vec![store.prove(17).unwrap(), store.record(look("ana")).unwrap()];
    assert!(receipts[1].time >= START + 4_199);
    store.commit(|transaction| transaction.redact_journal(17, &["query"])).unwrap();
    receipts.push(store.prove(17).unwrap());
    assert_eq!(problems(&check(&Files::of(&store), &receipts, None)), Vec::<String>::new());
    assert!(store.prove(18).is_ok());
    drop(store);
    drop(open(folder.path()).unwrap());
}

#[test]
fn segments_follow_each_other_and_entries_sealed_before_an_erasure_are_not_lost_to_it() {
    let world = World::new();
    let fill = |count: usize| {
        let change = move |transaction: &mut candour_store::Transaction<'_>| {
            (0..count).for_each(|_| transaction.record(look("ana")));
            Ok(())
        };
        world.store.commit(change).unwrap();
    };
    fill(4_100);
    fill(10);
    let keys = || {
        fs::read_dir(world.folder.path().join("keystore"))
            .unwrap()
            .filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "key"))
            .count()
    };
    assert_eq!(keys(), 2);
    // In one change: an entry is sealed under the key that the erasure then destroys.
    let (_, receipts) = world
        .store
        .commit(|transaction| {
            transaction.record(secret());
            transaction.redact_journal(4_105, &["query"])?;
            transaction.redact_journal(5, &["query"])?;
            transaction.record(secret());
            Ok(())
        })
        .unwrap();
    for receipt in &receipts {
        assert_eq!(world.store.journal_entry(receipt.index).unwrap().unwrap().field("query"), Some(SECRET));
    }
    for index in [5, 4_105] {
        assert_eq!(world.store.journal_entry(index).unwrap().unwrap().erased, ["query"]);
    }
    assert_eq!(world.store.journal_entries(0, 5_000).unwrap().len(), 4_112);
    assert_eq!(world.store.keys_to_destroy().unwrap(), 0);
    assert_eq!(problems(&check(&Files::of(&world.store), &receipts, None)), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever is erased in whatever order: that is gone, all else is there, and everything verifies.
    #[test]
    fn any_erasures_leave_the_rest_as_it_was(erasures in proptest::collection::vec((0_u64..12, 0_usize..4, any::<bool>()), 1..8)) {
        const FIELDS: [&str; 4] = ["actor", "action", "query", "results"];
        let mut world = World::new();
        let before: Vec<Receipt> = (0..12).map(|n| world.store.record(look(&format!("person {n}"))).unwrap()).collect();
        let mut gone = std::collections::BTreeSet::new();
        for (index, field, reopens) in erasures {
            world.store.commit(move |transaction| transaction.redact_journal(index, &[FIELDS[field]])).unwrap();
            gone.insert((index, FIELDS[field]));
            if reopens {
                world = world.reopened();
            }
        }
        for receipt in &before {
            let entry = world.store.journal_entry(receipt.index).unwrap().unwrap();
            for field in &receipt.fields {
                let expected = if gone.contains(&(receipt.index, field.name.as_str())) { None } else { Some(field.value.as_str()) };
                prop_assert_eq!(entry.field(&field.name), expected);
            }
        }
        let after = (0..12).map(|index| world.store.prove(index).unwrap());
        let all: Vec<Receipt> = before.iter().cloned().chain(after).collect();
        prop_assert_eq!(problems(&check(&Files::of(&world.store), &all, None)), Vec::<String>::new());
    }
}
