//! Witnesses: submitting the log's checkpoint to those whom the charter names, and waiting for their word where it says so.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use candour_ledger::{
    Checkpoint, Note, VerifierKey,
    witness::{AddCheckpoint, Witness, WitnessRefusal},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{action::Action, desk::Desk, error::ActionError, view::instant};

/// A witness that the charter names and the program knows how to ask.
struct Known {
    key: VerifierKey,
    witness: Arc<dyn Witness>,
    /// Size of the tree that it cosigned last, as far as is known here.
    size: u64,
    last: Option<Last>,
}

/// What it said last.
struct Last {
    at: i64,
    refusal: Option<WitnessRefusal>,
}

/// The witnesses of a desk.
#[derive(Default)]
pub(crate) struct Witnesses(Mutex<BTreeMap<String, Known>>);

/// A witness as overseers see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WitnessView {
    /// Name of its key.
    pub name: String,
    /// Size of the tree that it cosigned last; 0 where it never did since the program began.
    pub size: u64,
    /// When it was asked last; RFC 3339.
    pub asked_at: Option<String>,
    /// Why it did not cosign then.
    pub problem: Option<String>,
}

/// A checkpoint that enough witnesses vouch for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CosignedView {
    /// Size of its tree.
    pub size: u64,
    /// When the last of them saw it; RFC 3339.
    pub time: String,
    /// Names of the witnesses' keys.
    pub witnesses: Vec<String>,
}

impl Desk {
    /// The witnesses that the charter names: verifier key and address.
    #[must_use]
    pub fn witnesses_named(&self) -> Vec<(String, String)> {
        self.with_charter(|charter| charter.ledger().witnesses.iter().map(|witness| (witness.key.to_string(), witness.url.clone())).collect())
    }

    /// Says how the witnesses are asked. One whose key the charter does not name counts for nothing.
    pub fn set_witnesses(&self, witnesses: Vec<Arc<dyn Witness>>) {
        let mut known = self.witnesses().0.lock().unwrap_or_else(PoisonError::into_inner);
        known.clear();
        for witness in witnesses {
            if let Ok(key) = VerifierKey::parse(witness.vkey()) {
                known.insert(key.to_string(), Known { key, witness, size: 0, last: None });
            }
        }
    }

    /// Submits the newest checkpoint to every witness and keeps it where enough of them cosign. Without witnesses in the
    /// charter there is nothing to do.
    pub fn cosign(&self) -> Result<(), ActionError> {
        let (named, threshold) = self.with_charter(|charter| {
            let keys: Vec<String> = charter.ledger().witnesses.iter().map(|witness| witness.key.to_string()).collect();
            (keys, charter.ledger().threshold)
        });
        if named.is_empty() {
            return Ok(());
        }
        // Held throughout: two submissions at once would only confuse each other about what a witness has seen.
        let mut known = self.witnesses().0.lock().unwrap_or_else(PoisonError::into_inner);
        let status = self.store().log_status()?;
        let mut note = Note::parse(status.checkpoint.as_bytes()).map_err(candour_store::StoreError::from)?;
        let mut signers = Vec::new();
        let mut problems = Vec::new();
        for known in known.values_mut().filter(|known| named.contains(&known.key.to_string())) {
            let outcome = self.ask_witness(known, &status.checkpoint, status.size);
            known.last = Some(Last { at: self.now(), refusal: outcome.as_ref().err().cloned() });
            match outcome.map(|lines| cosigned_by(&note, &lines, &known.key)) {
                Ok(Some(with)) => {
                    note = with;
                    signers.push(known.key.name().to_owned());
                }
                Ok(None) => problems.push(format!("{}: its signature does not verify", known.key.name())),
                Err(refusal) => problems.push(format!("{}: {refusal}", known.key.name())),
            }
        }
        if signers.len() >= threshold && !signers.is_empty() {
            return Ok(self.store().set_cosigned(&note.to_string())?);
        }
        let missing = named.len().saturating_sub(signers.len() + problems.len());
        if missing > 0 {
            problems.push(format!("{missing} of the witnesses that the charter names cannot be asked from here"));
        }
        Err(ActionError::NotCosigned(format!("{} of {threshold} witnesses have cosigned: {}", signers.len(), problems.join("; "))))
    }

