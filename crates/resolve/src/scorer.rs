//! How much speaks for two records being of one thing, in bits.

use crate::{
    at::{at, of},
    data::Data,
    model::{Cells, Found, Learnt, found},
};

/// A model and the records that it weighs.
#[derive(Debug)]
pub(crate) struct Scorer<'d> {
    pub(crate) data: &'d Data,
    pub(crate) cells: Vec<Cells>,
    pub(crate) learnt: Learnt,
    prior: f32,
    kin: f32,
    further: bool,
}

/// Bits below which nothing is a pair, whatever follows.
const HOPELESS: f32 = -60.0;

impl<'d> Scorer<'d> {
    pub(crate) fn new(data: &'d Data, learnt: Learnt) -> Self {
        let cells = data.fields.iter().map(|field| Cells::new(field.compare.as_ref())).collect();
        Self { data, cells, prior: learnt.matches.log2() as f32, kin: learnt.kin as f32, further: data.has_further(), learnt }
    }

    /// Bits before anything is compared.
    pub(crate) fn prior(&self) -> f32 {
        self.prior
    }

    /// What is found of each field of two records.
    pub(crate) fn found(&self, a: u32, b: u32) -> impl Iterator<Item = Found> + '_ {
        let (left, right) = (self.data.row(a), self.data.row(b));
        self.data.fields.iter().zip(&self.cells).enumerate().map(move |(place, (field, cells))| {
            let (Some(one), Some(other)) = (left.get(field.first..field.first + field.width), right.get(field.first..field.first + field.width)) else {
                return Found { cell: cells.nothing, rare: 0.0, rare_shared: 0.0 };
            };
            let first = found(self.data, field, cells, one, other, field.compare.steps(one, other));
            if self.further { self.best(place, first, (a, one), (b, other)) } else { first }
        })
    }

    /// The best of all variants of a field.
    fn best(&self, place: usize, first: Found, (a, one): (u32, &[u32]), (b, other): (u32, &[u32])) -> Found {
        let (Some(field), Some(cells)) = (self.data.fields.get(place), self.cells.get(place)) else { return first };
        let (more, others) = (self.data.further(place, a), self.data.further(place, b));
        if more.is_empty() && others.is_empty() {
            return first;
        }
        let bits = |found: &Found| self.learnt.match_bits.get(place).map_or(0.0, |bits| at(bits, found.cell as usize)) + found.rare;
        let lefts = || std::iter::once(one).chain(more.iter().map(Vec::as_slice));
        let rights = || std::iter::once(other).chain(others.iter().map(Vec::as_slice));
        let mut best = first;
        for left in lefts() {
            for right in rights() {
                let next = found(self.data, field, cells, left, right, field.compare.steps(left, right));
                if best.cell == cells.nothing || next.cell != cells.nothing && bits(&next).total_cmp(&bits(&best)).is_gt() {
                    best = next;
                }
            }
        }
        best
    }

    /// Bits of the odds that two records are of one thing.
    pub(crate) fn bits(&self, a: u32, b: u32) -> f32 {
        let (mut one, mut kin) = (self.prior, 0.0);
        for (place, found) in self.found(a, b).enumerate() {
            let (Some(match_bits), Some(kin_bits)) = (self.learnt.match_bits.get(place), self.learnt.kin_bits.get(place)) else { continue };
            one += of(match_bits, u32::from(found.cell)) + found.rare;
            kin += of(kin_bits, u32::from(found.cell)) + found.rare_shared;
        }
        if one < HOPELESS { one } else { one - self.household(kin) }
    }

    /// Bits that go for the chance that the two are of one household instead.
    pub(crate) fn household(&self, kin: f32) -> f32 {
        if self.kin > 0.0 { (self.kin * kin.min(100.0).exp2()).ln_1p() * std::f32::consts::LOG2_E } else { 0.0 }
    }
}

/// The probability that bits of odds stand for.
pub(crate) fn probability(bits: f32) -> f64 {
    1.0 / (1.0 + f64::from(-bits).exp2())
}
