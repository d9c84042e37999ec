//! The real clock and the system's randomness, handed to everything below.

use std::time::{SystemTime, UNIX_EPOCH};

use candour_actions::Outside;

use crate::failure::Failure;

/// The world as it is.
pub(crate) fn real() -> Result<Outside, Failure> {
    // Asked once before anything is made, so that a system without randomness is met here and not by a weak salt.
    let mut probe = [0; 1];
    getrandom::fill(&mut probe).map_err(|error| Failure::Failed(format!("the system gives no randomness: {error}")))?;
    Ok(Outside::new(now, random))
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default()
}

#[expect(clippy::exit, reason = "a salt that is not random would break the secrecy of the ledger; there is nobody to hand an error to")]
fn random(buffer: &mut [u8]) {
    if getrandom::fill(buffer).is_err() {
        std::process::exit(1);
    }
}
