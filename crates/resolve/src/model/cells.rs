//! All combinations of steps of a field, numbered; and what two records are found to be.

use crate::{
    at::{at, of},
    data::Data,
    field::{Compare, Field, MISSING, Rate, Steps},
};

/// What was found of one field of two records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    /// Number of the combination.
    pub(crate) cell: u8,
    /// Bits of how rare what they share is.
    pub(crate) rare: f32,
    /// Of these, what households share.
    pub(crate) rare_shared: f32,
}

/// The numbering of a field's combinations.
#[derive(Debug, Clone)]
pub(crate) struct Cells {
    /// Steps of each factor, the missing one included.
    sizes: Vec<usize>,
    pub(crate) len: usize,
    /// The combination in which everything is missing.
    pub(crate) nothing: u8,
}

impl Cells {
    pub(crate) fn new(compare: &dyn Compare) -> Self {
        let sizes: Vec<usize> = compare.factors().iter().map(|factor| factor.steps.len() + 1).collect();
        let len: usize = sizes.iter().product();
        Self { sizes, len, nothing: u8::try_from(len - 1).unwrap_or(u8::MAX) }
    }

    /// The number of a combination.
    #[inline]
    pub(crate) fn cell(&self, steps: Steps) -> u8 {
        let mut cell = 0;
        for (size, step) in self.sizes.iter().zip(steps) {
            let step = if step == MISSING { size - 1 } else { step as usize };
            cell = cell * size + step;
        }
        u8::try_from(cell).unwrap_or(u8::MAX)
    }

    /// The combination of a number.
    pub(crate) fn steps(&self, cell: u8) -> Steps {
        let mut steps = [MISSING; 4];
        let mut rest = cell as usize;
        for (place, size) in self.sizes.iter().enumerate().rev() {
            let step = rest % size;
            rest /= size;
            if let Some(slot) = steps.get_mut(place)
                && step + 1 < *size
            {
                *slot = u8::try_from(step).unwrap_or(MISSING);
            }
        }
        steps
    }

    /// Which factors are missing in a combination, a bit each: only combinations with the same ones are weighed against
    /// each other, so that a missing value says nothing.
    pub(crate) fn missing(&self, cell: u8) -> u8 {
        self.steps(cell).iter().zip(&self.sizes).zip(0_u8..).filter(|((step, _), _)| **step == MISSING).map(|(_, bit)| 1 << bit).sum()
    }
}

/// Whether the rarity of what two records share counts for a factor: not where the first factor, on which it depends, is
/// the same already.
pub(crate) fn rate_counts(given_first: bool, steps: Steps) -> bool {
    !given_first || at(&steps, 0) != 0
}

/// Number and rarity of what two variants are found to be.
#[inline]
pub(crate) fn found(data: &Data, field: &Field, cells: &Cells, left: &[u32], right: &[u32], steps: Steps) -> Found {
    let (mut rare, mut rare_shared) = (0.0, 0.0);
    for (factor, step) in field.compare.factors().iter().zip(steps) {
        let Some(told) = factor.steps.get(step as usize) else { continue };
        if !rate_counts(factor.given_first, steps) {
            continue;
        }
        let bits = match told.rate {
            Rate::Any | Rate::First => continue,
            Rate::Same(atom) => rarity(data, field, left, atom),
            Rate::Greater(atom) => rarity(data, field, left, atom).min(rarity(data, field, right, atom)),
            Rate::Lesser(atom) => rarity(data, field, left, atom).max(rarity(data, field, right, atom)),
        };
        rare += bits;
        rare_shared += if factor.shared { bits } else { 0.0 };
    }
    if let ([0, 0, ..], Some(joint)) = (steps, field.compare.joint()) {
        rare = rarity(data, field, left, joint.atom);
    }
    Found { cell: cells.cell(steps), rare, rare_shared }
}

#[inline]
fn rarity(data: &Data, field: &Field, variant: &[u32], atom: usize) -> f32 {
    data.rarity.get(field.first + atom).map_or(0.0, |rarity| of(rarity, at(variant, atom)))
}
