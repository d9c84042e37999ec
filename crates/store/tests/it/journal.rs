//! The journal: entries go in with their change or not at all, receipts hold, the published log verifies.

use std::sync::Arc;

use candour_ledger::Receipt;
use candour_store::{EntryFields, Store, StoreError};
use proptest::prelude::*;

use crate::world::{Files, START, World, check, identity, log_key, look, open, outside, problems};

fn record(store: &Store, entries: Vec<EntryFields>) -> Vec<Receipt> {
    store
        .commit(move |transaction| {
            entries.into_iter().for_each(|entry| transaction.record(entry));
            Ok(())
        })
        .unwrap()
        .1
}

/// Every receipt holds against the log as it is published now.
fn assert_verifies(store: &Store, receipts: &[Receipt]) {
    let verified = check(&Files::of(store), receipts, None);
    assert_eq!(problems(&verified), Vec::<String>::new());
    assert_eq!((verified.size, verified.checked), (store.log_status().unwrap().size, verified.size));
}

#[test]
fn an_entry_comes_back_as_it_went_in_with_a_receipt_that_holds() {
    let world = World::new();
    let receipts = record(&world.store, vec![look("ana")]);
    let [receipt] = receipts.as_slice() else { panic!("{receipts:?}") };
    assert_eq!((receipt.index, receipt.tree_size, receipt.time), (0, 1, START));
    let names: Vec<&str> = receipt.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["time", "actor", "action", "purpose", "query", "results", "previous_epoch"]);
    assert_eq!(receipt.fields[0].value, "2026-01-01T00:00:00.000Z");
    let entry = world.store.journal_entry(0).unwrap().unwrap();
    assert_eq!(entry.fields, receipt.fields.iter().map(|field| (field.name.clone(), field.value.clone())).collect::<Vec<_>>());
    assert_eq!((entry.index, entry.time, entry.leaf.as_str()), (0, START, receipt.leaf.as_str()));
    assert_eq!((entry.field("actor"), entry.field("case")), (Some("ana"), None));
    assert_verifies(&world.store, &receipts);
    // The public files say nothing of what was asked.
    for (path, bytes) in Files::of(&world.store).bytes {
        assert!(!String::from_utf8_lossy(&bytes).contains("ana"), "{path}");
    }
}

/// The tree before the first entry, as its field `previous_epoch` names it.
const PREVIOUS: &str = "0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

#[test]
fn the_journals_clock_is_the_one_that_counts() {
    let world = World::new();
    let receipts = record(&world.store, vec![EntryFields::new().with("actor", "ana").with("previous_epoch", "none").with("time", "yesterday")]);
    assert_eq!(receipts[0].fields.iter().map(|field| field.value.as_str()).collect::<Vec<_>>(), ["2026-01-01T00:00:00.000Z", "ana", PREVIOUS]);
    assert_verifies(&world.store, &receipts);
}

#[test]
fn the_same_entry_twice_has_two_unlike_leaves() {
    let world = World::new();
    let receipts = record(&world.store, vec![look("ana"), look("ana")]);
    assert_ne!(receipts[0].leaf, receipts[1].leaf);
}

#[test]
fn a_new_log_is_signed_and_empty() {
    let world = World::new();
    let status = world.store.log_status().unwrap();
    assert_eq!((status.origin.as_str(), status.size), ("log.example/journal", 0));
    assert_eq!(status.log_key, world.store.log_key());
    assert_eq!(status.root, candour_ledger::hash::empty_root().to_string());
    assert_verifies(&world.store, &[]);
    assert!(world.store.journal_entry(0).unwrap().is_none());
    assert!(world.store.journal_entry(u64::MAX).unwrap().is_none());
    assert!(world.store.prove(0).unwrap_err().to_string().contains("there is no journal entry `0`"));
}

#[test]
fn a_change_without_entries_signs_nothing() {
    let world = World::new();
    record(&world.store, vec![look("ana")]);
    let before = world.store.log_status().unwrap();
    assert!(record(&world.store, vec![]).is_empty());
    assert_eq!(world.store.log_status().unwrap(), before);
}

#[test]
fn a_failed_change_leaves_no_entry() {
    let world = World::new();
    let mut receipts = record(&world.store, vec![look("ana")]);
    let error = world.store.commit(|transaction| {
        transaction.record(look("eve"));
        transaction.dataset("half done")?;
        Err::<(), _>(StoreError::Refused("no".to_owned()))
    });
    assert_eq!(error.unwrap_err().to_string(), "no");
    assert_eq!(world.store.log_status().unwrap().size, 1);
    assert!(world.store.names().dataset_no("half done").is_none());
    receipts.extend(record(&world.store, vec![look("bob")]));
    assert_eq!(world.store.journal_entry(1).unwrap().unwrap().field("actor"), Some("bob"));
    assert_verifies(&world.store, &receipts);
}

