//! The whole town, and the order in which it comes about.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::{Date, date};

use crate::{
    addresses::Addresses,
    calls::{self, Call},
    companies::Register,
    contracts::{self, Contract},
    custody::{self, Booking},
    distort::Described,
    group::Group,
    households,
    offences::{self, Offence, Officer, Scene},
    people::Person,
    records::Records,
    reports::{self, Report, Talk},
    sightings::{Field, Observed},
    size::Size,
    vehicles::{self, Vehicle},
};

/// What the town is called. No place of this name is known.
pub const NAME: &str = "Tallowhythe";
/// The last day of which anything is recorded.
pub(crate) const LAST_DAY: Date = date(2025, 3, 31);
/// Markings, by the ids of the shipped charter.
pub(crate) const OPEN: &str = "open";
pub(crate) const OFFICIAL: &str = "official";
pub(crate) const SENSITIVE: &str = "official-sensitive";

/// An invented town with everything that is recorded of it.
#[derive(Debug)]
pub struct Town {
    pub(crate) seed: u64,
    pub(crate) addresses: Addresses,
    pub(crate) people: Vec<Arc<Person>>,
    pub(crate) register: Register,
    pub(crate) vehicles: Vec<Arc<Vehicle>>,
    pub(crate) officers: Vec<Officer>,
    pub(crate) offences: Vec<Offence>,
    pub(crate) records: Records,
    pub(crate) council: Vec<Described>,
    pub(crate) bookings: Vec<Booking>,
    pub(crate) calls: Vec<Call>,
    pub(crate) observed: Observed,
    pub(crate) reports: Vec<Report>,
    pub(crate) contracts: Vec<Contract>,
    pub(crate) group: Option<Group>,
}

impl Town {
    /// Makes the town of a seed. The same seed and size make the same town, on every machine.
    #[must_use]
    pub fn generate(seed: u64, size: &Size) -> Self {
        let size = size.at_least();
        let addresses = Addresses::generate(seed, households::households_for(size.people), size.companies);
        let people = households::generate(seed, size.people, &addresses.homes);
        let adults: Vec<Arc<Person>> = people.iter().filter(|person| person.is_adult()).cloned().collect();

        let members = Group::choose(seed, &adults);
        let chosen: BTreeSet<usize> = members.iter().map(|(_, person)| person.no).collect();
        let others: Vec<Arc<Person>> = adults.iter().filter(|person| !chosen.contains(&person.no)).cloned().collect();

        let mut register = Register::generate(seed, size.companies, &others, &addresses);
        let mut vehicles = vehicles::generate(seed, size.vehicles, &others);
        let mut group = Group::set_up(seed, members, &addresses, &mut register, &mut vehicles);

        let officers = offences::officers(seed, (size.people / 160).max(4));
        let scene = Scene { adults: &others, addresses: &addresses, vehicles: &vehicles, officers: &officers };
        let mut offences = offences::generate(seed, size.offences, &scene);
        if let Some(group) = &group {
            group.commit(seed, &scene, &mut offences);
        }
        offences::number(&mut offences);
        if let Some(group) = &mut group {
            group.offences = offences.iter().filter(|offence| offence.by_group).map(|offence| (offence.reference.clone(), offence.at)).collect();
        }

        let records = Records::generate(seed, &offences, &vehicles, group.as_ref());
        let council = custody::council(seed, &adults, group.as_ref());
        let bookings = custody::bookings(seed, &offences, group.as_ref());
        let calls = calls::generate(seed, size.calls, &others, &register.companies, group.as_ref());
        let field = Field { addresses: &addresses, vehicles: &vehicles, offences: &offences, records: &records, group: group.as_ref() };
        let observed = Observed::generate(seed, &field);
        let talk =
            Talk { offences: &offences, officers: &officers, vehicles: &vehicles, companies: &register.companies, records: &records, group: group.as_ref() };
        let reports = reports::generate(seed, size.reports, &talk);
        let contracts = contracts::generate(seed, size.contracts, size.suppliers, &register.companies, group.as_ref());

        Self { seed, addresses, people, register, vehicles, officers, offences, records, council, bookings, calls, observed, reports, contracts, group }
    }
}
