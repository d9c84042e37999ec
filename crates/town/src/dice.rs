//! Chance, seeded: one stream of numbers per part of the town, so that a change in one part leaves the others alone.
//!
//! Ranges are drawn here and not by a library, so that the bytes of a seed do not change with a library's version.

use jiff::{ToSpan as _, civil::Date};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// Which part of the town draws.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Addresses = 1,
    Households = 2,
    Companies = 3,
    Vehicles = 4,
    Records = 5,
    Offences = 6,
    Group = 7,
    Calls = 8,
    Custody = 9,
    Council = 10,
    Sightings = 11,
    Reports = 12,
    Contracts = 13,
    Members = 14,
    Deeds = 15,
    Officers = 16,
}

/// A stream of chance.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64, part: Part) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(part as u64);
        Self(rng)
    }

    /// A number below `n`; 0 if `n` is 0. Multiply and shift, with a bias below 2^-32 for the sizes used here.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * u128::try_from(n).unwrap_or(0);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low + 1).unwrap_or(0);
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in `n` of a thousand cases.
    pub(crate) fn chance(&mut self, n: usize) -> bool {
        self.below(1000) < n
    }

    /// One of them, if there is any.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// One of them, the earlier the likelier, as with names.
    pub(crate) fn pick_early<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let bound = self.below(all.len()) + 1;
        all.get(self.below(bound))
    }

    /// One word of a list of words.
    pub(crate) fn word(&mut self, all: &[&'static str]) -> &'static str {
        self.pick(all).copied().unwrap_or_default()
    }

    /// One word of a list, the earlier the likelier.
    pub(crate) fn early_word(&mut self, all: &[&'static str]) -> &'static str {
        self.pick_early(all).copied().unwrap_or_default()
    }

    /// One of them by weight.
    pub(crate) fn weighted<'a, T>(&mut self, all: &'a [T], weight: impl Fn(&T) -> usize) -> Option<&'a T> {
        let mut left = self.below(all.iter().map(&weight).sum());
        for one in all {
            let own = weight(one);
            if left < own {
                return Some(one);
            }
            left -= own;
        }
        None
    }

    /// A day from `from` to `to`, both included.
    pub(crate) fn date(&mut self, from: Date, to: Date) -> Date {
        let days = (to - from).get_days();
        later(from, self.between(0, days.max(0)))
    }

    /// Puts them in an order of chance (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for end in (1..all.len()).rev() {
            all.swap(end, self.below(end + 1));
        }
    }
}

/// `days` later, or earlier if negative; the same day at the end of the calendar.
pub(crate) fn later(date: Date, days: i32) -> Date {
    date.checked_add(days.days()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_differ_and_repeat() {
        let draw = |seed, part| {
            let mut dice = Dice::new(seed, part);
            (0..50).map(|_| dice.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, Part::Calls), draw(1, Part::Calls));
        assert_ne!(draw(1, Part::Calls), draw(2, Part::Calls));
        assert_ne!(draw(1, Part::Calls), draw(1, Part::Group));
    }

    #[test]
    fn ranges_hold() {
        let mut dice = Dice::new(7, Part::Group);
        for _ in 0..1000 {
            assert!((3..=9).contains(&dice.between(3, 9)));
            assert!(dice.below(5) < 5);
        }
        assert_eq!(dice.below(0), 0);
        assert!(dice.pick::<u8>(&[]).is_none());
    }
}
