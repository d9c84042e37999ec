//! What can be wrong with a key, a signed text, a tile or a proof.

/// An error of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// A key name that cannot stand on a signature line.
    #[error("`{0}` cannot name a key; use a name such as `log.example/2026`, without spaces and without `+`")]
    KeyName(String),
    /// A text that is no verifier key.
    #[error("`{text}` is no verifier key: {why}; it reads NAME+ID+KEY, as `candour ledger status` prints it")]
    VerifierKey {
        /// The text.
        text: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A text that is no signing key. The text itself is not repeated: most of it is secret.
    #[error("the signing key cannot be read: {0}; it reads PRIVATE+KEY+NAME+ID+KEY on one line")]
    SigningKey(&'static str),
    /// A key of one type where another is needed.
    #[error("key `{0}` is of the wrong type: checkpoints are signed by log keys and cosigned by witness keys")]
    KeyType(String),
    /// Bytes that are no signed note.
    #[error("this is no signed note: {0}")]
    Note(&'static str),
    /// Nobody known has signed.
    #[error("the note carries no signature by `{0}`; check that the key belongs to this log")]
    Unsigned(String),
    /// A signature by a known key that does not verify.
    #[error("the signature by `{0}` does not verify; the text or the signature was changed")]
    BadSignature(String),
    /// A text that is no checkpoint.
    #[error("this is no checkpoint: {0}")]
    Checkpoint(&'static str),
    /// Bytes that are no request to a witness.
    #[error("this is no request to a witness: {0}")]
    WitnessRequest(&'static str),
    /// A path that names no resource of a log.
    #[error("`{0}` is no path of a log; they are `checkpoint`, `tile/LEVEL/N`, `tile/entries/N`, with `.p/WIDTH` where partial")]
    Path(String),
    /// Bytes that are no tile.
    #[error("tile `{path}` is damaged: {why}")]
    Tile {
        /// Its path.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// Bytes that are no entry bundle.
    #[error("this is no entry bundle: {0}")]
    Bundle(&'static str),
    /// An entry that is too long for a bundle.
    #[error("an entry has {0} bytes; a bundle holds entries of up to 65,535")]
    EntryTooLong(usize),
    /// A text that is no tlog-proof.
    #[error("this is no tlog-proof: {0}")]
    ProofText(&'static str),
    /// An index or size outside the tree.
    #[error("there is no {0} in a tree of {1} entries")]
    OutOfTree(String, u64),
    /// A proof that does not lead to the root.
    #[error("the {0} proof does not lead to the root")]
    Proof(&'static str),
    /// A node that a reader of tiles cannot supply.
    #[error("the tree has no node at height {height}, index {index}")]
    NoNode {
        /// Height above the leaves.
        height: u8,
        /// Index at that height.
        index: u64,
    },
    /// An entry that cannot be committed to.
    #[error("the entry cannot be committed to: {0}")]
    Commitment(&'static str),
    /// A receipt that contradicts itself.
    #[error("the receipt does not hold: {0}")]
    Receipt(String),
}
