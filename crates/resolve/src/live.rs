//! Live resolution: a new record is resolved against a table that is resolved already, in milliseconds.
//!
//! [`Live`] takes over a table and what was learnt of it. A record is encoded by the same codes, candidates are looked up
//! under the same keys, weighed by the same model, and joined by the same guards as those of the table. What the clusters
//! are is a function of the records, their pairs and the judgements at hand (see `partition.rs`), worked out anew for the
//! neighbourhood that something touches: so taking a judgement back restores what was, to the number. What was resolved
//! with the table stays as it is, unless a judgement or a removal breaks it, until [`Live::rerun`] learns anew.
//!
//! It keeps everything in memory; what is to be kept beyond that, [`Live::saved`] tells and [`Live::restore`] takes.

mod ask;
mod candidates;
mod entity;
mod index;
mod judgement;
#[cfg(test)]
mod laws;
mod neighbourhood;
mod operate;
mod partition;
mod rerun;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

pub use entity::{Change, EntityEvent, EntityId};
pub use judgement::{Judgement, JudgementId, Verdict};
pub use rerun::Saved;

use crate::{
    data::Data,
    error::ResolveError,
    explanation::{Waterfall, waterfall},
    field::{Values, fields_to_add_to},
    linkage::{Linkage, LinkedPair, Options},
    live::{index::Index, judgement::Judgements},
    model::Learnt,
    number::single,
    scorer::{Scorer, probability},
    table::{NONE, Table},
};

/// A record that comes after the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRecord {
    /// Its id, which no other record has.
    pub id: String,
    /// The source that it comes from (0 where there is one source only).
    pub source: u8,
    /// Names of columns and values; a column may come several times.
    pub values: Vec<(String, String)>,
}

/// A record that may be of the same thing as another.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveMatch {
    /// Its id.
    pub id: String,
    /// What it is of.
    pub entity: EntityId,
    /// Match weight in bits.
    pub weight: f32,
    /// Probability that both are of one thing.
    pub probability: f64,
}

/// Pairs of one added record that are kept, the strongest.
const KEPT: usize = 64;

/// A resolved table that takes further records.
#[derive(Debug)]
pub struct Live {
    table: Table,
    data: Data,
    learnt: Learnt,
    options: Options,
    threshold: f32,
    floor: f32,
    rarest: Vec<f32>,
    indexes: Vec<Index>,
    /// Pairs of the table, in order.
    pairs: Vec<LinkedPair>,
    /// By record of the table, the cluster that it was resolved to be of.
    resolved: Vec<u32>,
    /// By such cluster, where its records begin in `resolved_rows`.
    resolved_starts: Vec<u32>,
    resolved_rows: Vec<u32>,
    added: Vec<NewRecord>,
    by_id: FxHashMap<String, u32>,
    gone: FxHashSet<u32>,
    /// Pairs of records of which one was added, both ways.
    bonds: FxHashMap<u32, Vec<(u32, f32)>>,
    judgements: Judgements,
    /// By record, the number that its entity has if no record of it has a lower one; no two records have the same.
    labels: Vec<u64>,
    next_label: u64,
    /// By record, what it is of.
    entities: Vec<EntityId>,
    members: FxHashMap<EntityId, SmallVec<[u32; 4]>>,
}

impl Live {
    /// Takes over a table, its linkage and the options that it was made with. Takes about as long as reading the table did.
    ///
    /// # Errors
    /// When a setting is no probability.
    pub fn new(table: Table, linkage: Linkage, options: &Options) -> Result<Self, ResolveError> {
        let bits = |probability: f64| {
            let fits = probability > 0.0 && probability < 1.0;
            fits.then(|| single((probability / (1.0 - probability)).log2()))
                .ok_or(ResolveError::Thresholds { threshold: options.threshold, review: options.floor })
        };
        let (threshold, floor) = (bits(options.threshold)?, bits(options.floor.min(options.threshold))?);
        let (mut data, learnt, pairs, resolved, rules) = linkage.into_parts();
        data.fields = fields_to_add_to(&table);
        data.make_room();
        let indexes = rules.into_par_iter().map(|rule| Index::new(&data, rule)).collect();
        let (resolved_starts, resolved_rows) = by_cluster(&resolved);
        let mut labels: Vec<u64> = (0..data.rows as u64).collect();
        labels.reserve(labels.len() / 8 + 1024);
        let mut live = Self {
            rarest: data.rarest(),
            next_label: labels.len() as u64,
            entities: Vec::with_capacity(labels.capacity()),
            table,
            data,
            learnt,
            options: options.clone(),
            threshold,
            floor,
            indexes,
            pairs,
            resolved,
            resolved_starts,
            resolved_rows,
            added: Vec::new(),
            by_id: FxHashMap::default(),
            gone: FxHashSet::default(),
            bonds: FxHashMap::default(),
            judgements: Judgements::default(),
            labels,
            members: FxHashMap::default(),
        };
        live.found_entities();
        Ok(live)
    }

