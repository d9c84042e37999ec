//! Records that come after the table: rows of atoms at its end.

use crate::{data::Data, table::NONE};

/// What a record added, so that it can be taken off again.
#[derive(Debug)]
pub(crate) struct Added {
    pub(crate) row: u32,
    /// By atom, how many codes had a rarity before.
    rated: Vec<usize>,
}

impl Data {
    /// By atom, how rare a value is that no record has: as the rarest (Good and Turing's count of what was never seen).
    pub(crate) fn rarest(&self) -> Vec<f32> {
        self.rarity.iter().map(|rarity| rarity.iter().copied().fold(0.0, f32::max)).collect()
    }

    /// Makes room for an eighth more, so that adding rarely waits for a move.
    pub(crate) fn make_room(&mut self) {
        self.atoms.reserve(self.atoms.len() / 8 + 1024 * self.stride);
    }

    /// Adds a record by its variants, field by field.
    pub(crate) fn push(&mut self, variants: &[Vec<Vec<u32>>], rarest: &[f32]) -> Added {
        let row = u32::try_from(self.rows).unwrap_or(NONE);
        let start = self.atoms.len();
        self.atoms.resize(start + self.stride, NONE);
        for ((field, variants), more) in self.fields.iter().zip(variants).zip(&mut self.more) {
            let [first, further @ ..] = variants.as_slice() else { continue };
            for (atom, code) in self.atoms.iter_mut().skip(start + field.first).take(field.width).zip(first) {
                *atom = *code;
            }
            if !further.is_empty() {
                more.insert(row, further.to_vec());
            }
        }
        self.rows += 1;
        let rated = self.rarity.iter().map(Vec::len).collect();
        self.rate(variants, rarest);
        Added { row, rated }
    }

    /// Takes off the record that was added last.
    pub(crate) fn pop(&mut self, added: &Added) {
        self.rows = added.row as usize;
        self.atoms.truncate(self.rows * self.stride);
        for more in &mut self.more {
            more.remove(&added.row);
        }
        for (rarity, rated) in self.rarity.iter_mut().zip(&added.rated) {
            rarity.truncate(*rated);
        }
    }

    /// Says how rare new codes are.
    fn rate(&mut self, variants: &[Vec<Vec<u32>>], rarest: &[f32]) {
        for (field, variants) in self.fields.iter().zip(variants) {
            let joint = field.compare.joint();
            for variant in variants {
                for (place, code) in variant.iter().enumerate().filter(|(_, code)| **code != NONE) {
                    let atom = field.first + place;
                    let rare = crate::at::at(rarest, atom);
                    if let Some(rarity) = self.rarity.get_mut(atom).filter(|rarity| !rarity.is_empty() && rarity.len() <= *code as usize) {
                        rarity.resize(*code as usize + 1, rare);
                    }
                }
                let Some(joint) = joint else { continue };
                let of = |part: usize| variant.get(part).copied().unwrap_or(NONE);
                let bits = |part: usize| self.rarity.get(field.first + part).map_or(0.0, |rarity| crate::at::of(rarity, of(part)));
                let parts: f32 = joint.parts.iter().map(|part| bits(*part)).sum();
                let rare = crate::at::at(rarest, field.first + joint.atom);
                // Half of what counting says, half of what the parts say, as for pairs of values that the table has.
                if let Some(slot) = self.rarity.get_mut(field.first + joint.atom).and_then(|rarity| rarity.get_mut(of(joint.atom) as usize))
                    && *slot == rare
                    && parts > rare
                {
                    *slot = 0.5 * (rare + parts);
                }
            }
        }
    }
}
