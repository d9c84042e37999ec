//! Of mentions that overlap, one stays; then places are counted in characters.

use std::cmp::Ordering;

use crate::{
    extractor::Extractor,
    mention::{Mention, Spot},
};

/// Keeps the longest of those that overlap, then the surest, then the one whose extractor comes first; in order of place.
pub(crate) fn resolve(text: &str, mut found: Vec<(&'static Extractor, Spot)>) -> Vec<Mention> {
    found.sort_by(|(_, a), (_, b)| {
        let longer = b.range.len().cmp(&a.range.len());
        longer.then_with(|| b.confidence.partial_cmp(&a.confidence).unwrap_or(Ordering::Equal)).then_with(|| a.range.start.cmp(&b.range.start))
    });
    let mut kept: std::collections::BTreeMap<usize, (&'static Extractor, Spot)> = std::collections::BTreeMap::new();
    for (extractor, spot) in found {
        let before = kept.range(..spot.range.end).next_back();
        if before.is_none_or(|(_, (_, other))| other.range.end <= spot.range.start) {
            kept.insert(spot.range.start, (extractor, spot));
        }
    }
    let mut counter = Counter { text, byte: 0, character: 0 };
    kept.into_values().filter_map(|(extractor, spot)| mention(text, extractor, spot, &mut counter)).collect()
}

fn mention(text: &str, extractor: &Extractor, spot: Spot, counter: &mut Counter<'_>) -> Option<Mention> {
    let span = text.get(spot.range.clone())?;
    let start = counter.count_to(spot.range.start)?;
    let end = counter.count_to(spot.range.end)?;
    Some(Mention { start, end, kind: extractor.kind, text: span.to_owned(), value: spot.value, confidence: spot.confidence, by: extractor.method })
}

/// Counts characters up to places that only grow.
struct Counter<'t> {
    text: &'t str,
    byte: usize,
    character: usize,
}

impl Counter<'_> {
    fn count_to(&mut self, byte: usize) -> Option<usize> {
        self.character += self.text.get(self.byte..byte)?.chars().count();
        self.byte = byte;
        Some(self.character)
    }
}
