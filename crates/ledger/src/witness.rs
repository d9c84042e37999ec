//! What a witness is asked and how it answers (C2SP tlog-witness), without a network: the request as text, the state of
//! one log, and the decision.
//!
//! Whoever runs a witness keeps a [`WitnessState`] for each log. It calls [`consider`] with the state it holds, writes the
//! state that comes back where a crash cannot take it away, and only then signs and answers; all three under one lock.

use std::fmt;

use crate::{
    checkpoint::Checkpoint,
    encoding::from_decimal,
    error::LedgerError,
    hash::{Hash, empty_root},
    key::VerifierKey,
    note::Note,
    tree::verify_consistency,
};

/// Most hashes of a consistency proof in a request.
pub const MOST_HASHES: usize = 63;
/// Longest request that is read, in bytes: a proof and a note with all the signatures that a note may have.
pub const LONGEST_REQUEST: usize = 1_010_000;

/// A request to cosign a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Size of the tree that the witness cosigned last, as far as the log knows; 0 where it never did.
    pub old_size: u64,
    /// Proof that the new tree begins with the old one; empty where the old one is empty or the same.
    pub proof: Vec<Hash>,
    /// The new checkpoint, signed by the log.
    pub checkpoint: Note,
}

impl AddCheckpoint {
    /// The body of the request.
    #[must_use]
    pub fn body(&self) -> String {
        self.to_string()
    }

    /// Reads the body of a request. Nothing is verified.
    pub fn parse(body: &[u8]) -> Result<Self, LedgerError> {
        let wrong = LedgerError::WitnessRequest;
        if body.len() > LONGEST_REQUEST {
            return Err(wrong("it is longer than 1,010,000 bytes"));
        }
        let text = std::str::from_utf8(body).map_err(|_| wrong("it is not UTF-8"))?;
        let (head, note) = text.split_once("\n\n").ok_or(wrong("no blank line comes before the checkpoint"))?;
        let mut lines = head.split('\n');
        let old_size = lines.next().and_then(|line| from_decimal(line.strip_prefix("old ")?)).ok_or(wrong("its first line does not read `old SIZE`"))?;
        let hashes: Vec<&str> = lines.collect();
        if hashes.len() > MOST_HASHES {
            return Err(wrong("its proof has more than 63 hashes"));
        }
        let proof = hashes.into_iter().map(Hash::from_base64).collect::<Option<_>>().ok_or(wrong("a line of its proof is no hash"))?;
        Ok(Self { old_size, proof, checkpoint: Note::parse(note.as_bytes())? })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// Whoever can be asked to cosign: a server at an address, or a stand-in in tests.
pub trait Witness: Send + Sync {
    /// Its verifier key, as text.
    fn vkey(&self) -> &str;

    /// Asks it. Gives its signature lines, which the asker verifies before relying on them.
    fn add_checkpoint(&self, request: &AddCheckpoint) -> Result<String, WitnessRefusal>;
}

/// Why a witness did not cosign. Each but the last is a status code of the protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessRefusal {
    /// 404: it does not know the log.
    #[error("the witness does not know this log; ask whoever runs it to add the log's key")]
    Unknown,
    /// 403: no signature by a key that it trusts for the log.
    #[error("the witness finds no signature by the key that it trusts for this log")]
    Forbidden,
    /// 400: the request is malformed, or its old size is above the new one.
    #[error("the witness cannot read the request: {0}")]
    Malformed(String),
    /// 409: it cosigned a tree of another size last, or another tree of the same size.
    #[error("the witness cosigned a tree of {size} entries last")]
    Conflict {
        /// Size of the tree that it cosigned last.
        size: u64,
    },
    /// 422: the new tree is not shown to begin with the old one.
    #[error("the new tree does not begin with the one that the witness cosigned last: history was rewritten, or the proof is of something else")]
    Unprocessable,
    /// It cannot be reached, or what it answers is no answer of the protocol.
    #[error("the witness cannot be reached: {0}")]
    Unreachable(String),
}

impl WitnessRefusal {
    /// The status code of an answer; 500 for [`Self::Unreachable`], which is no answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Unknown => 404,
            Self::Forbidden => 403,
            Self::Malformed(_) => 400,
            Self::Conflict { .. } => 409,
            Self::Unprocessable => 422,
            Self::Unreachable(_) => 500,
        }
    }

    /// What an answer of this status and body says.
    #[must_use]
    pub fn of(status: u16, body: &str) -> Self {
        match status {
            404 => Self::Unknown,
            403 => Self::Forbidden,
            400 => Self::Malformed(body.trim_end().to_owned()),
            409 => match body.strip_suffix('\n').and_then(from_decimal) {
                Some(size) => Self::Conflict { size },
                None => Self::Unreachable("it answers with a conflict and names no size".to_owned()),
            },
            422 => Self::Unprocessable,
            other => {
                let said: String = body.lines().next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
                Self::Unreachable(format!("it answers with status {other}: {said}"))
            }
        }
    }

    /// The body of an answer: the size and a newline for a conflict, else a sentence.
    #[must_use]
    pub fn body(&self) -> String {
        match self {
            Self::Conflict { size } => format!("{size}\n"),
            other => format!("{other}\n"),
        }
    }
}

/// The tree of one log that a witness cosigned last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessState {
    /// How many entries it has.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

/// Decides on a request for the log whose key this is; the key's name is the log's origin. `state` is what was cosigned
/// last, `None` where nothing was. Gives the state to persist before the checkpoint is cosigned.
pub fn consider(log: &VerifierKey, state: Option<&WitnessState>, request: &AddCheckpoint) -> Result<WitnessState, WitnessRefusal> {
    let malformed = |error: LedgerError| WitnessRefusal::Malformed(error.to_string());
    let checkpoint = Checkpoint::parse(request.checkpoint.text()).map_err(malformed)?;
    if checkpoint.origin != log.name() {
        return Err(WitnessRefusal::Unknown);
    }
    request.checkpoint.verify(log).map_err(|_| WitnessRefusal::Forbidden)?;
    if request.old_size > checkpoint.size {
        return Err(WitnessRefusal::Malformed("the old size is above the size of the checkpoint".to_owned()));
    }
    let nothing = WitnessState { size: 0, root: empty_root() };
    let last = state.unwrap_or(&nothing);
    if request.old_size != last.size || (checkpoint.size == last.size && checkpoint.root != last.root) {
        return Err(WitnessRefusal::Conflict { size: last.size });
    }
    verify_consistency(last.size, &last.root, checkpoint.size, &checkpoint.root, &request.proof).map_err(|_| WitnessRefusal::Unprocessable)?;
    Ok(WitnessState { size: checkpoint.size, root: checkpoint.root })
}
