//! The private content of an entry: what is sealed under the segment's key.
//!
//! Whole, it is the seed of all salts and the fields. Once a field has been erased there is no seed any more: every field
//! that is left has its own salt, and of those that are gone the commitment alone is kept.

use candour_ledger::{
    Hash,
    commitment::{self, Salt, Seed},
    receipt::TIME,
};
use zeroize::Zeroizing;

use super::entry::PREVIOUS;
use crate::error::StoreError;

const WHOLE: u8 = 1;
const REDACTED: u8 = 2;

/// A field of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    /// One that can be shown.
    Kept { name: String, value: String, salt: Salt },
    /// One of which only the commitment is left.
    Erased { name: String, commitment: Hash },
}

impl Field {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Kept { name, .. } | Self::Erased { name, .. } => name,
        }
    }

    pub(super) fn commitment(&self) -> Result<Hash, StoreError> {
        match self {
            Self::Kept { name, value, salt } => Ok(commitment::commit(salt, name, value.as_bytes())?),
            Self::Erased { commitment, .. } => Ok(*commitment),
        }
    }
}

/// The text of a whole entry. `fields` are those before [`PREVIOUS`], which the row itself holds.
pub(super) fn whole(seed: &Seed, fields: &[(&'static str, String)]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let mut text = Zeroizing::new(Vec::with_capacity(64 + fields.iter().map(|(name, value)| name.len() + value.len() + 8).sum::<usize>()));
    text.push(WHOLE);
    text.extend_from_slice(seed);
    serde_json::to_writer(&mut *text, fields).map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(text)
}

/// The text of a whole entry as the first version of the layout kept it: seed and JSON side by side.
pub(super) fn from_v1(seed: &[u8], body: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([&[WHOLE], seed, body.as_bytes()].concat())
}

/// Reads a text. `previous` is what the row says of the tree before, where it says anything.
pub(super) fn read(text: &[u8], previous: Option<&str>) -> Option<Vec<Field>> {
    let (kind, rest) = text.split_first()?;
    match *kind {
        WHOLE => {
            let (seed, fields) = rest.split_first_chunk()?;
            let mut fields: Vec<(String, String)> = serde_json::from_slice(fields).ok()?;
            fields.extend(previous.map(|previous| (PREVIOUS.to_owned(), previous.to_owned())));
            let kept = (0..).zip(fields).map(|(position, (name, value))| Field::Kept { name, value, salt: commitment::salt(seed, position) });
            Some(kept.collect())
        }
        REDACTED => {
            let fields: Vec<(String, Option<String>, String)> = serde_json::from_slice(rest).ok()?;
            fields.into_iter().map(|(name, value, hex)| field(name, value, &hex)).collect()
        }
        _ => None,
    }
}

fn field(name: String, value: Option<String>, hex: &str) -> Option<Field> {
    match value {
        Some(value) => {
            let mut salt = [0; 32];
            hex::decode_to_slice(hex, &mut salt).ok()?;
            Some(Field::Kept { name, value, salt })
        }
        None => Some(Field::Erased { name, commitment: Hash::from_hex(hex)? }),
    }
}

/// The text of an entry without seed.
pub(super) fn redacted(fields: &[Field]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let rows: Vec<(&str, Option<&str>, String)> = fields
        .iter()
        .map(|field| match field {
            Field::Kept { name, value, salt } => (name.as_str(), Some(value.as_str()), hex::encode(salt)),
            Field::Erased { name, commitment } => (name.as_str(), None, format!("{commitment:x}")),
        })
        .collect();
    let mut text = Zeroizing::new(vec![REDACTED]);
    serde_json::to_writer(&mut *text, &rows).map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(text)
}

/// Erases the values and salts of the fields with these names. One that is gone already is fine, one that the entry never had is not,
/// nor are those without which a receipt proves nothing.
pub(super) fn erase(fields: &mut [Field], names: &[String]) -> Result<(), StoreError> {
    for name in names {
        if [TIME, PREVIOUS].contains(&name.as_str()) {
            return Err(StoreError::Refused(format!("the field `{name}` of a journal entry says nothing of anybody and cannot be erased")));
        }
        let mut found = false;
        for field in fields.iter_mut().filter(|field| field.name() == name) {
            found = true;
            *field = Field::Erased { name: name.clone(), commitment: field.commitment()? };
        }
        if !found {
            return Err(StoreError::Refused(format!("the journal entry has no field `{name}`")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_body_is_not_read() {
        for bad in [&b""[..], b"\x00[]", b"\x01short", b"\x03[]", b"\x02[[\"a\",\"b\"]]", b"\x02[[\"a\",null,\"00\"]]", b"\x02[[\"a\",\"b\",\"0\"]]"] {
            assert_eq!(read(bad, None), None, "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn erasing_keeps_every_commitment_and_everything_else(
            values in proptest::collection::vec("\\PC{0,12}", 1..8), seed: Seed, erased in proptest::collection::vec(any::<bool>(), 8), again in proptest::collection::vec(any::<bool>(), 8),
            previous in proptest::option::of("[0-9]{1,9} \\PC{0,9}"),
        ) {
            const NAMES: [&str; 8] = ["time", "actor", "action", "purpose", "query", "outcome", "results", "reason"];
            let entry: Vec<(&'static str, String)> = NAMES.into_iter().zip(values).collect();
            let before = read(&whole(&seed, &entry).unwrap(), previous.as_deref()).unwrap();
            let mut now = before.clone();
            for round in [&erased, &again] {
                let names: Vec<String> = entry.iter().zip(round).skip(1).filter(|(_, erase)| **erase).map(|((name, _), _)| (*name).to_owned()).collect();
                erase(&mut now, &names).unwrap();
                let text = redacted(&now).unwrap();
                now = read(&text, previous.as_deref()).unwrap();
                let bytes = |field: &Field| field.commitment().unwrap();
                prop_assert_eq!(now.iter().map(bytes).collect::<Vec<_>>(), before.iter().map(bytes).collect::<Vec<_>>());
                for (position, (was, is)) in before.iter().zip(&now).enumerate() {
                    let gone = position > 0 && position < entry.len() && (erased[position] || (std::ptr::eq(round, &again) && again[position]));
                    prop_assert_eq!(matches!(is, Field::Erased { .. }), gone);
                    if !gone { prop_assert_eq!(was, is); }
                }
                // Neither the seed nor, of what is gone, value and salt are left.
                prop_assert!(!text.windows(32).any(|window| window == seed));
            }
        }
    }
}
