//! Many people look at one record, each for themselves: what happens to the records of those who are in the news.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Seen, Signal};
use crate::weights::{Reason, limits::CELEBRITY_PEOPLE};

/// Who looked at which record, and how many people that makes.
#[derive(Debug, Default)]
pub(super) struct Celebrity {
    /// Record, person, case.
    looks: FxHashSet<(u32, u32, u32)>,
    people: FxHashMap<u32, u32>,
}

impl Celebrity {
    fn most(&self, seen: &Seen<'_>) -> u32 {
        seen.records.iter().filter_map(|record| self.people.get(record).copied()).max().unwrap_or_default()
    }
}

impl Signal for Celebrity {
    fn reason(&self) -> Reason {
        Reason::Celebrity
    }

    fn learn(&mut self, seen: &Seen<'_>) {
        if !seen.is_explained() {
            self.looks.extend(seen.records.iter().map(|record| (*record, seen.kept.actor, seen.kept.case)));
        }
    }

    fn settle(&mut self, is_shared: &dyn Fn(u32) -> bool) {
        // Those who work on one case together are no crowd.
        let alone = self.looks.iter().filter(|(_, _, case)| !is_shared(*case)).map(|(record, person, _)| (*record, *person));
        let distinct: FxHashSet<(u32, u32)> = alone.collect();
        for (record, _) in distinct {
            *self.people.entry(record).or_default() += 1;
        }
        self.looks = FxHashSet::default();
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        !seen.is_explained() && self.most(seen) >= CELEBRITY_PEOPLE
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        format!("{} people looked at the record, each without a case in common with others", self.most(seen))
    }
}
