//! Entities judged the same, and what one view makes of them: a cluster is formed anew over visible members, so that
//! two records joined only through a hidden third are two.

use crate::bits::{Bits, Ranked};

/// The judgements that two entities are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Same {
    /// Entities that any judgement names.
    named: Ranked,
    /// The same, ascending.
    nodes: Vec<u32>,
    pairs: Vec<(u32, u32)>,
}

impl Same {
    pub(crate) fn new(entities: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        let mut bits = Bits::with_bound(entities);
        let mut nodes: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.shrink_to_fit();
        nodes.iter().for_each(|node| bits.set(*node));
        pairs.shrink_to_fit();
        Self { named: Ranked::new(bits), nodes, pairs }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.named.bytes() + self.nodes.capacity() * 4 + self.pairs.capacity() * 8
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
    pub(crate) fn new(same: &Same, exists: &Bits) -> Self {
        // Ranks ascend with nodes, so the lowest rank is the lowest node.
        let mut parents: Vec<u32> = (0..).take(same.named.len()).collect();
        for (a, b) in &same.pairs {
            if !exists.get(*a) || !exists.get(*b) {
                continue;
            }
            if let (Some(a), Some(b)) = (same.rank(*a), same.rank(*b)) {
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
