//! Companies, who directs them and who owns them, as the town's register has them.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::{Date, date};

use crate::{
    addresses::{Address, Addresses},
    dice::{Dice, Part, later},
    distort::{Described, REGISTER, describe},
    fictitious::{Phone, company_number},
    lists::{COMPANY_TRADES, COMPANY_WORDS, fields},
    people::Person,
    town::LAST_DAY,
};

/// One company.
#[derive(Debug)]
pub(crate) struct Company {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) trade: &'static str,
    pub(crate) founded: Date,
    pub(crate) address: Arc<Address>,
    pub(crate) phone: Phone,
    pub(crate) website: String,
}

/// Somebody's seat on a board.
#[derive(Debug)]
pub(crate) struct Seat {
    pub(crate) director: Described,
    pub(crate) company: Arc<Company>,
    pub(crate) role: &'static str,
    pub(crate) since: Date,
}

/// A share in a company, of a director or of another company.
#[derive(Debug)]
pub(crate) struct Share {
    pub(crate) owner: String,
    pub(crate) company: Arc<Company>,
    pub(crate) percent: i32,
    pub(crate) since: Date,
}

/// The register.
#[derive(Debug, Default)]
pub(crate) struct Register {
    pub(crate) companies: Vec<Arc<Company>>,
    pub(crate) seats: Vec<Seat>,
    pub(crate) shares: Vec<Share>,
    names: BTreeSet<String>,
}

impl Register {
    /// Companies with one to four directors each, mostly owned by them and now and then by another company.
    pub(crate) fn generate(seed: u64, count: usize, adults: &[Arc<Person>], addresses: &Addresses) -> Self {
        let mut dice = Dice::new(seed, Part::Companies);
        let mut register = Self::default();
        while register.companies.len() < count {
            let Some((trade, sector)) = trade(&mut dice) else { break };
            let premises = if dice.chance(550) { &addresses.yards } else { &addresses.shops };
            let Some(address) = dice.pick(premises).cloned() else { break };
            let founded = dice.date(date(1988, 1, 1), date(2023, 6, 30));
            let phone = Phone::exchange(100_000 + register.companies.len());
            let company = register.found(&mut dice, trade, sector, founded, address, phone);
            for nth in 0..=dice.below(3) {
                if let Some(person) = dice.pick(adults) {
                    register.seat(&mut dice, person, &company, if nth == 2 { "secretary" } else { "director" });
                }
            }
            register.owners(&mut dice, &company);
        }
        register
    }

    /// Enters a new company under a name that is free.
    pub(crate) fn found(&mut self, dice: &mut Dice, trade: &str, sector: &'static str, founded: Date, address: Arc<Address>, phone: Phone) -> Arc<Company> {
        let nth = self.companies.len();
        let mut name = String::new();
        for attempt in 0..60 {
            let word = dice.word(&COMPANY_WORDS);
            let place = if attempt < 8 { String::new() } else { format!(" ({attempt})") };
            name = format!("{word} {trade}{place} Ltd");
            if self.names.insert(name.clone()) {
                break;
            }
        }
        let label: String = name.to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let website = format!("https://{label}.example");
        let company = Arc::new(Company { id: format!("com-{nth:05}"), number: company_number(nth), name, trade: sector, founded, address, phone, website });
        self.companies.push(Arc::clone(&company));
        company
    }

    /// Seats a person on a board, as the register describes them that day; gives the id of the entry.
    pub(crate) fn seat(&mut self, dice: &mut Dice, person: &Arc<Person>, company: &Arc<Company>, role: &'static str) -> String {
        let id = format!("dir-{:05}", self.seats.len());
        let mut director = describe(dice, person, &REGISTER, id.clone());
        // Registers publish month and year of birth only.
        director.born = director.born.get(..7).unwrap_or_default().to_owned();
        let earliest = company.founded.max(later(person.born, 18 * 366));
        let since = dice.date(earliest, date(2024, 12, 31).max(earliest)).min(LAST_DAY);
        self.seats.push(Seat { director, company: Arc::clone(company), role, since });
        id
    }

    /// Enters a share.
    pub(crate) fn share(&mut self, owner: String, company: &Arc<Company>, percent: i32) {
        self.shares.push(Share { owner, company: Arc::clone(company), percent, since: company.founded });
    }

    fn owners(&mut self, dice: &mut Dice, company: &Arc<Company>) {
        let directors: Vec<String> =
            self.seats.iter().rev().take(3).filter(|seat| seat.company.id == company.id).map(|seat| seat.director.id.clone()).collect();
        let mut left = 100;
        if dice.chance(180) {
            let parent = dice.pick(&self.companies).filter(|parent| parent.id < company.id).map(|parent| parent.id.clone());
            if let Some(parent) = parent {
                let percent = if dice.chance(500) { 100 } else { 51 };
                self.share(parent, company, percent);
                left -= percent;
            }
        }
        let owners = i32::try_from(directors.len()).unwrap_or(1).max(1);
        for owner in directors {
            if left / owners > 0 {
                self.share(owner, company, left / owners);
            }
        }
    }
}

/// Trade and sector.
fn trade(dice: &mut Dice) -> Option<(&'static str, &'static str)> {
    let mut parts = fields(dice.word(&COMPANY_TRADES));
    Some((parts.next()?, parts.next()?))
}
