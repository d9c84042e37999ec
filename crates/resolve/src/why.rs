//! Why two records are in one cluster, and what would have changed the verdict on a pair.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    at::at,
    linkage::Linkage,
    model::{Rarities, says},
    scorer::{Scorer, probability},
};

/// What holds two neighbours of a path together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A person says that they are the same.
    Judged,
    /// The match weight of the two.
    Weight(f32),
}

impl Link {
    fn bits(self) -> f32 {
        match self {
            Self::Judged => f32::INFINITY,
            Self::Weight(bits) => bits,
        }
    }
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathStep {
    /// Id of the record that it leads from.
    pub from: String,
    /// Id of the record that it leads to.
    pub to: String,
    /// What holds the two together.
    pub link: Link,
}

/// The path between two records whose weakest link is the strongest there is: along the tree of strongest links (Kruskal,
/// "On the shortest spanning subtree of a graph", Proceedings of the American Mathematical Society 7, 1956; the widest
/// path lies in it). Empty where both are one; `None` where nothing leads from one to the other.
pub(crate) fn strongest_path(links: &[(u32, u32, Link)], from: u32, to: u32) -> Option<Vec<(u32, u32, Link)>> {
    let mut sorted: Vec<&(u32, u32, Link)> = links.iter().collect();
    sorted.sort_by(|one, other| other.2.bits().total_cmp(&one.2.bits()).then_with(|| (one.0, one.1).cmp(&(other.0, other.1))));
    let mut root: FxHashMap<u32, u32> = FxHashMap::default();
    let mut tree: FxHashMap<u32, Vec<(u32, Link)>> = FxHashMap::default();
    for (a, b, link) in sorted {
        if find(&mut root, from) == find(&mut root, to) {
            break;
        }
        let (one, other) = (find(&mut root, *a), find(&mut root, *b));
        if one != other {
            root.insert(one.max(other), one.min(other));
            tree.entry(*a).or_default().push((*b, *link));
            tree.entry(*b).or_default().push((*a, *link));
        }
    }
    // In a tree there is one way only, so that whatever is met first is on it.
    let mut came: FxHashMap<u32, (u32, Link)> = FxHashMap::default();
    let mut stack = vec![to];
    while let Some(row) = stack.pop().filter(|row| *row != from) {
        for (next, link) in tree.get(&row).into_iter().flatten() {
            if *next != to && !came.contains_key(next) {
                came.insert(*next, (row, *link));
                stack.push(*next);
            }
        }
    }
    let (mut path, mut row) = (Vec::new(), from);
    while row != to {
        let (next, link) = came.get(&row)?;
        path.push((row, *next, *link));
        row = *next;
    }
    Some(path)
}

fn find(root: &mut FxHashMap<u32, u32>, row: u32) -> u32 {
    let mut at = row;
    while let Some(next) = root.get(&at).copied().filter(|next| *next != at) {
        at = next;
    }
    if at != row {
        root.insert(row, at);
    }
    at
}

impl Linkage {
    /// How two records of one cluster hang together, by their places in the table: the path whose weakest link is the
    /// strongest. `None` where they are of different clusters.
    #[must_use]
    pub fn path(&self, a: u32, b: u32) -> Option<Vec<(u32, u32, f32)>> {
        let cluster = |row: u32| self.clusters.get(row as usize);
        let wanted = cluster(a).filter(|one| Some(*one) == cluster(b))?;
        let inside = self.pairs.iter().filter(|pair| cluster(pair.a) == Some(wanted) && cluster(pair.b) == Some(wanted));
        let links: Vec<(u32, u32, Link)> = inside.map(|pair| (pair.a, pair.b, Link::Weight(pair.weight))).collect();
        Some(strongest_path(&links, a, b)?.into_iter().map(|(from, to, link)| (from, to, link.bits())).collect())
    }

    /// What would have changed the verdict on two records at a threshold, the smallest change first.
    #[must_use]
    pub fn turning_points(&self, a: u32, b: u32, threshold: f64) -> Vec<TurningPoint> {
        turning_points(&self.scorer(), a, b, threshold)
    }
}

/// A change of one field that would turn the verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TurningPoint {
    /// The field.
    pub field: String,
    /// What is found of it.
    pub now: String,
    /// What would have to be found.
    pub instead: String,
    /// The match weight then, in bits.
    pub weight: f32,
    /// The probability then.
    pub probability: f64,
    /// All this in words.
    pub says: String,
}

