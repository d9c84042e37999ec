//! Two times: when something held in the world, and when the store learnt it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use candour_model::{entity::Draft, statement::Statement, visible::Visible};
use candour_store::{Ingested, Outside, Store, StoreError};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::world::{World, identity, ingest, look, marked, person, seeing};

/// The same, held from and until.
fn held(mut draft: Draft, from: Option<&str>, to: Option<&str>) -> Draft {
    draft.valid_from = from.map(str::to_owned);
    draft.valid_to = to.map(str::to_owned);
    draft
}

/// What was known of `a` at an instant, or is known today.
fn known(store: &Store, visible: &Visible, at: Option<i64>) -> Vec<String> {
    let read = store.read(|reader| match (reader.entity_no("a")?, at) {
        (None, _) => Ok::<_, StoreError>(Vec::new()),
        (Some(no), None) => reader.statements(no, visible),
        (Some(no), Some(instant)) => reader.known_at(instant).statements(no, visible),
    });
    let end = |end: Option<String>| end.unwrap_or_default();
    read.unwrap().into_iter().map(|one| format!("{} {}..{}", one.value, end(one.valid_from), end(one.valid_to))).collect()
}

#[test]
fn when_something_held_is_stored_and_read_again() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![held(person("a", "name", &["Ann", "Anna"]), Some("2016"), Some("2017-05-12"))]);
    ingest(&world.store, "b.csv", vec![held(person("a", "email", &["a@example.org"]), None, Some("2018")), held(person("a", "name", &[]), Some("1990"), None)]);
    let world = world.reopened();
    let visible = seeing(&world.store, &["open"]);
    assert_eq!(known(&world.store, &visible, None), ["Ann 2016..2017-05-12", "Anna 2016..2017-05-12", "a@example.org ..2018", " 1990.."]);
}

#[test]
fn statements_that_differ_in_valid_time_alone_are_two() {
    let world = World::new();
    let address = |from: Option<&str>, to: Option<&str>| held(person("a", "address", &["1 Quay Street"]), from, to);
    let drafts = || {
        vec![address(None, None), address(Some("2016"), None), address(None, Some("2016")), address(Some("2016"), Some("2017")), address(Some("2019"), None)]
    };
    assert_eq!(ingest(&world.store, "a.csv", drafts()), Ingested { entities: 1, links: 0, statements: 5, known: 0, withheld: 0 });
    assert_eq!(ingest(&world.store, "a.csv", drafts()), Ingested { entities: 0, links: 0, statements: 0, known: 5, withheld: 0 });
    let world = world.reopened();
    assert_eq!(ingest(&world.store, "a.csv", drafts()), Ingested { entities: 0, links: 0, statements: 0, known: 5, withheld: 0 });
    assert_eq!(ingest(&world.store, "a.csv", vec![address(Some("2016"), Some("2018"))]).statements, 1);
    // FollowTheMoney knows no valid time, so it knows one statement.
    let visible = seeing(&world.store, &["open"]);
    let read = world.store.read(|reader| reader.statements(reader.entity_no("a")?.unwrap(), &visible)).unwrap();
    let ids: Vec<_> = read.iter().map(Statement::id).collect();
    assert_eq!(ids.len(), 6);
    assert!(ids.iter().all(|id| *id == ids[0]));
}

#[test]
fn the_clock_never_goes_back() {
    let told = Arc::new(AtomicI64::new(5_000));
    let clock = Arc::clone(&told);
    let outside = || {
        let clock = Arc::clone(&clock);
        Outside::new(move || clock.load(Ordering::SeqCst), |bytes| bytes.fill(3))
    };
    let folder = TempDir::new().unwrap();
    let store = Store::create(folder.path(), identity(), outside()).unwrap();
    let mut times = vec![store.now(), store.record(look("ana")).unwrap().time];
    told.store(1_000, Ordering::SeqCst);
    times.push(store.now());
    let (inside, receipts) = store
        .commit(|transaction| {
            transaction.record(look("ana"));
            Ok(transaction.now())
        })
        .unwrap();
    times.extend([inside, receipts[0].time]);
    drop(store);
    // Nor across a restart, for it is not earlier than the newest entry.
    let store = Store::open(folder.path(), identity(), outside()).unwrap();
    times.extend([store.now(), store.record(look("ana")).unwrap().time]);
    assert_eq!(times, [5_000; 7]);
    told.store(6_000, Ordering::SeqCst);
    assert_eq!(store.now(), 6_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// What was known is what was read then, whatever came after; and what may not be seen was never known.
    #[test]
    fn the_past_is_what_was_read_then(imports in proptest::collection::vec((0_u8..5, any::<bool>()), 1..10)) {
        let world = World::new();
        let mut then = Vec::new();
        for (value, secret) in imports {
            let draft = person("a", "name", &[&format!("v{value}")]);
            ingest(&world.store, "a.csv", vec![if secret { marked(draft, "secret") } else { draft }]);
            let read = |ids: &[&str]| known(&world.store, &seeing(&world.store, ids), None);
            then.push((world.store.now(), read(&["open", "secret"]), read(&["open"])));
        }
        for (instant, all, open) in then {
            prop_assert_eq!(known(&world.store, &seeing(&world.store, &["open", "secret"]), Some(instant)), all);
            prop_assert_eq!(known(&world.store, &seeing(&world.store, &["open"]), Some(instant)), open);
        }
        prop_assert!(known(&world.store, &seeing(&world.store, &["open", "secret"]), Some(0)).is_empty());
    }
}
