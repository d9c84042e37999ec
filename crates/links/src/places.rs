//! Positions: the order in which the graph keeps its nodes. Entities come first, by the keys of their public ids, then
//! values by kind and text; so whatever goes by position goes by what people see, and not by when a thing was stored.

use crate::node::NodeNo;

/// Which node stands where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    entities: u32,
    /// Positions of entities by number, then of values by number.
    positions: Vec<u32>,
    /// The number of the entity or value at each position.
    numbers: Vec<u32>,
}

impl Places {
    /// Given the numbers of entities and of values in order.
    pub(crate) fn new(mut in_order: Vec<u32>, values: &[u32]) -> Self {
        // Whoever makes a graph has counted its nodes.
        let entities = u32::try_from(in_order.len()).unwrap_or(u32::MAX);
        in_order.extend(values);
        in_order.shrink_to_fit();
        let mut positions = vec![0; in_order.len()];
        for (number, position) in in_order.iter().zip(0_u32..) {
            let start = if position < entities { 0 } else { entities as usize };
            if let Some(slot) = positions.get_mut(start + *number as usize) {
                *slot = position;
            }
        }
        Self { entities, positions, numbers: in_order }
    }

    /// Number of entities, and so the position of the first value.
    pub(crate) fn entities(&self) -> u32 {
        self.entities
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn position(&self, node: NodeNo) -> Option<u32> {
        let at = match node.value() {
            Some(value) => self.entities as usize + value as usize,
            None if node.0 < self.entities => node.0 as usize,
            None => return None,
        };
        self.positions.get(at).copied()
    }

    #[inline]
    pub(crate) fn node(&self, position: u32) -> NodeNo {
        let number = self.numbers.get(position as usize).copied().unwrap_or(0);
        if position < self.entities { NodeNo(number) } else { NodeNo::of_value(number) }
    }

    /// The entity at each position.
    pub(crate) fn in_order(&self) -> &[u32] {
        self.numbers.get(..self.entities as usize).unwrap_or_default()
    }

    pub(crate) fn bytes(&self) -> usize {
        4 * (self.positions.capacity() + self.numbers.capacity())
    }
}
