//! Finding duplicates: likely ones are merged as proposed, doubtful ones wait for a person. A person's word stands.

mod words;

use std::time::Instant;

use candour_model::{id::EntityNo, ontology::Ontology, visible::Visible};
use candour_store::{Judged, PairOrigin};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    matched::{Matched, Pair, Said, THRESHOLD, matched},
    records::{self, Candidate, Record},
    resolve::words::Words,
    sealed::Answer,
    world::Sight,
};

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
    /// Resolves what the person may see. A proposal rests on more than its two records, for how much a value counts and
    /// which records are compared depends on all of them. So there is one run for every sight that people of this home may
    /// have, as far as it lies within the person's own, and its proposals count for those who see all of it.
    pub fn resolve(&self, who: &Who, request: &ResolveRequest) -> Result<Answer<Resolved>, ActionError> {
        let started = Instant::now();
        let query = request.schema.clone().unwrap_or_else(|| "all".to_owned());
        let access = self.decide(who, Action::Resolve, &query)?;
        let prepared = self.runs(&access, request);
        let (resolved, words) = self.or_record(who, &access, &query, prepared)?;
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
        // The word is said whether or not memory can be read just now.
        let _ = self.renew_memory();
        Ok(Answer { value: Resolved { seconds: started.elapsed().as_secs_f64(), ..resolved }, receipt: answer.receipt })
    }

    /// What came of the run for the bearer's own sight, and the words of all runs.
    fn runs(&self, access: &Access, request: &ResolveRequest) -> Result<(Resolved, Vec<Judged>), ActionError> {
        if let Some(schema) = &request.schema
            && Ontology::builtin().schema(schema).is_none()
        {
            return Err(ActionError::BadInput(format!("there is no schema `{schema}`; see the guide's page on the ontology")));
        }
        let threshold = request.threshold.unwrap_or(THRESHOLD);
        let world = self.world()?;
        let candidates = self.candidates(access, &world)?;
        let is_wanted = |record: &Record<'_>| request.schema.as_ref().is_none_or(|wanted| record.schema.is_a(wanted));
        let id = |place: u32| usize::try_from(place).ok().and_then(|place| candidates.get(place)).map_or("", |candidate| world.ids.get(candidate.entity));
        let (people, machines) = self.said(access, &candidates)?;
        let (mut resolved, mut words) = (Resolved::default(), Words::after(machines));
        let mut before: (Visible, Vec<Record<'_>>, Said) = Default::default();
        for visible in self.sights_within(access) {
            let mut records = records::records(&candidates, &Sight::new(&world, &visible));
            records.retain(is_wanted);
            let said: Said =
                people.iter().filter(|(_, word)| word.needs.iter().all(|marking| visible.sees(*marking))).map(|(pair, word)| (*pair, word.verdict)).collect();
            // Who sees more, but nothing more that counts here, hears the words of those who see less.
            if before.0.iter().all(|marking| visible.sees(marking)) && records == before.1 && said == before.2 {
                continue;
            }
            let matched = matched(&records, id, &said, threshold).map_err(|error| ActionError::BadInput(error.to_string()))?;
            resolved = told(records.len(), &matched);
            words.add(matched, &records, &said, &visible);
            before = (visible, records, said);
        }
        let entity = |place: u32| usize::try_from(place).ok().and_then(|place| candidates.get(place)).map(|candidate| candidate.entity);
        Ok((resolved, words.judged(entity)))
    }

    /// What people and what machines have said of pairs of candidates, as far as the bearer hears it, older words first.
    fn said(&self, access: &Access, candidates: &[Candidate]) -> Result<(SaidOf, SaidOf), ActionError> {
        let places: FxHashMap<EntityNo, u32> = candidates.iter().zip(0..).map(|(candidate, place)| (candidate.entity, place)).collect();
        let (mut people, mut machines) = (Vec::new(), Vec::new());
        self.store().read(|reader| {
            reader.words(|word| {
                let Some((a, b)) = places.get(&word.a).copied().zip(places.get(&word.b).copied()) else { return };
                if word.needs.iter().all(|marking| access.visible().sees(*marking)) {
                    let words = if word.origin == PairOrigin::Person { &mut people } else { &mut machines };
                    words.push(((a.min(b), a.max(b)), word));
                }
            })
        })?;
        Ok((people, machines))
    }
}

/// Words on pairs.
type SaidOf = Vec<(Pair, Judged)>;

fn told(records: usize, matched: &Matched) -> Resolved {
    Resolved {
        records: count(records),
        comparisons: matched.comparisons,
        pairs: count(matched.proposed.len()),
        clusters: count(matched.clusters),
        queued: count(matched.queued.len()),
        skewed_blocks: count(matched.skewed),
        seconds: 0.0,
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
