//! What each difference costs: the table from which a score follows. A name scores 1 against itself; every difference costs its
//! amount times its cost, and what is left, at least 0, is the score.

use super::{
    Kind,
    features::{COUNT, Difference},
};

/// Costs of one kind of name, in the order of [`Difference::ALL`](super::Difference::ALL).
pub(super) fn costs(kind: Kind) -> &'static [f32; COUNT] {
    match kind {
        Kind::Person => &PERSON,
        Kind::Organisation => &ORGANISATION,
        Kind::Other => &OTHER,
    }
}

// Fitted by `bench/er/names_fit.py`, which prints these tables; ADR 18 says to what.
static PERSON: [f32; COUNT] = [
    0.042, // letters
    0.332, // share
    0.092, // vowels
    0.057, // sounds
    0.037, // beginning
    0.039, // slips
    0.071, // spelling
    0.127, // diminutive
    0.113, // initial
    0.000, // joined
    0.250, // acronym
    0.412, // character
    0.470, // contradiction
    0.062, // extra
    0.112, // extra-share
    0.040, // extra-general
    0.040, // extra-place
    0.009, // extra-small
    0.400, // number
    0.200, // extra-number
    0.100, // form-sort
    0.050, // form
    0.030, // extra-form
    0.000, // rotation
    0.058, // order
    0.387, // swap
    0.429, // reversal
    0.254, // sparse
];
static ORGANISATION: [f32; COUNT] = [
    0.000, // letters
    0.404, // share
    0.263, // vowels
    0.121, // sounds
    0.066, // beginning
    0.129, // slips
    0.080, // spelling
    0.150, // diminutive
    0.150, // initial
    0.046, // joined
    0.210, // acronym
    0.350, // character
    0.443, // contradiction
    0.123, // extra
    0.226, // extra-share
    0.251, // extra-general
    0.271, // extra-place
    0.021, // extra-small
    0.136, // number
    0.310, // extra-number
    0.165, // form-sort
    0.140, // form
    0.000, // extra-form
    0.100, // rotation
    0.100, // order
    0.100, // swap
    0.100, // reversal
    0.124, // sparse
];

/// As for organisations; but a number left out, as of a ship of a fleet, costs what was presumed before the fit, since the pairs
/// it was fitted to are nearly all of companies.
#[expect(clippy::indexing_slicing, reason = "the place is checked while it is compiled")]
static OTHER: [f32; COUNT] = {
    let mut costs = ORGANISATION;
    costs[Difference::ExtraNumber as usize] = 0.200;
    costs
};
