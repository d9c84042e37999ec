//! The witness itself: decides, persists, signs, in this order and one request at a time.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use candour_ledger::{
    Checkpoint, SignatureType, SigningKey, VerifierKey,
    witness::{AddCheckpoint, WitnessRefusal, WitnessState, consider},
};

use super::{WitnessError, key_file::WitnessFiles, state_file::StateFile};

/// What is handed to a witness so that it knows the time, in seconds since 1970.
type Clock = fn() -> u64;

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum NoCosignature {
    /// The protocol says no.
    #[error(transparent)]
    Refused(#[from] WitnessRefusal),
    /// The state could not be written, or the key could not sign.
    #[error("{0}")]
    Broken(String),
}

/// A witness's key, the logs that it knows, and what it cosigned last of each.
pub struct Keeper {
    key: SigningKey,
    logs: Vec<VerifierKey>,
    clock: Clock,
    held: Mutex<Held>,
}

struct Held {
    file: StateFile,
    /// What the file holds; `None` after a write that failed, when nobody knows what it holds.
    states: Option<BTreeMap<String, WitnessState>>,
}

impl Keeper {
    /// A witness over its files, for these logs. Several keys may be of one origin.
    pub fn new(files: WitnessFiles, logs: Vec<VerifierKey>, clock: Clock) -> Result<Self, WitnessError> {
        if let Some(log) = logs.iter().find(|log| log.kind() != SignatureType::Ed25519) {
            return Err(WitnessError::NoLogKey(log.to_string()));
        }
        let (key, file) = files.into_parts();
        let states = Some(file.read()?);
        Ok(Self { key, logs, clock, held: Mutex::new(Held { file, states }) })
    }

    /// Its verifier key.
    #[must_use]
    pub fn vkey(&self) -> String {
        self.key.vkey()
    }

    /// Answers a request: signature lines, or why there are none.
    pub fn add_checkpoint(&self, body: &[u8]) -> Result<String, NoCosignature> {
        let request = AddCheckpoint::parse(body).map_err(|error| WitnessRefusal::Malformed(error.to_string()))?;
        let checkpoint = Checkpoint::parse(request.checkpoint.text()).map_err(|error| WitnessRefusal::Malformed(error.to_string()))?;
        // Held until the signature is made: between the check and the writing of the state nobody else may write.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mut states = match held.states.take() {
            Some(states) => states,
            None => held.file.read().map_err(|error| NoCosignature::Broken(error.to_string()))?,
        };
        let last = states.get(&checkpoint.origin);
        let considered = self.consider(&checkpoint.origin, last, &request);
        let state = match considered {
            Ok(state) => state,
            Err(refusal) => {
                held.states = Some(states);
                return Err(refusal.into());
            }
        };
        if states.get(&checkpoint.origin) != Some(&state) {
            states.insert(checkpoint.origin, state);
            held.file.write(&states).map_err(|error| NoCosignature::Broken(error.to_string()))?;
        }
        held.states = Some(states);
        request.checkpoint.cosignature(&self.key, (self.clock)()).map_err(|error| NoCosignature::Broken(error.to_string()))
    }

    /// The decision by whichever of the log's keys signed.
    fn consider(&self, origin: &str, last: Option<&WitnessState>, request: &AddCheckpoint) -> Result<WitnessState, WitnessRefusal> {
        let mut outcome = Err(WitnessRefusal::Unknown);
        for log in self.logs.iter().filter(|log| log.name() == origin) {
            outcome = consider(log, last, request);
            if outcome != Err(WitnessRefusal::Forbidden) {
                break;
            }
        }
        outcome
    }
}
