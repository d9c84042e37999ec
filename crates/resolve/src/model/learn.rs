//! How often records of one thing are on a step (m), and how many pairs are of one thing, learnt from candidate pairs by
//! expectation and maximisation (Dempster, Laird, Rubin, "Maximum likelihood from incomplete data via the EM algorithm",
//! Journal of the Royal Statistical Society B 39, 1977).
//!
//! Pairs are of three kinds: of one thing; of one household or family, who share an address, a telephone, a surname, but
//! neither forename nor birthday; of strangers. Without the second the first learns from households that people of one
//! address mostly have different birthdays.

use crate::{
    at::at,
    data::Data,
    field::{Compare, Field, MISSING},
    kind::Kind,
    model::{CellModel, FieldModel, cells::Cells, chance::Chances, sample::Pattern},
    number::single,
};

const ROUNDS: usize = 40;
/// As how many pairs the combinations that the steps would make by themselves count.
const PSEUDO_PAIRS: f64 = 20.0;
/// From how many pairs of one thing on something can be learnt.
const ENOUGH: f64 = 30.0;

/// What was learnt.
#[derive(Debug, Clone)]
pub(crate) struct Learnt {
    /// By field and combination: bits for one thing against strangers, rarity left out.
    pub(crate) match_bits: Vec<Vec<f32>>,
    /// Bits for one household against strangers.
    pub(crate) kin_bits: Vec<Vec<f32>>,
    /// Share of all pairs that are of one thing.
    pub(crate) matches: f64,
    /// Share of all pairs that are of one household.
    pub(crate) kin: f64,
    /// By field and combination: m.
    pub(crate) m: Vec<Vec<f64>>,
    /// By field and combination: the same of households.
    pub(crate) k: Vec<Vec<f64>>,
    /// By field and combination: u, rarity left out.
    pub(crate) u: Vec<Vec<f64>>,
}

impl Learnt {
    /// Takes chances for learnt that are given.
    pub(crate) fn fix(&mut self, field: usize, cell: usize, m: Option<f64>, u: Option<f64>) {
        let slot = |table: &mut Vec<Vec<f64>>, given: Option<f64>| -> f64 {
            let Some(slot) = table.get_mut(field).and_then(|row| row.get_mut(cell)) else { return 1.0 };
            *slot = given.unwrap_or(*slot);
            *slot
        };
        let (m, u) = (slot(&mut self.m, m), slot(&mut self.u, u));
        if let Some(bits) = self.match_bits.get_mut(field).and_then(|row| row.get_mut(cell)) {
            *bits = single((m.max(1e-9) / u.max(1e-12)).log2());
        }
    }

    /// In words, combinations that are found at all.
    pub(crate) fn told(&self, data: &Data) -> Vec<FieldModel> {
        let of_field = |(place, field): (usize, &Field)| {
            let cells = Cells::new(field.compare.as_ref());
            let chance = |table: &[Vec<f64>], cell: usize| table.get(place).map_or(0.0, |row| at(row, cell));
            let told = (0..cells.len).filter(|cell| *cell != cells.nothing as usize).map(|cell| CellModel {
                says: says(field.compare.as_ref(), &cells, u8::try_from(cell).unwrap_or(u8::MAX)),
                m: chance(&self.m, cell),
                u: chance(&self.u, cell),
                kin: chance(&self.k, cell),
                bits: self.match_bits.get(place).map_or(0.0, |row| at(row, cell)),
            });
            FieldModel { field: field.name.clone(), cells: told.collect() }
        };
        data.fields.iter().enumerate().map(of_field).collect()
    }
}

/// One field while it is learnt.
struct Learning<'d> {
    field: &'d Field,
    cells: Cells,
    chances: &'d Chances,
    /// Counts of pairs of one thing by combination.
    ones: Vec<f64>,
    /// Counts of pairs of one household by combination, factors that it does not share left out.
    kins: Vec<f64>,
    m: Vec<f64>,
    k: Vec<f64>,
    match_bits: Vec<f64>,
    kin_bits: Vec<f64>,
}

