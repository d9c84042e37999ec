//! Sorting many whole numbers by some of their bits, eleven bits a round, equal ones kept in their order.

const ROUND: u32 = 11;
const DIGITS: usize = 1 << ROUND;
/// Fewer numbers are sorted by comparing.
const FEW: usize = 2_048;

/// Sorts by the bits from `from` up to `to`.
pub(crate) fn sort(numbers: &mut Vec<u64>, from: u32, to: u32) {
    if numbers.len() < FEW {
        let mask = if to - from >= 64 { u64::MAX } else { (1_u64 << (to - from)) - 1 };
        numbers.sort_by_key(|number| number >> from & mask);
        return;
    }
    let mut other = vec![0_u64; numbers.len()];
    let mut shift = from;
    while shift < to {
        let bits = ROUND.min(to - shift);
        let digit = |number: u64| usize::try_from(number >> shift & ((1 << bits) - 1)).unwrap_or_default();
        let mut starts = [0_usize; DIGITS + 1];
        for number in numbers.iter() {
            if let Some(count) = starts.get_mut(digit(*number) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        for number in numbers.iter() {
            if let Some(start) = starts.get_mut(digit(*number)) {
                if let Some(slot) = other.get_mut(*start) {
                    *slot = *number;
                }
                *start += 1;
            }
        }
        std::mem::swap(numbers, &mut other);
        shift += bits;
    }
}

/// How many bits a number below `bound` takes.
pub(crate) fn bits_below(bound: usize) -> u32 {
    usize::BITS - bound.leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_comparing_does() {
        let mut sequence = crate::random::Sequence(7);
        for (length, from, to) in [(10_000, 32, 64), (10_000, 0, 40), (9, 32, 64), (5_000, 3, 17)] {
            let mut numbers: Vec<u64> = (0..length).map(|_| sequence.next()).collect();
            let mut expected = numbers.clone();
            expected.sort_by_key(|number| number >> from & ((1_u64 << (to - from)) - 1));
            sort(&mut numbers, from, to);
            assert_eq!(numbers, expected);
        }
    }
}
