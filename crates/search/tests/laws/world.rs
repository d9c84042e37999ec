//! Made-up worlds of few entities, few words and few markings, so that everything meets everything.

use std::{cmp::Ordering, collections::BTreeMap};

use candour_model::{
    id::{EntityNo, MarkingNo},
    visible::Visible,
};
use candour_search::{Document, Found, Identity, Index, Query};
use proptest::{collection::vec, prelude::*, sample::select};

pub(crate) const ENTITIES: usize = 14;
pub(crate) const MARKINGS: u16 = 4;
const WORDS: [&str; 12] = ["ann", "anna", "annan", "bo", "bob", "cy", "dee", "7009", "70", "09", "33", "x7009"];
const SCHEMATA: [&str; 4] = ["Person", "LegalEntity", "Company", "Vehicle"];
const DATASETS: u32 = 4;

/// What is said of an entity under one marking.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) marking: u16,
    pub(crate) schema: &'static str,
    pub(crate) datasets: Vec<u32>,
    /// Values of the three areas.
    pub(crate) values: [Vec<String>; 3],
}

/// One change: all that is said of an entity from now on.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) entity: usize,
    pub(crate) said: Vec<Said>,
}

#[derive(Debug, Clone)]
pub(crate) struct World {
    /// Batches of changes, each committed.
    pub(crate) batches: Vec<Vec<Change>>,
    /// For each entity the cluster it may belong to.
    pub(crate) clusters: Vec<u8>,
}

fn values() -> impl Strategy<Value = Vec<String>> {
    vec(vec(select(&WORDS[..]), 1..4).prop_map(|words| words.join(" ")), 0..3)
}

fn said() -> impl Strategy<Value = Said> {
    (0..MARKINGS, select(&SCHEMATA[..]), vec(0..DATASETS, 0..3), [values(), values(), values()]).prop_map(|(marking, schema, datasets, values)| Said {
        marking,
        schema,
        datasets,
        values,
    })
}

fn change() -> impl Strategy<Value = Change> {
    (0..ENTITIES, vec(said(), 0..4)).prop_map(|(entity, mut said)| {
        said.sort_by_key(|said| said.marking);
        said.dedup_by_key(|said| said.marking);
        Change { entity, said }
    })
}

pub(crate) fn worlds() -> impl Strategy<Value = World> {
    (vec(vec(change(), 0..9), 1..5), vec(0_u8..20, ENTITIES)).prop_map(|(batches, clusters)| World { batches, clusters })
}

fn item() -> impl Strategy<Value = String> {
    let word = || select(&WORDS[..]);
    prop_oneof![
        4 => word().prop_map(str::to_owned),
        2 => word().prop_map(|word| format!("{}*", &word.chars().take(2).collect::<String>())),
        1 => word().prop_map(|word| format!("{}*", &word.chars().take(1).collect::<String>())),
        2 => (word(), word()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => (word(), word()).prop_map(|(a, b)| format!("\"{a} {}*\"", b.chars().take(1).collect::<String>())),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}{b}")),
        1 => (word(), word()).prop_map(|(a, b)| format!("{a}-{b}")),
    ]
}

pub(crate) fn queries() -> impl Strategy<Value = Query> {
    let text = vec((item(), prop::bool::weighted(0.15)), 0..4)
        .prop_map(|items| items.into_iter().map(|(item, not)| if not { format!("-{item}") } else { item }).collect::<Vec<_>>().join(" "));
    let filters = (
        prop_oneof![3 => Just(Vec::new()), 1 => vec(select(&SCHEMATA[..]).prop_map(str::to_owned), 1..3)],
        prop_oneof![3 => Just(Vec::new()), 1 => vec(0..DATASETS, 1..3)],
    );
    (text, filters, 0_usize..20, 0_usize..6).prop_map(|(text, (schemas, datasets), limit, offset)| Query { text, schemas, datasets, limit, offset })
}

pub(crate) fn seen() -> impl Strategy<Value = Vec<u16>> {
    (0_u16..1 << MARKINGS).prop_map(|bits| (0..MARKINGS).filter(|marking| bits >> marking & 1 == 1).collect())
}

/// Order keys collide on purpose: public ids have to decide.
pub(crate) fn order(entity: usize) -> u64 {
    (entity * 7 % 5) as u64
}

/// Numbers given in order of first appearance, as a store gives them.
#[derive(Debug, Default)]
pub(crate) struct Numbers<T: Ord>(BTreeMap<T, u32>);

impl<T: Ord + Copy> Numbers<T> {
    fn of(&mut self, value: T) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap();
        *self.0.entry(value).or_insert(next)
    }

    fn get(&self, value: T) -> Option<u32> {
        self.0.get(&value).copied()
    }

    fn back(&self, number: u32) -> T {
        *self.0.iter().find(|(_, known)| **known == number).unwrap().0
    }
}

/// A store's numbering and the index made with it.
pub(crate) struct Made {
    pub(crate) index: Index,
    _dir: tempfile::TempDir,
    entities: Numbers<usize>,
    datasets: Numbers<u32>,
    markings: Numbers<u16>,
    clusters: Vec<u8>,
}

