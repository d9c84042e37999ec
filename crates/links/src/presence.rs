//! Under which markings each entity is spoken of. Distinct sets of markings are few and get small numbers, so that one
//! bit per set decides whether an entity exists for somebody.

use candour_model::{
    id::{EntityNo, MarkingNo},
    visible::Visible,
};
use rustc_hash::FxHashMap;

use crate::bits::Bits;

/// The set of markings of every entity; set 0 is empty.
#[derive(Debug, Clone)]
pub(crate) struct Presence {
    set_of: Vec<u32>,
    sets: Vec<Vec<MarkingNo>>,
}

impl Presence {
    /// One bit per entity, by its place: whether any of its markings is seen.
    pub(crate) fn open(&self, visible: &Visible, into: &mut Bits) {
        let open: Vec<bool> = self.sets.iter().map(|set| set.iter().any(|marking| visible.sees(*marking))).collect();
        for (set, entity) in self.set_of.iter().zip(0_u32..) {
            if open.get(*set as usize).copied().unwrap_or(false) {
                into.set(entity);
            }
        }
    }

    /// The same for entities in another order: the entity at each place. Those never spoken of exist for nobody.
    pub(crate) fn in_order(self, entities: &[u32]) -> Self {
        let set_of = entities.iter().map(|entity| self.set_of.get(*entity as usize).copied().unwrap_or(0)).collect();
        Self { set_of, sets: self.sets }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.set_of.capacity() * 4 + self.sets.iter().map(|set| size_of_val(set) + set.capacity() * 2).sum::<usize>()
    }
}

/// Takes markings in, statement by statement.
#[derive(Debug, Clone)]
pub(crate) struct PresenceBuilder {
    presence: Presence,
    numbers: FxHashMap<Vec<MarkingNo>, u32>,
    /// The set that a set becomes with one more marking.
    steps: FxHashMap<(u32, MarkingNo), u32>,
}

impl Default for PresenceBuilder {
    fn default() -> Self {
        Self {
            presence: Presence { set_of: Vec::new(), sets: vec![Vec::new()] },
            numbers: FxHashMap::from_iter([(Vec::new(), 0)]),
            steps: FxHashMap::default(),
        }
    }
}

impl PresenceBuilder {
    pub(crate) fn add(&mut self, entity: EntityNo, marking: MarkingNo) {
        let at = entity.0 as usize;
        if self.presence.set_of.len() <= at {
            self.presence.set_of.resize(at + 1, 0);
        }
        let set = self.presence.set_of.get(at).copied().unwrap_or(0);
        let next = match self.steps.get(&(set, marking)) {
            Some(next) => *next,
            None => self.step(set, marking),
        };
        if let Some(slot) = self.presence.set_of.get_mut(at) {
            *slot = next;
        }
    }

    fn step(&mut self, set: u32, marking: MarkingNo) -> u32 {
        let mut markings = self.presence.sets.get(set as usize).cloned().unwrap_or_default();
        if let Err(place) = markings.binary_search(&marking) {
            markings.insert(place, marking);
        }
        let next = match self.numbers.get(&markings) {
            Some(next) => *next,
            None => {
                // There are never more sets than entities, and those are numbered by 32 bits.
                let next = u32::try_from(self.presence.sets.len()).unwrap_or(u32::MAX);
                self.numbers.insert(markings.clone(), next);
                self.presence.sets.push(markings);
                next
            }
        };
        self.steps.insert((set, marking), next);
        next
    }

    pub(crate) fn finish(self) -> Presence {
        self.presence
    }
}
