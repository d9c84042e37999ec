//! Ingestion: everything is kept once, and nothing is kept of what fails.

use candour_model::{source::Source, statement::Kind};
use candour_store::{Ingested, Progress, Store, StoreError};
use proptest::prelude::*;

use crate::world::{World, ingest, marked, marking, origin, person, seeing};

fn statements(store: &Store, id: &str) -> Vec<String> {
    let visible = seeing(store, &["open", "secret"]);
    store
        .read(|reader| {
            let Some(no) = reader.entity_no(id)? else { return Ok(vec![]) };
            Ok::<_, StoreError>(
                reader.statements(no, &visible)?.iter().map(|statement| format!("{}={} {}", statement.prop, statement.value, statement.marking)).collect(),
            )
        })
        .unwrap()
}

#[test]
fn the_same_drafts_again_add_nothing() {
    let world = World::new();
    let drafts = || vec![person("a", "name", &["Ann", "Anna"]), person("b", "name", &["Ben"])];
    assert_eq!(ingest(&world.store, "a.csv", drafts()), Ingested { entities: 2, links: 0, statements: 3, known: 0, withheld: 0 });
    assert_eq!(ingest(&world.store, "a.csv", drafts()), Ingested { entities: 0, links: 0, statements: 0, known: 3, withheld: 0 });
    assert_eq!(statements(&world.store, "a"), ["name=Ann open", "name=Anna open"]);
}

#[test]
fn a_value_from_another_document_or_under_another_marking_is_another_statement() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["Ann"])]);
    assert_eq!(ingest(&world.store, "b.csv", vec![person("a", "name", &["Ann"])]).statements, 1);
    assert_eq!(ingest(&world.store, "a.csv", vec![marked(person("a", "name", &["Ann"]), "secret")]).statements, 1);
    let mut opinion = person("a", "name", &["Ann"]);
    opinion.kind = Kind::Assessment;
    assert_eq!(ingest(&world.store, "a.csv", vec![opinion]).statements, 1);
    assert_eq!(statements(&world.store, "a").len(), 4);
}

#[test]
fn a_second_importer_of_the_same_document_adds_nothing() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["Ann"])]);
    let again = world.store.commit(|transaction| {
        let origin = origin(transaction, "a.csv", "ben")?;
        transaction.ingest(&[person("a", "name", &["Ann"])], &origin)
    });
    assert_eq!(again.unwrap().0.known, 1);
}

#[test]
fn a_value_repeated_within_a_batch_is_kept_once() {
    let world = World::new();
    let done = ingest(&world.store, "a.csv", vec![person("a", "name", &["Ann", "Ann"]), person("b", "name", &["Ben"]), person("a", "name", &["Ann", "Anna"])]);
    assert_eq!(done, Ingested { entities: 2, links: 0, statements: 3, known: 2, withheld: 0 });
}

#[test]
fn an_undeclared_marking_undoes_the_whole_change() {
    let world = World::new();
    let error = world.store.commit(|transaction| {
        let origin = origin(transaction, "a.csv", "ana")?;
        transaction.ingest(&[person("a", "name", &["Ann"]), marked(person("b", "name", &["Ben"]), "made up")], &origin)
    });
    assert!(error.unwrap_err().to_string().contains("marking `made up` of entity `b` is not declared"));
    assert_eq!(world.store.read(|reader| reader.entity_bound()).unwrap(), 0);
    assert_eq!(world.store.names().datasets().count(), 0);
    // Numbers and names go on from what is stored, not from what was undone.
    ingest(&world.store, "b.csv", vec![person("c", "name", &["Cem"])]);
    assert_eq!(statements(&world.store, "c"), ["name=Cem open"]);
    let world = world.reopened();
    assert_eq!(statements(&world.store, "c"), ["name=Cem open"]);
}

#[test]
fn a_marking_does_not_change_its_meaning() {
    let world = World::new();
    world.store.commit(|transaction| transaction.marking(&marking("open"))).unwrap();
    let mut other = marking("open");
    other.retention = 1;
    let error = world.store.commit(move |transaction| transaction.marking(&other)).unwrap_err();
    assert!(error.to_string().contains("give the new meaning a new id"), "{error}");
}

