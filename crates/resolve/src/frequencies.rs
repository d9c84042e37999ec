//! How common values are among the records at hand, for agreement on a rare one says more.

use rustc_hash::FxHashMap;

use crate::{
    prepared::Prepared,
    record::Record,
    weights::{PSEUDO_RECORDS, USUAL_RATES},
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Counted {
    Forename,
    Surname,
    FullName,
    Organisation,
    Date,
    Phone,
    Email,
    Identifier,
    Address,
    Postcode,
}

/// Counts of values over a set of records. The default counts none, and the usual rates stand.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    records: usize,
    totals: FxHashMap<Counted, u32>,
    counts: FxHashMap<Counted, FxHashMap<String, u32>>,
}

impl Frequencies {
    /// Counts these records.
    #[must_use]
    pub fn of(records: &[Record]) -> Self {
        let prepared: Vec<Prepared> = records.iter().map(Prepared::new).collect();
        Self::count(&prepared)
    }

    pub(crate) fn count(records: &[Prepared]) -> Self {
        let mut frequencies = Self { records: records.len(), ..Self::default() };
        for record in records {
            frequencies.add(Counted::Forename, record.names.iter().map(|name| name.forename.as_str()).collect());
            frequencies.add(Counted::Surname, record.names.iter().map(|name| name.surname.as_str()).collect());
            frequencies.add(Counted::FullName, record.names.iter().map(|name| name.sorted.as_str()).collect());
            frequencies.add(Counted::Organisation, record.organisations.iter().map(|words| words.sorted.as_str()).collect());
            frequencies.add(Counted::Date, record.dates.iter().map(|date| date.digits.as_str()).collect());
            frequencies.add(Counted::Address, record.addresses.iter().map(|words| words.sorted.as_str()).collect());
            let texts = [
                (Counted::Phone, &record.phones),
                (Counted::Email, &record.emails),
                (Counted::Identifier, &record.identifiers),
                (Counted::Postcode, &record.postcodes),
            ];
            for (counted, values) in texts {
                frequencies.add(counted, values.iter().map(String::as_str).collect());
            }
        }
        frequencies
    }

    /// Counts one record's values of a kind, each once.
    fn add(&mut self, counted: Counted, mut values: Vec<&str>) {
        values.retain(|value| !value.is_empty());
        values.sort_unstable();
        values.dedup();
        if values.is_empty() {
            return;
        }
        *self.totals.entry(counted).or_default() += 1;
        let counts = self.counts.entry(counted).or_default();
        for value in values {
            match counts.get_mut(value) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(value.to_owned(), 1);
                }
            }
        }
    }

    /// Number of records counted.
    pub(crate) fn records(&self) -> usize {
        self.records
    }

    /// How often a record of something else has the more common of two values.
    pub(crate) fn rate(&self, counted: Counted, left: &str, right: &str) -> f64 {
        let usual = USUAL_RATES.iter().find(|(of, _)| *of == counted).map_or(1.0, |(_, rate)| *rate);
        self.smoothed(counted, left, right, usual)
    }

    /// The same for a whole name, which is usually as common as its parts make it, but not always.
    pub(crate) fn rate_of_name(&self, parts: f64, left: &str, right: &str) -> f64 {
        self.smoothed(Counted::FullName, left, right, parts)
    }

    fn smoothed(&self, counted: Counted, left: &str, right: &str, usual: f64) -> f64 {
        let count = |value: &str| self.counts.get(&counted).and_then(|counts| counts.get(value)).copied().unwrap_or(0);
        // The two records at hand say nothing of others.
        let others = count(left).max(count(right)).saturating_sub(2);
        let total = self.totals.get(&counted).copied().unwrap_or(0);
        (f64::from(others) + PSEUDO_RECORDS * usual) / (f64::from(total) + PSEUDO_RECORDS)
    }
}
