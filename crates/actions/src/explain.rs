//! What speaks for and against two records being the same.

use candour_resolve::{Explanation, Frequencies, explain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    records,
    sealed::{Answer, Sealed},
    world::Sight,
};

/// A waterfall of match weights.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExplanationView {
    /// That they are the same, 0 to 1.
    pub probability: f64,
    /// Prior and features together, in bits.
    pub weight: f64,
    /// What speaks against any two records, in bits.
    pub prior: f64,
    /// What was compared.
    pub features: Vec<FeatureView>,
}

/// One comparison.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FeatureView {
    /// Name of the comparison.
    pub name: String,
    /// The first record's value.
    pub left: String,
    /// The second record's value.
    pub right: String,
    /// The level it fell into.
    pub level: String,
    /// Bits; positive speaks for the same thing.
    pub weight: f64,
}

impl From<Explanation> for ExplanationView {
    fn from(explanation: Explanation) -> Self {
        let view = |feature: candour_resolve::Feature| FeatureView {
            name: feature.name,
            left: feature.left,
            right: feature.right,
            level: feature.level,
            weight: feature.weight,
        };
        Self {
            probability: explanation.probability,
            weight: explanation.weight,
            prior: explanation.prior,
            features: explanation.features.into_iter().map(view).collect(),
        }
    }
}

impl Desk {
    /// Explains a pair, among all records that the person may see.
    pub fn explain(&self, who: &Who, a: &str, b: &str) -> Result<Answer<ExplanationView>, ActionError> {
        self.answer(who, Action::Explain, &format!("{a} {b}"), |access| {
            let world = self.world()?;
            let sight = Sight::new(&world, access.visible());
            let load = |id: &str| {
                let entity = sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
                let record = self.candidate(access, entity)?.record(entity.0, &sight);
                record.ok_or_else(|| {
                    ActionError::BadInput(format!("`{id}` is of a kind that is never matched; see `matchable` in the guide's page on the ontology"))
                })
            };
            let (left, right) = (load(a)?, load(b)?);
            let frequencies = Frequencies::of(&records::records(&self.candidates(access, &world)?, &sight));
            let view = ExplanationView::from(explain(&left, &right, &frequencies));
            Ok(Sealed::under(access, view, vec![a.to_owned(), b.to_owned()]))
        })
    }
}
