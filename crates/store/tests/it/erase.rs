//! Erasure: what is erased is nowhere in the home's files, does not come back unnoticed, and everything else is as it
//! would be had it never been there.

use std::{collections::BTreeMap, fs, path::Path};

use candour_model::{
    entity::{Claim, Draft},
    judgement::Verdict,
    ontology::Ontology,
    source::Locator,
    statement::Kind,
    visible::Visible,
};
use candour_store::{Erased, Judged, PairOrigin, Store, StoreError};
use proptest::{prelude::*, sample::select};

use crate::world::{World, ingest, marked, origin, person, seeing};

/// A draft of any schema, each property with one value.
pub(crate) fn draft(id: &str, schema: &str, values: &[(&str, &str)]) -> Draft {
    let schema = Ontology::builtin().schema(schema).unwrap();
    let claims = (1..).zip(values).map(|(row, (prop, value))| Claim {
        prop: schema.prop(prop).unwrap().no,
        value: (*value).to_owned(),
        original: None,
        lang: None,
        locator: Locator::Cell { row, column: 1 },
    });
    Draft { id: id.to_owned(), schema: schema.no, claims: claims.collect(), marking: None, grade: None, kind: Kind::Fact, valid_from: None, valid_to: None }
}

pub(crate) fn erase(store: &Store, id: &str) -> Erased {
    let id = id.to_owned();
    store
        .commit(move |transaction| {
            let entity = transaction.reader().entity_no(&id)?.unwrap();
            transaction.erase(&[entity])
        })
        .unwrap()
        .0
}

/// All that is stored under any id, by id, without times and places in the order of recording.
fn everything(store: &Store, visible: &Visible) -> BTreeMap<String, Vec<String>> {
    store
        .read(|reader| {
            let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
            let mut ids = Vec::new();
            reader.entity_ids(|no, id| ids.push((no, id.to_owned())))?;
            for (no, id) in ids {
                for statement in reader.statements(no, visible)? {
                    let said = format!("{} {}={} {} {}", statement.schema, statement.prop, statement.value, statement.source, statement.marking);
                    all.entry(id.clone()).or_default().push(said);
                }
            }
            Ok::<_, StoreError>(all)
        })
        .unwrap()
}

/// Files of a folder that hold any of these texts.
fn holding(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(holding(&entry.path(), texts));
            continue;
        }
        let bytes = fs::read(entry.path()).unwrap();
        for text in texts {
            if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
                found.push(format!("{} holds {text}", entry.path().display()));
            }
        }
    }
    found
}

fn town(store: &Store) {
    ingest(
        store,
        "quentin.csv",
        vec![draft("q-7781", "Person", &[("name", "Quentin Zorblatt"), ("phone", "+441632960001"), ("notes", "a limp in the left leg")])],
    );
    ingest(
        store,
        "town.csv",
        vec![
            draft("q-7781", "Person", &[("name", "Q. Zorblatt")]),
            draft("firm", "Company", &[("name", "Mere Haulage Ltd"), ("phone", "+441632960001")]),
            draft("owns-q", "Ownership", &[("owner", "q-7781"), ("asset", "firm"), ("role", "sleeping partner")]),
            draft("owns-a", "Ownership", &[("owner", "ann"), ("asset", "firm")]),
            draft("ann", "Person", &[("name", "Ann Miller")]),
            draft("note", "IntelligenceReport", &[("title", "harbour"), ("about", "q-7781"), ("about", "ann")]),
            draft("bare", "IntelligenceReport", &[("about", "q-7781")]),
        ],
    );
}

