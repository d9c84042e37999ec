//! What can go wrong.

/// Why records could not be resolved.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ResolveError {
    /// A word that stands for no kind of column.
    #[error("`{kind}` is no kind of column; the kinds are {known}")]
    UnknownKind {
        /// The word.
        kind: String,
        /// The words that do.
        known: String,
    },
    /// Two records under one id.
    #[error("two records have the id `{0}`; give every record an id of its own")]
    DuplicateId(String),
    /// More records than can be numbered.
    #[error("more than 4,294,967,294 records; split the file by something that no two records of one thing differ in")]
    TooManyRecords,
    /// There is nothing to compare records by.
    #[error("no column holds anything to compare records by; name at least one that does in `columns`")]
    NothingToCompare,
    /// A rule of blocking names what there is not.
    #[error("the blocking rule `{rule}` names `{part}`, which is none of: {known}")]
    UnknownKey {
        /// The rule.
        rule: String,
        /// The word.
        part: String,
        /// The words that would do.
        known: String,
    },
    /// A chance is given for what there is not.
    #[error("the model names the level `{level}` of `{field}`, which there is not; `model.json` of a run lists fields and levels")]
    UnknownLevel {
        /// The field.
        field: String,
        /// The level.
        level: String,
    },
    /// A column that the table has not.
    #[error("there is no column `{column}`; there are {known}")]
    UnknownColumn {
        /// The word.
        column: String,
        /// The columns that there are.
        known: String,
    },
    /// A record that there is not, or no more.
    #[error("there is no record `{0}`; add it, or look for its id")]
    UnknownRecord(String),
    /// Two records of different entities, where those of one are asked for.
    #[error("the records `{0}` and `{1}` are of different entities, so that nothing leads from one to the other")]
    NoPath(String, String),
    /// A judgement that there is not, or that was taken back.
    #[error("there is no judgement `{0}`, or it was taken back already")]
    UnknownJudgement(u64),
    /// More rules of blocking than can be used at once.
    #[error("{0} blocking rules are more than 32; leave out those that add the least, as the report tells")]
    TooManyRules(usize),
    /// More fields than can be compared at once.
    #[error("{0} fields to compare are more than 24; leave out those that say the least")]
    TooManyFields(usize),
    /// A setting that is no probability, or a threshold below the level of review.
    #[error("a threshold of `{threshold}` and review from `{review}` cannot be; both lie between 0 and 1, and the threshold is not the lower")]
    Thresholds {
        /// Probability from which pairs are proposed.
        threshold: f64,
        /// Probability from which pairs are queued.
        review: f64,
    },
}
