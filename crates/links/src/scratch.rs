//! Working memory of searches, kept between them, so that a query allocates nothing in proportion to the graph and
//! clears nothing before it starts.

use std::{
    ops::{Deref, DerefMut},
    sync::{Mutex, PoisonError},
};

/// Marks of both sides of a search at every node, and the lists a search walks.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Per node and side, a mark; those below `base` are left from earlier searches and mean nothing.
    pub(crate) marks: Vec<[u32; 2]>,
    pub(crate) base: u32,
    /// Frontier of each side.
    pub(crate) fronts: [Vec<u32>; 2],
    pub(crate) next: Vec<u32>,
}

impl Scratch {
    /// Ready for a search over `nodes` nodes, with room for twice as many distances above `base`.
    fn prepare(&mut self, nodes: usize) {
        let room = u32::try_from(2 * nodes + 8).unwrap_or(u32::MAX);
        if self.marks.len() != nodes || self.base == 0 || self.base > u32::MAX - room {
            self.marks.clear();
            self.marks.resize(nodes, [0; 2]);
            self.base = 1;
        }
        self.fronts.iter_mut().for_each(Vec::clear);
        self.next.clear();
    }

    #[inline]
    pub(crate) fn mark(&self, node: u32, side: usize) -> u32 {
        self.marks.get(node as usize).and_then(|marks| marks.get(side)).copied().unwrap_or(0)
    }

    #[inline]
    pub(crate) fn set_mark(&mut self, node: u32, side: usize, mark: u32) {
        if let Some(slot) = self.marks.get_mut(node as usize).and_then(|marks| marks.get_mut(side)) {
            *slot = mark;
        }
    }

    fn bytes(&self) -> usize {
        self.marks.capacity() * 8 + (self.fronts.iter().map(Vec::capacity).sum::<usize>() + self.next.capacity()) * 4
    }
}

/// As many of them as searches ever ran at once.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    idle: Mutex<Vec<Scratch>>,
}

impl Pool {
    pub(crate) fn take(&self, nodes: usize) -> Borrowed<'_> {
        let mut scratch = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        scratch.prepare(nodes);
        Borrowed { pool: self, scratch }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).iter().map(Scratch::bytes).sum()
    }
}

/// A scratch that goes back to its pool.
pub(crate) struct Borrowed<'p> {
    pool: &'p Pool,
    scratch: Scratch,
}

impl Deref for Borrowed<'_> {
    type Target = Scratch;

    fn deref(&self) -> &Scratch {
        &self.scratch
    }
}

impl DerefMut for Borrowed<'_> {
    fn deref_mut(&mut self) -> &mut Scratch {
        &mut self.scratch
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        // A search cut short by a panic (of the caller's order, say) has not moved `base` past its marks.
        if std::thread::panicking() {
            return;
        }
        self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(std::mem::take(&mut self.scratch));
    }
}
