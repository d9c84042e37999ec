//! The table of comparisons: for each level how often records of the same thing fall into it (m) and how often records
//! of different things do (u). A level weighs log2(m / u). Levels are tried in order; in a comparison the best pair of
//! values counts, and where either record has none the comparison says nothing.
//!
//! The figures are estimates from experience with registers of people and companies, fixed and the same for all data;
//! they are not fitted to any one set. Levels for parts that are missing have figures of their own (m given that the
//! part is missing).

use crate::frequencies::Counted;

/// How often records of different things fall into a level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Chance {
    /// As often as this.
    Fixed(f64),
    /// As often as the more common of the two values, times this.
    Rate(Counted, f64),
    /// As often as the more common of the two whole names, times this.
    FullName(f64),
}

/// One level of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    pub(crate) says: &'static str,
    pub(crate) m: f64,
    pub(crate) u: Chance,
}

/// One comparison.
#[derive(Debug, PartialEq)]
pub(crate) struct Comparison {
    pub(crate) name: &'static str,
    /// Whether it can carry a proposal with no other of [`TELLING`] weight beside it.
    pub(crate) stands_alone: bool,
    pub(crate) levels: &'static [Level],
}

const fn level(says: &'static str, m: f64, u: Chance) -> Level {
    Level { says, m, u }
}

use Chance::{Fixed, FullName, Rate};
use Counted::{Address, Date, Email, Forename, Identifier, Organisation, Phone, Postcode, Surname};

/// Forename and surname are one comparison, for each tells of the other (family, language, typing in the wrong box).
#[rustfmt::skip]
pub(crate) const NAME: Comparison = Comparison { name: "name", stands_alone: false, levels: &[
    level("forename and surname the same",             0.60,  FullName(1.0)),
    level("the same names in another order",           0.03,  FullName(1.0)),
    level("surname the same, forename close",          0.13,  Rate(Surname, 0.015)),
    level("forename the same, surname close",          0.10,  Rate(Forename, 0.006)),
    level("forename and surname close",                0.05,  Fixed(0.000_15)),
    level("surname the same, no forename",             0.80,  Rate(Surname, 1.0)),
    level("forename the same, no surname",             0.80,  Rate(Forename, 1.0)),
    level("surname close, no forename",                0.13,  Fixed(0.006)),
    level("forename close, no surname",                0.13,  Fixed(0.015)),
    level("surname the same, forename different",      0.03,  Rate(Surname, 1.0)),
    level("forename the same, surname different",      0.03,  Rate(Forename, 1.0)),
    level("no part the same",                          0.03,  Fixed(0.97)),
]};

/// Names of organisations, without their legal forms.
#[rustfmt::skip]
pub(crate) const ORGANISATION: Comparison = Comparison { name: "organisation", stands_alone: true, levels: &[
    level("the same but for the legal form",           0.70,  Rate(Organisation, 1.0)),
    level("the same words in another order",           0.03,  Rate(Organisation, 1.0)),
    level("close",                                     0.17,  Fixed(0.000_3)),
    level("most words the same",                       0.05,  Fixed(0.001)),
    level("different",                                 0.05,  Fixed(0.99)),
]};

/// Dates of birth or foundation.
#[rustfmt::skip]
pub(crate) const DATE: Comparison = Comparison { name: "date", stands_alone: false, levels: &[
    level("the same day",                              0.88,  Rate(Date, 1.0)),
    level("day and month swapped",                     0.01,  Fixed(0.000_03)),
    level("one digit off, or two swapped",             0.06,  Fixed(0.001_5)),
    level("the same month, the day not known",         0.90,  Fixed(0.001_2)),
    level("the same year, the month not known",        0.90,  Fixed(0.015)),
    level("the same year, another day",                0.02,  Fixed(0.013)),
    level("the same day and month of another year",    0.01,  Fixed(0.002_5)),
    level("different",                                 0.02,  Fixed(0.97)),
]};

