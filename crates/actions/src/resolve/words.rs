//! What runs say of pairs, beyond what the store holds already.

use std::collections::{BTreeMap, BTreeSet};

use candour_model::{
    id::{EntityNo, MarkingNo},
    judgement::Verdict,
    visible::Visible,
};
use candour_store::{Judged, PairOrigin};

use crate::{
    matched::{Matched, Pair, Said, Scored},
    records::Record,
};

/// Name and version of the method, as pairs carry it.
const METHOD: &str = "resolve/2";

/// What runs say, those of narrow sights before those of wide ones, after what earlier runs said.
#[derive(Default)]
pub(super) struct Words {
    said: Vec<Word>,
    /// Words that the store holds.
    stored: usize,
    /// Places in `said` by pair.
    places: BTreeMap<Pair, Vec<usize>>,
}

struct Word {
    pair: Pair,
    verdict: Verdict,
    needs: Vec<MarkingNo>,
    probability: Option<f64>,
    why: String,
}

impl Words {
    /// After what machines have said, older words first.
    pub(super) fn after(machines: Vec<(Pair, Judged)>) -> Self {
        let mut words = Self::default();
        for (pair, judged) in machines {
            words.push(Word { pair, verdict: judged.verdict, needs: judged.needs, probability: judged.probability, why: String::new() });
        }
        words.stored = words.said.len();
        words
    }

    /// What a run for a sight found of its records. Of pairs that a person spoke of it says nothing.
    pub(super) fn add(&mut self, matched: Matched, records: &[Record<'_>], people: &Said, visible: &Visible) {
        let among: BTreeSet<u32> = records.iter().map(|record| record.place).collect();
        let heard = self.places.keys().filter(|(a, b)| among.contains(a) && among.contains(b)).map(|pair| (*pair, self.heard(*pair, visible)));
        // What no longer holds is taken back.
        let mut unsaid: BTreeMap<Pair, Verdict> =
            heard.filter_map(|(pair, verdict)| Some((pair, verdict?))).filter(|(_, verdict)| *verdict != Verdict::Different).collect();
        unsaid.retain(|pair, _| !people.contains_key(pair));
        for scored in matched.proposed {
            unsaid.remove(&scored.pair);
            let why = scored.features.clone();
            self.say(Word::on(&scored, Verdict::Same, why, visible), visible);
        }
        for (scored, reason) in matched.queued {
            unsaid.remove(&scored.pair);
            let why = format!("{}: {}", reason.words(), scored.features);
            self.say(Word::on(&scored, Verdict::Unsure, why, visible), visible);
        }
        for (pair, _) in unsaid {
            let why = "no longer alike enough, with all that is seen here now".to_owned();
            self.say(Word { pair, verdict: Verdict::Different, needs: visible.iter().collect(), probability: None, why }, visible);
        }
    }

    /// What this sight is told of a pair so far.
    fn heard(&self, pair: Pair, visible: &Visible) -> Option<Verdict> {
        let words = self.places.get(&pair)?.iter().rev().filter_map(|place| self.said.get(*place));
        words.into_iter().find(|word| word.needs.iter().all(|marking| visible.sees(*marking))).map(|word| word.verdict)
    }

    /// What is heard already is not said again.
    fn say(&mut self, word: Word, visible: &Visible) {
        if self.heard(word.pair, visible) != Some(word.verdict) {
            self.push(word);
        }
    }

    fn push(&mut self, word: Word) {
        self.places.entry(word.pair).or_default().push(self.said.len());
        self.said.push(word);
    }

    /// The words that the store does not hold yet.
    pub(super) fn judged(self, entity: impl Fn(u32) -> Option<EntityNo>) -> Vec<Judged> {
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
        self.said.into_iter().skip(self.stored).filter_map(judged).collect()
    }
}

impl Word {
    fn on(scored: &Scored, verdict: Verdict, why: String, visible: &Visible) -> Self {
        Self { pair: scored.pair, verdict, needs: visible.iter().collect(), probability: Some(scored.probability), why }
    }
}
