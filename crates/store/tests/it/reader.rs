//! Reading: what a bearer may not see is not there.

use candour_model::{id::EntityNo, statement::Statement, visible::Visible};
use candour_store::{Store, StoreError};
use proptest::prelude::*;

use crate::world::{World, ingest, marked, person, seeing};

/// Everything that a bearer can read of the named entities, without the numbers that nobody is shown.
fn answer(store: &Store, ids: &[&str], visible: &Visible) -> Vec<Vec<Statement>> {
    store
        .read(|reader| {
            let mut answer = Vec::new();
            for id in ids {
                let statements = reader.entity_no(id)?.map(|no| reader.statements(no, visible)).transpose()?.unwrap_or_default();
                // The clock of two worlds differs; it is no part of an answer's content here.
                answer.push(statements.into_iter().map(|statement| Statement { recorded_at: 0, ..statement }).collect());
            }
            Ok::<_, StoreError>(answer)
        })
        .unwrap()
}

#[test]
fn a_statement_is_read_with_all_that_is_known_of_it() {
    let world = World::new();
    ingest(&world.store, "people.csv", vec![person("a", "name", &["Ann"])]);
    let all = seeing(&world.store, &["open", "secret"]);
    let statements = answer(&world.store, &["a"], &all).remove(0);
    let [statement] = statements.as_slice() else { panic!("{statements:?}") };
    let shown = format!(
        "{} {} {}={} of {} in {} at {}, graded {}, marked {}, {} {} by {} through {}",
        statement.schema,
        statement.entity_id,
        statement.prop,
        statement.value,
        statement.dataset,
        statement.source,
        statement.locator,
        statement.grade,
        statement.marking,
        statement.kind.word(),
        statement.status.word(),
        statement.actor,
        statement.method
    );
    assert_eq!(shown, "Person a name=Ann of people in people.csv at row 1, column 2, graded 2D, marked open, fact asserted by ana through import");
}

#[test]
fn a_scan_is_in_order_of_entity_and_stops_when_told() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["1"]), person("b", "name", &["2"])]);
    ingest(&world.store, "b.csv", vec![marked(person("a", "name", &["3"]), "secret"), person("a", "name", &["4"])]);
    let scan = |ids: &[&str], most: usize| {
        let visible = seeing(&world.store, ids);
        world
            .store
            .read(|reader| {
                let mut values = Vec::new();
                reader.scan(&visible, |row| {
                    values.push(row.value.to_owned());
                    values.len() < most
                })?;
                Ok::<_, StoreError>(values)
            })
            .unwrap()
    };
    assert_eq!(scan(&["open", "secret"], 9), ["1", "3", "4", "2"]);
    assert_eq!(scan(&["open"], 9), ["1", "4", "2"]);
    assert_eq!(scan(&["open"], 2), ["1", "4"]);
    assert_eq!(scan(&[], 9), Vec::<String>::new());
}

#[test]
fn ids_and_numbers_lead_to_each_other() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["1"]), person("b", "name", &["2"])]);
    world
        .store
        .read(|reader| {
            for id in ["a", "b"] {
                assert_eq!(reader.entity_id(reader.entity_no(id)?.unwrap())?, id);
            }
            assert_eq!(reader.entity_no("c")?, None);
            assert!(matches!(reader.entity_id(EntityNo(77)), Err(StoreError::Damaged(_))));
            let mut all = Vec::new();
            reader.entity_ids(|no, id| all.push((no.0, id.to_owned())))?;
            assert_eq!(all, [(0, "a".to_owned()), (1, "b".to_owned())]);
            assert_eq!(reader.entity_bound()?, 2);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_reader_keeps_to_one_state() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["1"])]);
    world
        .store
        .read(|reader| {
            ingest(&world.store, "b.csv", vec![person("b", "email", &["b@example.org"])]);
            assert_eq!(reader.entity_no("b")?, None);
            assert_eq!(reader.statement_count()?, 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(world.store.read(|reader| reader.statement_count()).unwrap(), 2);
}

#[test]
fn an_error_of_the_caller_gives_the_connection_back() {
    let world = World::new();
    for _ in 0..5 {
        let refused: Result<(), StoreError> = world.store.read(|_| Err(StoreError::Refused("no".to_owned())));
        assert_eq!(refused.unwrap_err().to_string(), "no");
    }
    ingest(&world.store, "a.csv", vec![person("a", "name", &["1"])]);
    assert_eq!(world.store.read(|reader| reader.entity_bound()).unwrap(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// The law: every answer is what it would be had the hidden statements never been stored.
    #[test]
    fn the_twin_world_answers_the_same(drafts in proptest::collection::vec((0_u8..5, proptest::collection::vec(0_u8..5, 1..4), any::<bool>()), 1..15)) {
        let (world, twin) = (World::new(), World::new());
        for (number, (id, values, secret)) in drafts.iter().enumerate() {
            let values: Vec<String> = values.iter().map(|value| format!("v{value}")).collect();
            let draft = person(&format!("p{id}"), "name", &values.iter().map(String::as_str).collect::<Vec<_>>());
            let path = format!("{}.csv", number % 3);
            if *secret {
                ingest(&world.store, &path, vec![marked(draft, "secret")]);
            } else {
                ingest(&world.store, &path, vec![draft.clone()]);
                ingest(&twin.store, &path, vec![draft]);
            }
        }
        let ids = ["p0", "p1", "p2", "p3", "p4", "nobody"];
        let seen = answer(&world.store, &ids, &seeing(&world.store, &["open"]));
        prop_assert_eq!(&seen, &answer(&twin.store, &ids, &seeing(&twin.store, &["open"])));
        prop_assert!(answer(&world.store, &ids, &Visible::nothing()).iter().all(Vec::is_empty));
    }
}
