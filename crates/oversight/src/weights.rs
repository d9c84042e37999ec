//! The table of weights and limits, for people to read. They are judgement, not measurement: what a score of 80 means is
//! that it stands above 60, and no more.

use crate::look::Relation;

/// Why a look stands where it does in the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Nothing was stated that could link person and record.
    NoGround,
    /// A case was stated that nothing links with the record, and nobody else states it.
    CaseAlone,
    /// A case was stated that nothing links with the record; others work on it too.
    CaseOfSeveral,
    /// See [`Relation::Own`].
    Own,
    /// See [`Relation::Colleague`].
    Colleague,
    /// See [`Relation::SameAddress`].
    SameAddress,
    /// See [`Relation::Family`].
    Family,
    /// See [`Relation::FormerPartner`].
    FormerPartner,
    /// Many people look at one record, each for themselves.
    Celebrity,
    /// One name after another is tried and not found.
    Fishing,
    /// Few looks a day at one record, over many days.
    Drip,
    /// At night, and the person has no explained work at that hour.
    OddHours,
    /// Many different records in a short time, or one large export.
    Bulk,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Weight {
    /// What it is for.
    pub reason: Reason,
    /// The word for it.
    pub name: &'static str,
    /// What it adds to the score.
    pub weight: u32,
    /// What it asks, for a person to read.
    pub words: &'static str,
}

const fn row(reason: Reason, name: &'static str, weight: u32, words: &'static str) -> Weight {
    Weight { reason, name, weight, words }
}

/// The weights. A look has one of the first three unless it is explained; the others come on top of it. A relation that rests
/// on a common name counts half.
pub const TABLE: [Weight; 13] = [
    row(Reason::NoGround, "no-ground", 30, "no case, tasking or mandate links the person with the record"),
    row(Reason::CaseAlone, "case-alone", 15, "a case is stated that nothing links with the record, and that nobody else states"),
    row(Reason::CaseOfSeveral, "case-of-several", 5, "a case is stated that nothing links with the record; others work on it too"),
    row(Reason::Own, "own-record", 50, "the record, or the name looked for, is like the person's own"),
    row(Reason::Colleague, "colleague", 25, "the record, or the name looked for, is like that of somebody who uses the system"),
    row(Reason::SameAddress, "same-address", 30, "the record shares an address or telephone with one that bears the person's name"),
    row(Reason::Family, "family", 40, "a family link joins the record with one that bears the person's name"),
    row(Reason::FormerPartner, "former-partner", 50, "the record is linked as a former partner with one that bears the person's name"),
    row(Reason::Celebrity, "celebrity", 25, "many people looked at the record, each without a case in common"),
    row(Reason::Fishing, "fishing", 20, "one name after another was tried, and none found"),
    row(Reason::Drip, "slow-drip", 30, "few looks a day at the same record, over many days"),
    row(Reason::OddHours, "odd-hours", 10, "at night, when the person has no explained work"),
    row(Reason::Bulk, "bulk", 25, "many different records in a short time"),
];

/// From this score on a look is counted as an alert.
pub const ALERT: u32 = 50;

/// From how much on something is remarkable.
pub mod limits {
    /// Different people with unexplained looks at one record.
    pub const CELEBRITY_PEOPLE: u32 = 5;
    /// Names tried in a row without finding anything.
    pub const FISHING_NAMES: u32 = 5;
    /// Longest time between two of them, in milliseconds.
    pub const FISHING_PAUSE: i64 = 30 * 60_000;
    /// Days on which somebody looks at one record.
    pub const DRIP_DAYS: u32 = 4;
    /// Most looks a day, on average, that still are a drip; more is work, and shows by its amount.
    pub const DRIP_LOOKS_A_DAY: u32 = 3;
    /// First hour of the night.
    pub const NIGHT_FROM: u8 = 22;
    /// First hour after it.
    pub const NIGHT_UNTIL: u8 = 6;
    /// Days with explained work at an hour of the night that make it usual for somebody, one hour before and after it too.
    pub const USUAL_DAYS: u32 = 3;
    /// Different records looked at within [`BULK_WITHIN`].
    pub const BULK_RECORDS: usize = 60;
    /// In milliseconds.
    pub const BULK_WITHIN: i64 = 60 * 60_000;
    /// Records in one export.
    pub const BULK_EXPORT: u32 = 200;
}

impl Reason {
    /// The row of the table.
    #[must_use]
    pub fn row(self) -> &'static Weight {
        // Every reason has one; a test sees to it.
        TABLE.iter().find(|row| row.reason == self).unwrap_or(&TABLE[0])
    }

    /// The relation that it stands for, where it is one.
    pub(crate) fn relation(self) -> Option<Relation> {
        match self {
            Self::Own => Some(Relation::Own),
            Self::Colleague => Some(Relation::Colleague),
            Self::SameAddress => Some(Relation::SameAddress),
            Self::Family => Some(Relation::Family),
            Self::FormerPartner => Some(Relation::FormerPartner),
            _ => None,
        }
    }

    pub(crate) fn bit(self) -> u16 {
        1 << self as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_row_in_order() {
        for (place, row) in (0_u16..).zip(&TABLE) {
            assert_eq!(row.reason as u16, place, "{}", row.name);
            assert_eq!(row.reason.row().name, row.name);
            assert!(row.weight > 0 && !row.words.is_empty());
        }
        assert_eq!(TABLE.len(), Reason::Bulk as usize + 1);
    }
}
