//! The score of a word: BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
//! (2009), with the inverse document frequency kept above zero by adding one inside the logarithm.

/// How soon more occurrences stop to matter.
const K1: f32 = 1.2;
/// How much long documents count for less, where they do.
const B: f32 = 0.75;

/// What scores in one area depend on, all of it counted over visible documents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    factor: f32,
    /// `None` where length does not matter.
    average: Option<f32>,
}

impl Scale {
    /// For a word found in `with` of `documents` documents, in an area of this weight and average length in words.
    pub(crate) fn new(weight: f32, documents: u64, with: u64, average: Option<f32>) -> Self {
        let rarity = ((approximate(documents.saturating_sub(with)) + 0.5) / (approximate(with) + 0.5)).ln_1p();
        Self { factor: weight * rarity * (K1 + 1.0), average: average.filter(|average| *average > 0.0) }
    }

    /// Score of a document whose area is `length` words long and holds the word `times` times.
    pub(crate) fn score(&self, times: u32, length: u32) -> f32 {
        let times = approximate(times.into());
        let long = self.average.map_or(1.0, |average| 1.0 - B + B * approximate(length.into()) / average);
        self.factor * times / (times + K1 * long)
    }
}

/// Average length in words of an area over all documents.
pub(crate) fn average(words: u64, documents: u64) -> f32 {
    if documents == 0 { 0.0 } else { approximate(words) / approximate(documents) }
}

#[expect(clippy::cast_precision_loss, reason = "scores need no more digits than an f32 has")]
fn approximate(number: u64) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_match_counts(documents in 1_u64..10_000_000, share in 1_u64..=1000, times in 1_u32..1000, length in 1_u32..100_000, average in 0.0_f32..1000.0) {
            let with = (documents * share / 1000).max(1);
            let score = Scale::new(1.0, documents, with, Some(average)).score(times, length);
            prop_assert!(score.is_finite() && score > 0.0, "{score}");
        }

        #[test]
        fn rarer_words_more_often_in_shorter_documents_count_more(documents in 10_u64..1000, with in 1_u64..9, times in 1_u32..50, length in 1_u32..100) {
            let scale = Scale::new(1.0, documents, with, Some(10.0));
            let score = scale.score(times, length);
            prop_assert!(Scale::new(1.0, documents, with + 1, Some(10.0)).score(times, length) < score);
            prop_assert!(scale.score(times + 1, length) > score);
            prop_assert!(scale.score(times, length + 1) < score);
        }
    }
}
