//! A snapshot through the eyes of one asker.

use candour_model::visible::Visible;

use crate::{
    bm25::{self, Scale},
    fields::{AREAS, Area},
    snapshot::Snapshot,
};

/// A snapshot with everything left out that is not to be seen.
pub(crate) struct View<'s> {
    pub(crate) snapshot: &'s Snapshot,
    /// For each marking, by its number in the snapshot, whether it is seen. Deleted documents never are.
    seen: Vec<bool>,
    /// Number of visible documents.
    documents: u64,
    /// Average number of words in each area of visible documents.
    average: [f32; AREAS],
}

impl<'s> View<'s> {
    /// The part of a snapshot that is visible.
    pub(crate) fn new(snapshot: &'s Snapshot, visible: &Visible) -> Self {
        let seen: Vec<bool> = std::iter::once(false).chain(snapshot.markings.iter().map(|marking| visible.sees(*marking))).collect();
        let (mut documents, mut words) = (0, [0; AREAS]);
        for totals in snapshot.totals.iter().zip(&seen).filter_map(|(totals, seen)| seen.then_some(totals)) {
            documents += totals.documents;
            words.iter_mut().zip(totals.words).for_each(|(sum, more)| *sum += more);
        }
        Self { snapshot, seen, documents, average: words.map(|words| bm25::average(words, documents)) }
    }

    /// Whether a document exists for the asker.
    #[inline]
    pub(crate) fn sees(&self, document: u32) -> bool {
        let mark = self.snapshot.marks.get(document as usize).copied().unwrap_or(0);
        self.seen.get(mark as usize).copied().unwrap_or(false)
    }

    /// The visible documents of an entity.
    pub(crate) fn documents_of(&self, entity: u32) -> impl Iterator<Item = u32> + '_ {
        self.snapshot.documents_of.get(entity).iter().copied().filter(|document| self.sees(*document))
    }

    /// All entities with a visible document.
    pub(crate) fn entities(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.snapshot.documents_of.len()).filter(|entity| self.documents_of(*entity).next().is_some())
    }

    /// The scale of scores for what is found in an area of `with` visible documents.
    pub(crate) fn scale(&self, area: Area, with: usize) -> Scale {
        let rule = area.rule();
        let [names, identifiers, texts, _] = self.average;
        let average = match area {
            Area::Names => Some(names),
            Area::Identifiers => Some(identifiers),
            Area::Texts => Some(texts),
            Area::Compact => None,
        };
        Scale::new(rule.weight, self.documents, with as u64, average)
    }
}
