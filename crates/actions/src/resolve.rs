//! Finding duplicates: likely ones are merged as proposed, doubtful ones wait for a person. A person's word stands.

use std::time::Instant;

use candour_links::NodeNo;
use candour_model::{
    id::{EntityNo, MarkingNo},
    judgement::Verdict,
    ontology::Ontology,
};
use candour_resolve::{Outcome, Record, ScoredPair, Settings, resolve};
use candour_store::{Judged, PairOrigin};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::Answer,
    world::Sight,
};

/// Name and version of the method, as pairs carry it.
const METHOD: &str = "resolve/1";

/// What to resolve.
#[derive(Debug, Clone, Default)]
pub struct ResolveRequest {
    /// Only this schema and its kinds.
    pub schema: Option<String>,
    /// Probability from which a pair is merged as proposed.
    pub threshold: Option<f64>,
}

/// What came of it.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Resolved {
    /// Records compared.
    pub records: u64,
    /// Pairs compared.
    pub comparisons: u64,
    /// Pairs proposed as the same.
    pub pairs: u64,
    /// Clusters that they make.
    pub clusters: u64,
    /// Pairs that wait for a person.
    pub queued: u64,
    /// Keys too common for all their pairs to be compared.
    pub skewed_blocks: u64,
    /// Seconds.
    pub seconds: f64,
}

impl Desk {
    /// Resolves what the person may see. Proposals count only for those who see all that they rest on.
    pub fn resolve(&self, who: &Who, request: &ResolveRequest) -> Result<Answer<Resolved>, ActionError> {
        let started = Instant::now();
        let query = request.schema.clone().unwrap_or_else(|| "all".to_owned());
        let access = self.decide(who, Action::Resolve, &query)?;
        let prepared = self.outcome(&access, request);
        let (outcome, records) = self.or_record(who, &access, &query, prepared)?;
        let mut words = Vec::with_capacity(outcome.pairs.len() + outcome.queued.len());
        let mut markings = FxHashMap::default();
        for pair in &outcome.pairs {
            words.push(self.word(&access, pair, Verdict::Same, "", &mut markings)?);
        }
        for queued in &outcome.queued {
            words.push(self.word(&access, &queued.pair, Verdict::Unsure, &format!("{:?}: ", queued.reason), &mut markings)?);
        }
        let resolved = Resolved {
            records: count(records.len()),
            comparisons: outcome.comparisons,
            pairs: count(outcome.pairs.len()),
            clusters: count(outcome.clusters.len()),
            queued: count(outcome.queued.len()),
            skewed_blocks: count(outcome.skewed.len()),
            seconds: 0.0,
        };
        let told = format!("{} pairs proposed, {} queued", resolved.pairs, resolved.queued);
        let changed = self.change(
            &access,
            who,
            &query,
            move |()| (told, Vec::new()),
            move |transaction| {
                let now = transaction.now();
                for word in words {
                    transaction.judge(&Judged { recorded_at: now, ..word })?;
                }
                Ok(())
            },
        );
        let answer = self.or_record(who, &access, &query, changed)?;
        self.mark_stale();
        Ok(Answer { value: Resolved { seconds: started.elapsed().as_secs_f64(), ..resolved }, receipt: answer.receipt })
    }

    fn outcome(&self, access: &Access, request: &ResolveRequest) -> Result<(Outcome, Vec<Record>), ActionError> {
        if let Some(schema) = &request.schema
            && Ontology::builtin().schema(schema).is_none()
        {
            return Err(ActionError::BadInput(format!("there is no schema `{schema}`; see the guide's page on the ontology")));
        }
        let records = self.records(access, request.schema.as_deref())?;
        let usual = Settings::default();
        let settings = Settings { threshold: request.threshold.unwrap_or(usual.threshold), ..usual };
        let outcome = resolve(&records, &settings).map_err(|error| ActionError::BadInput(error.to_string()))?;
        Ok((outcome, records))
    }

    /// Records of all visible things that take part in resolution, of one schema where one is named.
    pub(crate) fn records(&self, access: &Access, schema: Option<&str>) -> Result<Vec<Record>, ActionError> {
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let mut records = Vec::new();
        for entity in (0..world.ids.len()).map(EntityNo).filter(|entity| sight.view.exists(NodeNo::of(*entity))) {
            if let Some(record) = self.record(&sight, access, entity)?
                && schema.is_none_or(|wanted| Ontology::builtin().schema(&record.schema).is_some_and(|schema| schema.is_a(wanted)))
            {
                records.push(record);
            }
        }
        Ok(records)
    }

    fn word(
        &self,
        access: &Access,
        pair: &ScoredPair,
        verdict: Verdict,
        before: &str,
        known: &mut FxHashMap<u32, Vec<MarkingNo>>,
    ) -> Result<Judged, ActionError> {
        let mut needs = Vec::new();
        for key in [pair.a, pair.b] {
            if let Some(markings) = known.get(&key) {
                needs.extend_from_slice(markings);
                continue;
            }
            let markings = self.markings_of(access, &[EntityNo(key)])?;
            needs.extend_from_slice(&markings);
            known.insert(key, markings);
        }
        needs.sort_unstable();
        needs.dedup();
        let features: Vec<String> = pair.features.iter().map(|feature| format!("{} {} {:+.1}", feature.name, feature.level, feature.weight)).collect();
        Ok(Judged {
            a: EntityNo(pair.a),
            b: EntityNo(pair.b),
            verdict,
            needs,
            origin: PairOrigin::Machine,
            probability: Some(pair.probability),
            why: format!("{before}{}", features.join("; ")),
            actor: METHOD.to_owned(),
            recorded_at: 0,
        })
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