/// Learns from candidate pairs, of which one in `every` was taken, among `all` pairs of records. `matches` is a first
/// guess of how many of all are of one thing.
pub(crate) fn learn(data: &Data, chances: &[Chances], patterns: &[Pattern], every: f64, all: f64, matches: f64) -> Learnt {
    let mut fields: Vec<Learning<'_>> = data.fields.iter().zip(chances).map(|(field, chances)| Learning::new(field, chances)).collect();
    let (mut ones, mut kins) = ((matches / all).clamp(1e-12, 0.3), if has_households(data) { 0.5 * matches / all } else { 0.0 });
    for _ in 0..if patterns.is_empty() { 0 } else { ROUNDS } {
        for field in &mut fields {
            field.forget();
        }
        let (mut of_one, mut of_kin) = (0.0, 0.0);
        for pattern in patterns {
            let (mut one, mut kin) = (ones.log2() + pattern.rare, kins.max(1e-300).log2() + pattern.shared);
            for (field, cell) in fields.iter().zip(pattern.cells) {
                one += at(&field.match_bits, cell as usize);
                kin += at(&field.kin_bits, cell as usize);
            }
            let (one, kin) = (one.min(900.0).exp2(), if kins > 0.0 { kin.min(900.0).exp2() } else { 0.0 });
            let all = one + kin + 1.0;
            let (one, kin) = (pattern.pairs * one / all, pattern.pairs * kin / all);
            of_one += one;
            of_kin += kin;
            for (field, cell) in fields.iter_mut().zip(pattern.cells) {
                field.count(cell, one, kin);
            }
        }
        let before = ones;
        if of_one < ENOUGH {
            break;
        }
        ones = (of_one * every / all).clamp(1e-12, 0.5);
        kins = if kins > 0.0 { (of_kin * every / all).clamp(1e-12, 0.5) } else { 0.0 };
        for field in &mut fields {
            field.learn();
        }
        if (ones / before).ln().abs() < 1e-5 {
            break;
        }
    }
    let floats = |bits: &[f64]| bits.iter().map(|bits| single(*bits)).collect::<Vec<f32>>();
    Learnt {
        match_bits: fields.iter().map(|field| floats(&field.match_bits)).collect(),
        kin_bits: fields.iter().map(|field| floats(&field.kin_bits)).collect(),
        matches: ones,
        kin: kins,
        m: fields.iter().map(|field| field.m.clone()).collect(),
        k: fields.iter().map(|field| field.k.clone()).collect(),
        u: chances.iter().map(|chances| chances.all.clone()).collect(),
    }
}

/// Whether there is something that households share and something that they do not.
fn has_households(data: &Data) -> bool {
    let shared = |field: &&Field| field.compare.factors().iter().any(|factor| factor.shared);
    data.fields.iter().any(|field| field.kind == Kind::FullName && data.filled(field.first) > 0.0) && data.fields.iter().filter(shared).count() >= 2
}

impl<'d> Learning<'d> {
    fn new(field: &'d Field, chances: &'d Chances) -> Self {
        let cells = Cells::new(field.compare.as_ref());
        let usual = |cell: usize, shared: bool| -> f64 {
            let steps = cells.steps(u8::try_from(cell).unwrap_or(u8::MAX));
            let factors = field.compare.factors().iter().zip(steps).filter(|(factor, _)| !shared || factor.shared);
            factors.filter_map(|(factor, step)| factor.steps.get(step as usize)).map(|step| step.m).product()
        };
        let mut new = Self {
            field,
            chances,
            ones: vec![0.0; cells.len],
            kins: vec![0.0; cells.len],
            m: (0..cells.len).map(|cell| usual(cell, false)).collect(),
            k: (0..cells.len).map(|cell| usual(cell, true)).collect(),
            match_bits: Vec::new(),
            kin_bits: Vec::new(),
            cells,
        };
        new.weigh();
        new
    }

    fn forget(&mut self) {
        self.ones.fill(0.0);
        self.kins.fill(0.0);
    }

    fn count(&mut self, cell: u8, one: f64, kin: f64) {
        if let (Some(ones), Some(kins)) = (self.ones.get_mut(cell as usize), self.kins.get_mut(cell as usize)) {
            *ones += one;
            *kins += kin;
        }
    }

