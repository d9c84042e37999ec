//! Adding up the occurrences of several words.

/// A document's number in its segment, and how often the word stands in it.
pub(crate) type Occurrence = (u32, u32);

/// Occurrences of several words, added up by document.
pub(crate) struct Tally {
    /// Number of documents in the segment.
    documents: u32,
    /// While there are few: as they came.
    few: Vec<Occurrence>,
    /// When there are many: a sum for each document. Sorting would take longer.
    many: Vec<u32>,
}

/// More occurrences than one for this many documents are many.
const SPARSE: usize = 16;

impl Tally {
    /// For a segment with this many documents.
    pub(crate) fn new(documents: u32) -> Self {
        Self { documents, few: Vec::new(), many: Vec::new() }
    }

    /// Adds the occurrences of one word.
    pub(crate) fn add(&mut self, found: impl Iterator<Item = Occurrence>) {
        if self.many.is_empty() {
            self.few.extend(found);
            if self.few.len() > self.documents as usize / SPARSE {
                self.many = vec![0; self.documents as usize];
                let few = std::mem::take(&mut self.few);
                self.sum(few.into_iter());
            }
        } else {
            self.sum(found);
        }
    }

    fn sum(&mut self, found: impl Iterator<Item = Occurrence>) {
        for (document, times) in found {
            if let Some(sum) = self.many.get_mut(document as usize) {
                *sum = sum.saturating_add(times);
            }
        }
    }

    /// All documents in order, each once.
    pub(crate) fn finish(mut self) -> Vec<Occurrence> {
        if !self.many.is_empty() {
            return (0..).zip(self.many).filter(|(_, times)| *times > 0).collect();
        }
        self.few.sort_unstable_by_key(|(document, _)| *document);
        self.few.dedup_by(|(document, times), (kept, sum)| {
            let same = document == kept;
            if same {
                *sum = sum.saturating_add(*times);
            }
            same
        });
        self.few
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn few_and_many_add_up_alike(words in proptest::collection::vec(proptest::collection::vec((0_u32..200, 1_u32..4), 0..20), 0..8)) {
            let (mut expected, mut tally) = (BTreeMap::new(), Tally::new(200));
            for word in words {
                word.iter().for_each(|(document, times)| *expected.entry(*document).or_insert(0) += times);
                tally.add(word.into_iter());
            }
            prop_assert_eq!(tally.finish(), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
