//! Somebody looks up a relative.

use super::{Seen, Signal, relation_words};
use crate::{look::Relation, weights::Reason};

#[derive(Debug)]
pub(super) struct Family;

impl Signal for Family {
    fn reason(&self) -> Reason {
        Reason::Family
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        seen.kept.relations.has(Relation::Family)
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        relation_words(seen, Relation::Family, self.reason())
    }
}
