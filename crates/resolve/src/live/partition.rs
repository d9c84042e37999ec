//! How the records of a neighbourhood fall into clusters: a function of the records, their pairs and the judgements on
//! them, and of nothing else. So whatever is taken back is taken back exactly, and the order in which things came plays
//! no part.

use crate::{cluster::contradiction, data::Data, scorer::Scorer};

/// What joins two records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bond {
    /// The resolution of the table found them to be of one cluster.
    Resolved,
    /// A person says so.
    Judged,
    /// They are the same in all that is compared.
    Identical,
    /// Their weight.
    Weight(f32),
}

impl Bond {
    /// Those that join first have the lower rank.
    fn rank(self) -> (u8, f32) {
        match self {
            Self::Resolved => (0, 0.0),
            Self::Judged => (1, 0.0),
            Self::Identical => (2, 0.0),
            Self::Weight(bits) => (3, -bits),
        }
    }
}

/// A neighbourhood.
#[derive(Debug, Default)]
pub(crate) struct Neighbourhood {
    /// Its records, in the order of their ids.
    pub(crate) rows: Vec<u32>,
    /// By place in `rows`.
    pub(crate) bonds: Vec<(usize, usize, Bond)>,
    /// Pairs, by place, that a person says are different.
    pub(crate) apart: Vec<(usize, usize)>,
}

/// Rules that a join has to obey.
pub(crate) struct Guards<'g> {
    pub(crate) threshold: f32,
    pub(crate) share: f32,
    /// Sources by record, where each is known to hold nothing twice.
    pub(crate) clean: Option<&'g dyn Fn(u32) -> u8>,
}

/// What came out: clusters as places in `rows`, and judgements that could not be followed.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) clusters: Vec<Vec<usize>>,
    pub(crate) contradicted: Vec<(usize, usize)>,
}

/// Lets a neighbourhood fall into clusters.
pub(crate) fn part(scorer: &Scorer<'_>, neighbourhood: &mut Neighbourhood, guards: &Guards<'_>) -> Parts {
    let Neighbourhood { rows, bonds, apart } = neighbourhood;
    bonds.sort_by(|(a, b, one), (c, d, other)| {
        let (one, other) = (one.rank(), other.rank());
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then((a, b).cmp(&(c, d)))
    });
    let mut group: Vec<usize> = (0..rows.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..rows.len()).map(|place| vec![place]).collect();
    let mut contradicted = Vec::new();
    for (a, b, bond) in bonds.iter() {
        let (one, other) = (at(&group, *a), at(&group, *b));
        if one == other {
            continue;
        }
        let across = |(a, b): &(usize, usize)| [(one, other), (other, one)].contains(&(at(&group, *a), at(&group, *b)));
        if apart.iter().any(across) {
            if *bond == Bond::Judged {
                contradicted.push((*a, *b));
            }
            continue;
        }
        let (left, right) = (members.get(one).map(Vec::as_slice).unwrap_or_default(), members.get(other).map(Vec::as_slice).unwrap_or_default());
        if let Bond::Weight(bits) = bond
            && !may_join(scorer, &rows_of(rows, left), &rows_of(rows, right), *bits, guards)
        {
            continue;
        }
        let (into, from) = (one.min(other), one.max(other));
        let moved = members.get_mut(from).map(std::mem::take).unwrap_or_default();
        for place in &moved {
            if let Some(slot) = group.get_mut(*place) {
                *slot = into;
            }
        }
        if let Some(members) = members.get_mut(into) {
            members.extend(moved);
        }
    }
    members.retain(|members| !members.is_empty());
    members.iter_mut().for_each(|members| members.sort_unstable());
    Parts { clusters: members, contradicted }
}

/// Whether the weight of a pair bears what contradicts it between the records of both clusters, as where a table is
/// resolved. Records that are the same count once, so that one more of them changes nothing.
fn may_join(scorer: &Scorer<'_>, left: &[u32], right: &[u32], bits: f32, guards: &Guards<'_>) -> bool {
    if let Some(source) = guards.clean
        && left.iter().any(|a| right.iter().any(|b| source(*a) == source(*b)))
    {
        return false;
    }
    let (left, right) = (distinct(scorer.data, left), distinct(scorer.data, right));
    if left.len() == 1 && right.len() == 1 {
        return true;
    }
    bits + guards.share * contradiction(scorer, &left, &right) >= guards.threshold
}

/// One record of each kind, in an order that depends on what they are only.
fn distinct(data: &Data, rows: &[u32]) -> Vec<u32> {
    let mut distinct = rows.to_vec();
    if distinct.len() > 1 {
        distinct.sort_by(|a, b| data.row(*a).cmp(data.row(*b)).then_with(|| a.cmp(b)));
        distinct.dedup_by(|a, b| same(data, *a, *b));
    }
    distinct
}

/// Whether two records are the same in all that is compared.
pub(crate) fn same(data: &Data, a: u32, b: u32) -> bool {
    data.row(a) == data.row(b) && (0..data.fields.len()).all(|field| data.further(field, a) == data.further(field, b))
}

fn rows_of(rows: &[u32], places: &[usize]) -> Vec<u32> {
    places.iter().filter_map(|place| rows.get(*place)).copied().collect()
}

fn at(group: &[usize], place: usize) -> usize {
    group.get(place).copied().unwrap_or(place)
}
