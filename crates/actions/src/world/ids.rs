//! Public ids of all entities: number to text, and back.

use std::collections::hash_map::Entry;

use candour_model::id::{EntityNo, order_key};
use rustc_hash::FxHashMap;

/// Ids in one piece of text.
#[derive(Default)]
pub(crate) struct Ids {
    text: String,
    ends: Vec<usize>,
    /// First entity of each hash; the rare others stand in `rest`.
    by_hash: FxHashMap<u64, u32>,
    rest: Vec<u32>,
}

impl Ids {
    /// Adds the id of the next entity number.
    pub(crate) fn push(&mut self, id: &str) {
        let no = self.len();
        self.text.push_str(id);
        self.ends.push(self.text.len());
        match self.by_hash.entry(order_key(id)) {
            Entry::Vacant(place) => {
                place.insert(no);
            }
            Entry::Occupied(_) => self.rest.push(no),
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// The id of an entity; empty for a number that has none.
    pub(crate) fn get(&self, entity: EntityNo) -> &str {
        let index = usize::try_from(entity.0).unwrap_or(usize::MAX);
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(index).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// The entity with an id.
    pub(crate) fn find(&self, id: &str) -> Option<EntityNo> {
        let first = EntityNo(*self.by_hash.get(&order_key(id))?);
        if self.get(first) == id {
            return Some(first);
        }
        self.rest.iter().map(|no| EntityNo(*no)).find(|no| self.get(*no) == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_id_is_found_again(ids in proptest::collection::btree_set("[a-z0-9é-]{0,12}", 0..60)) {
            let mut table = Ids::default();
            ids.iter().for_each(|id| table.push(id));
            for (no, id) in (0_u32..).zip(&ids) {
                prop_assert_eq!(table.get(EntityNo(no)), id.as_str());
                prop_assert_eq!(table.find(id), Some(EntityNo(no)));
            }
            prop_assert_eq!(table.find("no such id"), None);
        }
    }
}
