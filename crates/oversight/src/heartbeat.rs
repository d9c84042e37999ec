//! Heartbeats: entries that come once a minute, count the entries before them, and so make silence visible.
//!
//! A heartbeat's `query` is `FIRST..END`, the entries that it counts, without END; its `results` are `action/class=n` separated
//! by spaces, where the class is what [`purpose_class`] makes of the stated purpose. Heartbeats are entries too, and counted by
//! the next one.

use std::collections::{BTreeMap, VecDeque};

use crate::names::Names;

/// Longest time between two heartbeats that is no silence, in milliseconds: one may be late, none may be missing.
const SILENCE: i64 = 150_000;

/// The class that a purpose counts under: its id, or `-` where none is stated.
#[must_use]
pub fn purpose_class(purpose: &str) -> &str {
    if purpose.is_empty() { "-" } else { purpose }
}

/// A stretch of time without a heartbeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Entry number of the heartbeat before it.
    pub after: u64,
    /// Time of that heartbeat, in milliseconds since 1970.
    pub from: i64,
    /// Time of the next.
    pub until: i64,
    /// How many entries were made meanwhile.
    pub entries: u64,
}

/// A heartbeat that does not say what the entries say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Number of the heartbeat's entry.
    pub index: u64,
    /// What is wrong, in words.
    pub what: String,
}

/// What the heartbeats show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beats {
    /// How many there are.
    pub beats: u64,
    /// How many were compared with the entries that they count.
    pub compared: u64,
    /// Where they say something else than the entries.
    pub mismatches: Vec<Mismatch>,
    /// Where there were none.
    pub silences: Vec<Silence>,
    /// Time of the last one, in milliseconds since 1970.
    pub last: Option<i64>,
    /// Entries between the first and the last heartbeat that none counts.
    pub uncounted: u64,
}

/// Takes entries in and compares.
#[derive(Debug, Default)]
pub struct Heartbeats {
    names: Names,
    /// Entries that no heartbeat has counted yet, with what they count as.
    waiting: VecDeque<(u64, u32)>,
    /// First entry taken in.
    first: Option<u64>,
    /// The last heartbeat: its entry, its time, and the first entry that it did not count.
    last: Option<(u64, i64, u64)>,
    beats: Beats,
}

impl Heartbeats {
    /// An entry other than a heartbeat.
    pub fn entry(&mut self, index: u64, action: &str, purpose: &str) {
        self.first.get_or_insert(index);
        let key = self.names.number(&format!("{action}/{}", purpose_class(purpose)));
        self.waiting.push_back((index, key));
    }

    /// A heartbeat.
    pub fn beat(&mut self, index: u64, time: i64, query: &str, results: &str) {
        self.beats.beats += 1;
        let range = parse_range(query);
        match range {
            Some((first, end)) if end <= index => self.compare(index, first, end, results),
            Some(_) => self.wrong(index, format!("it counts `{query}`, entries that are not before it")),
            None => self.wrong(index, format!("`{query}` is no range of entries such as `7..12`")),
        }
        let covered = range.map_or(index, |(_, end)| end);
        if let Some((after, from, _)) = self.last
            && time.saturating_sub(from) > SILENCE
        {
            self.beats.silences.push(Silence { after, from, until: time, entries: index.saturating_sub(after).saturating_sub(1) });
        }
        self.last = Some((index, time, covered));
        self.beats.last = Some(time);
        // Heartbeats are entries too, for the next one to count.
        self.entry(index, "heartbeat", "");
    }

    fn compare(&mut self, index: u64, first: u64, end: u64, results: &str) {
        let mut skipped = 0;
        while self.waiting.pop_front_if(|(entry, _)| *entry < first).is_some() {
            skipped += 1;
        }
        let is_first = self.last.is_none();
        if let Some((_, _, covered)) = self.last
            && first != covered
        {
            self.wrong(index, format!("it counts from entry {first} on, the one before it left off at {covered}"));
        }
        if !is_first {
            self.beats.uncounted += skipped;
        }
        if self.first.is_none_or(|begun| first < begun) {
            // It counts entries from before the window; there is nothing to compare it with.
            while self.waiting.pop_front_if(|(entry, _)| *entry < end).is_some() {}
            return;
        }
        let mut counted: BTreeMap<u32, u64> = BTreeMap::new();
        while let Some((_, key)) = self.waiting.pop_front_if(|(entry, _)| *entry < end) {
            *counted.entry(key).or_default() += 1;
        }
        self.beats.compared += 1;
        let entries: BTreeMap<String, u64> = counted.into_iter().map(|(key, count)| (self.names.text(key).to_owned(), count)).collect();
        match parse_counts(results) {
            None => self.wrong(index, "its counts are not of the form `action/class=n`".to_owned()),
            Some(said) if said == entries => {}
            Some(said) => {
                let keys = said.keys().chain(entries.keys()).collect::<std::collections::BTreeSet<_>>();
                let of = |counts: &BTreeMap<String, u64>, key: &String| counts.get(key).copied().unwrap_or_default();
                let unlike: Vec<String> = keys
                    .into_iter()
                    .filter(|key| of(&said, key) != of(&entries, key))
                    .map(|key| format!("{key}: it says {}, the entries {}", of(&said, key), of(&entries, key)))
                    .collect();
                self.wrong(index, unlike.join("; "));
            }
        }
    }

    fn wrong(&mut self, index: u64, what: String) {
        self.beats.mismatches.push(Mismatch { index, what });
    }

    /// What they show. `now` is the end of the window: from the last heartbeat until then is silence too.
    #[must_use]
    pub fn finish(mut self, now: i64) -> Beats {
        if let Some((after, from, _)) = self.last
            && now.saturating_sub(from) > SILENCE
        {
            let entries = u64::try_from(self.waiting.iter().filter(|(entry, _)| *entry > after).count()).unwrap_or(u64::MAX);
            self.beats.silences.push(Silence { after, from, until: now, entries });
        }
        self.beats
    }
}

fn parse_range(text: &str) -> Option<(u64, u64)> {
    let (first, end) = text.split_once("..")?;
    let (first, end): (u64, u64) = (first.parse().ok()?, end.parse().ok()?);
    (first <= end).then_some((first, end))
}

fn parse_counts(text: &str) -> Option<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for part in text.split_whitespace() {
        let (key, count) = part.rsplit_once('=')?;
        let count: u64 = count.parse().ok()?;
        if count > 0 && counts.insert(key.to_owned(), count).is_some() {
            return None;
        }
    }
    Some(counts)
}
