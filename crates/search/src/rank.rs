//! The order of hits, and pages of it.

use std::cmp::Ordering;

use candour_model::id::EntityNo;

use crate::identity::Identity;

/// A match with all that its rank depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    /// Higher stands before lower.
    pub(crate) score: f32,
    /// The least order key among the visible members; breaks ties.
    pub(crate) order: u64,
    /// The representative.
    pub(crate) entity: u32,
}

fn compare(identity: &dyn Identity, a: &Ranked, b: &Ranked) -> Ordering {
    b.score.total_cmp(&a.score).then_with(|| a.order.cmp(&b.order)).then_with(|| identity.tie(EntityNo(a.entity), EntityNo(b.entity)))
}

/// The matches from `offset` on, `limit` at most, best first. Sorts only those that are needed.
pub(crate) fn page(mut ranked: Vec<Ranked>, identity: &dyn Identity, offset: usize, limit: usize) -> Vec<Ranked> {
    let end = offset.saturating_add(limit).min(ranked.len());
    let Some(last) = end.checked_sub(1).filter(|_| offset < end) else { return Vec::new() };
    ranked.select_nth_unstable_by(last, |a, b| compare(identity, a, b));
    ranked.truncate(end);
    ranked.sort_unstable_by(|a, b| compare(identity, a, b));
    ranked.split_off(offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Apart;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_are_those_of_the_whole(scores in proptest::collection::vec(0_u8..5, 0..40), offset in 0_usize..45, limit in 0_usize..45) {
            let all: Vec<Ranked> = (0_u32..).zip(scores).map(|(entity, score)| Ranked { score: score.into(), order: u64::from(entity * 7 % 41), entity }).collect();
            let mut sorted = all.clone();
            sorted.sort_by(|a, b| compare(&Apart, a, b));
            let expected: Vec<Ranked> = sorted.into_iter().skip(offset).take(limit).collect();
            prop_assert_eq!(page(all, &Apart, offset, limit), expected);
        }
    }
}
