//! What stops the gate. Whatever is wrong with one release does not: it is a [`crate::Problem`], and the rest goes on.

/// Why nothing could be screened, or a sheet not be read.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// The input broke off.
    #[error("cannot read the contracts after line {line}: {source}; check the file and try again")]
    Read {
        /// The last line that was read, from 1.
        line: u64,
        /// What the system says.
        source: std::io::Error,
    },
    /// A text of thresholds, rules, matters or holidays is not in order.
    #[error("`{file}` is not in order: {what}; correct it, or use the text that is shipped")]
    Sheet {
        /// Which text.
        file: &'static str,
        /// What is wrong with it.
        what: String,
    },
}
