//! What one person may see under one mandate and purpose: a bit set of marking numbers.

use crate::id::MarkingNo;

/// The set of markings visible to the bearer of an access. Every read path takes one and honours it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Visible {
    bits: Vec<u64>,
}

impl Visible {
    /// Nothing is visible.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Whether statements of this marking exist for the bearer.
    #[inline]
    #[must_use]
    pub fn sees(&self, marking: MarkingNo) -> bool {
        let (word, bit) = (usize::from(marking.0 >> 6), marking.0 & 63);
        self.bits.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    /// Adds a marking.
    pub fn allow(&mut self, marking: MarkingNo) {
        let (word, bit) = (usize::from(marking.0 >> 6), marking.0 & 63);
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= 1 << bit;
        }
    }

    /// The visible markings in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = MarkingNo> + '_ {
        self.bits.iter().zip(0_u16..).flat_map(|(bits, word)| (0..64_u16).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| MarkingNo(word * 64 + bit)))
    }

    /// Whether no marking at all is visible.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }
}

impl FromIterator<MarkingNo> for Visible {
    fn from_iter<I: IntoIterator<Item = MarkingNo>>(markings: I) -> Self {
        let mut visible = Self::nothing();
        for marking in markings {
            visible.allow(marking);
        }
        visible
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sees_exactly_what_was_allowed(allowed in proptest::collection::btree_set(0_u16..500, 0..60), asked in 0_u16..600) {
            let visible: Visible = allowed.iter().map(|no| MarkingNo(*no)).collect();
            prop_assert_eq!(visible.sees(MarkingNo(asked)), allowed.contains(&asked));
            prop_assert_eq!(visible.iter().map(|no| no.0).collect::<Vec<_>>(), allowed.into_iter().collect::<Vec<_>>());
        }
    }
}
