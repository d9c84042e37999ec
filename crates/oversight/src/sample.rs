//! Choosing entries for a closer look so that neither side can steer the choice: it follows from a seed that the overseer
//! thinks up and the root of a tree that stood before the seed was known. Anyone who holds both can draw again.
//!
//! Draw number *i*, from 0, is the first eight bytes, big-endian, of the SHA-256 of
//!
//! ```text
//! candour-sample/v1
//! STRATUM
//! SEED
//! ROOT
//! FIRST SPAN
//! I
//! ```
//!
//! six lines, each ended by a newline. With *x* that number, and *m* the largest multiple of SPAN that is at most 2^64: where
//! *x* ≥ *m* the draw is void; otherwise it gives FIRST + *x* mod SPAN, unless an earlier draw gave that.

use rustc_hash::FxHashSet;
use sha2::{Digest as _, Sha256};

/// Numbers from `first` to `first + span - 1`, in the order in which they are drawn: `wanted` of them, or all where there are no
/// more. `stratum` says from what they are drawn, such as `all` entries; `root` is the tree's root in base64.
#[must_use]
pub fn draw(stratum: &str, seed: &str, root: &str, first: u64, span: u64, wanted: u64) -> Vec<u64> {
    let mut drawn = Vec::new();
    let mut known: FxHashSet<u64> = FxHashSet::default();
    let wanted = usize::try_from(wanted.min(span)).unwrap_or(usize::MAX);
    // 2^64 mod span, so that x >= 2^64 - excess is void.
    let excess = if span == 0 { 0 } else { (u64::MAX % span + 1) % span };
    let mut number = 0_u64;
    while drawn.len() < wanted {
        let text = format!("candour-sample/v1\n{stratum}\n{seed}\n{root}\n{first} {span}\n{number}\n");
        number += 1;
        let digest = Sha256::digest(text.as_bytes());
        let x = digest.iter().take(8).fold(0_u64, |x, byte| x << 8 | u64::from(*byte));
        if x > u64::MAX - excess {
            continue;
        }
        let chosen = first + x % span;
        if known.insert(chosen) {
            drawn.push(chosen);
        }
    }
    drawn
}

/// Whether a text may be a seed: printable, one line, not empty, at most 200 bytes.
#[must_use]
pub fn is_seed(text: &str) -> bool {
    !text.is_empty() && text.len() <= 200 && !text.chars().any(char::is_control)
}