    /// Gives every cluster of the table the number of its first record.
    fn found_entities(&mut self) {
        self.entities = vec![EntityId(0); self.data.rows];
        self.entities.reserve(self.data.rows / 8 + 1024);
        self.members = FxHashMap::with_capacity_and_hasher(self.resolved_starts.len() + self.resolved_starts.len() / 4 + 1024, rustc_hash::FxBuildHasher);
        for bounds in self.resolved_starts.windows(2) {
            let [from, to] = bounds else { continue };
            let rows = self.resolved_rows.get(*from as usize..*to as usize).unwrap_or_default();
            let Some(id) = rows.iter().filter_map(|row| self.labels.get(*row as usize)).min().map(|label| EntityId(*label)) else { continue };
            for row in rows {
                if let Some(entity) = self.entities.get_mut(*row as usize) {
                    *entity = id;
                }
            }
            self.members.insert(id, SmallVec::from_slice(rows));
        }
    }

    /// Records, removed ones left out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.data.rows - self.gone.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Entities.
    #[must_use]
    pub fn entities(&self) -> usize {
        self.members.len()
    }

    /// What a record is of.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn entity(&self, id: &str) -> Result<EntityId, ResolveError> {
        Ok(self.entity_of(self.row(id)?))
    }

    /// Ids of the records of an entity, in order; none where there is no such entity (any more).
    #[must_use]
    pub fn records(&self, entity: EntityId) -> Vec<&str> {
        let mut ids: Vec<&str> = self.members.get(&entity).into_iter().flatten().map(|row| self.id(*row)).collect();
        ids.sort_unstable();
        ids
    }

    /// Records that may be of the same thing as this one, from the floor of the options on, the likeliest first. The
    /// record leaves no trace.
    ///
    /// # Errors
    /// When it names a column that there is not.
    pub fn candidates(&mut self, record: &NewRecord) -> Result<Vec<LiveMatch>, ResolveError> {
        self.with(record, |live, row| {
            let scorer = live.scorer();
            let found = live.weigh(&scorer, row, record.source);
            found
                .into_iter()
                .map(|(other, weight)| LiveMatch { id: live.id(other).to_owned(), entity: live.entity_of(other), weight, probability: probability(weight) })
                .collect()
        })
    }

    /// How the weight of a new record with one that is there comes about. The record leaves no trace.
    ///
    /// # Errors
    /// When it names a column that there is not, or there is no record of that id.
    pub fn explain(&mut self, record: &NewRecord, id: &str) -> Result<Waterfall, ResolveError> {
        let other = self.row(id)?;
        self.with(record, |live, row| {
            let mut told = waterfall(&live.table, &live.scorer(), row, other);
            for (feature, field) in told.features.iter_mut().zip(&live.data.fields) {
                feature.left = live.words(record, &field.columns);
                if let Some(added) = live.added_record(other) {
                    feature.right = live.words(added, &field.columns);
                }
            }
            told
        })
    }

    /// The weight of two records that are there, field by field.
    ///
    /// # Errors
    /// When there is no record of such an id.
    pub fn explain_pair(&self, a: &str, b: &str) -> Result<Waterfall, ResolveError> {
        let (a, b) = (self.row(a)?, self.row(b)?);
        let mut told = waterfall(&self.table, &self.scorer(), a, b);
        for (feature, field) in told.features.iter_mut().zip(&self.data.fields) {
            for (row, text) in [(a, &mut feature.left), (b, &mut feature.right)] {
                if let Some(added) = self.added_record(row) {
                    *text = self.words(added, &field.columns);
                }
            }
        }
        Ok(told)
    }

    /// The probability that a record would have with another that is the same in everything. Below the threshold, the
    /// record says too little for anything to be linked with it.
    ///
    /// # Errors
    /// When it names a column that there is not.
    pub fn reach(&mut self, record: &NewRecord) -> Result<f64, ResolveError> {
        self.with(record, |live, row| probability(live.scorer().bits(row, row)))
    }

    /// Whether nothing could be linked with a record, not even its like.
    ///
    /// # Errors
    /// When it names a column that there is not.
    pub fn unlinkable(&mut self, record: &NewRecord) -> Result<bool, ResolveError> {
        let threshold = self.options.threshold;
        Ok(self.reach(record)? < threshold)
    }

    /// Does something with a record as if it had been added.
    fn with<T>(&mut self, record: &NewRecord, ask: impl FnOnce(&Self, u32) -> T) -> Result<T, ResolveError> {
        let variants = self.encode(record)?;
        let added = self.data.push(&variants, &self.rarest);
        let answer = ask(self, added.row);
        self.data.pop(&added);
        self.settle_codes(false);
        Ok(answer)
    }

    /// Variants of all fields of a record.
    fn encode(&mut self, record: &NewRecord) -> Result<Vec<Vec<Vec<u32>>>, ResolveError> {
        let columns = &self.table.columns;
        if let Some((column, _)) = record.values.iter().find(|(name, _)| !columns.iter().any(|column| column.name == *name)) {
            let known = columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(ResolveError::UnknownColumn { column: column.clone(), known });
        }
        let values = |column: &usize| -> Option<Values<'_>> {
            let column = columns.get(*column)?;
            let mut texts: Vec<&str> = Vec::new();
            for text in record.values.iter().filter(|(name, _)| *name == column.name).map(|(_, value)| value.trim()) {
                if !text.is_empty() && !texts.contains(&text) {
                    texts.push(text);
                }
            }
            Some((column.kind, texts))
        };
        Ok(self.data.fields.iter_mut().map(|field| field.compare.encode(&field.columns.iter().filter_map(values).collect::<Vec<_>>())).collect())
    }

    /// Keeps or forgets the codes of values that came since the last time.
    fn settle_codes(&mut self, keep: bool) {
        for field in &mut self.data.fields {
            field.compare.settle(keep);
        }
    }

    /// Candidates of a record and their weights from the floor on, the likeliest first, then by id.
    fn weigh(&self, scorer: &Scorer<'_>, row: u32, source: u8) -> Vec<(u32, f32)> {
        let mut found: Vec<(u32, f32)> = candidates::candidates(&self.data, &self.indexes, row)
            .into_iter()
            .filter(|other| !(self.gone.contains(other) || self.options.between_sources && self.source(*other) == source))
            .map(|other| (other, scorer.bits(other, row)))
            .filter(|(_, bits)| *bits >= self.floor)
            .collect();
        found.sort_by(|(a, one), (b, other)| other.total_cmp(one).then_with(|| self.id(*a).cmp(self.id(*b))));
        found
    }

    fn scorer(&self) -> Scorer<'_> {
        Scorer::new(&self.data, self.learnt.clone())
    }

    /// The row of a record that is there.
    fn row(&self, id: &str) -> Result<u32, ResolveError> {
        let row = self.by_id.get(id).copied().or_else(|| self.table.row(id));
        row.filter(|row| !self.gone.contains(row)).ok_or_else(|| ResolveError::UnknownRecord(id.to_owned()))
    }

    fn id(&self, row: u32) -> &str {
        self.added_record(row).map_or_else(|| self.table.id(row), |record| record.id.as_str())
    }

    /// A record that came after the table.
    fn added_record(&self, row: u32) -> Option<&NewRecord> {
        self.added.get((row as usize).checked_sub(self.resolved.len())?)
    }

    fn source(&self, row: u32) -> u8 {
        self.added_record(row).map_or_else(|| crate::at::of(&self.table.sources, row), |record| record.source)
    }

    fn entity_of(&self, row: u32) -> EntityId {
        self.entities.get(row as usize).copied().unwrap_or(EntityId(u64::from(NONE)))
    }

    /// What a record has in columns.
    fn words(&self, record: &NewRecord, columns: &[usize]) -> String {
        let names = columns.iter().filter_map(|column| self.table.columns.get(*column));
        let values = names.flat_map(|column| record.values.iter().filter(|(name, _)| *name == column.name).map(|(_, value)| value.trim()));
        values.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Where the records of each cluster begin, and the records.
fn by_cluster(clusters: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let most = clusters.iter().max().map_or(0, |most| *most as usize + 1);
    let mut starts = vec![0_u32; most + 1];
    for cluster in clusters {
        if let Some(count) = starts.get_mut(*cluster as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut rows = vec![0_u32; clusters.len()];
    for (row, cluster) in (0_u32..).zip(clusters) {
        if let Some(place) = next.get_mut(*cluster as usize) {
            if let Some(slot) = rows.get_mut(*place as usize) {
                *slot = row;
            }
            *place += 1;
        }
    }
    (starts, rows)
}
