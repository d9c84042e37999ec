//! One pass through the journal, in pages: each look with what explains it and how its records stand to the person.

use std::sync::Arc;

use candour_links::NodeNo;
use candour_model::visible::Visible;
use candour_oversight::{Beats, Context, Heartbeats, Look, Outcome, Reckoned, Reckoning, Window};
use candour_store::JournalEntry;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{grounds::Grounds, kin::Kin, namesakes::Namesakes, shown};
use crate::{actors::Person, desk::Desk, error::ActionError, heartbeat, world::Sight};

/// Entries read at a time.
const PAGE: u32 = 4096;
/// How far back before the window looks teach what somebody works on, in milliseconds.
const LOOK_BACK: i64 = 30 * 24 * 60 * 60_000;

impl Desk {
    /// Reckons up the looks of a stretch of time.
    pub(super) fn reckon(&self, window: &Window) -> Result<Reckoned, ActionError> {
        let world = self.world()?;
        // What explains a look must be found wherever it stands; only the word for it leaves this room.
        let everything: Visible = self.store().names().markings().map(|(no, _)| no).collect();
        let sight = Sight::new(&world, &everything);
        let people = self.people();
        let namesakes = Namesakes::find(self, &sight, &people)?;
        let kin = Kin::of(self, &sight, &namesakes)?;
        let mut pass = Pass {
            grounds: Grounds::read(self, &sight)?,
            people: people.iter().map(|person| (person.id.as_str(), person)).collect(),
            reckoning: Reckoning::new(window.clone()),
            sight: &sight,
            namesakes,
            kin,
        };
        self.entries(window.since.saturating_sub(LOOK_BACK), window.until, |entry| pass.take(entry))?;
        Ok(pass.reckoning.finish())
    }

    /// What the heartbeats of a stretch of time show.
    pub(super) fn beats_in(&self, window: &Window) -> Result<Beats, ActionError> {
        let mut beats = Heartbeats::default();
        self.entries(window.since, window.until, |entry| {
            let field = |name: &str| entry.field(name).unwrap_or("-");
            if field("action") == heartbeat::ACTION && field("actor") == heartbeat::ACTOR {
                beats.beat(entry.index, entry.time, field("query"), field("results"));
            } else {
                beats.entry(entry.index, field("action"), field("purpose"));
            }
            Ok(())
        })?;
        Ok(beats.finish(window.until.min(self.now())))
    }

    /// Every entry of a stretch of time that is in the journal now, in order.
    pub(super) fn entries(&self, since: i64, until: i64, mut each: impl FnMut(&JournalEntry) -> Result<(), ActionError>) -> Result<(), ActionError> {
        let end = self.store().log_status()?.size;
        let mut next = self.first_since(since, end)?;
        while next < end {
            let page = self.store().journal_entries(next, PAGE)?;
            let Some(last) = page.last().map(|entry| entry.index) else { break };
            for entry in page.iter().filter(|entry| entry.index < end) {
                if entry.time >= until {
                    return Ok(());
                }
                each(entry)?;
            }
            next = last + 1;
        }
        Ok(())
    }

    /// Number of the first entry from an instant on, of the first `end`; the journal's time does not go back.
    pub(super) fn first_since(&self, since: i64, end: u64) -> Result<u64, ActionError> {
        let (mut low, mut high) = (0, end);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.store().journal_entry(middle)? {
                Some(entry) if entry.time < since => low = middle + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }
}

struct Pass<'d> {
    people: FxHashMap<&'d str, &'d Person>,
    reckoning: Reckoning,
    grounds: Grounds<'d>,
    sight: &'d Sight<'d>,
    namesakes: Namesakes,
    kin: Kin,
}

impl Pass<'_> {
    fn take(&mut self, entry: &JournalEntry) -> Result<(), ActionError> {
        let field = |name: &str| entry.field(name).unwrap_or_default();
        if !shown::is_look(field("action")) {
            return Ok(());
        }
        let outcome = shown::outcome(entry);
        let mut records: Vec<u32> = Vec::new();
        let mut known: FxHashSet<u32> = FxHashSet::default();
        for entity in shown::ids(entry).into_iter().filter_map(|id| self.sight.world.ids.find(id)) {
            // Records that are judged the same count as one.
            let record = self.sight.view.leader(NodeNo::of(entity)).and_then(NodeNo::entity).unwrap_or(entity).0;
            if known.insert(record) {
                records.push(record);
            }
        }
        let person = self.people.get(field("actor")).copied();
        // A case was stated, and which is no longer known; it is nobody else's as far as anybody can tell.
        let erased_case = entry.erased.iter().any(|name| name == "case").then(|| format!("erased, of {}", field("actor")));
        let look = Look {
            index: entry.index,
            time: entry.time,
            actor: field("actor"),
            roles: person.map_or(&[], |person| &person.roles),
            unit: None,
            action: field("action"),
            purpose: field("purpose"),
            case: erased_case.as_deref().unwrap_or(field("case")),
            reason: field("reason"),
            mandate: field("mandate"),
            query: field("query"),
            outcome,
            results: u64::try_from(field("results").split_whitespace().count()).unwrap_or(u64::MAX),
            records: &records,
        };
        let context = match outcome {
            Outcome::Refused | Outcome::Failed => Context::default(),
            Outcome::Answered | Outcome::Empty => {
                let words = if look.action == "search" { self.namesakes.named_in(look.actor, look.query) } else { Default::default() };
                let relations = records.iter().fold(words, |relations, record| relations.and(self.kin.relations(look.actor, *record)));
                Context { explained: self.grounds.explain(&look, field("results"))?, relations }
            }
        };
        self.reckoning.take(&look, &context);
        Ok(())
    }
}

/// Ids of people, shared.
pub(super) type PersonId = Arc<str>;
