//! How ids are computed: FollowTheMoney's key hashes and, where the mapping asks for it, its dataset signatures.

use candour_model::types::{Context, TypeKind};
use sha1::{Digest as _, Sha1};
use smallvec::SmallVec;

/// Bytes of a block of SHA-1, which HMAC pads its key to (RFC 2104).
const BLOCK: usize = 64;

/// The state of a key hash before the values of a row: prefix and literal are in it.
pub(crate) fn seed(prefix: &str, literal: &str) -> Sha1 {
    Sha1::new().chain_update(prefix.trim().as_bytes()).chain_update(literal.as_bytes())
}

/// SHA-1 over the seed and the values in order of their bytes, as lower-case hex. `None` where all are empty.
pub(crate) fn hash<'v>(seed: &Sha1, values: impl Iterator<Item = &'v str>) -> Option<String> {
    let mut values: SmallVec<[&str; 4]> = values.filter(|value| !value.is_empty()).collect();
    if values.is_empty() {
        return None;
    }
    values.sort_unstable();
    let digest = values.into_iter().fold(seed.clone(), |digest, value| digest.chain_update(value.as_bytes()));
    Some(hex::encode(digest.finalize()))
}

/// An id that a row names itself, or why it is none.
pub(crate) fn named(text: &str) -> Result<String, String> {
    let id = TypeKind::Entity.clean(text, &Context::default()).map_err(|refusal| refusal.to_string())?;
    let longest = TypeKind::Entity.max_length();
    if id.chars().count() > longest {
        return Err(format!("the id has more than {longest} characters; shorten it, or use `keys`"));
    }
    Ok(id.into_owned())
}

/// Signs ids for one dataset, as FollowTheMoney's namespaces do: `ID.HMAC-SHA1(dataset, ID)`.
pub(crate) struct Signer {
    inner: Sha1,
    outer: Sha1,
}

impl Signer {
    /// A signer whose key is the dataset's name.
    pub(crate) fn new(dataset: &str) -> Self {
        let hashed: [u8; 20];
        let key = if dataset.len() > BLOCK {
            hashed = Sha1::digest(dataset.as_bytes()).into();
            hashed.as_slice()
        } else {
            dataset.as_bytes()
        };
        let padded = |pad: u8| key.iter().copied().chain(std::iter::repeat(0)).take(BLOCK).map(|byte| byte ^ pad).collect::<Vec<u8>>();
        Self { inner: Sha1::new_with_prefix(padded(0x36)), outer: Sha1::new_with_prefix(padded(0x5c)) }
    }

    /// The signed id; a signature that is there already is replaced.
    pub(crate) fn sign(&self, id: &str) -> String {
        let plain = id.rsplit_once('.').map_or(id, |(plain, _)| plain);
        let inner = self.inner.clone().chain_update(plain.as_bytes()).finalize();
        format!("{plain}.{}", hex::encode(self.outer.clone().chain_update(inner).finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors made with the Python package followthemoney 4.11.2: `EntityMapping.compute_key`, `Namespace.sign`.
    #[test]
    fn hashes_and_signatures_are_followthemoneys() {
        for (prefix, literal, values, expected) in [
            ("", "", &["z", "y"][..], Some("8cda636a798c6f896b7b82cf21797ec3f7ad7559")),
            ("", "lit", &["z", "y"], Some("586796b7e1bea2a7e3c0f37ba147a69a4fa6920e")),
            ("depot", "lit", &["z", "y"], Some("bf1509c12ee45807fe8c22a0b33ed030d4d1b4e0")),
            ("depot", "lit", &["Zo\u{eb}"], Some("55211470db4d07ea4961a9ef5abd972302312985")),
            ("depot", "", &["\u{e9}", "z"], Some("c62567ab53fad46946e36af1927a3253772f375e")),
            ("depot", "lit", &["", ""], None),
            ("depot", "lit", &[], None),
        ] {
            assert_eq!(hash(&seed(prefix, literal), values.iter().copied()).as_deref(), expected, "{prefix} {literal} {values:?}");
        }
        for id in ["abc", "abc.def"] {
            assert_eq!(Signer::new("depot").sign(id), "abc.74b20bc0d7beddbb9f6e23c5e36d2ccdbb47a61d");
        }
    }
}
