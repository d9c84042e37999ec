//! Records as rows of atoms, one row beside the other, so that comparing two records touches two places of memory.

mod grow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    field::{Field, MISSING, Rate, Steps, fields_of},
    kind::Kind,
    number::single,
    radix,
    table::{NONE, Table},
};

/// The records of a table, ready to be compared.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) rows: usize,
    pub(crate) stride: usize,
    atoms: Vec<u32>,
    pub(crate) fields: Vec<Field>,
    /// Further variants by field and record.
    more: Vec<FxHashMap<u32, Vec<Vec<u32>>>>,
    /// How often each code of each atom occurs.
    pub(crate) counts: Vec<Vec<u32>>,
    /// Bits of how rare each code of an atom is, for those atoms that rates speak of.
    pub(crate) rarity: Vec<Vec<f32>>,
}

impl Data {
    pub(crate) fn new(table: &Table) -> Self {
        let rows = table.rows();
        let (fields, variants): (Vec<_>, Vec<_>) = fields_of(table).into_iter().unzip();
        let stride = fields.iter().map(|field| field.width).sum::<usize>().max(1);
        let mut atoms = vec![NONE; rows * stride];
        let columns: Vec<&Vec<u32>> = variants.iter().flat_map(|variants| &variants.first).collect();
        atoms.par_chunks_mut(stride * 4096).enumerate().for_each(|(chunk, rows)| {
            for (place, row) in rows.chunks_mut(stride).enumerate() {
                for (atom, column) in row.iter_mut().zip(&columns) {
                    *atom = column.get(chunk * 4096 + place).copied().unwrap_or(NONE);
                }
            }
        });
        let more: Vec<FxHashMap<u32, Vec<Vec<u32>>>> = variants
            .iter()
            .map(|variants| {
                let mut by_row: FxHashMap<u32, Vec<Vec<u32>>> = FxHashMap::default();
                for (row, variant) in &variants.more {
                    by_row.entry(*row).or_default().push(variant.clone());
                }
                by_row
            })
            .collect();
        let mut counts: Vec<Vec<u32>> = columns.par_iter().map(|column| count(column)).collect();
        let mut first = 0;
        for (field, variants) in fields.iter().zip(&variants) {
            for variant in variants.more.iter().map(|(_, variant)| variant) {
                for (place, code) in variant.iter().enumerate().filter(|(_, code)| **code != NONE) {
                    if let Some(counts) = counts.get_mut(first + place) {
                        if counts.len() <= *code as usize {
                            counts.resize(*code as usize + 1, 0);
                        }
                        if let Some(count) = counts.get_mut(*code as usize) {
                            *count += 1;
                        }
                    }
                }
            }
            first += field.width;
        }
        let mut data = Self { rows, stride, atoms, fields, more, counts, rarity: Vec::new() };
        data.rarity = data.rarities();
        data
    }

    /// The first variants of all fields of a record.
    #[inline]
    pub(crate) fn row(&self, row: u32) -> &[u32] {
        let start = row as usize * self.stride;
        self.atoms.get(start..start + self.stride).unwrap_or_default()
    }

