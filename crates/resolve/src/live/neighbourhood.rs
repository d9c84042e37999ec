//! What has to be looked at again when something changes.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::live::{
    Live, Verdict,
    partition::{Bond, Neighbourhood, same},
};

impl Live {
    /// All records that could be of one cluster with some, and those that are.
    pub(super) fn neighbourhood(&self, start: &[u32]) -> Neighbourhood {
        let mut seen: FxHashSet<u32> = start.iter().copied().filter(|row| !self.gone.contains(row)).collect();
        let mut stack: Vec<u32> = seen.iter().copied().collect();
        let mut units: BTreeSet<u32> = BTreeSet::new();
        while let Some(row) = stack.pop() {
            let mut meet = |other: u32| {
                if !self.gone.contains(&other) && seen.insert(other) {
                    stack.push(other);
                }
            };
            if let Some(unit) = self.resolved.get(row as usize).copied().filter(|unit| units.insert(*unit)) {
                self.resolved_as(unit).iter().for_each(|other| meet(*other));
            }
            self.strong(row).for_each(|(other, _)| meet(other));
            self.members.get(&self.entity_of(row)).into_iter().flatten().for_each(|other| meet(*other));
            if !self.judgements.is_empty() {
                let same = self.judgements.of(self.id(row)).into_iter().filter(|(_, verdict)| *verdict == Verdict::Same);
                same.filter_map(|(other, _)| self.row(other).ok()).for_each(&mut meet);
            }
        }
        let mut rows: Vec<u32> = seen.into_iter().collect();
        rows.sort_by(|a, b| self.id(*a).cmp(self.id(*b)));
        let places: FxHashMap<u32, usize> = rows.iter().enumerate().map(|(place, row)| (*row, place)).collect();
        let mut found = Neighbourhood { rows, ..Neighbourhood::default() };
        self.judged(&places, &mut found);
        for unit in units {
            self.bonds_of(unit, &places, &mut found);
        }
        for (place, row) in found.rows.iter().enumerate() {
            for (other, bits) in self.strong(*row) {
                if let Some(other_place) = places.get(&other).filter(|other| **other > place) {
                    let bond = if same(&self.data, *row, other) { Bond::Identical } else { Bond::Weight(bits) };
                    found.bonds.push((place, *other_place, bond));
                }
            }
        }
        found
    }

    /// Records of the table that were resolved to be of one cluster.
    pub(super) fn resolved_as(&self, unit: u32) -> &[u32] {
        let bound = |place: u32| self.resolved_starts.get(place as usize).copied().unwrap_or(0) as usize;
        self.resolved_rows.get(bound(unit)..bound(unit + 1)).unwrap_or_default()
    }

    /// Pairs of a record with which one of the two came later, from the threshold on.
    pub(super) fn strong(&self, row: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.bonds.get(&row).into_iter().flatten().copied().filter(|(_, bits)| *bits >= self.threshold)
    }

    /// The pairs of a record of the table with later ones of it, from the floor on.
    pub(super) fn pairs_from(&self, row: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let from = self.pairs.partition_point(|pair| pair.a < row);
        self.pairs.get(from..).unwrap_or_default().iter().take_while(move |pair| pair.a == row).map(|pair| (pair.b, pair.weight))
    }

    /// What people said of pairs within the neighbourhood.
    fn judged(&self, places: &FxHashMap<u32, usize>, found: &mut Neighbourhood) {
        if self.judgements.is_empty() {
            return;
        }
        for (place, row) in found.rows.iter().enumerate() {
            for (other, verdict) in self.judgements.of(self.id(*row)) {
                let Some(other) = self.row(other).ok().and_then(|row| places.get(&row).copied()).filter(|other| *other > place) else { continue };
                match verdict {
                    Verdict::Same => found.bonds.push((place, other, Bond::Judged)),
                    Verdict::Different => found.apart.push((place, other)),
                    Verdict::Unsure => {}
                }
            }
        }
    }

    /// What holds the records of a resolved cluster together: that it was resolved; or, where one was removed or a person
    /// says that two are different, the pairs that made it.
    fn bonds_of(&self, unit: u32, places: &FxHashMap<u32, usize>, found: &mut Neighbourhood) {
        let rows = self.resolved_as(unit);
        let Neighbourhood { bonds, apart, .. } = found;
        let here = |row: u32| places.get(&row).copied();
        let inside: Vec<usize> = rows.iter().filter_map(|row| here(*row)).collect();
        if inside.len() == rows.len() && !apart.iter().any(|(a, b)| inside.contains(a) && inside.contains(b)) {
            bonds.extend(inside.windows(2).filter_map(|pair| if let [a, b] = pair { Some(((*a).min(*b), (*a).max(*b), Bond::Resolved)) } else { None }));
            return;
        }
        for (place, row) in rows.iter().enumerate() {
            let Some(one) = here(*row) else { continue };
            for (other, bits) in self.pairs_from(*row).filter(|(other, bits)| rows.contains(other) && *bits >= self.threshold) {
                if let Some(other) = here(other) {
                    bonds.push((one.min(other), one.max(other), Bond::Weight(bits)));
                }
            }
            // Of many that are the same, the table keeps the pairs of one only.
            for next in rows.iter().skip(place + 1).filter(|next| same(&self.data, *row, **next)).take(1) {
                if let Some(other) = here(*next) {
                    bonds.push((one.min(other), one.max(other), Bond::Identical));
                }
            }
        }
    }
}
