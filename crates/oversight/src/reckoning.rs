//! The reckoning: looks go in one by one in order of time, usage and a ranking come out.
//!
//! It keeps about 80 bytes a look that nothing explains, and none of those that are explained and stand in no relation to the
//! person, so that a million entries fit into memory many times over.

use jiff::{Timestamp, tz::TimeZone};
use rustc_hash::FxHashMap;

use crate::{
    look::{Context, Explained, Look, Outcome},
    names::Names,
    signals::{self, Kept, Kind, Seen, Signal},
    usage::{Counts, Tally, Usage},
    weights::{ALERT, Reason, TABLE},
};

/// The stretch of time that is counted and ranked, and the clock on the wall there.
#[derive(Debug, Clone)]
pub struct Window {
    /// First instant, in milliseconds since 1970. Earlier looks teach patterns and are neither counted nor ranked.
    pub since: i64,
    /// First instant after it.
    pub until: i64,
    /// Whose days and nights.
    pub zone: TimeZone,
}

/// Takes looks in.
#[derive(Debug)]
pub struct Reckoning {
    window: Window,
    names: Names,
    cases: Cases,
    kept: Vec<Kept>,
    records: Vec<u32>,
    signals: Vec<Box<dyn Signal>>,
    tables: Tables,
    usage: Usage,
    people: FxHashMap<u32, (Vec<u32>, u32)>,
}

/// Who stated which case: 0 stands for none.
#[derive(Debug, Default)]
struct Cases {
    names: Names,
    /// First person to state a case, and whether there is a second.
    stated: FxHashMap<u32, (u32, bool)>,
}

#[derive(Debug, Default)]
struct Tables {
    purposes: Counts,
    roles: Counts,
    people: Counts,
    units: Counts,
    actions: Counts,
    hours: Counts,
}

impl Cases {
    fn state(&mut self, case: &str, actor: u32) -> u32 {
        if case.trim().is_empty() {
            return 0;
        }
        let number = self.names.number(case.trim()).saturating_add(1);
        self.stated.entry(number).and_modify(|(first, several)| *several |= *first != actor).or_insert((actor, false));
        number
    }

    fn is_shared(&self, case: u32) -> bool {
        self.stated.get(&case).is_some_and(|(_, several)| *several)
    }
}

impl Reckoning {
    /// Nothing taken in yet.
    #[must_use]
    pub fn new(window: Window) -> Self {
        Self {
            window,
            names: Names::default(),
            cases: Cases::default(),
            kept: Vec::new(),
            records: Vec::new(),
            signals: signals::all(),
            tables: Tables::default(),
            usage: Usage::default(),
            people: FxHashMap::default(),
        }
    }

    /// Takes in the next look.
    pub fn take(&mut self, look: &Look<'_>, context: &Context) {
        let Some((hour, day)) = self.clock(look.time) else { return };
        let actor = self.names.number(look.actor);
        if !self.people.contains_key(&actor) {
            let roles = look.roles.iter().map(|role| self.names.number(role)).collect();
            let unit = self.names.number(look.unit.unwrap_or_default());
            self.people.insert(actor, (roles, unit));
        }
        let in_window = (self.window.since..self.window.until).contains(&look.time);
        let mut kept = Kept {
            index: look.index,
            time: look.time,
            day,
            hour,
            actor,
            purpose: self.names.number(look.purpose),
            action: self.names.number(look.action),
            case: self.cases.state(look.case, actor),
            results: u32::try_from(look.results).unwrap_or(u32::MAX),
            start: u32::try_from(self.records.len()).unwrap_or(u32::MAX),
            length: u32::try_from(look.records.len()).unwrap_or(u32::MAX),
            relations: context.relations,
            explained: context.explained,
            kind: kind(look),
            in_window,
        };
        match look.outcome {
            Outcome::Failed => {
                self.usage.failed += u64::from(in_window);
                return;
            }
            Outcome::Refused => return self.count(&kept, Tally::Refused),
            Outcome::Answered => {}
            Outcome::Empty => self.usage.empty += u64::from(in_window),
        }
        self.count(&kept, Tally::Access);
        if kept.explained.is_none() {
            self.count(&kept, Tally::Unexplained);
        }
        let seen = Seen { kept: &kept, records: look.records, query: look.query };
        self.signals.iter_mut().for_each(|signal| signal.learn(&seen));
        if in_window && (kept.explained.is_none() || !kept.relations.is_empty()) {
            if kept.explained.is_some() {
                // Patterns do not show in explained looks, so that their records are of no use.
                kept.length = 0;
            } else {
                self.records.extend_from_slice(look.records);
            }
            self.kept.push(kept);
        }
    }

    /// Hour and day since 1970 on the wall.
    fn clock(&self, time: i64) -> Option<(u8, i32)> {
        let stamp = Timestamp::from_millisecond(time).ok()?;
        let offset = i64::from(self.window.zone.to_offset(stamp).seconds());
        let seconds = stamp.as_second() + offset;
        let hour = u8::try_from(seconds.rem_euclid(86_400) / 3600).ok()?;
        Some((hour, i32::try_from(seconds.div_euclid(86_400)).ok()?))
    }

    fn count(&mut self, kept: &Kept, tally: Tally) {
        if !kept.in_window {
            return;
        }
        self.usage.total.add(tally);
        let tables = &mut self.tables;
        tables.purposes.add(kept.purpose, tally);
        tables.people.add(kept.actor, tally);
        tables.actions.add(kept.action, tally);
        tables.hours.add(u32::from(kept.hour), tally);
        if let Some((roles, unit)) = self.people.get(&kept.actor) {
            roles.iter().for_each(|role| tables.roles.add(*role, tally));
            tables.units.add(*unit, tally);
        }
    }

