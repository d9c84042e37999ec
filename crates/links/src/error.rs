//! What can go wrong when a graph is made.

/// Why a graph could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinksError {
    /// More nodes than 30 bits can number.
    #[error("the graph would have `{0}` nodes and holds 2^30 at most; split the data over several homes")]
    TooManyNodes(u64),
    /// More ends of links than 32 bits can count.
    #[error("the graph would have `{0}` links and holds 2^31 - 1 at most; split the data over several homes")]
    TooManyLinks(usize),
    /// A link names a value node that this builder never gave out.
    #[error("a link names the value node `{0}`, which this builder never gave out; take the number from `GraphBuilder::value`")]
    UnknownValue(u32),
}