    fn learn(&mut self) {
        let factors = self.field.compare.factors();
        let shares = |counts: &[f64]| -> Vec<Vec<f64>> {
            let mut tables: Vec<Vec<f64>> = factors.iter().map(|factor| factor.steps.iter().map(|step| step.m * PSEUDO_PAIRS).collect()).collect();
            for (cell, count) in counts.iter().enumerate() {
                let steps = self.cells.steps(u8::try_from(cell).unwrap_or(u8::MAX));
                for (table, step) in tables.iter_mut().zip(steps) {
                    if let Some(share) = table.get_mut(step as usize) {
                        *share += count;
                    }
                }
            }
            for table in &mut tables {
                let all: f64 = table.iter().sum();
                table.iter_mut().for_each(|share| *share /= all.max(1e-9));
            }
            tables
        };
        let (of_one, of_kin) = (shares(&self.ones), shares(&self.kins));
        let mut strata = [(0.0, 0.0); 16];
        for cell in 0..self.cells.len {
            if let Some(sum) = strata.get_mut(self.cells.missing(u8::try_from(cell).unwrap_or(u8::MAX)) as usize) {
                sum.0 += at(&self.ones, cell);
                sum.1 += at(&self.kins, cell);
            }
        }
        for cell in 0..self.cells.len {
            let number = u8::try_from(cell).unwrap_or(u8::MAX);
            let steps = self.cells.steps(number);
            let by_steps = |tables: &[Vec<f64>], shared: bool| -> f64 {
                let told = tables.iter().zip(steps).zip(factors).filter(|((_, step), factor)| *step != MISSING && (!shared || factor.shared));
                told.map(|((table, step), _)| at(table, step as usize)).product()
            };
            let (ones, kins) = at(&strata, self.cells.missing(number) as usize);
            let m = (at(&self.ones, cell) + PSEUDO_PAIRS * by_steps(&of_one, false)) / (ones + PSEUDO_PAIRS);
            let k = if factors.iter().all(|factor| factor.shared) {
                (at(&self.kins, cell) + PSEUDO_PAIRS * by_steps(&of_kin, true)) / (kins + PSEUDO_PAIRS)
            } else {
                by_steps(&of_kin, true)
            };
            if let (Some(of_one), Some(of_kin)) = (self.m.get_mut(cell), self.k.get_mut(cell)) {
                *of_one = m;
                *of_kin = k;
            }
        }
        self.weigh();
    }

    /// Bits from chances.
    fn weigh(&mut self) {
        let factors = self.field.compare.factors();
        let all_shared = factors.iter().all(|factor| factor.shared);
        self.match_bits = (0..self.cells.len)
            .map(|cell| if cell == self.cells.nothing as usize { 0.0 } else { (at(&self.m, cell).max(1e-9) / at(&self.chances.all, cell).max(1e-12)).log2() })
            .collect();
        self.kin_bits = (0..self.cells.len)
            .map(|cell| {
                let steps = self.cells.steps(u8::try_from(cell).unwrap_or(u8::MAX));
                let told = || factors.iter().zip(steps).enumerate().filter(|(_, (factor, step))| factor.shared && *step != MISSING);
                if told().next().is_none() {
                    return 0.0;
                }
                let u: f64 = if all_shared {
                    at(&self.chances.all, cell)
                } else {
                    told().map(|(place, (_, step))| self.chances.by_factor.get(place).map_or(1.0, |chances| at(chances, step as usize))).product()
                };
                (at(&self.k, cell).max(1e-9) / u.max(1e-12)).log2()
            })
            .collect();
    }
}

/// What a field's comparison is called in words: the steps of a combination, joined.
pub(crate) fn says(compare: &dyn Compare, cells: &Cells, cell: u8) -> String {
    let steps = cells.steps(cell);
    let factors = compare.factors();
    let told: Vec<String> = factors
        .iter()
        .zip(steps)
        .filter_map(|(factor, step)| {
            factor.steps.get(step as usize).map(|step| if factors.len() == 1 { step.says.to_owned() } else { format!("{} {}", factor.says, step.says) })
        })
        .collect();
    if told.is_empty() { "nothing to compare".to_owned() } else { told.join(", ") }
}
