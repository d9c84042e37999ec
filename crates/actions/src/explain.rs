//! What speaks for and against two records being the same.

use std::collections::{BTreeMap, VecDeque};

use candour_model::{id::EntityNo, judgement::Verdict};
use candour_resolve::{ResolveError, Waterfall, WaterfallRow};
use candour_store::{Judged, PairOrigin};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    matched::{REVIEW, THRESHOLD, linked},
    records,
    sealed::{Answer, Sealed},
    tables::{families, tables},
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
    /// What was compared. Prior and features add up to the weight.
    pub features: Vec<FeatureView>,
    /// What would have changed the verdict, in words, the smallest change first.
    pub would_change: Vec<String>,
    /// Where both are joined: how they hang together, from the one to the other; else empty.
    pub path: Vec<StepView>,
}

/// Two records that were held to be the same, on the way from one to another.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StepView {
    /// Id of one record.
    pub from: String,
    /// Id of the next.
    pub to: String,
    /// Whether a person said so; else a machine proposed it.
    pub by_person: bool,
    /// Id of the person, or name of the method.
    pub by: String,
    /// The reason.
    pub why: String,
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

impl From<Waterfall> for ExplanationView {
    fn from(told: Waterfall) -> Self {
        let view = |row: WaterfallRow| FeatureView { name: row.name, left: row.left, right: row.right, level: row.level, weight: row.weight.into() };
        let prior: f64 = told.prior.into();
        let features: Vec<FeatureView> = told.features.into_iter().map(view).collect();
        // The bill adds up to the last bit.
        let weight = features.iter().fold(prior, |sum, feature| sum + feature.weight);
        Self { probability: 1.0 / (1.0 + (-weight).exp2()), weight, prior, features, would_change: Vec::new(), path: Vec::new() }
    }
}

impl Desk {
    /// Explains a pair, among all records that the person may see.
    pub fn explain(&self, who: &Who, a: &str, b: &str) -> Result<Answer<ExplanationView>, ActionError> {
        self.answer(who, Action::Explain, &format!("{a} {b}"), |access| {
            let view = self.explained(access, a, b)?;
            Ok(Sealed::under(access, view, vec![a.to_owned(), b.to_owned()]))
        })
    }

    fn explained(&self, access: &Access, a: &str, b: &str) -> Result<ExplanationView, ActionError> {
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let [left, right] = [a, b].map(|id| sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned())));
        let (one, other) = (left?, right?);
        if one == other {
            return Err(ActionError::BadInput(format!("`{a}` is one record; it takes two to compare")));
        }
        let candidates = self.candidates(access, &world)?;
        let records = records::records(&candidates, &sight);
        let entity = |place: u32| usize::try_from(place).ok().and_then(|place| candidates.get(place)).map(|candidate| candidate.entity);
        let kind = |id: &str, wanted: EntityNo| {
            let record = records.iter().find(|record| entity(record.place) == Some(wanted));
            record
                .map(|record| record.schema)
                .ok_or_else(|| ActionError::BadInput(format!("`{id}` is of a kind that is never matched; see `matchable` in the guide's page on the ontology")))
        };
        let (left, right) = (kind(a, one)?, kind(b, other)?);
        let family = families(left).into_iter().find(|family| families(right).contains(family));
        let family = family.ok_or_else(|| ActionError::BadInput(format!("`{a}` and `{b}` cannot be the same: {} and {}", left.label, right.label)))?;
        let members: Vec<_> = records.into_iter().filter(|record| families(record.schema).contains(&family)).collect();
        let id = |place: u32| entity(place).map_or("", |entity| world.ids.get(entity));
        let bad = |error: ResolveError| ActionError::BadInput(error.to_string());
        let table = tables(&members, id).map_err(bad)?.into_iter().find(|table| table.name == family);
        let nothing = || ActionError::BadInput(format!("`{a}` and `{b}` say nothing that could be compared"));
        let table = table.ok_or_else(nothing)?;
        let linkage = linked(&table, THRESHOLD, REVIEW).map_err(bad)?;
        let (row, next) = table.table.row(a).zip(table.table.row(b)).ok_or_else(nothing)?;
        let would_change = linkage.turning_points(row, next, THRESHOLD).into_iter().map(|point| point.says).collect();
        let path = self.way(access, &sight, one, other)?;
        Ok(ExplanationView { would_change, path, ..linkage.explain(&table.table, row, next).into() })
    }

    /// The shortest way between two records by words that hold two to be the same; persons' words before machines'.
    fn way(&self, access: &Access, sight: &Sight<'_>, from: EntityNo, to: EntityNo) -> Result<Vec<StepView>, ActionError> {
        if sight.representative(from) != sight.representative(to) {
            return Ok(Vec::new());
        }
        let cluster = sight.representative(from);
        let mut words: Vec<Judged> = Vec::new();
        self.store().read(|reader| {
            reader.pairs_seen(access.visible(), |word| {
                if word.verdict == Verdict::Same && sight.representative(word.a) == cluster && sight.representative(word.b) == cluster {
                    words.push(word);
                }
            })
        })?;
        let id = |entity: EntityNo| sight.world.ids.get(entity);
        words.sort_by_cached_key(|word| (word.origin == PairOrigin::Machine, id(word.a).to_owned(), id(word.b).to_owned()));
        // Backwards, so that the way reads from the one to the other.
        let mut came: BTreeMap<EntityNo, (EntityNo, &Judged)> = BTreeMap::new();
        let mut next = VecDeque::from([to]);
        while let Some(at) = next.pop_front().filter(|at| *at != from) {
            for word in &words {
                let far = if word.a == at {
                    word.b
                } else if word.b == at {
                    word.a
                } else {
                    continue;
                };
                if far != to && !came.contains_key(&far) {
                    came.insert(far, (at, word));
                    next.push_back(far);
                }
            }
        }
        let (mut way, mut at) = (Vec::new(), from);
        while let Some((to, word)) = came.get(&at) {
            let by_person = word.origin == PairOrigin::Person;
            way.push(StepView { from: id(at).to_owned(), to: id(*to).to_owned(), by_person, by: word.actor.clone(), why: word.why.clone() });
            at = *to;
        }
        Ok(way)
    }
}
