//! Small random worlds: entities under markings, values, links with needs, judgements, and what somebody sees. Nodes go
//! by public numbers: entities first, then values.

use std::collections::BTreeSet;

use proptest::prelude::*;

/// A link as stated. Its label is an entity or, from 100 up, a property.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stated {
    pub(crate) label: usize,
    pub(crate) source: usize,
    pub(crate) target: usize,
    pub(crate) needs: (u16, u16),
}

impl Stated {
    pub(crate) fn property(source: usize, target: usize, needs: (u16, u16)) -> Self {
        Self { label: 100, source, target, needs }
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    /// Of each entity, the markings of statements about it.
    pub(crate) markings: Vec<Vec<u16>>,
    pub(crate) values: usize,
    pub(crate) links: Vec<Stated>,
    pub(crate) same: Vec<(usize, usize)>,
    pub(crate) visible: Vec<u16>,
    /// Decides which number each entity gets.
    pub(crate) numbering: u64,
}

impl World {
    pub(crate) fn nodes(&self) -> usize {
        self.markings.len() + self.values
    }

    pub(crate) fn sees(&self, marking: u16) -> bool {
        self.visible.contains(&marking)
    }

    pub(crate) fn has_entity(&self, entity: usize) -> bool {
        self.markings[entity].iter().any(|marking| self.sees(*marking))
    }

    /// The same world with the hidden statements never stored, its entities numbered otherwise.
    pub(crate) fn without_hidden(&self) -> Self {
        let mut twin = self.clone();
        for markings in &mut twin.markings {
            markings.retain(|marking| self.sees(*marking));
        }
        twin.links.retain(|link| self.sees(link.needs.0) && self.sees(link.needs.1));
        twin.links.reverse();
        twin.same.retain(|(a, b)| self.has_entity(*a) && self.has_entity(*b));
        twin.numbering = self.numbering.wrapping_mul(31).wrapping_add(17);
        twin
    }

    /// The number of every entity: those that anything speaks of are numbered first, as a store would.
    pub(crate) fn numbers(&self) -> Vec<u32> {
        let mut order: Vec<usize> = (0..self.markings.len()).collect();
        order.sort_by_key(|entity| (self.markings[*entity].is_empty(), (*entity as u64 + 1).wrapping_mul(self.numbering | 1).rotate_left(40)));
        let mut numbers = vec![0; order.len()];
        for (number, entity) in (0..).zip(order) {
            numbers[entity] = number;
        }
        numbers
    }
}

const MARKINGS: u16 = 4;

pub(crate) fn worlds() -> impl Strategy<Value = World> {
    let markings = proptest::collection::vec(proptest::collection::vec(0..MARKINGS, 0..3), 1..11);
    (markings, 0_usize..4, 0_usize..26, 0_usize..6).prop_flat_map(|(markings, values, links, same)| {
        let entities = markings.len();
        let nodes = entities + values;
        let label = prop_oneof![0..entities, 100_usize..102];
        let link = (label, 0..nodes, 0..nodes, 0..MARKINGS, 0..MARKINGS);
        let links = proptest::collection::vec(link, links);
        let same = proptest::collection::vec((0..entities, 0..entities), same);
        let visible = proptest::collection::btree_set(0..MARKINGS, 0..=usize::from(MARKINGS));
        (Just(markings), Just(values), links, same, visible, any::<u64>()).prop_map(|(markings, values, links, same, visible, numbering)| World {
            markings,
            values,
            links: links.into_iter().map(|(label, source, target, first, second)| Stated { label, source, target, needs: (first, second) }).collect(),
            same,
            visible: BTreeSet::into_iter(visible).collect(),
            numbering,
        })
    })
}
