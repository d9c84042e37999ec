//! Many different records in a short time, or one large export.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::{Kind, Seen, Signal};
use crate::weights::{
    Reason,
    limits::{BULK_EXPORT, BULK_RECORDS, BULK_WITHIN},
};

/// What each person looked at lately, and when that was much.
#[derive(Debug, Default)]
pub(super) struct Bulk {
    lately: FxHashMap<u32, Lately>,
    /// Stretches of time with many records, in order, and how many there were.
    much: FxHashMap<u32, Vec<(i64, i64, usize)>>,
}

#[derive(Debug, Default)]
struct Lately {
    looks: VecDeque<(i64, u32)>,
    /// How often each record stands among the looks.
    records: FxHashMap<u32, u32>,
}

impl Lately {
    fn add(&mut self, time: i64, records: &[u32]) {
        while let Some((_, record)) = self.looks.pop_front_if(|(then, _)| time - *then > BULK_WITHIN) {
            if let Some(times) = self.records.get_mut(&record) {
                *times -= 1;
                if *times == 0 {
                    self.records.remove(&record);
                }
            }
        }
        for record in records {
            self.looks.push_back((time, *record));
            *self.records.entry(*record).or_default() += 1;
        }
    }
}

impl Bulk {
    fn at(&self, seen: &Seen<'_>) -> Option<usize> {
        let stretches = self.much.get(&seen.kept.actor)?;
        let after = stretches.partition_point(|(from, _, _)| *from <= seen.kept.time);
        stretches.get(after.checked_sub(1)?).filter(|(_, until, _)| seen.kept.time <= *until).map(|(_, _, records)| *records)
    }

    fn is_large_export(seen: &Seen<'_>) -> bool {
        seen.kept.kind == Kind::Export && seen.kept.results >= BULK_EXPORT
    }
}

impl Signal for Bulk {
    fn reason(&self) -> Reason {
        Reason::Bulk
    }

    fn learn(&mut self, seen: &Seen<'_>) {
        if seen.is_explained() || seen.records.is_empty() {
            return;
        }
        let (actor, time) = (seen.kept.actor, seen.kept.time);
        let lately = self.lately.entry(actor).or_default();
        lately.add(time, seen.records);
        let records = lately.records.len();
        let Some(begun) = lately.looks.front().map(|(begun, _)| *begun).filter(|_| records >= BULK_RECORDS) else { return };
        let stretches = self.much.entry(actor).or_default();
        match stretches.last_mut() {
            Some((_, until, most)) if begun <= *until => {
                *until = time;
                *most = records.max(*most);
            }
            _ => stretches.push((begun, time, records)),
        }
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        !seen.is_explained() && (Self::is_large_export(seen) || (!seen.records.is_empty() && self.at(seen).is_some()))
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        if Self::is_large_export(seen) {
            return format!("an export of {} records", seen.kept.results);
        }
        self.at(seen).map_or_else(String::new, |records| format!("one of {records} different records within an hour"))
    }
}
