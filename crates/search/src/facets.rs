//! What matches are, beyond their score: schema, datasets and order, and the counts of these.

use candour_model::id::EntityNo;
use rustc_hash::FxHashMap;

use crate::{identity::Identity, matches::Match, query::Query, rank::Ranked, view::View};

/// The members of clusters.
pub(crate) struct Clusters<'a> {
    view: &'a View<'a>,
    identity: &'a dyn Identity,
    /// Members beside the representative, where the identity cannot name them.
    others: Option<FxHashMap<u32, Vec<u32>>>,
}

impl<'a> Clusters<'a> {
    pub(crate) fn new(view: &'a View<'a>, identity: &'a dyn Identity) -> Self {
        Self { view, identity, others: None }
    }

    /// Calls `each` for every visible document of a cluster.
    fn documents(&mut self, representative: u32, each: &mut dyn FnMut(u32)) {
        let view = self.view;
        if self.others.is_none() {
            let known = self.identity.members(EntityNo(representative), &mut |member| view.documents_of(member.0).for_each(&mut *each));
            if known {
                return;
            }
        }
        let identity = self.identity;
        let others = self.others.get_or_insert_with(|| {
            let mut others: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
            for entity in view.entities() {
                let representative = identity.representative(EntityNo(entity)).0;
                if representative != entity {
                    others.entry(representative).or_default().push(entity);
                }
            }
            others
        });
        view.documents_of(representative).for_each(&mut *each);
        for other in others.get(&representative).into_iter().flatten() {
            view.documents_of(*other).for_each(&mut *each);
        }
    }
}

/// A cluster as its visible documents describe it.
#[derive(Default)]
struct Described {
    order: u64,
    /// Numbers of schemata in the snapshot, each once.
    schemata: Vec<u32>,
    /// Numbers of datasets in the snapshot, each once.
    datasets: Vec<u32>,
}

impl Described {
    fn read(&mut self, clusters: &mut Clusters<'_>, entity: u32) {
        self.order = u64::MAX;
        self.schemata.clear();
        self.datasets.clear();
        let snapshot = clusters.view.snapshot;
        clusters.documents(entity, &mut |document| {
            let at = document as usize;
            self.order = self.order.min(snapshot.orders.get(at).copied().unwrap_or(u64::MAX));
            snapshot.schema_of.get(at).into_iter().for_each(|schema| push_once(&mut self.schemata, *schema));
            snapshot.dataset_of.get(document).iter().for_each(|dataset| push_once(&mut self.datasets, *dataset));
        });
    }

    fn schema(&self, clusters: &Clusters<'_>) -> Option<u32> {
        let [_, _, ..] = self.schemata.as_slice() else { return self.schemata.first().copied() };
        let mut named: Vec<(&str, u32)> =
            self.schemata.iter().filter_map(|schema| clusters.view.snapshot.schemas.get(*schema as usize).map(|name| (name.as_str(), *schema))).collect();
        named.sort_unstable();
        let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        let chosen = clusters.identity.schema(&names);
        named.get(chosen).or_else(|| named.first()).map(|(_, schema)| *schema)
    }
}

fn push_once(list: &mut Vec<u32>, item: u32) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Matches after filtering, with the counts of all.
#[derive(Default)]
pub(crate) struct Facets {
    /// What passed both filters.
    pub(crate) kept: Vec<Ranked>,
    /// As in [`crate::Found::schemas`].
    pub(crate) schemas: Vec<(String, u64)>,
    /// As in [`crate::Found::datasets`].
    pub(crate) datasets: Vec<(u32, u64)>,
}

impl Facets {
    /// Describes all matches, counts them and applies the filters.
    pub(crate) fn new(view: &View<'_>, identity: &dyn Identity, matches: &[Match], query: &Query) -> Self {
        let snapshot = view.snapshot;
        let asked_schemas: Vec<bool> = snapshot.schemas.iter().map(|name| query.schemas.is_empty() || query.schemas.contains(name)).collect();
        let asked_datasets: Vec<bool> = snapshot.datasets.iter().map(|number| query.datasets.is_empty() || query.datasets.contains(number)).collect();
        let asked = |asked: &[bool], number: u32| asked.get(number as usize).copied().unwrap_or(false);
        let (mut by_schema, mut by_dataset) = (vec![0_u64; asked_schemas.len()], vec![0_u64; asked_datasets.len()]);

        let (mut clusters, mut described, mut kept) = (Clusters::new(view, identity), Described::default(), Vec::with_capacity(matches.len()));
        for Match { entity, score } in matches {
            described.read(&mut clusters, *entity);
            let schema = described.schema(&clusters);
            let schema_passes = schema.map_or(query.schemas.is_empty(), |schema| asked(&asked_schemas, schema));
            let dataset_passes = query.datasets.is_empty() || described.datasets.iter().any(|dataset| asked(&asked_datasets, *dataset));
            if dataset_passes {
                schema.into_iter().for_each(|schema| count(&mut by_schema, schema));
            }
            if schema_passes {
                described.datasets.iter().for_each(|dataset| count(&mut by_dataset, *dataset));
            }
            if schema_passes && dataset_passes {
                kept.push(Ranked { score: *score, order: described.order, entity: *entity });
            }
        }
        let mut schemas = counted(&snapshot.schemas, &by_schema);
        schemas.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut datasets = counted(&snapshot.datasets, &by_dataset);
        datasets.sort_unstable();
        Self { kept, schemas, datasets }
    }
}

fn count(counts: &mut [u64], number: u32) {
    if let Some(count) = counts.get_mut(number as usize) {
        *count += 1;
    }
}

fn counted<T: Clone>(values: &[T], counts: &[u64]) -> Vec<(T, u64)> {
    values.iter().zip(counts).filter(|(_, count)| **count > 0).map(|(value, count)| (value.clone(), *count)).collect()
}

/// All matches with their order, without counting anything.
pub(crate) fn ordered(view: &View<'_>, identity: &dyn Identity, matches: &[Match]) -> Vec<Ranked> {
    let (mut clusters, mut described) = (Clusters::new(view, identity), Described::default());
    let mut ranked = Vec::with_capacity(matches.len());
    for Match { entity, score } in matches {
        described.read(&mut clusters, *entity);
        ranked.push(Ranked { score: *score, order: described.order, entity: *entity });
    }
    ranked
}
