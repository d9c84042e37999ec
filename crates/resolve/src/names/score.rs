//! The score of two names.

use std::cmp::Ordering;

use super::{
    Kind, Prepared,
    align::{Alignment, align},
    costs::costs,
    features::Amounts,
    measure::measure,
};

/// The one threshold: from this score on two names are taken to be of the same bearer.
pub const THRESHOLD: f32 = 0.7;

/// How alike two names are, from 0 to 1. The order of the two does not matter. If they were read as different kinds, the kind
/// of the first in the order of their letters decides.
pub fn score(a: &Prepared, b: &Prepared) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (a, b) = in_order(a, b);
    total(a.kind, &measure(a, b, &align(a, b)))
}

/// How alike two names are that are compared once only; see [`score`].
pub fn score_names(a: &str, b: &str, kind: Kind) -> f32 {
    score(&Prepared::new(a, kind), &Prepared::new(b, kind))
}

/// 1 less all costs, at least 0.
pub(super) fn total(kind: Kind, amounts: &Amounts) -> f32 {
    let cost: f32 = amounts.all().iter().zip(costs(kind)).map(|(amount, cost)| amount * cost).sum();
    (1.0 - cost).clamp(0.0, 1.0)
}

/// The two names in an order that depends on nothing but them, so that what is told of a pair is told of its mirror image.
pub(super) fn in_order<'p>(a: &'p Prepared, b: &'p Prepared) -> (&'p Prepared, &'p Prepared) {
    let order = a.text.cmp(&b.text).then_with(|| {
        let shape = |name: &Prepared| {
            name.tokens.iter().map(|token| (token.start, token.len, token.class, token.native, token.aside, token.of_father, token.abjad)).collect::<Vec<_>>()
        };
        shape(a).cmp(&shape(b)).then(a.forms.cmp(&b.forms))
    });
    if order == Ordering::Greater { (b, a) } else { (a, b) }
}

/// Alignment and amounts of a pair, for explanations and for fitting the costs.
pub(super) fn examined(a: &Prepared, b: &Prepared) -> (Alignment, Amounts) {
    let alignment = align(a, b);
    let amounts = measure(a, b, &alignment);
    (alignment, amounts)
}
