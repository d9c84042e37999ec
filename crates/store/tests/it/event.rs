//! Events and disclosures: appended, read back by kind and by thing, never changed.

use candour_model::id::EntityNo;
use candour_store::StoreError;

use crate::world::World;

#[test]
fn events_are_read_back_in_order_of_kind_and_thing() {
    let world = World::new();
    let seqs = world
        .store
        .commit(|transaction| {
            let mut seqs = vec![transaction.append_event("mandate", "m1", "sue", r#"{"does":"draft"}"#)?];
            seqs.push(transaction.append_event("glass", "m1", "ana", "{}")?);
            seqs.push(transaction.append_event("mandate", "m2", "sue", "{}")?);
            seqs.push(transaction.append_event("mandate", "m1", "dan", r#"{"does":"sign"}"#)?);
            // A change sees its own events.
            assert_eq!(transaction.reader().events_of("mandate", "m1")?.len(), 2);
            Ok(seqs)
        })
        .unwrap()
        .0;
    assert!(seqs.is_sorted() && seqs.len() == 4);
    let world = world.reopened();
    let (of_m1, all) = world
        .store
        .read(|reader| {
            let mut all = Vec::new();
            reader.events("mandate", |event| all.push((event.subject, event.seq)))?;
            Ok::<_, StoreError>((reader.events_of("mandate", "m1")?, all))
        })
        .unwrap();
    let said: Vec<_> = of_m1.iter().map(|event| (event.seq, event.actor.as_str(), event.body.as_str())).collect();
    assert_eq!(said, [(seqs[0], "sue", r#"{"does":"draft"}"#), (seqs[3], "dan", r#"{"does":"sign"}"#)]);
    assert!(of_m1[0].at < of_m1[1].at);
    assert_eq!(all, [("m1".to_owned(), seqs[0]), ("m2".to_owned(), seqs[2]), ("m1".to_owned(), seqs[3])]);
}

#[test]
fn a_change_that_fails_leaves_no_event() {
    let world = World::new();
    let failed: Result<((), _), _> = world.store.commit(|transaction| {
        transaction.append_event("mandate", "m1", "sue", "{}")?;
        Err(StoreError::Refused("no".to_owned()))
    });
    assert_eq!(failed.unwrap_err().to_string(), "no");
    assert!(world.store.read(|reader| reader.events_of("mandate", "m1")).unwrap().is_empty());
}

#[test]
fn each_entity_knows_to_whom_it_was_handed() {
    let world = World::new();
    world
        .store
        .commit(|transaction| {
            transaction.disclosed("Crown Prosecution", "ana", "csv", &[EntityNo(0), EntityNo(2), EntityNo(2)])?;
            transaction.disclosed("Court of Leeds", "bob", "anx", &[EntityNo(2)])
        })
        .unwrap();
    let told = |no| world.store.read(|reader| reader.disclosures(EntityNo(no))).unwrap();
    assert_eq!(
        told(2).iter().map(|one| (one.recipient.as_str(), one.what.as_str())).collect::<Vec<_>>(),
        [("Crown Prosecution", "csv"), ("Court of Leeds", "anx")]
    );
    assert_eq!(told(0).iter().map(|one| one.actor.as_str()).collect::<Vec<_>>(), ["ana"]);
    assert!(told(1).is_empty());
}
