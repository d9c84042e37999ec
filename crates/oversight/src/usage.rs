//! How the system is used, counted.

use crate::names::Names;

/// How often something occurs among the looks at the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Count {
    /// What is counted: a purpose, a role, a person, a unit, an action, or an hour from `00` to `23`; empty where the entry
    /// names none.
    pub key: String,
    /// Looks that the charter allowed and that were understood, whether or not anything was found.
    pub accesses: u64,
    /// Looks that the charter refused.
    pub refused: u64,
    /// Accesses that nothing explains.
    pub unexplained: u64,
    /// Unexplained accesses with a score of [`crate::ALERT`] or more.
    pub alerts: u64,
}

/// Usage in a stretch of time. Sums over purposes, people, units, actions and hours are the totals; a person with several
/// roles counts under each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usage {
    /// All together, under an empty key.
    pub total: Count,
    /// Accesses that found nothing.
    pub empty: u64,
    /// Looks that went wrong or were not understood.
    pub failed: u64,
    /// By stated purpose.
    pub purposes: Vec<Count>,
    /// By role, as the home's people have them now.
    pub roles: Vec<Count>,
    /// By person.
    pub people: Vec<Count>,
    /// By unit.
    pub units: Vec<Count>,
    /// By action.
    pub actions: Vec<Count>,
    /// By hour of the day, all 24 in order.
    pub hours: Vec<Count>,
}

impl Usage {
    /// Alerts for every thousand accesses; 0 where there were none.
    #[must_use]
    pub fn alerts_per_thousand(&self) -> f64 {
        per_thousand(self.total.alerts, self.total.accesses)
    }
}

impl Count {
    /// Alerts for every thousand accesses; 0 where there were none.
    #[must_use]
    pub fn alerts_per_thousand(&self) -> f64 {
        per_thousand(self.alerts, self.accesses)
    }
}

fn per_thousand(alerts: u64, accesses: u64) -> f64 {
    // Counts of more than 2^32 looks are beyond any journal; saturating keeps the conversion exact.
    let exact = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if accesses == 0 { 0.0 } else { exact(alerts) * 1000.0 / exact(accesses) }
}

/// Which of the counts one look adds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tally {
    Access,
    Refused,
    Unexplained,
    Alert,
}

impl Count {
    pub(crate) fn add(&mut self, tally: Tally) {
        match tally {
            Tally::Access => self.accesses += 1,
            Tally::Refused => self.refused += 1,
            Tally::Unexplained => self.unexplained += 1,
            Tally::Alert => self.alerts += 1,
        }
    }
}

/// Counts by number of a name, or of an hour.
#[derive(Debug, Default)]
pub(crate) struct Counts(Vec<Count>);

impl Counts {
    pub(crate) fn add(&mut self, number: u32, tally: Tally) {
        let index = usize::try_from(number).unwrap_or(usize::MAX);
        if self.0.len() <= index {
            self.0.resize(index.saturating_add(1), Count::default());
        }
        if let Some(count) = self.0.get_mut(index) {
            count.add(tally);
        }
    }

    /// The counts that are not all zero, the largest first.
    pub(crate) fn named(self, names: &Names) -> Vec<Count> {
        let mut named: Vec<Count> = (0..)
            .zip(self.0)
            .filter(|(_, count)| *count != Count::default())
            .map(|(number, count)| Count { key: names.text(number).to_owned(), ..count })
            .collect();
        named.sort_by(|a, b| (b.accesses, b.refused).cmp(&(a.accesses, a.refused)).then_with(|| a.key.cmp(&b.key)));
        named
    }

    /// All 24 hours in order.
    pub(crate) fn hours(mut self) -> Vec<Count> {
        self.0.resize(24, Count::default());
        (0..).zip(self.0).map(|(hour, count)| Count { key: format!("{hour:02}"), ..count }).collect()
    }
}
