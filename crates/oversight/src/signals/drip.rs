//! Few looks a day at one record, over many days: too little to notice on any one of them.

use rustc_hash::FxHashMap;

use super::{Seen, Signal};
use crate::weights::{
    Reason,
    limits::{DRIP_DAYS, DRIP_LOOKS_A_DAY},
};

/// What one person looked at, on how many days.
#[derive(Debug, Default)]
pub(super) struct Drip(FxHashMap<(u32, u32), Drops>);

#[derive(Debug, Clone, Copy)]
struct Drops {
    days: u32,
    looks: u32,
    last: i32,
}

impl Drops {
    fn is_drip(self) -> bool {
        self.days >= DRIP_DAYS && self.looks <= self.days.saturating_mul(DRIP_LOOKS_A_DAY)
    }
}

impl Drip {
    fn longest(&self, seen: &Seen<'_>) -> Option<Drops> {
        let of = |record: &u32| self.0.get(&(seen.kept.actor, *record)).copied().filter(|drops| drops.is_drip());
        seen.records.iter().filter_map(of).max_by_key(|drops| drops.days)
    }
}

impl Signal for Drip {
    fn reason(&self) -> Reason {
        Reason::Drip
    }

    fn learn(&mut self, seen: &Seen<'_>) {
        if seen.is_explained() {
            return;
        }
        let day = seen.kept.day;
        for record in seen.records {
            let drops = self.0.entry((seen.kept.actor, *record)).or_insert(Drops { days: 0, looks: 0, last: i32::MIN });
            drops.days += u32::from(drops.last != day);
            drops.looks += 1;
            drops.last = day;
        }
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        !seen.is_explained() && self.longest(seen).is_some()
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        self.longest(seen).map_or_else(String::new, |drops| format!("one of {} looks at the same record on {} days", drops.looks, drops.days))
    }
}
