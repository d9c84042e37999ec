//! Which pairs are proposed, and the clusters they make: connected components, with a guard at every joining.

use crate::{
    compare::{Conflict, conflict},
    prepared::Prepared,
};

/// Clusters in the making.
pub(crate) struct Clusters<'r> {
    records: &'r [Prepared],
    parents: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl<'r> Clusters<'r> {
    pub(crate) fn new(records: &'r [Prepared]) -> Self {
        let parents: Vec<u32> = (0..).take(records.len()).collect();
        Self { records, members: parents.iter().map(|position| vec![*position]).collect(), parents }
    }

    /// Joins the clusters of two records, unless a record of the one is in conflict with one of the other.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> Result<(), Conflict> {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return Ok(());
        }
        if let Some(conflict) = self.conflict(a, b) {
            return Err(conflict);
        }
        let (kept, gone) = (a.min(b), a.max(b));
        let moved = self.members.get_mut(gone as usize).map(std::mem::take).unwrap_or_default();
        for member in &moved {
            if let Some(parent) = self.parents.get_mut(*member as usize) {
                *parent = kept;
            }
        }
        if let Some(members) = self.members.get_mut(kept as usize) {
            members.extend(moved);
        }
        Ok(())
    }

    fn conflict(&self, a: u32, b: u32) -> Option<Conflict> {
        let records = |root: u32| self.members.get(root as usize).into_iter().flatten().filter_map(|member| self.records.get(*member as usize));
        records(a).flat_map(|left| records(b).filter_map(move |right| conflict(left, right))).min()
    }

    fn root(&self, position: u32) -> u32 {
        self.parents.get(position as usize).copied().unwrap_or(position)
    }

    /// Keys of the members of each cluster of more than one, ascending.
    pub(crate) fn finish(self) -> Vec<Vec<u32>> {
        let keys = |members: Vec<u32>| {
            let mut keys: Vec<u32> = members.iter().filter_map(|member| self.records.get(*member as usize)).map(|record| record.key).collect();
            keys.sort_unstable();
            keys
        };
        let mut clusters: Vec<Vec<u32>> = self.members.into_iter().filter(|members| members.len() > 1).map(keys).collect();
        clusters.sort_unstable();
        clusters
    }
}
