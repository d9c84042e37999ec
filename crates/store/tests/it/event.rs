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

/// Each question that must not cost the history is answered from an index, or from the rows appended since.
#[test]
fn the_ends_of_a_kind_and_what_is_new_are_found_without_its_history() {
    let world = World::new();
    let empty = world.store.read(|reader| reader.newest_event("beat")).unwrap();
    assert_eq!(empty, None);
    let seqs = world
        .store
        .commit(|transaction| {
            let mut seqs = Vec::new();
            for (kind, subject) in
                [("beat", "2026-01-01"), ("beat", "2026-01-01"), ("note", "2027"), ("beat", "2026-01-02"), ("beat", "2026-01-02"), ("note", "2028")]
            {
                seqs.push(transaction.append_event(kind, subject, "x", "{}")?);
            }
            Ok(seqs)
        })
        .unwrap()
        .0;
    let ends = |kind: &'static str| {
        world
            .store
            .read(|reader| Ok::<_, StoreError>((reader.oldest_event(kind)?.map(|event| event.seq), reader.newest_event(kind)?.map(|event| event.seq))))
            .unwrap()
    };
    assert_eq!(ends("beat"), (Some(seqs[0]), Some(seqs[4])));
    assert_eq!(ends("note"), (Some(seqs[2]), Some(seqs[5])));
    assert_eq!(ends("bea"), (None, None));
    for (after, expected) in [(0, vec![seqs[0], seqs[1], seqs[3], seqs[4]]), (seqs[1], vec![seqs[3], seqs[4]]), (seqs[3], vec![seqs[4]]), (seqs[5], vec![])] {
        let mut since = Vec::new();
        world.store.read(|reader| reader.events_since("beat", after, |event| since.push(event.seq))).unwrap();
        assert_eq!(since, expected, "{after}");
    }
    let database = world.database();
    let plan = |sql: &str| -> String {
        let mut query = database.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let lines: Vec<String> = query.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        lines.join("; ")
    };
    for order in ["ASC", "DESC"] {
        let ends = plan(&format!("SELECT seq, kind, subject, at, actor, body FROM event WHERE kind = 'beat' ORDER BY subject {order}, seq {order} LIMIT 1"));
        assert_eq!(ends, "SEARCH event USING INDEX event_of (kind=?)");
    }
    let since = plan("SELECT seq, kind, subject, at, actor, body FROM event WHERE seq > 7 AND +kind = 'beat' ORDER BY seq");
    assert_eq!(since, "SEARCH event USING INTEGER PRIMARY KEY (rowid>?)");
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
