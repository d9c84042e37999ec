//! Values that entities share (a phone, an address, an identifier), numbered, in one long text.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use candour_model::types::TypeKind;
use rustc_hash::FxHashMap;

const NONE: u32 = u32::MAX;

/// All shared values and where to find each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    text: String,
    /// End of each value in `text`.
    ends: Vec<usize>,
    kinds: Vec<TypeKind>,
    /// The newest value of a hash; older ones follow through `older`.
    newest: FxHashMap<u64, u32>,
    older: Vec<u32>,
}

impl Values {
    /// The number of a value, new or known.
    pub(crate) fn intern(&mut self, kind: TypeKind, value: &str) -> u32 {
        let hash = hash(kind, value);
        if let Some(known) = self.find_hashed(hash, kind, value) {
            return known;
        }
        let number = u32::try_from(self.kinds.len()).unwrap_or(NONE);
        self.text.push_str(value);
        self.ends.push(self.text.len());
        self.kinds.push(kind);
        self.older.push(self.newest.insert(hash, number).unwrap_or(NONE));
        number
    }

    pub(crate) fn find(&self, kind: TypeKind, value: &str) -> Option<u32> {
        self.find_hashed(hash(kind, value), kind, value)
    }

    fn find_hashed(&self, hash: u64, kind: TypeKind, value: &str) -> Option<u32> {
        let mut number = *self.newest.get(&hash)?;
        while self.get(number)? != (kind, value) {
            number = *self.older.get(number as usize)?;
        }
        Some(number)
    }

    pub(crate) fn get(&self, number: u32) -> Option<(TypeKind, &str)> {
        let at = number as usize;
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        Some((*self.kinds.get(at)?, self.text.get(start..*self.ends.get(at)?)?))
    }

    /// Numbers in order of kind and text.
    pub(crate) fn in_order(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..).take(self.len()).collect();
        numbers.sort_unstable_by(|a, b| self.get(*a).cmp(&self.get(*b)));
        numbers
    }

    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self.older.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        // A slot of the hash table is a key, a number, padding and one byte of control.
        self.text.capacity() + self.ends.capacity() * 8 + self.kinds.capacity() + self.older.capacity() * 4 + self.newest.capacity() * 17
    }
}

fn hash(kind: TypeKind, value: &str) -> u64 {
    // The standard keyed hash, for the values are other people's; its keys are fixed, so two builds agree.
    let mut hasher = DefaultHasher::new();
    (kind, value).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart_by_kind_and_text() {
        let mut values = Values::default();
        let phone = values.intern(TypeKind::Phone, "+441632960001");
        let same_text = values.intern(TypeKind::Identifier, "+441632960001");
        let empty = values.intern(TypeKind::Identifier, "");
        assert_eq!((phone, same_text, empty), (0, 1, 2));
        assert_eq!(values.intern(TypeKind::Phone, "+441632960001"), phone);
        assert_eq!(values.find(TypeKind::Identifier, ""), Some(empty));
        assert_eq!(values.find(TypeKind::Email, ""), None);
        assert_eq!(values.get(same_text), Some((TypeKind::Identifier, "+441632960001")));
        assert_eq!(values.get(3), None);
        assert_eq!(values.len(), 3);
    }
}
