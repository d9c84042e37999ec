//! What the index answers.

use candour_model::id::EntityNo;

/// One entity, or one cluster of entities held to be the same, that matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The entity, or the representative of the cluster.
    pub entity: EntityNo,
    /// Relevance: the sum over the words of the question of the best BM25 score of each; 0 where everything is listed.
    /// Comparable within one answer only.
    pub score: f32,
}

/// The answer to a [`crate::Query`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// Exact number of matches, of which `hits` is one page.
    pub total: u64,
    /// One page of matches, best first; equal scores stand in the order of [`crate::Document::order`].
    pub hits: Vec<Hit>,
    /// Matches by schema, most frequent first, then by name. Each match counts once, and the filter on schemata is not
    /// applied here, so that the other choices stay in sight.
    pub schemas: Vec<(String, u64)>,
    /// Matches by dataset, in no order that means anything: order them by their names. A match counts once for each of
    /// its visible datasets, and the filter on datasets is not applied here.
    pub datasets: Vec<(u32, u64)>,
}
