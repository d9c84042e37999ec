//! Finding duplicates: likely ones are merged as proposed, doubtful ones wait for a person. A person's word stands.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use candour_model::{
    id::{EntityNo, MarkingNo},
    judgement::Verdict,
    ontology::Ontology,
    visible::Visible,
};
use candour_resolve::{Outcome, Record, ScoredPair, Settings, resolve};
use candour_store::{Judged, PairOrigin};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    records,
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
        let usual = Settings::default();
        let settings = Settings { threshold: request.threshold.unwrap_or(usual.threshold), ..usual };
        let world = self.world()?;
        let candidates = self.candidates(access, &world)?;
        let is_wanted =
            |record: &Record| request.schema.as_ref().is_none_or(|wanted| Ontology::builtin().schema(&record.schema).is_some_and(|schema| schema.is_a(wanted)));
        let (mut resolved, mut words) = (Resolved::default(), Words::default());
        let mut before: (Visible, Vec<Record>) = Default::default();
        for visible in self.sights_within(access) {
            let mut records = records::records(&candidates, &Sight::new(&world, &visible));
            records.retain(is_wanted);
            // Who sees more, but nothing more that counts here, hears the words of those who see less.
            if before.0.iter().all(|marking| visible.sees(marking)) && records == before.1 {
                continue;
            }
            let outcome = resolve(&records, &settings).map_err(|error| ActionError::BadInput(error.to_string()))?;
            words.add(&outcome, &visible);
            resolved = told(records.len(), &outcome);
            before = (visible, records);
        }
        let entity = |key: u32| usize::try_from(key).ok().and_then(|place| candidates.get(place)).map(|candidate| candidate.entity);
        Ok((resolved, words.judged(entity)))
    }
}

fn told(records: usize, outcome: &Outcome) -> Resolved {
    Resolved {
        records: count(records),
        comparisons: outcome.comparisons,
        pairs: count(outcome.pairs.len()),
        clusters: count(outcome.clusters.len()),
        queued: count(outcome.queued.len()),
        skewed_blocks: count(outcome.skewed.len()),
        seconds: 0.0,
    }
}

/// What runs say of pairs, those of narrow sights before those of wide ones.
#[derive(Default)]
struct Words {
    said: Vec<Word>,
    /// Places in `said` by pair.
    places: BTreeMap<(u32, u32), Vec<usize>>,
}

struct Word {
    pair: (u32, u32),
    verdict: Verdict,
    needs: Vec<MarkingNo>,
    probability: Option<f64>,
    why: String,
}

impl Words {
    fn add(&mut self, outcome: &Outcome, visible: &Visible) {
        let merged = self.places.keys().filter(|pair| self.heard(**pair, visible) == Some(Verdict::Same));
        let mut unsaid: BTreeSet<(u32, u32)> = merged.copied().collect();
        for pair in &outcome.pairs {
            unsaid.remove(&(pair.a, pair.b));
            self.say(Word::on(pair, Verdict::Same, features(pair), visible), visible);
        }
        for queued in &outcome.queued {
            unsaid.remove(&(queued.pair.a, queued.pair.b));
            let why = format!("{:?}: {}", queued.reason, features(&queued.pair));
            self.say(Word::on(&queued.pair, Verdict::Unsure, why, visible), visible);
        }
        for pair in unsaid {
            let why = "less alike with all that is seen here".to_owned();
            self.say(Word { pair, verdict: Verdict::Unsure, needs: visible.iter().collect(), probability: None, why }, visible);
        }
    }

    /// What this sight is told of a pair so far.
    fn heard(&self, pair: (u32, u32), visible: &Visible) -> Option<Verdict> {
        let words = self.places.get(&pair)?.iter().rev().filter_map(|place| self.said.get(*place));
        words.into_iter().find(|word| word.needs.iter().all(|marking| visible.sees(*marking))).map(|word| word.verdict)
    }

    /// What is heard already is not said again.
    fn say(&mut self, word: Word, visible: &Visible) {
        if self.heard(word.pair, visible) != Some(word.verdict) {
            self.places.entry(word.pair).or_default().push(self.said.len());
            self.said.push(word);
        }
    }

    fn judged(self, entity: impl Fn(u32) -> Option<EntityNo>) -> Vec<Judged> {
        let judged = |word: Word| {
            Some(Judged {
                a: entity(word.pair.0)?,
                b: entity(word.pair.1)?,
                verdict: word.verdict,
                needs: word.needs,
                origin: PairOrigin::Machine,
                probability: word.probability,
                why: word.why,
                actor: METHOD.to_owned(),
                recorded_at: 0,
            })
        };
        self.said.into_iter().filter_map(judged).collect()
    }
}

impl Word {
    fn on(scored: &ScoredPair, verdict: Verdict, why: String, visible: &Visible) -> Self {
        Self { pair: (scored.a, scored.b), verdict, needs: visible.iter().collect(), probability: Some(scored.probability), why }
    }
}

fn features(pair: &ScoredPair) -> String {
    let features: Vec<String> = pair.features.iter().map(|feature| format!("{} {} {:+.1}", feature.name, feature.level, feature.weight)).collect();
    features.join("; ")
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
