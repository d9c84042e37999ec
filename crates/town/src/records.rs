//! The police records system: whoever had to do with an offence, a vehicle or an intelligence report, as officers wrote
//! them down. About one in twelve stands in it twice.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    dice::{Dice, Part},
    distort::{Described, RECORDS, describe},
    group::Group,
    offences::Offence,
    people::Person,
    vehicles::Vehicle,
};

/// The system's people, and which entries are of whom.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) people: Vec<Described>,
    entries: BTreeMap<usize, Vec<String>>,
}

impl Records {
    /// Describes everybody who had to do with the police. The organiser never had.
    pub(crate) fn generate(seed: u64, offences: &[Offence], vehicles: &[Arc<Vehicle>], group: Option<&Group>) -> Self {
        let mut dice = Dice::new(seed, Part::Records);
        let mut known: BTreeMap<usize, &Arc<Person>> = BTreeMap::new();
        known.extend(offences.iter().flat_map(|offence| &offence.roles).map(|role| (role.person.no, &role.person)));
        known.extend(vehicles.iter().map(|vehicle| (vehicle.keeper.no, &vehicle.keeper)));
        known.extend(group.iter().flat_map(|group| &group.members).filter(|(part, _)| *part != "organiser").map(|(_, person)| (person.no, person)));
        let mut records = Self::default();
        for (no, person) in known {
            for _ in 0..1 + usize::from(dice.chance(85)) {
                let id = format!("rec-{:06}", records.people.len() + 1);
                let mut described = describe(&mut dice, person, &RECORDS, id.clone());
                if let Some(group) = group {
                    // The lieutenant answers the work telephone.
                    if group.part_of(person) == Some("lieutenant") {
                        described.phone = group.work_phone.national();
                    }
                }
                records.people.push(described);
                records.entries.entry(no).or_default().push(id);
            }
        }
        records
    }

    /// An entry of this person, whichever the officer found.
    pub(crate) fn entry(&self, dice: &mut Dice, person: &Person) -> Option<&str> {
        dice.pick(self.entries.get(&person.no)?).map(String::as_str)
    }

    /// The first entry of this person.
    pub(crate) fn first(&self, person: &Person) -> Option<&str> {
        self.entries.get(&person.no)?.first().map(String::as_str)
    }
}
