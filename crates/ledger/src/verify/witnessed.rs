//! The cosigned checkpoint of a published log: which tree the witnesses saw, and when.

use crate::{checkpoint::Checkpoint, error::LedgerError, key::VerifierKey, note::Note};

use super::{Report, Request, Source};

/// Where the newest checkpoint stands that witnesses have cosigned. It is older than the log's newest by what was recorded
/// since the witnesses were asked.
const PLACE: &str = "checkpoint.cosigned";

/// A cosigned checkpoint.
pub(super) struct Cosigned {
    pub(super) checkpoint: Checkpoint,
    /// Its path.
    pub(super) place: &'static str,
    /// When the first of the witnesses cosigned it, in seconds since 1970; `None` where one of them did not.
    pub(super) by_all_since: Option<u64>,
}

/// Reads it and checks the signatures of log and witnesses. Where there is no such file the log's newest checkpoint must
/// carry the cosignatures itself.
pub(super) fn cosigned(source: &dyn Source, newest: &Note, request: &Request<'_>, report: &mut Report) -> Option<Cosigned> {
    let (place, note) = match source.read(PLACE) {
        Ok(None) => ("checkpoint", newest.clone()),
        Ok(Some(bytes)) => {
            let note = Note::parse(&bytes).map_err(|error| report.add(PLACE, error)).ok()?;
            note.verify(request.key).map_err(|error| report.add(PLACE, error)).ok()?;
            (PLACE, note)
        }
        Err(error) => {
            report.add(PLACE, error);
            return None;
        }
    };
    let checkpoint = Checkpoint::parse(note.text()).map_err(|error| report.add(place, error)).ok()?;
    let words: Vec<Option<u64>> = request.witnesses.iter().map(|witness| word(&note, witness).map_err(|problem| report.add(place, problem)).ok()).collect();
    let by_all_since = words.into_iter().collect::<Option<Vec<u64>>>().and_then(|times| times.into_iter().min());
    Some(Cosigned { checkpoint, place, by_all_since })
}

/// When a witness cosigned, or what is wrong with its word.
fn word(note: &Note, witness: &VerifierKey) -> Result<u64, String> {
    match note.verify(witness) {
        Ok(signed) => signed.time.ok_or_else(|| format!("`{}` is the key of a log; witnesses have keys of their own kind", witness.name())),
        Err(LedgerError::Unsigned(name)) => Err(format!("the witness `{name}` has not cosigned it")),
        Err(error) => Err(error.to_string()),
    }
}