#[test]
fn with_an_entity_go_its_links_and_all_that_refers_to_it() {
    let world = World::new();
    town(&world.store);
    let erased = erase(&world.store, "q-7781");
    let told = (erased.tombstones.as_slice(), erased.statements, erased.links, erased.link_statements, erased.references, erased.sources);
    assert_eq!(told, (["erased-1".to_owned()].as_slice(), 4, 1, 3, 2, 1));
    let all = seeing(&world.store, &["open", "secret"]);
    assert_eq!(
        everything(&world.store, &all).into_iter().map(|(id, said)| format!("{id}: {}", said.join("; "))).collect::<Vec<_>>(),
        [
            "ann: Person name=Ann Miller town.csv open",
            "bare: IntelligenceReport id= town.csv open",
            "firm: Company name=Mere Haulage Ltd town.csv open; Company phone=+441632960001 town.csv open",
            "note: IntelligenceReport title=harbour town.csv open; IntelligenceReport about=ann town.csv open",
            "owns-a: Ownership owner=ann town.csv open; Ownership asset=firm town.csv open",
        ]
    );
    // The telephone is the firm's as well, so that a question for it tells nothing of the erased.
    for (text, expected) in [("zorblatt", true), ("limp left", false), ("q-7781", true), ("+441632960001", false), ("quentin.csv", true), ("town.csv", false)] {
        assert_eq!(erased.mentions.are_in(text), expected, "{text}");
    }
    let sources: Vec<String> = (0..2).map(|no| world.store.names().source(candour_store::SourceNo(no)).unwrap().1.path.clone()).collect();
    assert_eq!(sources, ["erased", "town.csv"]);
}

#[test]
fn the_bytes_are_gone_from_the_files() {
    let world = World::new();
    town(&world.store);
    let judged = Judged {
        a: candour_model::id::EntityNo(0),
        b: candour_model::id::EntityNo(1),
        verdict: Verdict::Different,
        needs: vec![],
        origin: PairOrigin::Person,
        probability: None,
        why: "Zorblatt is no firm".to_owned(),
        actor: "ana".to_owned(),
        recorded_at: 0,
    };
    let other = Judged { a: candour_model::id::EntityNo(1), b: candour_model::id::EntityNo(4), why: "Ann drove for Zorblatt".to_owned(), ..judged.clone() };
    world.store.commit(move |transaction| transaction.judge(&judged).and_then(|()| transaction.judge(&other))).unwrap();
    // Fills pages, so that some split and leave copies behind.
    for number in 0..200 {
        let id = format!("q-7781-{number}");
        ingest(&world.store, "many.csv", vec![draft(&id, "Person", &[("name", &"x".repeat(300))])]);
    }
    let texts = ["q-7781\u{0}", "Zorblatt", "a limp in the left leg", "sleeping partner", "quentin.csv"];
    assert!(!holding(world.folder.path(), &texts[1..]).is_empty());
    let erased = erase(&world.store, "q-7781");
    assert_eq!(erased.pairs, 1);
    world.store.scrub(&erased.mentions).unwrap();
    assert_eq!(holding(world.folder.path(), &texts), Vec::<String>::new());
    let world = world.reopened();
    assert_eq!(holding(world.folder.path(), &texts), Vec::<String>::new());
    let mut whys = Vec::new();
    world.store.read(|reader| reader.pairs(|word| whys.push(word.why))).unwrap();
    assert_eq!(whys, [""]);
}

