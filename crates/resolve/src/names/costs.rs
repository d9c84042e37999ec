//! What each difference costs: the table from which a score follows. A name scores 1 against itself; every difference costs its
//! amount times its cost, and what is left, at least 0, is the score.

use super::{Kind, features::COUNT};

/// Costs of one kind of name, in the order of [`Difference::ALL`](super::Difference::ALL).
pub(super) fn costs(kind: Kind) -> &'static [f32; COUNT] {
    match kind {
        Kind::Person => &PERSON,
        Kind::Organisation | Kind::Other => &ORGANISATION,
    }
}

static PERSON: [f32; COUNT] = [
    0.037, // letters
    0.339, // share
    0.092, // vowels
    0.059, // sounds
    0.035, // beginning
    0.048, // slips
    0.071, // spelling
    0.127, // diminutive
    0.113, // initial
    0.000, // joined
    0.250, // acronym
    0.412, // character
    0.471, // contradiction
    0.062, // extra
    0.095, // extra-share
    0.040, // extra-general
    0.040, // extra-place
    0.008, // extra-small
    0.400, // number
    0.200, // extra-number
    0.100, // form-sort
    0.050, // form
    0.030, // extra-form
    0.000, // rotation
    0.058, // order
    0.387, // swap
    0.429, // reversal
    0.092, // sparse
];
static ORGANISATION: [f32; COUNT] = [
    0.000, // letters
    0.405, // share
    0.263, // vowels
    0.121, // sounds
    0.066, // beginning
    0.128, // slips
    0.080, // spelling
    0.150, // diminutive
    0.150, // initial
    0.046, // joined
    0.210, // acronym
    0.350, // character
    0.439, // contradiction
    0.123, // extra
    0.198, // extra-share
    0.244, // extra-general
    0.243, // extra-place
    0.021, // extra-small
    0.137, // number
    0.310, // extra-number
    0.165, // form-sort
    0.141, // form
    0.000, // extra-form
    0.100, // rotation
    0.100, // order
    0.100, // swap
    0.100, // reversal
    0.152, // sparse
];
