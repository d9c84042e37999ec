//! At night, when the person has no explained work. Who is on night duty has explained looks at those hours, and is left
//! alone from the third night on.

use rustc_hash::FxHashMap;

use super::{Seen, Signal};
use crate::weights::{
    Reason,
    limits::{NIGHT_FROM, NIGHT_UNTIL, USUAL_DAYS},
};

/// On how many days each person had explained work at each hour of the night, and the last of these days.
#[derive(Debug, Default)]
pub(super) struct OddHours(FxHashMap<(u32, u8), (u32, i32)>);

fn is_night(hour: u8) -> bool {
    !(NIGHT_UNTIL..NIGHT_FROM).contains(&hour)
}

impl OddHours {
    fn is_usual(&self, actor: u32, hour: u8) -> bool {
        let around = [(hour + 23) % 24, hour, (hour + 1) % 24];
        around.iter().any(|hour| self.0.get(&(actor, *hour)).is_some_and(|(days, _)| *days >= USUAL_DAYS))
    }
}

impl Signal for OddHours {
    fn reason(&self) -> Reason {
        Reason::OddHours
    }

    fn learn(&mut self, seen: &Seen<'_>) {
        let kept = seen.kept;
        // Unexplained looks do not make an hour usual: who misuses the system every night would hide behind that.
        if !seen.is_explained() || !is_night(kept.hour) {
            return;
        }
        let (days, last) = self.0.entry((kept.actor, kept.hour)).or_insert((0, i32::MIN));
        *days += u32::from(*last != kept.day);
        *last = kept.day;
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        !seen.is_explained() && is_night(seen.kept.hour) && !self.is_usual(seen.kept.actor, seen.kept.hour)
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        format!("at {:02} hours, when the person has no explained work", seen.kept.hour)
    }
}
