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

/// How common what two variants share is, where that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shared {
    /// Place in a record's row.
    atom: usize,
    which: Which,
    /// Whether households share it.
    household: bool,
}

/// Of two values, which tells how common they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Either,
    MoreCommon,
    LessCommon,
    /// Either, and for one thing only: what households share is told by the other.
    OneThing,
    Household,
}

/// For each combination of a field, what tells how rare it is.
#[derive(Debug)]
pub(crate) struct Rarities(Vec<Vec<Shared>>);

impl Rarities {
    pub(crate) fn new(field: &Field, cells: &Cells) -> Self {
        let of = |cell: usize| -> Vec<Shared> {
            let steps = cells.steps(u8::try_from(cell).unwrap_or(u8::MAX));
            let joint = field.compare.joint().filter(|_| matches!(steps, [0, 0, ..]));
            let told = field.compare.factors().iter().zip(steps).filter(|(factor, _)| rate_counts(factor.given_first, steps));
            let mut shared: Vec<Shared> = told
                .filter_map(|(factor, step)| {
                    let (atom, which) = match factor.steps.get(step as usize)?.rate {
                        Rate::Any | Rate::First => return None,
                        Rate::Same(atom) => (atom, if joint.is_some() { Which::Household } else { Which::Either }),
                        Rate::Greater(atom) => (atom, Which::MoreCommon),
                        Rate::Lesser(atom) => (atom, Which::LessCommon),
                    };
                    Some(Shared { atom: field.first + atom, which, household: factor.shared })
                })
                .filter(|shared| shared.which != Which::Household || shared.household)
                .collect();
            shared.extend(joint.map(|joint| Shared { atom: field.first + joint.atom, which: Which::OneThing, household: false }));
            shared
        };
        Self((0..cells.len).map(of).collect())
    }

    /// Number of the combination that two records' first variants are, and bits of how rare what they share is.
    #[inline]
    pub(crate) fn found(&self, data: &Data, cell: u8, left: &[u32], right: &[u32]) -> Found {
        let (mut rare, mut rare_shared) = (0.0, 0.0);
        for shared in self.0.get(cell as usize).map(Vec::as_slice).unwrap_or_default() {
            let Some(rarity) = data.rarity.get(shared.atom) else { continue };
            let of_left = of(rarity, at(left, shared.atom));
            let bits = match shared.which {
                Which::Either | Which::OneThing | Which::Household => of_left,
                Which::MoreCommon => of_left.min(of(rarity, at(right, shared.atom))),
                Which::LessCommon => of_left.max(of(rarity, at(right, shared.atom))),
            };
            if shared.which != Which::Household {
                rare += bits;
            }
            if shared.household {
                rare_shared += bits;
            }
        }
        Found { cell, rare, rare_shared }
    }
}
