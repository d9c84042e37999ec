//! What a link needs, as a small number. A link stands on two statements, so it needs a pair of markings; where it is
//! stated several times over, any of several pairs will do. Distinct needs are few, so one bit per gate decides.

use candour_model::{id::MarkingNo, visible::Visible};
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use crate::bits::Bits;

type Pair = (MarkingNo, MarkingNo);
/// Alternatives in ascending order, none of them implied by another.
type Needs = SmallVec<[Pair; 1]>;

/// Distinct needs, numbered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gates {
    needs: Vec<Needs>,
}

impl Gates {
    /// One bit per gate: whether a link behind it is seen.
    pub(crate) fn open(&self, visible: &Visible) -> Bits {
        let mut open = Bits::with_bound(self.needs.len());
        for (needs, gate) in self.needs.iter().zip(0_u32..) {
            if needs.iter().any(|(first, second)| visible.sees(*first) && visible.sees(*second)) {
                open.set(gate);
            }
        }
        open
    }

    pub(crate) fn bytes(&self) -> usize {
        self.needs.iter().map(|needs| size_of_val(needs) + if needs.spilled() { needs.capacity() * size_of::<Pair>() } else { 0 }).sum()
    }
}

/// Numbers needs as they come.
#[derive(Debug, Clone, Default)]
pub(crate) struct GatesBuilder {
    gates: Gates,
    numbers: FxHashMap<Needs, u32>,
    pairs: FxHashMap<Pair, u32>,
    unions: FxHashMap<(u32, u32), u32>,
}

impl GatesBuilder {
    /// The gate of a link that needs both of a pair.
    pub(crate) fn pair(&mut self, (first, second): Pair) -> u32 {
        let pair = if first <= second { (first, second) } else { (second, first) };
        if let Some(gate) = self.pairs.get(&pair) {
            return *gate;
        }
        let gate = self.number(smallvec![pair]);
        self.pairs.insert(pair, gate);
        gate
    }

    /// The gate of a link that either gate lets through.
    pub(crate) fn either(&mut self, left: u32, right: u32) -> u32 {
        if left == right {
            return left;
        }
        let key = (left.min(right), left.max(right));
        if let Some(gate) = self.unions.get(&key) {
            return *gate;
        }
        let both = [left, right];
        let pairs = both.iter().filter_map(|gate| self.gates.needs.get(*gate as usize)).flatten().copied().collect();
        let gate = self.number(least(pairs));
        self.unions.insert(key, gate);
        gate
    }

    fn number(&mut self, needs: Needs) -> u32 {
        if let Some(gate) = self.numbers.get(&needs) {
            return *gate;
        }
        // Never more gates than links, and those are counted by 31 bits.
        let gate = u32::try_from(self.gates.needs.len()).unwrap_or(u32::MAX);
        self.numbers.insert(needs.clone(), gate);
        self.gates.needs.push(needs);
        gate
    }

    pub(crate) fn finish(self) -> Gates {
        self.gates
    }
}

/// The alternatives that are left when those which need more than another are taken out.
fn least(mut pairs: Needs) -> Needs {
    pairs.sort_unstable();
    pairs.dedup();
    let alone: SmallVec<[MarkingNo; 4]> = pairs.iter().filter(|(first, second)| first == second).map(|pair| pair.0).collect();
    pairs.retain(|(first, second)| first == second || !(alone.contains(first) || alone.contains(second)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_gate_is_open_when_any_alternative_is_seen(
            needs in proptest::collection::vec((0_u16..5, 0_u16..5), 1..6),
            seen in proptest::collection::btree_set(0_u16..5, 0..5),
        ) {
            let mut builder = GatesBuilder::default();
            let mut gate = None;
            for (first, second) in &needs {
                let next = builder.pair((MarkingNo(*first), MarkingNo(*second)));
                gate = Some(gate.map_or(next, |gate| builder.either(gate, next)));
            }
            let visible: Visible = seen.iter().map(|no| MarkingNo(*no)).collect();
            let open = builder.finish().open(&visible).get(gate.unwrap());
            prop_assert_eq!(open, needs.iter().any(|(first, second)| seen.contains(first) && seen.contains(second)));
        }
    }
}