    /// One witness's signature lines. A witness that has seen another size than is known here says which, and is asked again.
    fn ask_witness(&self, known: &mut Known, checkpoint: &str, size: u64) -> Result<String, WitnessRefusal> {
        for _ in 0..2 {
            // To the tree that is submitted, though the log may have grown meanwhile.
            let proof = self.store().consistency(known.size.min(size), size).map_err(|error| WitnessRefusal::Malformed(error.to_string()))?;
            let checkpoint = Note::parse(checkpoint.as_bytes()).map_err(|error| WitnessRefusal::Malformed(error.to_string()))?;
            match known.witness.add_checkpoint(&AddCheckpoint { old_size: known.size, proof, checkpoint }) {
                Ok(lines) => {
                    known.size = size;
                    return Ok(lines);
                }
                Err(WitnessRefusal::Conflict { size: seen }) if seen != known.size && seen <= size => known.size = seen,
                Err(refusal) => return Err(refusal),
            }
        }
        Err(WitnessRefusal::Conflict { size: known.size })
    }

    /// Waits for enough witnesses to vouch for a tree that holds an entry, where the charter says that the action waits.
    pub(crate) fn vouched_for(&self, action: Action, entry: u64) -> Result<(), ActionError> {
        if !self.with_charter(|charter| charter.ledger().wait_for.iter().any(|name| name == action.name())) {
            return Ok(());
        }
        // Others write meanwhile; a checkpoint that was signed for them serves as well.
        let mut outcome = Ok(());
        for _ in 0..8 {
            if self.cosigned()?.is_some_and(|cosigned| cosigned.size > entry) {
                return Ok(());
            }
            outcome = self.cosign();
        }
        if self.cosigned()?.is_some_and(|cosigned| cosigned.size > entry) {
            return Ok(());
        }
        outcome.and(Err(ActionError::NotCosigned("the witnesses were asked eight times; try again".to_owned())))
    }

    /// The newest checkpoint that enough witnesses vouch for.
    pub(crate) fn cosigned(&self) -> Result<Option<CosignedView>, ActionError> {
        let Some(text) = self.store().cosigned()? else { return Ok(None) };
        let note = Note::parse(text.as_bytes()).map_err(candour_store::StoreError::from)?;
        let checkpoint = Checkpoint::parse(note.text()).map_err(candour_store::StoreError::from)?;
        let keys: Vec<VerifierKey> = self.with_charter(|charter| charter.ledger().witnesses.iter().map(|witness| witness.key.clone()).collect());
        let seen: Vec<(String, u64)> = keys.iter().filter_map(|key| Some((key.name().to_owned(), note.verify(key).ok()?.time?))).collect();
        let time = seen.iter().map(|(_, time)| *time).max().and_then(|time| i64::try_from(time).ok()).unwrap_or_default();
        let witnesses: Vec<String> = seen.into_iter().map(|(name, _)| name).collect();
        if witnesses.len() < self.with_charter(|charter| charter.ledger().threshold) {
            return Ok(None);
        }
        Ok(Some(CosignedView { size: checkpoint.size, time: instant(time.saturating_mul(1000)), witnesses }))
    }

    /// What each witness said last.
    pub(crate) fn witnesses_now(&self) -> Vec<WitnessView> {
        let known = self.witnesses().0.lock().unwrap_or_else(PoisonError::into_inner);
        let view = |known: &Known| WitnessView {
            name: known.key.name().to_owned(),
            size: known.size,
            asked_at: known.last.as_ref().map(|last| instant(last.at)),
            problem: known.last.as_ref().and_then(|last| last.refusal.as_ref()).map(ToString::to_string),
        };
        known.values().map(view).collect()
    }
}

/// The note with the lines of a witness, if they verify.
fn cosigned_by(note: &Note, lines: &str, key: &VerifierKey) -> Option<Note> {
    let mut with = note.clone();
    with.add_lines(lines).ok()?;
    with.verify(key).ok()?;
    Some(with)
}
