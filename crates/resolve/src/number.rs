//! Numbers of one kind as another, where what is lost does not matter.

/// Half the precision: weights are told to a hundredth of a bit.
#[expect(clippy::cast_possible_truncation, reason = "weights are told to a hundredth of a bit")]
pub(crate) fn single(number: f64) -> f32 {
    number as f32
}

/// The nearest whole number; the largest there is for what lies beyond.
#[expect(clippy::cast_possible_truncation, reason = "a cast of floats saturates")]
pub(crate) fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// The nearest whole number from 0 on; the largest there is for what lies beyond.
pub(crate) fn count(number: f64) -> u64 {
    u64::try_from(whole(number)).unwrap_or(0)
}
