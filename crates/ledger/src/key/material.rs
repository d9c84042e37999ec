//! Public and secret keys of the two algorithms.

use std::sync::Arc;

use ed25519_dalek::Signer as _;
use ml_dsa::{MlDsa44, signature::Keypair as _};

use super::SignatureType;

/// Length of an ML-DSA-44 public key in bytes (FIPS 204, table 2).
const ML_DSA_PUBLIC: usize = 1_312;

/// A public key.
#[derive(Clone)]
pub(super) enum Public {
    Ed25519(ed25519_dalek::VerifyingKey),
    /// Shared, for it holds a matrix that is computed once.
    MlDsa44(Arc<ml_dsa::VerifyingKey<MlDsa44>>),
}

impl Public {
    /// Reads the bytes behind the type byte, or says what is wrong with them.
    pub(super) fn parse(kind: SignatureType, bytes: &[u8]) -> Result<Self, &'static str> {
        if kind == SignatureType::CosignatureMlDsa44 {
            let bytes: &[u8; ML_DSA_PUBLIC] = bytes.try_into().map_err(|_| "its key has not 1,312 bytes")?;
            return Ok(Self::MlDsa44(Arc::new(ml_dsa::VerifyingKey::decode(&(*bytes).into()))));
        }
        let bytes = bytes.try_into().map_err(|_| "its key has not 32 bytes")?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| "its key is no point of the curve")?;
        if key.is_weak() { Err("its key is weak") } else { Ok(Self::Ed25519(key)) }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.as_bytes().to_vec(),
            Self::MlDsa44(key) => key.encode().to_vec(),
        }
    }

    /// Whether the bytes are its signature. Ed25519 by the strict rules; ML-DSA-44 with the empty context.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Self::MlDsa44(key) => ml_dsa::Signature::<MlDsa44>::try_from(signature).is_ok_and(|signature| key.verify_with_context(message, &[], &signature)),
        }
    }
}

impl PartialEq for Public {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ed25519(one), Self::Ed25519(other)) => one == other,
            (Self::MlDsa44(one), Self::MlDsa44(other)) => one.encode() == other.encode(),
            _ => false,
        }
    }
}

impl Eq for Public {}

/// A secret key, wiped when dropped.
#[derive(Clone)]
pub(super) enum Secret {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    MlDsa44(Box<ml_dsa::SigningKey<MlDsa44>>),
}

impl Secret {
    /// The key of 32 random bytes: RFC 8032's seed, or FIPS 204's.
    pub(super) fn new(kind: SignatureType, seed: [u8; 32]) -> Self {
        match kind {
            SignatureType::CosignatureMlDsa44 => Self::MlDsa44(Box::new(ml_dsa::SigningKey::from_seed(&seed.into()))),
            SignatureType::Ed25519 | SignatureType::CosignatureV1 => Self::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(&seed))),
        }
    }

    pub(super) fn seed(&self) -> &[u8] {
        match self {
            Self::Ed25519(key) => key.as_bytes(),
            Self::MlDsa44(key) => key.as_seed(),
        }
    }

    pub(super) fn public(&self) -> Public {
        match self {
            Self::Ed25519(key) => Public::Ed25519(key.verifying_key()),
            Self::MlDsa44(key) => Public::MlDsa44(Arc::new(key.verifying_key())),
        }
    }

    /// Signs. Both algorithms give the same signature each time: ML-DSA-44 in its deterministic variant.
    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
            Self::MlDsa44(key) => {
                let signature: ml_dsa::Signature<MlDsa44> = ml_dsa::signature::Signer::sign(&**key, message);
                signature.encode().to_vec()
            }
        }
    }
}
