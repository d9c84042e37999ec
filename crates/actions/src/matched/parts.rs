//! Clusters in the making, under what people said.

use std::collections::BTreeMap;

use candour_model::judgement::Verdict;

use super::{Pair, Reason, Said};

/// Records joined so far.
pub(crate) struct Parts {
    /// Parent by place; a root is its own.
    parents: BTreeMap<u32, u32>,
    /// By root: its members.
    members: BTreeMap<u32, Vec<u32>>,
    /// By root: the families that all of its members belong to.
    families: BTreeMap<u32, Vec<&'static str>>,
    /// By record: those that people called different from it.
    apart: BTreeMap<u32, Vec<u32>>,
}

impl Parts {
    /// Each record by itself, with the families it belongs to, but for those that people called the same.
    pub(crate) fn new(records: impl Iterator<Item = (u32, Vec<&'static str>)>, said: &Said) -> Self {
        let families: BTreeMap<u32, Vec<&'static str>> = records.collect();
        let parents: BTreeMap<u32, u32> = families.keys().map(|place| (*place, *place)).collect();
        let members = parents.keys().map(|place| (*place, vec![*place])).collect();
        let mut parts = Self { parents, members, families, apart: BTreeMap::new() };
        for (pair, verdict) in said {
            match verdict {
                Verdict::Same => parts.merge(*pair),
                Verdict::Different => {
                    parts.apart.entry(pair.0).or_default().push(pair.1);
                    parts.apart.entry(pair.1).or_default().push(pair.0);
                }
                Verdict::Unsure => {}
            }
        }
        parts
    }

    /// Joins the clusters of two records, unless a person's word or their kinds forbid it.
    pub(crate) fn join(&mut self, pair: Pair) -> Result<(), Reason> {
        let (a, b) = (self.root(pair.0), self.root(pair.1));
        if a == b {
            return Ok(());
        }
        if self.common(a, b).is_empty() {
            return Err(Reason::OtherKind);
        }
        let (smaller, larger) = if self.size(a) < self.size(b) { (a, b) } else { (b, a) };
        let members = self.members.get(&smaller).cloned().unwrap_or_default();
        let foes: Vec<u32> = members.iter().filter_map(|member| self.apart.get(member)).flatten().copied().collect();
        if foes.into_iter().any(|foe| self.root(foe) == larger) {
            return Err(Reason::Judged);
        }
        self.merge(pair);
        Ok(())
    }

    /// Clusters of more than one record.
    pub(crate) fn clusters(&self) -> usize {
        self.members.values().filter(|members| members.len() > 1).count()
    }

    fn merge(&mut self, pair: Pair) {
        let (a, b) = (self.root(pair.0), self.root(pair.1));
        if a == b || !self.members.contains_key(&a) || !self.members.contains_key(&b) {
            return;
        }
        let (kept, gone) = if self.size(a) < self.size(b) { (b, a) } else { (a, b) };
        let common = self.common(a, b);
        self.families.insert(kept, common);
        let moved = self.members.remove(&gone).unwrap_or_default();
        self.members.entry(kept).or_default().extend(moved);
        self.parents.insert(gone, kept);
    }

    fn common(&self, a: u32, b: u32) -> Vec<&'static str> {
        let of = |root: u32| self.families.get(&root).map(Vec::as_slice).unwrap_or_default();
        of(a).iter().filter(|family| of(b).contains(family)).copied().collect()
    }

    fn size(&self, root: u32) -> usize {
        self.members.get(&root).map_or(0, Vec::len)
    }

    fn root(&self, mut place: u32) -> u32 {
        // The smaller part goes under the larger, so that the way up is short.
        while let Some(parent) = self.parents.get(&place).filter(|parent| **parent != place) {
            place = *parent;
        }
        place
    }
}
