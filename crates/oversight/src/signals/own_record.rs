//! Somebody looks themselves up.

use super::{Seen, Signal, relation_words};
use crate::{look::Relation, weights::Reason};

#[derive(Debug)]
pub(super) struct OwnRecord;

impl Signal for OwnRecord {
    fn reason(&self) -> Reason {
        Reason::Own
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        seen.kept.relations.has(Relation::Own)
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        relation_words(seen, Relation::Own, self.reason())
    }
}
