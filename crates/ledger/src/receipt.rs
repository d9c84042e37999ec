//! Receipts: what the bearer of a journal entry holds, and can show to anyone who knows the log's key.
//!
//! A receipt gives the entry's fields with their salts, the public leaf that commits to them, and the proof that the leaf
//! is in a signed tree. Its JSON is what `candour verify --receipt` takes; hashes and salts in it are lower-case hex.

use serde::{Deserialize, Serialize};

use crate::{
    checkpoint::Checkpoint,
    commitment::{self, Leaf, Salt},
    encoding::from_hex,
    error::LedgerError,
    hash::{Hash, leaf_hash},
    key::VerifierKey,
    proof::Proof,
    verify::Problem,
};

/// Name of the field that says when an entry was made.
pub const TIME: &str = "time";

/// Proof of one entry, with what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Number of the entry, from 0.
    pub index: u64,
    /// Size of the tree that the proof is for.
    pub tree_size: u64,
    /// When the entry was made, in milliseconds since 1970-01-01T00:00Z; its field `time` says the same.
    pub time: i64,
    /// The public leaf.
    pub leaf: String,
    /// A tlog-proof with its signed checkpoint.
    pub proof: String,
    /// The fields that are shown, in the order of the entry.
    pub fields: Vec<ReceiptField>,
    /// The fields that are not, by place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Withheld>,
}

/// A field that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptField {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Its salt.
    pub salt: String,
}

/// A field of which only the commitment is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// Its place among all fields, from 0.
    pub position: u32,
    /// Its commitment.
    pub commitment: String,
}

/// The value of the field `time`: RFC 3339 in UTC with milliseconds, such as `2026-01-31T08:15:00.250Z`; `None` beyond
/// the years -9999 to 9999.
#[must_use]
pub fn time_text(milliseconds: i64) -> Option<String> {
    jiff::Timestamp::from_millisecond(milliseconds).ok().map(|time| format!("{time:.3}"))
}

impl ReceiptField {
    /// A field with its salt.
    #[must_use]
    pub fn new(name: &str, value: &str, salt: &Salt) -> Self {
        Self { name: name.to_owned(), value: value.to_owned(), salt: hex::encode(salt) }
    }

    fn commitment(&self) -> Result<Hash, LedgerError> {
        let salt: Salt =
            from_hex(&self.salt).ok_or_else(|| LedgerError::Receipt(format!("the salt of field `{}` is not 64 lower-case hex digits", self.name)))?;
        commitment::commit(&salt, &self.name, self.value.as_bytes())
    }
}

impl Receipt {
    /// The same receipt with only the named fields shown. The time is always shown, for the receipt states it.
    pub fn showing(&self, names: &[&str]) -> Result<Self, LedgerError> {
        let mut shown = Self { fields: Vec::new(), withheld: Vec::new(), ..self.clone() };
        let mut fields = self.fields.iter();
        for position in 0..u32::try_from(self.fields.len() + self.withheld.len()).map_err(|_| LedgerError::Receipt("too many fields".to_owned()))? {
            if let Some(withheld) = self.withheld.iter().find(|withheld| withheld.position == position) {
                shown.withheld.push(withheld.clone());
                continue;
            }
            let Some(field) = fields.next() else { break };
            if field.name == TIME || names.contains(&field.name.as_str()) {
                shown.fields.push(field.clone());
            } else {
                shown.withheld.push(Withheld { position, commitment: format!("{:x}", field.commitment()?) });
            }
        }
        Ok(shown)
    }

    /// The public leaf.
    pub fn leaf(&self) -> Result<Leaf, LedgerError> {
        from_hex(&self.leaf).ok_or_else(|| LedgerError::Receipt(format!("the leaf is not {} lower-case hex digits", 2 * commitment::LEAF_LENGTH)))
    }

    /// Checks that the fields lead to the leaf and the leaf to a tree that the log has signed. Gives that tree, where
    /// there is one, and everything that is wrong, each with the receipt's part.
    #[must_use]
    pub fn check(&self, key: &VerifierKey) -> (Option<Checkpoint>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut note = |part: &str, what: String| problems.push(Problem { place: part.to_owned(), what });
        match self.commitments().and_then(|commitments| commitment::leaf(&commitments)) {
            Ok(leaf) if hex::encode(leaf) == self.leaf => {}
            Ok(_) => note("fields", "names, values and salts do not lead to the leaf; a field was changed, added, left out or moved".to_owned()),
            Err(error) => note("fields", error.to_string()),
        }
        match self.fields.iter().find(|field| field.name == TIME) {
            Some(field) if Some(&field.value) == time_text(self.time).as_ref() => {}
            Some(field) => note("time", format!("it is not the time of the entry, `{}`", field.value)),
            None => note("time", "the entry's field `time` is not shown, so that nothing vouches for it".to_owned()),
        }
        let checkpoint = self.check_proof(key, &mut note);
        (checkpoint, problems)
    }

    fn check_proof(&self, key: &VerifierKey, note: &mut impl FnMut(&str, String)) -> Option<Checkpoint> {
        let leaf = self.leaf().map_err(|error| note("leaf", error.to_string())).ok();
        let proof = Proof::parse(&self.proof).map_err(|error| note("proof", error.to_string())).ok()?;
        if proof.extra.is_some() {
            note("proof", "it carries extra data, which receipts of this log do not".to_owned());
        }
        if proof.index != self.index {
            note("index", format!("it is {}, the proof is for {}", self.index, proof.index));
        }
        let checkpoint = Checkpoint::parse(proof.checkpoint.text()).map_err(|error| note("proof", error.to_string())).ok()?;
        if checkpoint.size != self.tree_size {
            note("tree_size", format!("it is {}, the proof is for {}", self.tree_size, checkpoint.size));
        }
        proof.verify(&leaf_hash(&leaf?), key).map_err(|error| note("proof", error.to_string())).ok()
    }

    /// The commitments of all fields in order.
    fn commitments(&self) -> Result<Vec<Hash>, LedgerError> {
        let wrong = |what: String| LedgerError::Receipt(what);
        let mut places: Vec<Option<Hash>> = vec![None; self.fields.len() + self.withheld.len()];
        for withheld in &self.withheld {
            let commitment = Hash::from_hex(&withheld.commitment).ok_or_else(|| wrong("a withheld commitment is not 64 lower-case hex digits".to_owned()))?;
            let place = usize::try_from(withheld.position).ok().and_then(|position| places.get_mut(position));
            if place.is_none_or(|place| place.replace(commitment).is_some()) {
                return Err(wrong(format!("withheld place {} is given twice or is beyond the last field", withheld.position)));
            }
        }
        let mut fields = self.fields.iter();
        places
            .into_iter()
            .map(|known| match known {
                Some(commitment) => Ok(commitment),
                None => fields.next().ok_or_else(|| wrong("a field is missing".to_owned()))?.commitment(),
            })
            .collect()
    }
}
