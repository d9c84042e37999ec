//! People as they are: what the datasets describe, each in its own way.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{addresses::Address, fictitious::Phone};

/// As registers write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

impl Sex {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// One inhabitant.
#[derive(Debug)]
pub(crate) struct Person {
    /// Position among all inhabitants; the truth file calls people by it.
    pub(crate) no: usize,
    pub(crate) sex: Sex,
    pub(crate) forename: &'static str,
    pub(crate) middle: Option<&'static str>,
    pub(crate) surname: &'static str,
    /// Name before marriage, where another.
    pub(crate) birth_surname: Option<&'static str>,
    pub(crate) born: Date,
    pub(crate) home: Arc<Address>,
    /// Lives there since.
    pub(crate) since: Date,
    /// Where before.
    pub(crate) before: Option<Arc<Address>>,
    pub(crate) phone: Phone,
    pub(crate) email: Option<String>,
    pub(crate) occupation: &'static str,
}

impl Person {
    /// Forename and surname.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.forename, self.surname)
    }

    /// The name of the truth file.
    pub(crate) fn truth(&self) -> String {
        format!("person-{:05}", self.no)
    }

    /// Eighteen or more on the last day of the records.
    pub(crate) fn is_adult(&self) -> bool {
        self.born <= jiff::civil::date(2007, 3, 31)
    }
}
