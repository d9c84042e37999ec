//! Somebody looks up a person who lives where they live, or answers the same telephone.

use super::{Seen, Signal, relation_words};
use crate::{look::Relation, weights::Reason};

#[derive(Debug)]
pub(super) struct SameAddress;

impl Signal for SameAddress {
    fn reason(&self) -> Reason {
        Reason::SameAddress
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        seen.kept.relations.has(Relation::SameAddress)
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        relation_words(seen, Relation::SameAddress, self.reason())
    }
}