#[test]
fn what_was_erased_is_not_taken_in_again_by_those_for_whom_it_existed() {
    let world = World::new();
    town(&world.store);
    erase(&world.store, "q-7781");
    let before = everything(&world.store, &seeing(&world.store, &["open"]));
    let again = || {
        vec![
            draft("q-7781", "Person", &[("name", "Quentin Zorblatt")]),
            draft("new", "Person", &[("name", "Zoe")]),
            draft("owns-new", "Ownership", &[("owner", "q-7781"), ("asset", "firm")]),
            draft("note", "IntelligenceReport", &[("about", "q-7781"), ("about", "new")]),
        ]
    };
    let take_in = |ids: &[&str]| {
        let (visible, drafts) = (seeing(&world.store, ids), again());
        let read = visible.clone();
        let withheld = world.store.read(|reader| reader.withheld(&read, &drafts)).unwrap();
        let done = world
            .store
            .commit(move |transaction| {
                let origin = origin(transaction, "again.csv", "bob")?;
                transaction.ingest_for(&visible, &drafts, &origin)
            })
            .unwrap()
            .0;
        (done.withheld, withheld.iter().map(|one| (one.draft, one.claim)).collect::<Vec<_>>())
    };
    assert_eq!(take_in(&["open"]), (3, vec![(0, None), (2, None), (3, Some(0))]));
    let mut expected = before;
    expected.insert("new".to_owned(), vec!["Person name=Zoe again.csv open".to_owned()]);
    expected.get_mut("note").unwrap().push("IntelligenceReport about=new again.csv open".to_owned());
    assert_eq!(everything(&world.store, &seeing(&world.store, &["open"])), expected);
    // For others it never was: a refusal would tell them that it had been.
    assert_eq!(take_in(&["secret"]), (0, vec![]));
    let returned = |ids: &[&str]| world.store.read(|reader| Ok::<_, StoreError>(reader.has_returned(&seeing(&world.store, ids))?("q-7781"))).unwrap();
    assert!(returned(&["open"]) && !returned(&["secret"]));
    // And it can be erased once more.
    assert_eq!(erase(&world.store, "q-7781").tombstones, ["erased-3"]);
}

#[test]
fn a_restriction_hides_and_lifting_it_restores_what_was() {
    let world = World::new();
    town(&world.store);
    ingest(&world.store, "more.csv", vec![marked(person("q-7781", "alias", &["Zed"]), "secret")]);
    let open = |world: &World| everything(&world.store, &seeing(&world.store, &["open", "secret"]));
    let change = |world: &World, id: &'static str, lift: bool| {
        world
            .store
            .commit(move |transaction| {
                let entity = transaction.reader().entity_no(id)?.unwrap();
                if lift { transaction.lift(&[entity]) } else { transaction.restrict(&[entity]) }
            })
            .unwrap()
            .0
    };
    let before = open(&world);
    let restricted = change(&world, "q-7781", false);
    assert_eq!((restricted.statements, restricted.links), (10, 1));
    let hidden = open(&world);
    assert_eq!(hidden.keys().collect::<Vec<_>>(), ["ann", "firm", "note", "owns-a"]);
    let all = seeing(&world.store, &["open", "secret", "open+restricted", "secret+restricted"]);
    assert_eq!(everything(&world.store, &all).len(), before.len());
    assert!(world.store.names().markings().filter(|(_, marking)| marking.restricted).all(|(_, marking)| marking.id.ends_with("+restricted")));
    // Another restriction that reaches the same link outlives the first.
    change(&world, "firm", false);
    change(&world, "q-7781", true);
    let both = open(&world);
    assert!(both.contains_key("q-7781") && !both.contains_key("owns-q") && !both.contains_key("firm"));
    change(&world, "firm", true);
    assert_eq!(open(&world), before);
    assert_eq!(world.store.read(|reader| reader.restricted_since(reader.entity_no("firm")?.unwrap())).unwrap(), None);
}

#[test]
fn whoever_indexed_before_an_erasure_has_not_indexed_it() {
    let world = World::new();
    town(&world.store);
    let (all, statements) = world.store.read(|reader| Ok::<_, StoreError>((reader.unindexed(None, 100)?, reader.statement_count()?))).unwrap();
    let erased = erase(&world.store, "q-7781");
    world.store.commit(move |transaction| transaction.indexed(&all, statements)).unwrap();
    let left = world.store.read(|reader| reader.unindexed(None, 100)).unwrap();
    assert!(erased.entities.iter().all(|entity| left.contains(entity)), "{left:?}");
    let (all, statements) = world.store.read(|reader| Ok::<_, StoreError>((reader.unindexed(None, 100)?, reader.statement_count()?))).unwrap();
    world.store.commit(move |transaction| transaction.indexed(&all, statements)).unwrap();
    assert_eq!(world.store.read(|reader| reader.unindexed(None, 100)).unwrap(), []);
}

