//! Numbers in digits, fast and the same everywhere.

/// Digits of a weight behind the point.
const WEIGHT: usize = 5;
/// Digits of a probability behind the point.
const PROBABILITY: usize = 9;

/// Appends a weight in bits, to five places.
pub(crate) fn weight(value: f32, into: &mut Vec<u8>) {
    fixed(f64::from(value), WEIGHT, into, f64::round);
}

/// Appends a probability, to nine places and never rounded up, so that none below a threshold reads as if it had reached it.
pub(crate) fn probability(value: f64, into: &mut Vec<u8>) {
    fixed(value, PROBABILITY, into, f64::floor);
}

fn fixed(value: f64, places: usize, into: &mut Vec<u8>, cut: fn(f64) -> f64) {
    let scale = if places == WEIGHT { 1e5 } else { 1e9 };
    let scaled = cut(value.abs() * scale);
    // Weights are some hundreds of bits at most, so this is exact; what is no number becomes 0.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a conversion from a float saturates")]
    let mut rest = scaled as u64;
    if value < 0.0 && rest > 0 {
        into.push(b'-');
    }
    let mut digits = [b'0'; 24];
    let mut start = digits.len();
    for (place, digit) in digits.iter_mut().rev().enumerate() {
        if place == places {
            *digit = b'.';
        } else if place > places + 1 && rest == 0 {
            break;
        } else {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        start -= 1;
    }
    into.extend_from_slice(digits.get(start..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_as_many_as_said() {
        for (value, expected) in
            [(0.0, "0.00000"), (-0.000_001, "0.00000"), (12.345_678, "12.34568"), (-3.5, "-3.50000"), (123_456.0, "123456.00000"), (f32::NAN, "0.00000")]
        {
            let mut text = Vec::new();
            weight(value, &mut text);
            assert_eq!(String::from_utf8_lossy(&text), expected);
        }
        for (value, expected) in [(0.0, "0.000000000"), (1.0, "1.000000000"), (0.95, "0.950000000"), (0.949_999_999_99, "0.949999999"), (1e-12, "0.000000000")]
        {
            let mut text = Vec::new();
            probability(value, &mut text);
            assert_eq!(String::from_utf8_lossy(&text), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_as_what_it_was(value in -1000.0_f32..1000.0, chance in 0.0_f64..=1.0) {
            let mut text = Vec::new();
            weight(value, &mut text);
            let back: f32 = std::str::from_utf8(&text).unwrap().parse().unwrap();
            proptest::prop_assert!((back - value).abs() <= 1e-4);
            text.clear();
            probability(chance, &mut text);
            let back: f64 = std::str::from_utf8(&text).unwrap().parse().unwrap();
            proptest::prop_assert!(back <= chance && chance - back < 1.1e-9);
        }
    }
}
