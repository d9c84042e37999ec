//! Somebody looks up a person they work with.

use super::{Seen, Signal, relation_words};
use crate::{look::Relation, weights::Reason};

#[derive(Debug)]
pub(super) struct Colleague;

impl Signal for Colleague {
    fn reason(&self) -> Reason {
        Reason::Colleague
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        seen.kept.relations.has(Relation::Colleague)
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        relation_words(seen, Relation::Colleague, self.reason())
    }
}