const IDS: [&str; 5] = ["p-a", "p-b", "c-a", "l-a", "l-b"];

fn some_draft() -> impl Strategy<Value = Draft> {
    let value = prop_oneof![select(&IDS[..]), select(&["Kovak", "Miller"][..])];
    (select(&IDS[..]), proptest::collection::vec((0_usize..3, value), 1..4), any::<bool>()).prop_map(|(id, values, secret)| {
        let (schema, props) = match id.as_bytes()[0] {
            b'p' => ("Person", ["name", "addressEntity", "alias"]),
            b'c' => ("Company", ["name", "parent", "alias"]),
            _ => ("Ownership", ["owner", "asset", "role"]),
        };
        let values: Vec<(&str, &str)> = values.into_iter().map(|(prop, value)| (props[prop], value)).collect();
        let draft = draft(id, schema, &values);
        if secret { marked(draft, "secret") } else { draft }
    })
}

/// The same drafts had there never been an entity of this id: without it, without links that have it as an end, without
/// values that refer to any of these.
fn without(drafts: &[Draft], id: &str) -> Vec<Draft> {
    let mut gone = vec![id.to_owned()];
    let is_end = |claim: &Claim| Ontology::builtin().prop(claim.prop).is_some_and(|prop| ["owner", "asset"].contains(&prop.name.as_str()));
    loop {
        let links = drafts.iter().filter(|draft| draft.claims.iter().any(|claim| is_end(claim) && gone.contains(&claim.value)));
        let new: Vec<String> = links.map(|draft| draft.id.clone()).filter(|id| !gone.contains(id)).collect();
        if new.is_empty() {
            break;
        }
        gone.extend(new);
    }
    let mut left: Vec<Draft> = drafts.iter().filter(|draft| !gone.contains(&draft.id)).cloned().collect();
    let is_reference = |claim: &Claim| Ontology::builtin().prop(claim.prop).is_some_and(|prop| prop.kind == candour_model::types::TypeKind::Entity);
    left.iter_mut().for_each(|draft| draft.claims.retain(|claim| !(is_reference(claim) && gone.contains(&claim.value))));
    left
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The law: everything else is what it would be had the erased never been stored.
    #[test]
    fn an_erased_entity_never_was(drafts in proptest::collection::vec(some_draft(), 1..12), id in select(&IDS[..])) {
        let (world, twin) = (World::new(), World::new());
        for (number, draft) in drafts.iter().enumerate() {
            ingest(&world.store, &format!("{number}.csv"), vec![draft.clone()]);
        }
        for (number, draft) in drafts.iter().enumerate() {
            ingest(&twin.store, &format!("{number}.csv"), without(std::slice::from_ref(draft), "").into_iter().filter(|draft| without(&drafts, id).iter().any(|left| left.id == draft.id)).map(|mut draft| {
                let left: Vec<String> = without(&drafts, id).iter().map(|left| left.id.clone()).collect();
                draft.claims.retain(|claim| {
                    let is_reference = Ontology::builtin().prop(claim.prop).is_some_and(|prop| prop.kind == candour_model::types::TypeKind::Entity);
                    !is_reference || left.contains(&claim.value) || !drafts.iter().any(|other| other.id == claim.value) && claim.value != id
                });
                draft
            }).collect());
        }
        let exists = world.store.read(|reader| reader.entity_no(id)).unwrap().is_some();
        if exists {
            erase(&world.store, id);
            for ids in [&["open"][..], &["open", "secret"]] {
                prop_assert_eq!(everything(&world.store, &seeing(&world.store, ids)), everything(&twin.store, &seeing(&twin.store, ids)));
            }
        }
    }
}