    /// Scores and ranks what was taken in.
    #[must_use]
    pub fn finish(mut self) -> Reckoned {
        let (signals, cases) = (&mut self.signals, &self.cases);
        signals.iter_mut().for_each(|signal| signal.settle(&|case| cases.is_shared(case)));
        let mut ranking = Vec::with_capacity(self.kept.len());
        for (position, kept) in (0..).zip(std::mem::take(&mut self.kept)) {
            let reasons = self.reasons(&kept);
            let score = TABLE.iter().filter(|row| reasons & row.reason.bit() != 0).map(|row| weight(&kept, row.reason)).sum();
            if kept.explained.is_none() && score >= ALERT {
                self.count(&kept, Tally::Alert);
            }
            ranking.push(Ranked { index: kept.index, score, explained: kept.explained, reasons, position });
            self.kept.push(kept);
        }
        ranking.sort_unstable_by_key(|ranked: &Ranked| (ranked.explained.is_some(), std::cmp::Reverse(ranked.score), ranked.index));
        let Tables { purposes, roles, people, units, actions, hours } = std::mem::take(&mut self.tables);
        let usage = Usage {
            purposes: purposes.named(&self.names),
            roles: roles.named(&self.names),
            people: people.named(&self.names),
            units: units.named(&self.names),
            actions: actions.named(&self.names),
            hours: hours.hours(),
            ..std::mem::take(&mut self.usage)
        };
        Reckoned { usage, ranking, kept: self.kept, records: self.records, signals: self.signals }
    }

    fn reasons(&self, kept: &Kept) -> u16 {
        let seen = seen(kept, &self.records);
        let ground = match (kept.explained, kept.case) {
            (Some(_), _) => None,
            (None, 0) => Some(Reason::NoGround),
            (None, case) if self.cases.is_shared(case) => Some(Reason::CaseOfSeveral),
            (None, _) => Some(Reason::CaseAlone),
        };
        let shown = self.signals.iter().filter(|signal| signal.shows(&seen)).map(|signal| signal.reason());
        ground.into_iter().chain(shown).fold(0, |bits, reason| bits | reason.bit())
    }
}

fn kind(look: &Look<'_>) -> Kind {
    match (look.action, look.outcome) {
        ("search", Outcome::Empty) => Kind::EmptySearch,
        ("search", _) => Kind::Search,
        ("export", _) => Kind::Export,
        _ => Kind::Other,
    }
}

fn seen<'a>(kept: &'a Kept, records: &'a [u32]) -> Seen<'a> {
    let start = usize::try_from(kept.start).unwrap_or(usize::MAX);
    let end = start.saturating_add(usize::try_from(kept.length).unwrap_or_default());
    Seen { kept, records: records.get(start..end).unwrap_or_default(), query: "" }
}

/// What a reason adds to the score of a look: half where it rests on a common name.
fn weight(kept: &Kept, reason: Reason) -> u32 {
    let whole = reason.row().weight;
    if reason.relation().is_some_and(|relation| kept.relations.is_common(relation)) { whole / 2 } else { whole }
}

/// One access in the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// Number of its entry.
    pub index: u64,
    /// Sum of the weights of its reasons; comparable within one ranking.
    pub score: u32,
    /// What explains it; absent where nothing does.
    pub explained: Option<Explained>,
    reasons: u16,
    position: u32,
}

/// A reason why an access stands where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The reason.
    pub reason: Reason,
    /// What it adds to the score.
    pub weight: u32,
    /// What was found, in words, with no content of any record.
    pub words: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Reckoned {
    /// How the system was used.
    pub usage: Usage,
    /// Unexplained accesses, the highest score first and the earlier first among equals; then explained ones that stand in a
    /// relation to the person.
    pub ranking: Vec<Ranked>,
    kept: Vec<Kept>,
    records: Vec<u32>,
    signals: Vec<Box<dyn Signal>>,
}

impl Reckoned {
    /// How many accesses of the ranking nothing explains; they come first.
    #[must_use]
    pub fn unexplained(&self) -> usize {
        self.ranking.partition_point(|ranked| ranked.explained.is_none())
    }

    /// Why an access of this ranking stands where it does, in the order of the table.
    #[must_use]
    pub fn found(&self, ranked: &Ranked) -> Vec<Found> {
        let Some(kept) = usize::try_from(ranked.position).ok().and_then(|position| self.kept.get(position)) else { return Vec::new() };
        let seen = seen(kept, &self.records);
        let rows = TABLE.iter().filter(|row| ranked.reasons & row.reason.bit() != 0);
        rows.map(|row| {
            let signal = self.signals.iter().find(|signal| signal.reason() == row.reason);
            let words = signal.map_or_else(|| row.words.to_owned(), |signal| signal.words(&seen));
            Found { reason: row.reason, weight: weight(kept, row.reason), words }
        })
        .collect()
    }

    /// Numbers of the records that an unexplained access of this ranking looked at.
    #[must_use]
    pub fn records(&self, ranked: &Ranked) -> &[u32] {
        let kept = usize::try_from(ranked.position).ok().and_then(|position| self.kept.get(position));
        kept.map_or(&[], |kept| seen(kept, &self.records).records)
    }
}

impl Ranked {
    /// Whether it counts as an alert.
    #[must_use]
    pub fn is_alert(&self) -> bool {
        self.explained.is_none() && self.score >= ALERT
    }
}