/// The smallest change of each field that turns the verdict on two records: of those that change the fewest parts of what
/// is compared the one that moves the weight least. Where values would have to agree, those of the first record are taken.
pub(crate) fn turning_points(scorer: &Scorer<'_>, a: u32, b: u32, threshold: f64) -> Vec<TurningPoint> {
    let data = scorer.data;
    let (left, right) = (data.row(a), data.row(b));
    let bits_of = |place: usize, cell: u8| scorer.learnt.match_bits.get(place).map_or(0.0, |bits| at(bits, cell as usize));
    let kin_of = |place: usize, cell: u8| scorer.learnt.kin_bits.get(place).map_or(0.0, |bits| at(bits, cell as usize));
    let found: Vec<_> = scorer.found(a, b).collect();
    let (mut one, mut kin) = (scorer.prior(), 0.0);
    for (place, found) in found.iter().enumerate() {
        one += bits_of(place, found.cell) + found.rare;
        kin += kin_of(place, found.cell) + found.rare_shared;
    }
    let before = probability(one - scorer.household(kin));
    let mut turning: Vec<(usize, f32, TurningPoint)> = Vec::new();
    for (place, ((field, cells), found)) in data.fields.iter().zip(&scorer.cells).zip(&found).enumerate() {
        let rarities = Rarities::new(field, cells);
        let steps = cells.steps(found.cell);
        let best = (0..cells.len)
            .filter_map(|cell| u8::try_from(cell).ok())
            .filter(|cell| *cell != found.cell && possible(field.compare.factors(), steps, cells.steps(*cell)))
            .filter_map(|cell| {
                let changed = steps.iter().zip(cells.steps(cell)).filter(|(now, then)| **now != *then).count();
                // What is newly shared is the first record's; what was shared before is what both have.
                let then = rarities.found(data, cell, left, if at(&cells.steps(cell), 0) == 0 { left } else { right });
                let one = one - bits_of(place, found.cell) - found.rare + bits_of(place, cell) + then.rare;
                let kin = kin - kin_of(place, found.cell) - found.rare_shared + kin_of(place, cell) + then.rare_shared;
                let weight = one - scorer.household(kin);
                let turns = (probability(weight) >= threshold) != (before >= threshold);
                turns.then_some((changed, weight, cell))
            })
            .min_by(|(fewer, one, a), (more, other, b)| {
                let moved = |weight: f32| (probability(weight) - before).abs();
                fewer.cmp(more).then_with(|| moved(*one).total_cmp(&moved(*other))).then_with(|| a.cmp(b))
            });
        if let Some((changed, weight, cell)) = best {
            let (now, instead) = (says(field.compare.as_ref(), cells, found.cell), says(field.compare.as_ref(), cells, cell));
            let probability = probability(weight);
            let says = format!("if {} were: {instead} (not: {now}), the probability would be {probability:.2}, not {before:.2}", field.name);
            turning.push((changed, weight, TurningPoint { field: field.name.clone(), now, instead, weight, probability, says }));
        }
    }
    turning.sort_by(|(fewer, one, a), (more, other, b)| {
        let moved = |weight: f32| (probability(weight) - before).abs();
        fewer.cmp(more).then_with(|| moved(*one).total_cmp(&moved(*other))).then_with(|| a.field.cmp(&b.field))
    });
    turning.into_iter().map(|(_, _, point)| point).collect()
}

/// Whether one change leads from one combination of steps to another: steps that stand for several factors at once (names
/// swapped) come and go together, and nothing that is not known becomes known.
fn possible(factors: &[crate::field::Factor], now: crate::field::Steps, then: crate::field::Steps) -> bool {
    use crate::field::{MISSING, Rate};
    let step = |steps: crate::field::Steps, place: usize| factors.get(place).and_then(|factor| factor.steps.get(at(&steps, place) as usize));
    let together =
        |steps: crate::field::Steps| (0..factors.len()).any(|place| step(steps, place).is_some_and(|step| matches!(step.rate, Rate::First | Rate::Lesser(_))));
    let learns = now.iter().zip(then).any(|(now, then)| *now == MISSING && then != MISSING);
    !learns && !together(then)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths() {
        let link = |a, b, bits| (a, b, Link::Weight(bits));
        let links = [link(1, 2, 9.0), link(2, 3, 4.0), link(1, 3, 3.0), link(3, 4, 8.0), (4, 5, Link::Judged), link(7, 8, 9.0)];
        let rows = |path: Option<Vec<(u32, u32, Link)>>| path.map(|path| path.iter().map(|(_, to, _)| *to).collect::<Vec<_>>());
        assert_eq!(rows(strongest_path(&links, 1, 5)), Some(vec![2, 3, 4, 5]));
        assert_eq!(rows(strongest_path(&links, 4, 4)), Some(Vec::new()));
        assert_eq!(rows(strongest_path(&links, 1, 8)), None);
    }

    proptest! {
        /// No path has a stronger weakest link.
        #[test]
        fn the_weakest_link_is_the_strongest(pairs in prop::collection::vec((0_u32..7, 0_u32..7, 0_u8..20), 1..16)) {
            let links: Vec<(u32, u32, Link)> = pairs.iter().filter(|(a, b, _)| a != b).map(|(a, b, bits)| (*a, *b, Link::Weight(f32::from(*bits)))).collect();
            let joined_from = |least: f32| {
                let mut reached = std::collections::BTreeSet::from([0_u32]);
                for _ in 0..7 {
                    for (a, b, link) in links.iter().filter(|(_, _, link)| link.bits() >= least) {
                        let _ = link;
                        if reached.contains(a) || reached.contains(b) {
                            reached.extend([*a, *b]);
                        }
                    }
                }
                reached.contains(&6)
            };
            match strongest_path(&links, 0, 6) {
                None => prop_assert!(!joined_from(0.0)),
                Some(path) => {
                    let weakest = path.iter().map(|(_, _, link)| link.bits()).fold(f32::INFINITY, f32::min);
                    prop_assert!(joined_from(weakest) && !joined_from(weakest + 0.5));
                }
            }
        }
    }
}
