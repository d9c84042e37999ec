//! A verifiable append-only log in C2SP formats; knows nothing of what an entry means.
//!
//! Pure: no file, no network, no clock, and no randomness but what is handed in. One module per concept: [`hash`] and
//! [`tree`] are the Merkle mathematics of RFC 6962, [`tile`] and [`bundle`] the static layout of tlog-tiles, [`note`],
//! [`checkpoint`] and [`cosignature`] the signed texts, [`proof`] the tlog-proof file, [`commitment`] the salted leaf,
//! [`receipt`] what the bearer of an entry holds, [`witness`] what a witness is asked and decides, and [`mod@verify`] the
//! outsider's check of a whole published log.
//! The formats are described byte by byte in `docs/formats/ledger.md`.

pub mod bundle;
pub mod checkpoint;
pub mod commitment;
pub mod cosignature;
mod edge;
mod encoding;
mod error;
pub mod hash;
mod key;
mod nodes;
pub mod note;
pub mod proof;
pub mod receipt;
pub mod tile;
pub mod tree;
pub mod verify;
pub mod witness;

pub use checkpoint::Checkpoint;
pub use edge::{Edge, FullTile};
pub use error::LedgerError;
pub use hash::Hash;
pub use key::{SignatureType, SigningKey, VerifierKey};
pub use nodes::{Nodes, TileNodes, TiledNodes};
pub use note::Note;
pub use receipt::{Receipt, ReceiptField, Withheld};
pub use verify::{Problem, Request, Source, Verified, Witnessed, verify};
