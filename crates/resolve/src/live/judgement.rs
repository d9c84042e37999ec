//! What people said of pairs of records.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What a person says of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are of one thing.
    Same,
    /// They are of different things.
    Different,
    /// There is no telling. Nothing follows but that nobody is asked again.
    Unsure,
}

/// The number of a judgement, never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JudgementId(pub u64);

/// A judgement on two records, by their ids: so it outlives a rerun, and holds again for a record that is removed and
/// comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The id of one record.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// What was said.
    pub verdict: Verdict,
}

/// All judgements that stand. Of two on the same pair the later one counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Judgements {
    next: u64,
    all: BTreeMap<JudgementId, Judgement>,
    by_record: FxHashMap<String, Vec<JudgementId>>,
}

impl Judgements {
    pub(crate) fn restored(next: u64, all: impl IntoIterator<Item = (JudgementId, Judgement)>) -> Self {
        let mut restored = Self::default();
        for (id, judgement) in all {
            restored.insert(id, judgement);
        }
        restored.next = restored.next.max(next);
        restored
    }

    pub(crate) fn add(&mut self, a: &str, b: &str, verdict: Verdict) -> JudgementId {
        let id = JudgementId(self.next);
        self.insert(id, Judgement { a: a.min(b).to_owned(), b: a.max(b).to_owned(), verdict });
        id
    }

    fn insert(&mut self, id: JudgementId, judgement: Judgement) {
        self.next = self.next.max(id.0 + 1);
        for record in [&judgement.a, &judgement.b] {
            self.by_record.entry(record.clone()).or_default().push(id);
        }
        self.all.insert(id, judgement);
    }

    pub(crate) fn remove(&mut self, id: JudgementId) -> Option<Judgement> {
        let judgement = self.all.remove(&id)?;
        for record in [&judgement.a, &judgement.b] {
            if let Some(ids) = self.by_record.get_mut(record) {
                ids.retain(|known| *known != id);
            }
        }
        Some(judgement)
    }

    pub(crate) fn next(&self) -> u64 {
        self.next
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (JudgementId, &Judgement)> {
        self.all.iter().map(|(id, judgement)| (*id, judgement))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What stands of a record: the other record and the verdict that counts, in the order of the others' ids.
    pub(crate) fn of(&self, record: &str) -> BTreeMap<&str, Verdict> {
        let mut standing = BTreeMap::new();
        for judgement in self.by_record.get(record).into_iter().flatten().filter_map(|id| self.all.get(id)) {
            let other = if judgement.a == record { judgement.b.as_str() } else { judgement.a.as_str() };
            standing.insert(other, judgement.verdict);
        }
        standing
    }

    /// The verdict that counts on a pair.
    pub(crate) fn on(&self, a: &str, b: &str) -> Option<Verdict> {
        self.of(a).get(b).copied()
    }
}
