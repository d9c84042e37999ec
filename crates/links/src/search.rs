//! Searching from both ends at once, level by level, for where the two meet.

use crate::{scratch::Scratch, view::View};

/// Where shortest paths between two things cross. While it stands, a thing reached from the front side is marked with
/// `base` plus its distance on side 0, one reached from the back on side 1.
#[derive(Debug)]
pub(crate) struct Meeting {
    /// Links on a shortest path.
    pub(crate) length: u32,
    /// Links on it up to where it crosses.
    pub(crate) front: u32,
    /// All things at which shortest paths cross.
    things: Vec<u32>,
    base: u32,
    /// From here up, marks on side 0 are of things on a shortest path.
    way: u32,
}

impl Meeting {
    /// Whether a thing next to one on a shortest path comes after it there, `step` links from the start.
    #[inline]
    pub(crate) fn is_on_way(&self, scratch: &Scratch, thing: u32, step: u32) -> bool {
        if step <= self.front { scratch.mark(thing, 0) == self.way + step } else { scratch.mark(thing, 1) == self.base + (self.length - step) }
    }
}

impl View {
    /// The meeting of searches from both of two different things, if they are at most `max` links apart. The whole
    /// level at which they meet is searched, for every shortest path must be known before one is chosen.
    pub(crate) fn meet(&self, scratch: &mut Scratch, start: u32, goal: u32, max: u32) -> Option<Meeting> {
        let base = scratch.base;
        scratch.set_mark(start, 0, base);
        scratch.set_mark(goal, 1, base);
        scratch.fronts = [vec![start], vec![goal]];
        let mut reached = [0_u32; 2];
        let mut found = None;
        while found.is_none() && reached.iter().sum::<u32>() < max {
            let [front, back] = &scratch.fronts;
            let side = usize::from(back.len() < front.len());
            if front.is_empty() || back.is_empty() {
                break;
            }
            let things = self.advance(scratch, side, reached.get(side).copied().unwrap_or(0) + 1);
            if let Some(reached) = reached.get_mut(side) {
                *reached += 1;
            }
            found = (!things.is_empty()).then_some(things);
        }
        let [front, back] = reached;
        let length = front + back;
        let Some(things) = found else {
            scratch.base += length + 2;
            return None;
        };
        let meeting = Meeting { length, front, things, base, way: base + length + 2 };
        scratch.base = meeting.way + length + 2;
        self.mark_way(scratch, &meeting);
        Some(meeting)
    }

    /// Takes one side a level further; returns the things at which it meets the other.
    fn advance(&self, scratch: &mut Scratch, side: usize, distance: u32) -> Vec<u32> {
        let base = scratch.base;
        let front = scratch.fronts.get_mut(side).map(std::mem::take).unwrap_or_default();
        let mut next = std::mem::take(&mut scratch.next);
        let mut met = Vec::new();
        for thing in &front {
            self.each_thing(*thing, |other| {
                if scratch.mark(other, side) >= base {
                    return;
                }
                scratch.set_mark(other, side, base + distance);
                if scratch.mark(other, 1 - side) >= base {
                    met.push(other);
                } else if met.is_empty() {
                    next.push(other);
                }
            });
        }
        scratch.next = front;
        scratch.next.clear();
        if let Some(slot) = scratch.fronts.get_mut(side) {
            *slot = next;
        }
        met
    }

    /// Marks the things on shortest paths between the start and where they cross, from there back. Behind, distances
    /// from the goal say as much.
    fn mark_way(&self, scratch: &mut Scratch, meeting: &Meeting) {
        let mut level = meeting.things.clone();
        level.iter().for_each(|thing| scratch.set_mark(*thing, 0, meeting.way + meeting.front));
        for step in (0..meeting.front).rev() {
            let mut before = Vec::new();
            for thing in &level {
                self.each_thing(*thing, |other| {
                    if scratch.mark(other, 0) == meeting.base + step {
                        scratch.set_mark(other, 0, meeting.way + step);
                        before.push(other);
                    }
                });
            }
            level = before;
        }
    }
}