/// An answer without numbers: what an asker gets to see.
#[derive(Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) total: u64,
    pub(crate) hits: Vec<(usize, u32)>,
    pub(crate) schemas: Vec<(String, u64)>,
    pub(crate) datasets: BTreeMap<u32, u64>,
}

impl Made {
    /// Makes an index of a world, or of that part of it that lies under some markings. Commits after each batch, or only
    /// in the end.
    pub(crate) fn new(world: &World, only: Option<&[u16]>, often: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        let mut made = Self {
            index,
            _dir: dir,
            entities: Numbers::default(),
            datasets: Numbers::default(),
            markings: Numbers::default(),
            clusters: world.clusters.clone(),
        };
        let mut writer = made.index.writer().unwrap();
        for batch in &world.batches {
            for change in batch {
                let said: Vec<&Said> = change.said.iter().filter(|said| only.is_none_or(|only| only.contains(&said.marking))).collect();
                let is_new = made.entities.get(change.entity).is_none();
                if is_new && said.is_empty() {
                    continue;
                }
                let entity = EntityNo(made.entities.of(change.entity));
                let documents: Vec<Document> = said.into_iter().map(|said| made.document(entity, change.entity, said)).collect();
                writer.replace(entity, &documents, is_new).unwrap();
            }
            if often {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        made
    }

    fn document(&mut self, entity: EntityNo, id: usize, said: &Said) -> Document {
        let [names, identifiers, texts] = said.values.clone();
        Document {
            entity,
            marking: MarkingNo(u16::try_from(self.markings.of(said.marking)).unwrap()),
            order: order(id),
            schema: said.schema.to_owned(),
            datasets: said.datasets.iter().map(|dataset| self.datasets.of(*dataset)).collect(),
            names,
            identifiers,
            texts,
        }
    }

    fn visible(&self, seen: &[u16]) -> Visible {
        seen.iter().filter_map(|marking| self.markings.get(*marking)).map(|number| MarkingNo(u16::try_from(number).unwrap())).collect()
    }

    /// Asks, with all numbers taken out of question and answer.
    pub(crate) fn ask(&self, query: &Query, seen: &[u16], present: &[usize], knows_members: bool) -> Shown {
        let visible = self.visible(seen);
        let mut query = query.clone();
        // A dataset that this store has not met has no number; it stands for one that nobody has.
        query.datasets = query.datasets.iter().map(|dataset| self.datasets.get(*dataset).unwrap_or(900 + dataset)).collect();
        let same = Same { made: self, present, knows_members };
        let Found { total, hits, schemas, datasets } = self.index.search(&query, &visible, &same).unwrap();
        Shown {
            total,
            hits: hits.iter().map(|hit| (self.entities.back(hit.entity.0), hit.score.to_bits())).collect(),
            schemas,
            datasets: datasets.into_iter().map(|(number, count)| (self.datasets.back(number), count)).collect(),
        }
    }

    pub(crate) fn suggest(&self, typed: &str, seen: &[u16], present: &[usize], limit: usize) -> Vec<usize> {
        let same = Same { made: self, present, knows_members: true };
        let found = self.index.suggest(typed, &self.visible(seen), limit, &same).unwrap();
        found.into_iter().map(|entity| self.entities.back(entity.0)).collect()
    }
}

/// The members of an entity's cluster among those present, by public id.
pub(crate) fn cluster(clusters: &[u8], present: &[usize], entity: usize) -> Vec<usize> {
    // The greater half of the numbers stands for entities that are alone.
    let alone = |cluster: u8| cluster >= 6;
    let mut members: Vec<usize> =
        present.iter().copied().filter(|other| *other == entity || (!alone(clusters[entity]) && clusters[*other] == clusters[entity])).collect();
    members.sort_by_key(|member| (order(*member), *member));
    members
}

struct Same<'m> {
    made: &'m Made,
    present: &'m [usize],
    knows_members: bool,
}

impl Same<'_> {
    fn members_of(&self, entity: EntityNo) -> Vec<usize> {
        cluster(&self.made.clusters, self.present, self.made.entities.back(entity.0))
    }
}

impl Identity for Same<'_> {
    fn representative(&self, entity: EntityNo) -> EntityNo {
        EntityNo(self.made.entities.get(self.members_of(entity)[0]).unwrap())
    }

    fn members(&self, representative: EntityNo, each: &mut dyn FnMut(EntityNo)) -> bool {
        if self.knows_members {
            self.members_of(representative).into_iter().for_each(|member| each(EntityNo(self.made.entities.get(member).unwrap())));
        }
        self.knows_members
    }

    fn tie(&self, a: EntityNo, b: EntityNo) -> Ordering {
        self.made.entities.back(a.0).cmp(&self.made.entities.back(b.0))
    }
}

/// What is said in the end, by entity, under these markings; entities of whom nothing is said are left out.
pub(crate) fn finally<'w>(world: &'w World, seen: &[u16]) -> BTreeMap<usize, Vec<&'w Said>> {
    let mut last: BTreeMap<usize, &Change> = BTreeMap::new();
    for change in world.batches.iter().flatten() {
        last.insert(change.entity, change);
    }
    let visible = |change: &'w Change| change.said.iter().filter(|said| seen.contains(&said.marking)).collect::<Vec<_>>();
    last.into_iter().map(|(entity, change)| (entity, visible(change))).filter(|(_, said)| !said.is_empty()).collect()
}