#[test]
fn an_entity_of_which_nothing_is_claimed_is_kept_as_existing() {
    let world = World::new();
    assert_eq!(ingest(&world.store, "a.csv", vec![person("a", "name", &[])]), Ingested { entities: 1, links: 0, statements: 1, known: 0, withheld: 0 });
    assert_eq!(statements(&world.store, "a"), ["id= open"]);
    assert_eq!(ingest(&world.store, "a.csv", vec![person("a", "name", &[])]).statements, 0);
}

#[test]
fn entities_wait_for_the_index_until_it_has_them() {
    let world = World::new();
    ingest(&world.store, "a.csv", vec![person("a", "name", &["Ann"]), person("b", "name", &["Ben"])]);
    let waiting = || world.store.read(|reader| reader.unindexed(None, 10)).unwrap();
    assert_eq!(waiting().len(), 2);
    let first = waiting()[0];
    let stored = || world.store.read(|reader| reader.statement_count()).unwrap();
    let now = stored();
    world.store.commit(move |transaction| transaction.indexed(&[first], now)).unwrap();
    assert_eq!(waiting().len(), 1);
    assert_eq!(world.store.read(|reader| reader.unindexed(waiting().first().copied(), 10)).unwrap().len(), 0);
    // What was known already does not make an entity wait again.
    ingest(&world.store, "a.csv", vec![person("a", "name", &["Ann"])]);
    assert_eq!(waiting().len(), 1);
    ingest(&world.store, "a.csv", vec![person("a", "name", &["Anna"])]);
    assert_eq!(waiting().len(), 2);
    // What was read before more was stored does not take an entity off the list.
    world.store.commit(move |transaction| transaction.indexed(&[first], now)).unwrap();
    assert_eq!(waiting().len(), 2);
    let now = stored();
    world.store.commit(move |transaction| transaction.indexed(&[first], now)).unwrap();
    assert_eq!(waiting().len(), 1);
    world.store.commit(|transaction| transaction.reindex_all()).unwrap();
    assert_eq!(waiting().len(), 2);
}

#[test]
fn progress_is_kept_per_source_recipe_and_step() {
    let world = World::new();
    let (source, _) = world
        .store
        .commit(|transaction| {
            let source = transaction.source(&Source { dataset: "d".to_owned(), path: "p".to_owned(), sha256: "0".repeat(64), size: 1 })?;
            transaction.set_progress(source, "recipe", 0, Progress { next: 5, done: false })?;
            transaction.set_progress(source, "recipe", 0, Progress { next: 9, done: true })?;
            Ok(source)
        })
        .unwrap();
    let read = |recipe: &str, step| world.store.read(|reader| reader.progress(source, recipe, step)).unwrap();
    assert_eq!(read("recipe", 0), Progress { next: 9, done: true });
    assert_eq!(read("recipe", 1), Progress::default());
    assert_eq!(read("other", 0), Progress::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_is_kept_does_not_depend_on_batches(drafts in proptest::collection::vec((0_u8..6, proptest::collection::vec(0_u8..5, 0..4), any::<bool>()), 0..20), cut: prop::sample::Index) {
        let drafts: Vec<_> = drafts.iter().map(|(id, values, secret)| {
            let values: Vec<String> = values.iter().map(|value| format!("v{value}")).collect();
            let draft = person(&format!("p{id}"), "name", &values.iter().map(String::as_str).collect::<Vec<_>>());
            if *secret { marked(draft, "secret") } else { draft }
        }).collect();
        let (whole, parts) = (World::new(), World::new());
        let cut = cut.index(drafts.len() + 1);
        let all = ingest(&whole.store, "a.csv", drafts.clone());
        let one = ingest(&parts.store, "a.csv", drafts[..cut].to_vec());
        let two = ingest(&parts.store, "a.csv", drafts[cut..].to_vec());
        prop_assert_eq!(all.statements, one.statements + two.statements);
        prop_assert_eq!(all.known, one.known + two.known);
        prop_assert_eq!(all.entities, one.entities + two.entities);
        for id in 0..6 {
            let id = format!("p{id}");
            let sorted = |store| { let mut statements = statements(store, &id); statements.sort(); statements };
            prop_assert_eq!(sorted(&whole.store), sorted(&parts.store));
        }
        prop_assert_eq!(ingest(&whole.store, "a.csv", drafts).statements, 0);
    }
}