#[test]
fn entries_that_cannot_be_committed_to_fail_the_change_and_leave_the_journal_usable() {
    let world = World::new();
    let error = world.store.commit(|transaction| {
        transaction.record(EntryFields::new().with("", "nameless"));
        Ok(())
    });
    assert!(error.unwrap_err().to_string().contains("a field's name"));
    let receipts = record(&world.store, vec![look("ana")]);
    assert_eq!(receipts[0].index, 0);
    assert_verifies(&world.store, &receipts);
}

#[test]
fn a_reopened_journal_goes_on() {
    let mut world = World::new();
    let mut receipts = Vec::new();
    // Sizes around the edges of tiles, a level of tiles and a batch of many.
    for count in [1, 254, 1, 1, 300, 66_000 - 557, 1, 3] {
        receipts.extend(record(&world.store, (0..count).map(|n| look(&format!("person {n}"))).collect()).pop());
        let before = world.store.log_status().unwrap();
        world = world.reopened();
        assert_eq!(world.store.log_status().unwrap(), before);
    }
    assert_eq!(world.store.log_status().unwrap().size, 66_004);
    assert_verifies(&world.store, &receipts);
    for index in [0, 255, 256, 65_535, 65_536, 66_003] {
        let again = world.store.prove(index).unwrap();
        assert_eq!((again.index, again.tree_size), (index, 66_004));
        assert_verifies(&world.store, &[again]);
    }
}

#[test]
fn a_log_under_another_name_or_key_is_not_continued() {
    let world = World::new();
    let home = world.folder.path().to_owned();
    drop(world.store);
    let mut other = identity();
    other.origin = "log.example/other".to_owned();
    assert!(Store::open(&home, other, outside()).err().unwrap().to_string().contains("not `log.example/other`"));
    let mut other = identity();
    other.key = candour_ledger::SigningKey::generate("log.example/journal", [6; 32]).unwrap();
    assert!(Store::open(&home, other, outside()).err().unwrap().to_string().contains("put the home's own key back"));
    assert!(open(&home).is_ok());
}

#[test]
fn every_file_of_the_layout_is_served_and_the_checkpoint_is_published_last() {
    let world = World::new();
    record(&world.store, (0..600).map(|n| look(&n.to_string())).collect());
    let files = Files::of(&world.store);
    assert_eq!(files.order.last().map(String::as_str), Some("checkpoint"));
    let expected =
        ["tile/entries/000", "tile/0/000", "tile/entries/001", "tile/0/001", "tile/entries/002.p/88", "tile/0/002.p/88", "tile/1/000.p/2", "checkpoint"];
    assert_eq!(files.order, expected);
    for (path, bytes) in &files.bytes {
        assert_eq!(world.store.log_file(path).unwrap().as_ref(), Some(bytes), "{path}");
    }
    // Narrower tiles are those of earlier trees, whose checkpoints somebody may hold.
    assert_eq!(world.store.log_file("tile/0/002.p/5").unwrap().unwrap(), files.bytes["tile/0/002.p/88"][..5 * 32]);
    assert_eq!(world.store.log_file("tile/entries/000.p/1").unwrap().unwrap(), files.bytes["tile/entries/000"][..35]);
    assert_eq!(world.store.log_file("tile/1/000.p/1").unwrap().unwrap(), files.bytes["tile/1/000.p/2"][..32]);
    for path in [
        "tile/0/002",
        "tile/0/002.p/89",
        "tile/0/003.p/1",
        "tile/1/000.p/3",
        "tile/2/000.p/1",
        "tile/entries/002",
        "tile/0/2",
        "",
        "../candour.db",
        "tile/9/000",
    ] {
        assert_eq!(world.store.log_file(path).unwrap(), None, "{path}");
    }
}

#[test]
fn an_older_checkpoint_and_older_receipts_hold_for_the_grown_log() {
    let world = World::new();
    let receipts = record(&world.store, (0..300).map(|n| look(&n.to_string())).collect());
    let older = world.store.log_status().unwrap().checkpoint;
    record(&world.store, (0..400).map(|n| look(&n.to_string())).collect());
    let verified = check(&Files::of(&world.store), &receipts, Some(older.as_bytes()));
    assert_eq!(problems(&verified), Vec::<String>::new());
}

