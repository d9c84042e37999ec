//! Drawing.

use std::collections::BTreeSet;

use candour_oversight::sample::{draw, is_seed};
use proptest::prelude::*;

const ROOT: &str = "ywPe8MW2O97L7WzYY8jmHtqyPhrHq3AoHGmRg8rCvvY=";

#[test]
fn the_draw_is_the_documented_one() {
    // Computed with another program from the description in the module.
    assert_eq!(draw("all", "a seed", ROOT, 0, 1000, 5), EXPECTED);
}

const EXPECTED: [u64; 5] = [698, 660, 249, 363, 208];

#[test]
fn seeds_are_one_line() {
    for (text, expected) in [("a seed", true), ("", false), ("two\nlines", false), (&"x".repeat(201), false)] {
        assert_eq!(is_seed(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn a_draw_is_distinct_in_range_and_the_beginning_of_a_longer_one(seed in "[a-z]{1,9}", first in 0_u64..1000, span in 0_u64..200, wanted in 0_u64..250) {
        let drawn = draw("all", &seed, ROOT, first, span, wanted);
        let distinct: BTreeSet<u64> = drawn.iter().copied().collect();
        prop_assert_eq!(distinct.len(), drawn.len());
        prop_assert_eq!(u64::try_from(drawn.len()).unwrap(), wanted.min(span));
        prop_assert!(drawn.iter().all(|number| (first..first + span).contains(number)));
        let longer = draw("all", &seed, ROOT, first, span, wanted + 5);
        prop_assert!(longer.starts_with(&drawn));
    }

    #[test]
    fn another_seed_root_or_stratum_draws_others(seed in "[a-z]{9}") {
        let drawn = draw("all", &seed, ROOT, 0, 1 << 40, 4);
        prop_assert_ne!(&drawn, &draw("unexplained", &seed, ROOT, 0, 1 << 40, 4));
        prop_assert_ne!(&drawn, &draw("all", &format!("{seed}x"), ROOT, 0, 1 << 40, 4));
        prop_assert_ne!(&drawn, &draw("all", &seed, "another root", 0, 1 << 40, 4));
    }
}
