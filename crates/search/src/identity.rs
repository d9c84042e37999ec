//! Which entities the asker holds to be one.

use std::cmp::Ordering;

use candour_model::{id::EntityNo, ontology::Ontology};

/// Which entities are held to be one and the same, as far as the asker may see. A cluster is found, counted and ranked
/// once, as its representative.
///
/// Any `Fn(EntityNo) -> EntityNo` will do for one: it names the representative. To answer for a large index without
/// asking about every entity in it, implement [`Identity::members`] as well.
pub trait Identity {
    /// The representative of the cluster this entity belongs to; itself if it stands alone. Must itself be visible, and
    /// be its own representative.
    fn representative(&self, entity: EntityNo) -> EntityNo;

    /// Calls `each` once for each member of the cluster with this representative, itself included, and returns true.
    /// Returns false where the members are not known; the index then asks for the representative of every visible entity.
    fn members(&self, representative: EntityNo, each: &mut dyn FnMut(EntityNo)) -> bool {
        let _ = (representative, each);
        false
    }

    /// Which of several schemata a cluster has: an index into `candidates`, which are in order of name, each once, and
    /// at least two. By default the first that is a kind of all the others, or else the first.
    fn schema(&self, candidates: &[&str]) -> usize {
        most_specific(candidates)
    }

    /// Orders two representatives of equal score and equal order key: by their public ids. By default they are left as
    /// equal, which is right as long as no two public ids share a 64-bit key.
    fn tie(&self, a: EntityNo, b: EntityNo) -> Ordering {
        let _ = (a, b);
        Ordering::Equal
    }
}

impl<F: Fn(EntityNo) -> EntityNo + ?Sized> Identity for F {
    fn representative(&self, entity: EntityNo) -> EntityNo {
        self(entity)
    }
}

/// Every entity stands alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Apart;

impl Identity for Apart {
    fn representative(&self, entity: EntityNo) -> EntityNo {
        entity
    }

    fn members(&self, representative: EntityNo, each: &mut dyn FnMut(EntityNo)) -> bool {
        each(representative);
        true
    }
}

fn most_specific(candidates: &[&str]) -> usize {
    let ontology = Ontology::builtin();
    let is_kind_of_all = |name: &str| ontology.schema(name).is_some_and(|schema| candidates.iter().all(|other| schema.is_a(other)));
    candidates.iter().position(|name| is_kind_of_all(name)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(candidates: &[&str], expected: usize) {
        assert_eq!(most_specific(candidates), expected, "{candidates:?}");
    }

    #[test]
    fn the_most_specific_schema_is_chosen() {
        check(&["Company", "LegalEntity"], 0);
        check(&["LegalEntity", "Person"], 1);
        check(&["Company", "Person"], 0);
        check(&["Nonsense", "Other"], 0);
    }
}
