//! Learning anew from all records, and coming back from what was kept: numbers and judgements live on.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    error::ResolveError,
    linkage::{Linkage, Options, link},
    live::{
        Change, EntityId, Judgement, JudgementId, Live, Verdict,
        entity::{Step, events},
        judgement::Judgements,
    },
    table::{Table, TableBuilder},
};

/// What has to be kept beside the records themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// By record's id, the number it founded or carries on, and the number of its entity.
    pub records: BTreeMap<String, (u64, EntityId)>,
    /// The next number.
    pub next_entity: u64,
    /// The judgements that stand.
    pub judgements: Vec<(JudgementId, Judgement)>,
    /// The next number of a judgement.
    pub next_judgement: u64,
}

impl Live {
    /// What has to be kept, beside the records, to come back to the same numbers and judgements.
    #[must_use]
    pub fn saved(&self) -> Saved {
        Saved {
            records: self.rows().map(|row| (self.id(row).to_owned(), (self.label(row), self.entity_of(row)))).collect(),
            next_entity: self.next_label,
            judgements: self.judgements.iter().map(|(id, judgement)| (id, judgement.clone())).collect(),
            next_judgement: self.judgements.next(),
        }
    }

    /// Takes over a table that was resolved anew, with the numbers and judgements of before: a cluster keeps the number of
    /// the entity that most of its records were of.
    ///
    /// # Errors
    /// When a setting is no probability.
    pub fn restore(table: Table, linkage: Linkage, options: &Options, saved: &Saved) -> Result<(Self, Change), ResolveError> {
        let mut live = Self::new(table, linkage, options)?;
        live.judgements = Judgements::restored(saved.next_judgement, saved.judgements.iter().cloned());
        live.next_label = live.next_label.max(saved.next_entity);
        let mut contradicted = Vec::new();
        let judged: BTreeSet<&str> = saved
            .judgements
            .iter()
            .filter(|(_, judgement)| judgement.verdict != Verdict::Unsure)
            .flat_map(|(_, judgement)| [judgement.a.as_str(), judgement.b.as_str()])
            .collect();
        for record in judged {
            if let Ok(row) = live.row(record) {
                contradicted.extend(live.rework(&[row], None).contradicted);
            }
        }
        contradicted.sort();
        contradicted.dedup();
        live.number(saved);
        let all: BTreeSet<&str> = live.rows().map(|row| live.id(row)).chain(saved.records.keys().map(String::as_str)).collect();
        let steps: Vec<Step<'_>> = all
            .into_iter()
            .map(|record| Step { record, before: saved.records.get(record).map(|(_, entity)| *entity), after: live.entity(record).ok() })
            .collect();
        let events = events(&steps);
        Ok((live, Change { events, contradicted }))
    }

    /// Learns anew from all records that are there.
    ///
    /// # Errors
    /// When there is nothing left to compare.
    pub fn rerun(&mut self) -> Result<Change, ResolveError> {
        let saved = self.saved();
        let options = self.options.clone();
        let table = self.all_records()?;
        let linkage = link(&table, &options)?;
        let (live, change) = Self::restore(table, linkage, &options, &saved)?;
        *self = live;
        Ok(change)
    }

    /// Rows of records that are there.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.data.rows).filter_map(|row| u32::try_from(row).ok()).filter(|row| !self.gone.contains(row))
    }

    /// A table of all records that are there.
    fn all_records(&self) -> Result<Table, ResolveError> {
        let columns: Vec<_> = self.table.columns.iter().map(|column| (column.name.as_str(), column.kind)).collect();
        let mut builder = TableBuilder::new(&columns);
        for row in self.rows() {
            builder.record(self.id(row), self.source(row))?;
            match self.added_record(row) {
                Some(record) => {
                    for (name, value) in &record.values {
                        if let Some(column) = columns.iter().position(|(column, _)| column == name) {
                            builder.value(column, value);
                        }
                    }
                }
                None => (0..columns.len()).for_each(|column| self.table.values(column, row).for_each(|value| builder.value(column, value))),
            }
        }
        Ok(builder.build())
    }

    /// Gives clusters the numbers that most of their records had, the largest overlap first.
    fn number(&mut self, saved: &Saved) {
        let mut overlaps: BTreeMap<(EntityId, EntityId), usize> = BTreeMap::new();
        for row in self.rows() {
            if let Some((_, old)) = saved.records.get(self.id(row)) {
                *overlaps.entry((*old, self.entity_of(row))).or_default() += 1;
            }
        }
        let mut order: Vec<((EntityId, EntityId), usize)> = overlaps.into_iter().collect();
        // Of equal ones the older first; which of the new ones is told by its oldest record, as their numbers here are.
        order.sort_by(|(one, many), (other, few)| few.cmp(many).then_with(|| one.cmp(other)));
        let mut given: FxHashMap<EntityId, EntityId> = FxHashMap::default();
        let mut used: BTreeSet<EntityId> = BTreeSet::new();
        for ((old, new), _) in order {
            if !used.contains(&old) && !given.contains_key(&new) {
                used.insert(old);
                given.insert(new, old);
            }
        }
        let clusters = std::mem::take(&mut self.members);
        let mut clusters: Vec<_> = clusters.into_iter().collect();
        clusters.sort_unstable_by_key(|(id, _)| *id);
        for (new, rows) in clusters {
            let id = given.get(&new).copied().unwrap_or_else(|| self.mint());
            // The record that carries the number: the one that did, or the first.
            let label = |row: &u32| saved.records.get(self.id(*row)).map(|(label, _)| *label);
            let bearer = rows.iter().copied().find(|row| label(row) == Some(id.0)).or_else(|| rows.iter().copied().min());
            let kept: Vec<Option<u64>> = rows.iter().map(|row| label(row).filter(|label| *label > id.0 && !used.contains(&EntityId(*label)))).collect();
            for (row, kept) in rows.iter().zip(kept) {
                let label = if Some(*row) == bearer { id.0 } else { kept.unwrap_or_else(|| self.mint().0) };
                if let (Some(slot), Some(entity)) = (self.labels.get_mut(*row as usize), self.entities.get_mut(*row as usize)) {
                    *slot = label;
                    *entity = id;
                }
            }
            self.members.insert(id, rows);
        }
    }

    fn mint(&mut self) -> EntityId {
        let id = EntityId(self.next_label);
        self.next_label += 1;
        id
    }
}
