//! How the weight of a pair comes about.

use serde::Serialize;

use crate::{
    model::says,
    scorer::{Scorer, probability},
    table::Table,
};

/// A pair's weight, field by field: prior and rows add up to it.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Waterfall {
    /// Probability that the two are of one thing.
    pub probability: f64,
    /// Bits of its odds.
    pub weight: f32,
    /// Bits before anything is compared.
    pub prior: f32,
    /// The fields.
    pub features: Vec<WaterfallRow>,
}

/// One field.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct WaterfallRow {
    /// Its name.
    pub name: String,
    /// Values of one record.
    pub left: String,
    /// Values of the other.
    pub right: String,
    /// What the two are found to be.
    pub level: String,
    /// Bits.
    pub weight: f32,
    /// Of these, bits for how rare what they share is.
    pub rarity: f32,
}

/// The waterfall of a pair.
pub(crate) fn waterfall(table: &Table, scorer: &Scorer<'_>, a: u32, b: u32) -> Waterfall {
    let mut features = Vec::new();
    let (mut kin, mut weight) = (0.0, scorer.prior());
    for (place, (found, field)) in scorer.found(a, b).zip(&scorer.data.fields).enumerate() {
        let bits = scorer.learnt.match_bits.get(place).map_or(0.0, |bits| crate::at::at(bits, found.cell as usize));
        kin += scorer.learnt.kin_bits.get(place).map_or(0.0, |bits| crate::at::at(bits, found.cell as usize)) + found.rare_shared;
        weight += bits + found.rare;
        let values = |row: u32| field.columns.iter().flat_map(|column| table.values(*column, row)).collect::<Vec<_>>().join(" ");
        let level = scorer.cells.get(place).map(|cells| says(field.compare.as_ref(), cells, found.cell)).unwrap_or_default();
        features.push(WaterfallRow { name: field.name.clone(), left: values(a), right: values(b), level, weight: bits + found.rare, rarity: found.rare });
    }
    let household = scorer.household(kin);
    if household >= 0.000_5 {
        features.push(WaterfallRow {
            name: "household".to_owned(),
            left: String::new(),
            right: String::new(),
            level: "may be another of the same household or family".to_owned(),
            weight: -household,
            rarity: 0.0,
        });
        weight -= household;
    }
    Waterfall { probability: probability(weight), weight, prior: scorer.prior(), features }
}