    /// Further variants of a field of a record.
    #[inline]
    pub(crate) fn further(&self, field: usize, row: u32) -> &[Vec<u32>] {
        self.more.get(field).filter(|more| !more.is_empty()).and_then(|more| more.get(&row)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether any record has more than one variant of any field.
    pub(crate) fn has_further(&self) -> bool {
        self.more.iter().any(|more| !more.is_empty())
    }

    /// Steps of the first variants of a field.
    #[inline]
    pub(crate) fn steps(&self, field: &Field, left: &[u32], right: &[u32]) -> Steps {
        match (left.get(field.first..field.first + field.width), right.get(field.first..field.first + field.width)) {
            (Some(left), Some(right)) => field.compare.steps(left, right),
            _ => [MISSING; 4],
        }
    }

    /// Share of records that have a value of an atom at all.
    pub(crate) fn filled(&self, atom: usize) -> f64 {
        let with: u64 = self.counts.get(atom).map_or(0, |counts| counts.iter().map(|count| u64::from(*count)).sum());
        with as f64 / self.rows.max(1) as f64
    }

    /// How many bearers each code of an atom has, as far as a second atom tells them apart: records of one thing that
    /// agree on both count once.
    fn bearers(&self, atom: usize, anchor: Option<usize>) -> Vec<f64> {
        let counts = self.counts.get(atom).map(Vec::as_slice).unwrap_or_default();
        let plain = || counts.iter().map(|count| f64::from(*count)).collect();
        let Some(anchor) = anchor else { return plain() };
        let bits = self.counts.get(anchor).map_or(32, |counts| radix::bits_below(counts.len()));
        let mut both: Vec<u64> = (0..self.rows)
            .filter_map(|row| u32::try_from(row).ok())
            .filter_map(|row| {
                let row = self.row(row);
                let (value, anchor) = (row.get(atom).copied()?, row.get(anchor).copied()?);
                (value != NONE && anchor != NONE).then_some(u64::from(value) << bits | u64::from(anchor))
            })
            .collect();
        radix::sort(&mut both, 0, bits + radix::bits_below(counts.len()));
        let mut with = vec![0_u32; counts.len()];
        let mut distinct = vec![0_u32; counts.len()];
        let mut before = u64::MAX;
        for pair in both {
            let value = usize::try_from(pair >> bits).unwrap_or_default();
            if let (Some(with), Some(distinct)) = (with.get_mut(value), distinct.get_mut(value)) {
                *with += 1;
                *distinct += u32::from(pair != before);
            }
            before = pair;
        }
        let bearers = counts
            .iter()
            .zip(with.iter().zip(&distinct))
            .map(|(count, (with, distinct))| if *with == 0 { f64::from(*count) } else { f64::from(*distinct) * f64::from(*count) / f64::from(*with) });
        bearers.collect()
    }

    /// What tells the bearers of a field's values apart: for names a date, for all else the name.
    fn anchor(&self, field: &Field) -> Option<usize> {
        let of = |kind: Kind| self.fields.iter().find(|other| other.kind == kind && other.first != field.first).filter(|other| self.filled(other.first) > 0.3);
        let name = of(Kind::FullName).and_then(|name| Some(name.first + name.compare.joint()?.atom)).filter(|atom| self.filled(*atom) > 0.3);
        let anchors = if field.kind == Kind::FullName { None } else { name.or_else(|| of(Kind::Organisation).map(|name| name.first)) };
        anchors
            .or_else(|| of(Kind::Date).map(|date| date.first))
            .or_else(|| of(Kind::Address).map(|place| place.first))
            .or_else(|| of(Kind::Phone).map(|phone| phone.first))
    }

    fn rarities(&self) -> Vec<Vec<f32>> {
        let mut rarity: Vec<Vec<f32>> = (0..self.stride).map(|_| Vec::new()).collect();
        for field in &self.fields {
            for step in field.compare.factors().iter().flat_map(|factor| factor.steps) {
                let atom = match step.rate {
                    Rate::Any | Rate::First => continue,
                    Rate::Same(atom) | Rate::Greater(atom) | Rate::Lesser(atom) => field.first + atom,
                };
                if let Some(rarity) = rarity.get_mut(atom)
                    && rarity.is_empty()
                {
                    *rarity = rare(&self.bearers(atom, self.anchor(field)));
                }
            }
            if let Some(joint) = field.compare.joint() {
                let [one, other] = joint.parts.map(|part| field.first + part);
                let made = self.joint_rarity(field, field.first + joint.atom, [one, other], &rarity);
                if let Some(rarity) = rarity.get_mut(field.first + joint.atom) {
                    *rarity = made;
                }
            }
        }
        rarity
    }

    /// How rare pairs of values are: between what counting the pairs says, which takes the records of one thing for many
    /// bearers of a name, and what the parts say, which knows nothing of names that go together.
    fn joint_rarity(&self, field: &Field, atom: usize, [one, other]: [usize; 2], rarity: &[Vec<f32>]) -> Vec<f32> {
        let observed = rare(&self.bearers(atom, self.anchor(field)));
        let mut parts = vec![0_f32; observed.len()];
        for row in (0..self.rows).filter_map(|row| u32::try_from(row).ok()) {
            let row = self.row(row);
            let of = |atom: usize| row.get(atom).copied().unwrap_or(NONE);
            if let Some(parts) = parts.get_mut(of(atom) as usize)
                && *parts == 0.0
            {
                let bits = |atom: usize| rarity.get(atom).map_or(0.0, |rarity| crate::at::of(rarity, of(atom)));
                *parts = bits(one) + bits(other);
            }
        }
        observed.into_iter().zip(parts).map(|(observed, parts)| JOINT_OBSERVED * observed + (1.0 - JOINT_OBSERVED) * parts.max(observed)).collect()
    }
}

/// Share of the counted pairs in how rare a pair of names is (see [`Data::joint_rarity`]).
const JOINT_OBSERVED: f32 = 0.5;

/// Bits of how rare values are, by how many bearers each has. Of a value that few bear, the number of bearers says too
/// much: that somebody else bears it as well is as likely as values borne by one more are common (Good, "The population
/// frequencies of species and the estimation of population parameters", Biometrika 40, 1953).
fn rare(bearers: &[f64]) -> Vec<f32> {
    let all = bearers.iter().sum::<f64>().max(1.0);
    let mut of_few = [0.0_f64; FEW + 2];
    for count in bearers {
        if let Some(values) = of_few.get_mut(few(count.max(1.0))) {
            *values += 1.0;
        }
    }
    let corrected = |count: f64| -> f64 {
        let rounded = few(count);
        match (of_few.get(rounded), of_few.get(rounded + 1)) {
            (Some(values), Some(one_more)) if rounded <= FEW && *values >= ENOUGH_VALUES => ((count + 1.0) * one_more / values).clamp(LEAST * count, count),
            _ => count,
        }
    };
    bearers.iter().map(|count| single((all / corrected(count.max(1.0))).log2())).collect()
}

/// A number of bearers, rounded, as a place.
fn few(bearers: f64) -> usize {
    usize::try_from(crate::number::count(bearers)).unwrap_or(usize::MAX)
}

/// Numbers of bearers that are corrected.
const FEW: usize = 6;
/// From how many values of one number of bearers on these can be corrected.
const ENOUGH_VALUES: f64 = 30.0;
/// Least that a correction leaves of a number.
const LEAST: f64 = 0.05;

fn count(column: &[u32]) -> Vec<u32> {
    let most = column.iter().filter(|code| **code != NONE).max().map_or(0, |most| *most as usize + 1);
    let mut counts = vec![0; most];
    for code in column {
        if let Some(count) = counts.get_mut(*code as usize) {
            *count += 1;
        }
    }
    counts
}