#[test]
fn a_cosigned_checkpoint_is_kept_published_and_never_replaced_by_an_older_one() {
    let world = World::new();
    let store = &world.store;
    assert_eq!((store.cosigned().unwrap(), store.log_file("checkpoint.cosigned").unwrap()), (None, None));
    let checkpoint = |entries: usize| {
        record(store, (0..entries).map(|n| look(&n.to_string())).collect());
        store.log_status().unwrap().checkpoint
    };
    let witness = candour_ledger::SigningKey::generate_witness("w.example", [9; 32]).unwrap();
    let cosigned = |text: &str| {
        let mut note = candour_ledger::Note::parse(text.as_bytes()).unwrap();
        note.cosign(&witness, 1_800_000_000).unwrap();
        note.to_string()
    };
    let (first, second) = (checkpoint(3), checkpoint(300));
    store.set_cosigned(&cosigned(&first)).unwrap();
    store.set_cosigned(&cosigned(&second)).unwrap();
    assert_eq!(store.cosigned().unwrap(), Some(cosigned(&second)));
    assert!(store.set_cosigned(&cosigned(&first)).unwrap_err().to_string().contains("is kept already"));
    assert!(store.set_cosigned(&second.replace("303", "302")).is_err());
    assert!(store.set_cosigned("no note").is_err());
    // Signed by the log's key, but no tree that it has had.
    let forged = candour_ledger::Checkpoint { origin: identity().origin, size: 303, root: candour_ledger::hash::empty_root(), extensions: vec![] };
    assert!(store.set_cosigned(&forged.sign(&identity().key).unwrap().to_string()).unwrap_err().to_string().contains("none that this log has had"));
    let newest = checkpoint(1);
    let files = Files::of(store);
    assert_eq!(files.bytes["checkpoint.cosigned"], cosigned(&second).into_bytes());
    assert_eq!(files.order.last().map(String::as_str), Some("checkpoint"));
    // What witnesses ask for: the newest checkpoint, and that it continues the one that they know.
    let roots = [&first, &second, &newest].map(|text| candour_ledger::Checkpoint::open(text.as_bytes(), &log_key()).unwrap());
    for old in &roots {
        let proof = store.consistency(old.size, roots[2].size).unwrap();
        candour_ledger::tree::verify_consistency(old.size, &old.root, roots[2].size, &roots[2].root, &proof).unwrap();
    }
    assert_eq!(store.consistency(0, 304).unwrap(), vec![]);
    assert!(store.consistency(305, 304).is_err());
}

#[test]
fn entries_are_read_in_order() {
    let world = World::new();
    record(&world.store, (0..10).map(|n| look(&n.to_string())).collect());
    let actors =
        |first, limit| world.store.journal_entries(first, limit).unwrap().iter().map(|entry| entry.field("actor").unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(actors(0, 3), ["0", "1", "2"]);
    assert_eq!(actors(8, 5), ["8", "9"]);
    assert_eq!(actors(u64::MAX, 5), Vec::<String>::new());
}

#[test]
fn concurrent_changes_each_get_a_receipt_of_their_own_entry() {
    let world = World::new();
    let store = Arc::new(world.store);
    let threads: Vec<_> = (0..16)
        .map(|thread| {
            let store = Arc::clone(&store);
            std::thread::spawn(move || {
                (0..25)
                    .map(|n| {
                        let actor = format!("{thread}/{n}");
                        // One in five fails, beside others in the same group.
                        let fails = n % 5 == 4;
                        let fields = look(&actor);
                        let outcome = store.commit(move |transaction| {
                            transaction.record(fields);
                            if fails { Err(StoreError::Refused("no".to_owned())) } else { Ok(actor) }
                        });
                        assert_eq!(outcome.is_err(), fails);
                        outcome.ok()
                    })
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let outcomes: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).flatten().collect();
    assert_eq!(outcomes.len(), 16 * 20);
    let mut receipts = Vec::new();
    for (actor, mut own) in outcomes {
        let receipt = own.pop().unwrap();
        assert!(own.is_empty());
        assert_eq!(receipt.fields[1].value, actor);
        receipts.push(receipt);
    }
    let mut indexes: Vec<u64> = receipts.iter().map(|receipt| receipt.index).collect();
    indexes.sort_unstable();
    assert_eq!(indexes, (0..320).collect::<Vec<u64>>());
    assert_verifies(&store, &receipts);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_run_of_changes_and_restarts_verifies(steps in proptest::collection::vec((0_usize..300, any::<bool>(), any::<bool>()), 1..8)) {
        let mut world = World::new();
        let mut receipts = Vec::new();
        for (count, fails, reopens) in steps {
            let outcome = world.store.commit(move |transaction| {
                (0..count).for_each(|n| transaction.record(look(&n.to_string())));
                if fails { Err(StoreError::Refused("no".to_owned())) } else { Ok(()) }
            });
            receipts.extend(outcome.into_iter().flat_map(|(_, receipts)| receipts));
            if reopens {
                world = world.reopened();
            }
        }
        assert_verifies(&world.store, &receipts);
    }
}
