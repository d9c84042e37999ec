//! Bit sets over dense numbers, plain and ranked.

/// A set of numbers below a fixed bound.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub(crate) fn with_bound(bound: usize) -> Self {
        Self { words: vec![0; bound.div_ceil(64)] }
    }

    #[inline]
    pub(crate) fn set(&mut self, number: u32) {
        if let Some(word) = self.words.get_mut((number >> 6) as usize) {
            *word |= 1 << (number & 63);
        }
    }

    #[inline]
    pub(crate) fn get(&self, number: u32) -> bool {
        self.words.get((number >> 6) as usize).is_some_and(|word| word >> (number & 63) & 1 == 1)
    }

    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }
}

/// A set that also numbers its members densely, in ascending order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ranked {
    bits: Bits,
    /// Members below each word.
    before: Vec<u32>,
    len: u32,
}

impl Ranked {
    pub(crate) fn new(bits: Bits) -> Self {
        let mut len = 0;
        let before = bits
            .words
            .iter()
            .map(|word| {
                let before = len;
                len += word.count_ones();
                before
            })
            .collect();
        Self { bits, before, len }
    }

    /// The number's position among the members.
    #[inline]
    pub(crate) fn rank(&self, number: u32) -> Option<u32> {
        let at = (number >> 6) as usize;
        let word = *self.bits.words.get(at)?;
        let bit = 1_u64 << (number & 63);
        if word & bit == 0 {
            return None;
        }
        Some(self.before.get(at)? + (word & (bit - 1)).count_ones())
    }

    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bits.bytes() + self.before.capacity() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ranks_count_the_members_below(members in proptest::collection::btree_set(0_u32..400, 0..80)) {
            let mut bits = Bits::with_bound(400);
            members.iter().for_each(|number| bits.set(*number));
            let ranked = Ranked::new(bits);
            prop_assert_eq!(ranked.len(), members.len());
            for number in 0..420 {
                let expected = members.iter().position(|member| *member == number);
                prop_assert_eq!(ranked.rank(number).map(|rank| rank as usize), expected);
            }
        }
    }
}
