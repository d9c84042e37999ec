//! How much speaks for two records being of one thing, in bits.

use crate::{
    at::{at, of},
    data::Data,
    model::{Cells, Found, Learnt, Rarities},
    number::single,
};

/// A model and the records that it weighs.
#[derive(Debug)]
pub(crate) struct Scorer<'d> {
    pub(crate) data: &'d Data,
    pub(crate) cells: Vec<Cells>,
    rarities: Vec<Rarities>,
    pub(crate) learnt: Learnt,
    prior: f32,
    kin: f32,
    further: bool,
}

/// Bits below which nothing is a pair, whatever follows.
const HOPELESS: f32 = -60.0;

impl<'d> Scorer<'d> {
    pub(crate) fn new(data: &'d Data, learnt: Learnt) -> Self {
        let cells: Vec<Cells> = data.fields.iter().map(|field| Cells::new(field.compare.as_ref())).collect();
        let rarities = data.fields.iter().zip(&cells).map(|(field, cells)| Rarities::new(field, cells)).collect();
        Self { data, cells, rarities, prior: single(learnt.matches.log2()), kin: single(learnt.kin), further: data.has_further(), learnt }
    }

    /// Bits before anything is compared.
    pub(crate) fn prior(&self) -> f32 {
        self.prior
    }

    /// What is found of each field of two records.
    #[inline]
    pub(crate) fn found(&self, a: u32, b: u32) -> impl Iterator<Item = Found> + '_ {
        let (left, right) = (self.data.row(a), self.data.row(b));
        self.data.fields.iter().zip(&self.cells).zip(&self.rarities).enumerate().map(move |(place, ((field, cells), rarities))| {
            let first = rarities.found(self.data, cells.cell(self.data.steps(field, left, right)), left, right);
            if self.further { self.best(place, first, a, b) } else { first }
        })
    }

    /// The best of all variants of a field.
    #[cold]
    fn best(&self, place: usize, first: Found, a: u32, b: u32) -> Found {
        let (Some(field), Some(cells), Some(rarities)) = (self.data.fields.get(place), self.cells.get(place), self.rarities.get(place)) else { return first };
        let (more, others) = (self.data.further(place, a), self.data.further(place, b));
        if more.is_empty() && others.is_empty() {
            return first;
        }
        let bits = |found: &Found| self.learnt.match_bits.get(place).map_or(0.0, |bits| at(bits, found.cell as usize)) + found.rare;
        // Whole rows in which only this field is another variant's.
        let rows = |row: u32, more: &[Vec<u32>]| -> Vec<Vec<u32>> {
            let first = self.data.row(row).to_vec();
            let with = |variant: &Vec<u32>| {
                let mut row = first.clone();
                for (atom, code) in row.iter_mut().skip(field.first).zip(variant) {
                    *atom = *code;
                }
                row
            };
            let further: Vec<Vec<u32>> = more.iter().map(with).collect();
            std::iter::once(first).chain(further).collect()
        };
        let rights = rows(b, others);
        let mut best = first;
        for left in rows(a, more) {
            for right in &rights {
                let next = rarities.found(self.data, cells.cell(self.data.steps(field, &left, right)), &left, right);
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

    /// Bits, at most nought, of what contradicts that two records are of one thing and that one thing does not change.
    pub(crate) fn contradiction(&self, a: u32, b: u32) -> f32 {
        let (left, right) = (self.data.row(a), self.data.row(b));
        let mut all = 0.0;
        for (place, ((field, cells), rarities)) in self.data.fields.iter().zip(&self.cells).zip(&self.rarities).enumerate() {
            if field.compare.factors().iter().all(|factor| factor.shared) {
                continue;
            }
            let first = rarities.found(self.data, cells.cell(self.data.steps(field, left, right)), left, right);
            let found = if self.further { self.best(place, first, a, b) } else { first };
            all += (self.learnt.match_bits.get(place).map_or(0.0, |bits| of(bits, u32::from(found.cell))) + found.rare).min(0.0);
        }
        all
    }

    /// The most that can contradict any two records.
    pub(crate) fn worst_contradiction(&self) -> f32 {
        self.learnt.match_bits.iter().map(|bits| bits.iter().copied().fold(0.0, f32::min)).sum()
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
