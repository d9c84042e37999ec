//! How many slips of the pen part two words: a letter wrong, missing, too many, or two neighbours swapped (Damerau, "A
//! technique for computer detection and correction of spelling errors", Communications of the ACM 7, 1964).

/// Whether at most `limit` slips (0 to 2) part two words. Bytes are compared: words are folded to plain letters before.
pub(crate) fn within(left: &[u8], right: &[u8], limit: usize) -> bool {
    if left.len().abs_diff(right.len()) > limit {
        return false;
    }
    let (left, right) = trimmed(left, right);
    match (left, right) {
        ([], []) => true,
        ([], rest) | (rest, []) => rest.len() <= limit,
        _ if limit == 0 => false,
        // What is left differs at both ends, so one slip mends it only where nothing but the slip is left.
        ([_], [_]) => true,
        ([a, b], [c, d]) if a == d && b == c => true,
        _ if limit == 1 => false,
        (left, right) => steps(left, right, limit),
    }
}

/// Two words without what they share at the beginning and the end.
fn trimmed<'w>(mut left: &'w [u8], mut right: &'w [u8]) -> (&'w [u8], &'w [u8]) {
    while let ([a, rest_left @ ..], [b, rest_right @ ..]) = (left, right) {
        if a != b {
            break;
        }
        (left, right) = (rest_left, rest_right);
    }
    while let ([rest_left @ .., a], [rest_right @ .., b]) = (left, right) {
        if a != b {
            break;
        }
        (left, right) = (rest_left, rest_right);
    }
    (left, right)
}

/// Tries each slip at the first place where the words differ.
fn steps(left: &[u8], right: &[u8], limit: usize) -> bool {
    let ([a, rest_left @ ..], [b, rest_right @ ..]) = (left, right) else { return false };
    let less = limit.saturating_sub(1);
    let swapped = match (rest_left, rest_right) {
        ([c, after_left @ ..], [d, after_right @ ..]) if a == d && b == c => within(after_left, after_right, less),
        _ => false,
    };
    swapped || within(rest_left, rest_right, less) || within(rest_left, right, less) || within(left, rest_right, less)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_the_textbook(left in "[abc]{0,7}", right in "[abc]{0,7}", limit in 0_usize..3) {
            prop_assert_eq!(within(left.as_bytes(), right.as_bytes(), limit), strsim::osa_distance(&left, &right) <= limit);
        }
    }
}
