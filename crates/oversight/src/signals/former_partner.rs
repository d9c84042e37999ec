//! Somebody looks up a person they lived with once.

use super::{Seen, Signal, relation_words};
use crate::{look::Relation, weights::Reason};

#[derive(Debug)]
pub(super) struct FormerPartner;

impl Signal for FormerPartner {
    fn reason(&self) -> Reason {
        Reason::FormerPartner
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        seen.kept.relations.has(Relation::FormerPartner)
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        relation_words(seen, Relation::FormerPartner, self.reason())
    }
}
