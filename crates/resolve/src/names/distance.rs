//! How many letters two words differ by.

/// The longest word whose distance is measured, in bytes; of longer ones the beginning is.
pub(crate) const LONGEST: usize = 64;

/// Letters to change, add, leave out or swap with their neighbour to make one word of the other (optimal string alignment),
/// in bit-parallel steps: H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic
/// Journal of Computing 10, 2003. Both words are small Latin letters and digits; what stands beyond 64 of them counts by length.
pub(crate) fn distance(left: &[u8], right: &[u8]) -> usize {
    let (left, left_beyond) = left.split_at(left.len().min(LONGEST));
    let (right, right_beyond) = right.split_at(right.len().min(LONGEST));
    let beyond = if left_beyond == right_beyond { 0 } else { left_beyond.len().max(right_beyond.len()) };
    if left.is_empty() || right.is_empty() {
        return left.len().max(right.len());
    }
    let mut places = [0_u64; 64];
    let mut bit = 1_u64;
    for letter in left {
        if let Some(place) = places.get_mut(slot(*letter)) {
            *place |= bit;
        }
        bit <<= 1;
    }
    let last = 1_u64 << (left.len() - 1);
    let (mut up, mut down, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
    let mut distance = left.len();
    for letter in right {
        let here = places.get(slot(*letter)).copied().unwrap_or(0);
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = swapped | (((here & up).wrapping_add(up)) ^ up) | here | down;
        let mut right_up = down | !(diagonal | up);
        let mut right_down = diagonal & up;
        distance += usize::from(right_up & last != 0);
        distance -= usize::from(right_down & last != 0);
        right_up = right_up << 1 | 1;
        right_down <<= 1;
        up = right_down | !(diagonal | right_up);
        down = right_up & diagonal;
        before = here;
    }
    distance + beyond
}

/// One slot for each letter and digit.
fn slot(letter: u8) -> usize {
    usize::from((letter & 0x1f) | ((letter & 0x40) >> 1))
}

/// The digits among the slots.
pub(crate) const DIGITS: u64 = 0x03FF_0000;

/// Which letters a word has, as a set: two words that differ in `n` members are at least `n / 2` apart.
pub(crate) fn letters(word: &[u8]) -> u64 {
    word.iter().fold(0, |set, letter| set | 1 << slot(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_plain_method_says(left in "[a-e0-2]{0,12}", right in "[a-e0-2]{0,12}") {
            prop_assert_eq!(distance(left.as_bytes(), right.as_bytes()), strsim::osa_distance(&left, &right));
            let apart = (letters(left.as_bytes()) ^ letters(right.as_bytes())).count_ones() as usize;
            prop_assert!(apart.div_ceil(2) <= distance(left.as_bytes(), right.as_bytes()));
        }

        #[test]
        fn long_words_end(left in "[a-z]{60,90}", right in "[a-z]{60,90}") {
            prop_assert_eq!(distance(left.as_bytes(), left.as_bytes()), 0);
            prop_assert_eq!(distance(left.as_bytes(), right.as_bytes()), distance(right.as_bytes(), left.as_bytes()));
        }
    }
}
