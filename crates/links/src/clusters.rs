//! Entities judged the same, and what one view makes of them: a cluster is formed anew over visible members, so that
//! two records joined only through a hidden third are two.

use candour_model::{id::MarkingNo, visible::Visible};

use crate::bits::{Bits, Ranked};

/// What somebody said of two entities, and what one must see for it to have been said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// Number of the set of markings it rests on.
    pub(crate) needs: u32,
    pub(crate) is_same: bool,
}

/// The words on pairs of entities.
#[derive(Debug, Clone, Default)]
pub(crate) struct Same {
    /// Entities that any word names.
    named: Ranked,
    /// The same, ascending.
    nodes: Vec<u32>,
    /// Pair by pair; of one pair's words a later one outranks an earlier one.
    words: Vec<Word>,
    /// Sets of markings, by number.
    needs: Vec<Vec<MarkingNo>>,
}

impl Same {
    pub(crate) fn new(entities: usize, mut words: Vec<Word>, needs: Vec<Vec<MarkingNo>>) -> Self {
        for word in &mut words {
            (word.a, word.b) = (word.a.min(word.b), word.a.max(word.b));
        }
        // Stable, so that the words of a pair stay in their order.
        words.sort_by_key(|word| (word.a, word.b));
        let mut bits = Bits::with_bound(entities);
        let mut nodes: Vec<u32> = words.iter().flat_map(|word| [word.a, word.b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.shrink_to_fit();
        nodes.iter().for_each(|node| bits.set(*node));
        words.shrink_to_fit();
        Self { named: Ranked::new(bits), nodes, words, needs }
    }

    /// Pairs that the words which were said, as far as the bearer sees, hold to be the same.
    fn pairs<'s>(&'s self, exists: &'s Bits, visible: &Visible) -> impl Iterator<Item = (u32, u32)> + 's {
        let heard: Vec<bool> = self.needs.iter().map(|needs| needs.iter().all(|marking| visible.sees(*marking))).collect();
        self.words.chunk_by(|one, other| (one.a, one.b) == (other.a, other.b)).filter_map(move |words| {
            let word = words.iter().rev().find(|word| heard.get(word.needs as usize).copied().unwrap_or(false))?;
            (word.is_same && exists.get(word.a) && exists.get(word.b)).then_some((word.a, word.b))
        })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.named.bytes() + self.nodes.capacity() * 4 + self.words.capacity() * size_of::<Word>()
    }

    /// Position among the entities that judgements name.
    #[inline]
    pub(crate) fn rank(&self, node: u32) -> Option<u32> {
        self.named.rank(node)
    }
}

/// The clusters of one view, for every entity that a judgement names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clusters {
    /// The member that stands for the cluster: the first.
    leaders: Vec<u32>,
    /// Start of each leader's members, by its rank.
    starts: Vec<u32>,
    /// Members, cluster by cluster.
    members: Vec<u32>,
}

impl Clusters {
    pub(crate) fn new(same: &Same, exists: &Bits, visible: &Visible) -> Self {
        // Ranks ascend with nodes, so the lowest rank is the lowest node.
        let mut parents: Vec<u32> = (0..).take(same.named.len()).collect();
        for (a, b) in same.pairs(exists, visible) {
            if let (Some(a), Some(b)) = (same.rank(a), same.rank(b)) {
                let (a, b) = (root(&mut parents, a), root(&mut parents, b));
                if let Some(parent) = parents.get_mut(a.max(b) as usize) {
                    *parent = a.min(b);
                }
            }
        }
        let roots: Vec<u32> = (0..).take(parents.len()).map(|rank| root(&mut parents, rank)).collect();
        let mut starts = vec![0_u32; roots.len() + 2];
        for rank in &roots {
            if let Some(start) = starts.get_mut(*rank as usize + 2) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut members = vec![0; roots.len()];
        for (node, rank) in same.nodes.iter().zip(&roots) {
            if let Some(start) = starts.get_mut(*rank as usize + 1) {
                if let Some(slot) = members.get_mut(*start as usize) {
                    *slot = *node;
                }
                *start += 1;
            }
        }
        starts.pop();
        let leaders = roots.iter().map(|rank| same.nodes.get(*rank as usize).copied().unwrap_or(0)).collect();
        Self { leaders, starts, members }
    }

    /// The leader of the entity at a rank.
    #[inline]
    pub(crate) fn leader(&self, rank: u32) -> Option<u32> {
        self.leaders.get(rank as usize).copied()
    }

    /// Members of the cluster whose leader has this rank, ascending.
    #[inline]
    pub(crate) fn members(&self, rank: u32) -> Option<&[u32]> {
        let at = rank as usize;
        match self.starts.get(at..=at + 1) {
            Some([start, end]) => self.members.get(*start as usize..*end as usize),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        4 * (self.leaders.capacity() + self.starts.capacity() + self.members.capacity())
    }
}

/// The root of a union-find tree, halving the way there.
fn root(parents: &mut [u32], mut at: u32) -> u32 {
    loop {
        let parent = parents.get(at as usize).copied().unwrap_or(at);
        if parent == at {
            return at;
        }
        let grandparent = parents.get(parent as usize).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(at as usize) {
            *slot = grandparent;
        }
        at = grandparent;
    }
}
