//! Searching from both ends at once, level by level, for where the two meet.

use crate::{scratch::Scratch, view::View};

/// What to look for where two searches meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Any one shortest path: the first meeting will do.
    One,
    /// Every shortest path: the whole level at which they meet is searched.
    All,
}

/// Where shortest paths between two things cross. Until the next search, a thing reached from the front is marked with
/// `base` plus its distance on side 0, one reached from the back on side 1.
#[derive(Debug)]
pub(crate) struct Meeting {
    /// Distances of the crossing from the start and from the goal.
    pub(crate) reached: [u32; 2],
    /// Things at which shortest paths cross: one, or all.
    pub(crate) things: Vec<u32>,
    base: u32,
}

impl Meeting {
    /// Links on a shortest path.
    pub(crate) fn length(&self) -> u32 {
        self.reached.iter().sum()
    }

    /// Whether a thing lies at a distance from one side's end.
    #[inline]
    pub(crate) fn lies_at(&self, scratch: &Scratch, thing: u32, side: usize, distance: u32) -> bool {
        scratch.mark(thing, side) == self.base + distance
    }
}

impl View {
    /// The meeting of searches from both of two different things, if they are at most `max` links apart.
    pub(crate) fn meet(&self, scratch: &mut Scratch, start: u32, goal: u32, max: u32, wanted: Wanted) -> Option<Meeting> {
        let base = scratch.base;
        scratch.set_mark(start, 0, base);
        scratch.set_mark(goal, 1, base);
        for (front, thing) in scratch.fronts.iter_mut().zip([start, goal]) {
            front.push(thing);
        }
        let mut reached = [0_u32; 2];
        let mut things = Vec::new();
        while things.is_empty() && reached.iter().sum::<u32>() < max && scratch.fronts.iter().all(|front| !front.is_empty()) {
            let [front, back] = &scratch.fronts;
            // By what is visible alone, for the choice decides which shortest path is met first.
            let side = usize::from(back.len() < front.len());
            if let Some(reached) = reached.get_mut(side) {
                *reached += 1;
                things = self.advance(scratch, side, *reached, wanted);
            }
        }
        let meeting = Meeting { reached, things, base };
        scratch.base += meeting.length() + 2;
        (!meeting.things.is_empty()).then_some(meeting)
    }

    /// Takes one side a level further; returns the things at which it meets the other.
    fn advance(&self, scratch: &mut Scratch, side: usize, distance: u32, wanted: Wanted) -> Vec<u32> {
        let base = scratch.base;
        let front = scratch.fronts.get_mut(side).map(std::mem::take).unwrap_or_default();
        let mut next = std::mem::take(&mut scratch.next);
        let mut met = Vec::new();
        'front: for thing in &front {
            for other in self.each_thing(*thing) {
                if scratch.mark(other, side) >= base {
                    continue;
                }
                scratch.set_mark(other, side, base + distance);
                if scratch.mark(other, 1 - side) >= base {
                    met.push(other);
                    if wanted == Wanted::One {
                        break 'front;
                    }
                } else if met.is_empty() {
                    next.push(other);
                }
            }
        }
        scratch.next = front;
        scratch.next.clear();
        if let Some(slot) = scratch.fronts.get_mut(side) {
            *slot = next;
        }
        met
    }
}
