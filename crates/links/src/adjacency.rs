//! Compressed adjacency: every link stands in the rows of both its ends, rows lie one after the other, and each column
//! is an array of its own, so that a search reads eight bytes for an end and no more.

use crate::gates::GatesBuilder;

/// A link between nodes by position, its gate by number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawLink {
    pub(crate) source: u32,
    pub(crate) target: u32,
    pub(crate) label: u32,
    pub(crate) gate: u32,
}

/// One end of a link, seen from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct End {
    /// The node at the other end.
    pub(crate) node: u32,
    /// The gate doubled, plus one where the link leads here.
    pub(crate) gate: u32,
    /// Label, packed.
    pub(crate) label: u32,
}

impl End {
    pub(crate) fn leads_here(self) -> bool {
        self.gate & 1 == 1
    }
}

/// The rows. Within a row ends are in ascending order of node, direction and label, and no two agree in all three.
#[derive(Debug, Clone, Default)]
pub(crate) struct Adjacency {
    offsets: Vec<u32>,
    nodes: Vec<u32>,
    gates: Vec<u32>,
    labels: Vec<u32>,
}

impl Adjacency {
    /// Ends of a row with their gates (doubled).
    #[inline]
    pub(crate) fn row(&self, node: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let range = self.range(node);
        let nodes = self.nodes.get(range.clone()).unwrap_or_default();
        let gates = self.gates.get(range).unwrap_or_default();
        nodes.iter().copied().zip(gates.iter().copied())
    }

    /// Ends of a row with all that is known of them.
    #[inline]
    pub(crate) fn ends(&self, node: u32) -> impl Iterator<Item = End> + '_ {
        self.part(self.range(node))
    }

    /// Ends of a row that lie at one node.
    pub(crate) fn ends_at(&self, node: u32, other: u32) -> impl Iterator<Item = End> + '_ {
        let range = self.range(node);
        let nodes = self.nodes.get(range.clone()).unwrap_or_default();
        let first = range.start + nodes.partition_point(|end| *end < other);
        let last = range.start + nodes.partition_point(|end| *end <= other);
        self.part(first..last)
    }

    /// Length of a row, seen and unseen ends alike: a cost, never an answer.
    #[inline]
    pub(crate) fn row_length(&self, node: u32) -> usize {
        self.range(node).len()
    }

    fn part(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = End> + '_ {
        let nodes = self.nodes.get(range.clone()).unwrap_or_default();
        let gates = self.gates.get(range.clone()).unwrap_or_default();
        let labels = self.labels.get(range).unwrap_or_default();
        nodes.iter().zip(gates).zip(labels).map(|((node, gate), label)| End { node: *node, gate: *gate, label: *label })
    }

    #[inline]
    fn range(&self, node: u32) -> std::ops::Range<usize> {
        let at = node as usize;
        match self.offsets.get(at..=at + 1) {
            Some([start, end]) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        4 * (self.offsets.capacity() + self.nodes.capacity() + self.gates.capacity() + self.labels.capacity())
    }

    /// Lays out the links of `count` nodes. Twice as many ends as links must be countable by 32 bits.
    pub(crate) fn build(count: usize, links: Vec<RawLink>, gates: &mut GatesBuilder) -> Self {
        let mut rows = Self::scatter(count, &links);
        drop(links);
        rows.settle(gates);
        rows
    }

    /// Puts every end into its row (a counting sort).
    fn scatter(count: usize, links: &[RawLink]) -> Self {
        // One place ahead, so that after filling each offset stands at its row's start.
        let mut offsets = vec![0_u32; count + 2];
        for node in links.iter().flat_map(|link| [link.source, link.target]) {
            if let Some(slot) = offsets.get_mut(node as usize + 2) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut offsets {
            sum += *slot;
            *slot = sum;
        }
        let ends = sum as usize;
        let mut rows = Self { offsets, nodes: vec![0; ends], gates: vec![0; ends], labels: vec![0; ends] };
        for link in links {
            rows.put(link.source, End { node: link.target, gate: link.gate << 1, label: link.label });
            rows.put(link.target, End { node: link.source, gate: link.gate << 1 | 1, label: link.label });
        }
        rows.offsets.pop();
        rows
    }

    fn put(&mut self, row: u32, end: End) {
        let Some(slot) = self.offsets.get_mut(row as usize + 1) else { return };
        let at = *slot as usize;
        *slot += 1;
        self.write(at, end);
    }

    fn write(&mut self, at: usize, end: End) {
        if let (Some(node), Some(gate), Some(label)) = (self.nodes.get_mut(at), self.gates.get_mut(at), self.labels.get_mut(at)) {
            (*node, *gate, *label) = (end.node, end.gate, end.label);
        }
    }

    /// Sorts every row and makes one end of those that differ only in what they need.
    fn settle(&mut self, gates: &mut GatesBuilder) {
        let mut row: Vec<End> = Vec::new();
        let (mut start, mut written) = (0, 0);
        for at in 1..self.offsets.len() {
            let end = self.offsets.get(at).copied().unwrap_or(0) as usize;
            row.clear();
            row.extend(self.part(start..end));
            row.sort_unstable_by_key(|end| (end.node, end.gate & 1, end.label, end.gate));
            row.dedup_by(|next, kept| {
                let alike = next.node == kept.node && next.label == kept.label && next.leads_here() == kept.leads_here();
                if alike {
                    kept.gate = gates.either(kept.gate >> 1, next.gate >> 1) << 1 | kept.gate & 1;
                }
                alike
            });
            for kept in &row {
                self.write(written, *kept);
                written += 1;
            }
            start = end;
            if let Some(slot) = self.offsets.get_mut(at) {
                // Not above the number of ends, which 32 bits count.
                *slot = u32::try_from(written).unwrap_or(u32::MAX);
            }
        }
        for column in [&mut self.nodes, &mut self.gates, &mut self.labels] {
            column.truncate(written);
            column.shrink_to_fit();
        }
    }
}