/// Telephone numbers, of which people have several over time.
#[rustfmt::skip]
pub(crate) const PHONE: Comparison = Comparison { name: "phone", stands_alone: false, levels: &[
    level("the same",                                  0.65,  Rate(Phone, 1.0)),
    level("one digit off",                             0.03,  Fixed(0.000_02)),
    level("different",                                 0.32,  Fixed(0.999)),
]};

/// E-mail addresses.
#[rustfmt::skip]
pub(crate) const EMAIL: Comparison = Comparison { name: "email", stands_alone: false, levels: &[
    level("the same",                                  0.65,  Rate(Email, 1.0)),
    level("one character off",                         0.05,  Fixed(0.000_02)),
    level("the same before the @",                     0.05,  Fixed(0.000_1)),
    level("different",                                 0.25,  Fixed(0.999)),
]};

/// Numbers that somebody issued. Of what kind is not known, so two different ones may both be right.
#[rustfmt::skip]
pub(crate) const IDENTIFIER: Comparison = Comparison { name: "identifier", stands_alone: false, levels: &[
    level("the same",                                  0.80,  Rate(Identifier, 1.0)),
    level("one character off, or two swapped",         0.06,  Fixed(0.000_02)),
    level("different",                                 0.14,  Fixed(0.999)),
]};

/// Address and postcode are one comparison, for the one mostly implies the other. People move.
#[rustfmt::skip]
pub(crate) const PLACE: Comparison = Comparison { name: "place", stands_alone: false, levels: &[
    level("address and postcode the same",             0.45,  Rate(Address, 0.8)),
    level("postcode the same, address close",          0.20,  Rate(Postcode, 0.1)),
    level("address the same, another postcode",        0.05,  Rate(Address, 0.2)),
    level("address the same, no postcode",             0.50,  Rate(Address, 1.0)),
    level("address close, another postcode",           0.05,  Fixed(0.000_2)),
    level("address close, no postcode",                0.20,  Fixed(0.000_3)),
    level("postcode the same, no address",             0.55,  Rate(Postcode, 1.0)),
    level("postcode the same, address different",      0.05,  Rate(Postcode, 0.9)),
    level("different",                                 0.22,  Fixed(0.999)),
]};

/// Countries.
#[rustfmt::skip]
pub(crate) const COUNTRY: Comparison = Comparison { name: "country", stands_alone: false, levels: &[
    level("the same",                                  0.95,  Fixed(0.60)),
    level("different",                                 0.05,  Fixed(0.40)),
]};

/// How often a record has a given value where no more is known.
pub(crate) const USUAL_RATES: &[(Counted, f64)] = &[
    (Forename, 0.006),
    (Surname, 0.001),
    (Organisation, 0.000_01),
    (Date, 0.000_05),
    (Phone, 0.000_002),
    (Email, 0.000_001),
    (Identifier, 0.000_001),
    (Address, 0.000_03),
    (Postcode, 0.000_5),
];

/// As how many records the usual rates count beside those at hand.
pub(crate) const PSEUDO_RECORDS: f64 = 1_000.0;

/// From how similar on two words are close (Jaro-Winkler, 0 to 1).
pub(crate) const CLOSE_WORD: f64 = 0.88;
/// From how similar on two organisation names are close (Jaro-Winkler).
pub(crate) const CLOSE_ORGANISATION: f64 = 0.93;
/// From which share of words in common on addresses are close, or most words of a name the same (Dice, 0 to 1).
pub(crate) const MOST_WORDS: f64 = 0.6;

/// Below which similarity two forenames are clearly different (Jaro-Winkler).
pub(crate) const CLEARLY_DIFFERENT: f64 = 0.7;
/// From how many bits on a comparison tells. Two that tell are needed for a proposal, or one that stands alone.
pub(crate) const TELLING: f64 = 3.0;

/// Bits that speak against a pair before anything is compared: as if each record had on average one other of the same
/// thing, among at least a thousand.
pub(crate) fn prior(records: usize) -> f64 {
    let records = u32::try_from(records).unwrap_or(u32::MAX).max(1_000);
    -f64::from(records - 1).log2()
}
