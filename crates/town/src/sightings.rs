//! Who or what was seen where, who is known to go about with whom, and who was stopped in which vehicle.

use std::sync::Arc;

use jiff::{
    ToSpan as _,
    civil::{DateTime, date},
};

use crate::{
    addresses::{Address, Addresses},
    dice::{Dice, Part},
    group::Group,
    offences::Offence,
    records::Records,
    town::{OFFICIAL, SENSITIVE},
    vehicles::Vehicle,
};

/// A vehicle at a place.
#[derive(Debug)]
pub(crate) struct Sighting {
    pub(crate) vehicle: String,
    pub(crate) place: Arc<Address>,
    pub(crate) at: DateTime,
    pub(crate) method: &'static str,
    pub(crate) grade: &'static str,
    pub(crate) marking: &'static str,
}

/// Two people who go about together.
#[derive(Debug)]
pub(crate) struct Company {
    pub(crate) left: String,
    pub(crate) right: String,
    pub(crate) relationship: &'static str,
    pub(crate) grade: &'static str,
    pub(crate) marking: &'static str,
}

/// Somebody with a vehicle.
#[derive(Debug)]
pub(crate) struct Use {
    pub(crate) person: String,
    pub(crate) vehicle: String,
    pub(crate) role: &'static str,
    pub(crate) since: String,
}

/// All three.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    pub(crate) sightings: Vec<Sighting>,
    pub(crate) associates: Vec<Company>,
    pub(crate) uses: Vec<Use>,
}

/// What can be observed.
pub(crate) struct Field<'a> {
    pub(crate) addresses: &'a Addresses,
    pub(crate) vehicles: &'a [Arc<Vehicle>],
    pub(crate) offences: &'a [Offence],
    pub(crate) records: &'a Records,
    pub(crate) group: Option<&'a Group>,
}

impl Observed {
    pub(crate) fn generate(seed: u64, field: &Field<'_>) -> Self {
        let mut dice = Dice::new(seed, Part::Sightings);
        let mut observed = Self::default();
        observed.everyday(&mut dice, field);
        if let Some(group) = field.group {
            observed.of_the_group(&mut dice, field, group);
        }
        observed
    }

    fn everyday(&mut self, dice: &mut Dice, field: &Field<'_>) {
        for vehicle in field.vehicles {
            let is_known_van = field.group.is_some_and(|group| group.van.id == vehicle.id);
            if let Some(keeper) = field.records.entry(dice, &vehicle.keeper) {
                let since = format!("{}-{:02}", vehicle.year, dice.between(1, 12));
                self.uses.push(Use { person: keeper.to_owned(), vehicle: vehicle.id.clone(), role: "registered keeper", since });
            }
            if !is_known_van && dice.chance(300) {
                let at = date(2024, 7, 1).at(0, 0, 0, 0).saturating_add(i64::from(dice.between(0, 273 * 24 * 60)).minutes());
                if let Some(place) = dice.pick(&field.addresses.shops) {
                    let (method, grade) = if dice.chance(700) { ("number plate camera", "1A") } else { ("patrol", "1A") };
                    self.sightings.push(Sighting { vehicle: vehicle.id.clone(), place: Arc::clone(place), at, method, grade, marking: OFFICIAL });
                }
            }
        }
        // Suspects of one offence know each other.
        for offence in field.offences {
            let suspects: Vec<_> = offence.roles.iter().filter(|role| role.role == "suspect").collect();
            if let [left, right, ..] = suspects.as_slice() {
                self.associate(dice, field, &left.person, &right.person, "suspects in the same offence", ("1A", OFFICIAL));
            }
        }
    }

    fn of_the_group(&mut self, dice: &mut Dice, field: &Field<'_>, group: &Group) {
        // A camera by the yard had the van on some of the nights.
        for (_, at) in group.offences.iter().step_by(2) {
            let at = at.saturating_add(i64::from(dice.between(25, 50)).minutes());
            let sighting =
                Sighting { vehicle: group.van.id.clone(), place: Arc::clone(&group.yard), at, method: "number plate camera", grade: "1A", marking: SENSITIVE };
            self.sightings.push(sighting);
        }
        for (part, role) in [("driver", "driver when stopped"), ("key holder", "passenger when stopped")] {
            if let Some(entry) = group.member(part).and_then(|person| field.records.first(person)) {
                self.uses.push(Use { person: entry.to_owned(), vehicle: group.van.id.clone(), role, since: "2024-09-17".to_owned() });
            }
        }
        let pairs = [
            ("driver", "second driver", "2B"),
            ("driver", "spotter", "2C"),
            ("spotter", "second spotter", "2B"),
            ("yard keeper", "lieutenant", "1B"),
            ("plate maker", "key holder", "2C"),
            ("handler", "lieutenant", "2D"),
            ("courier", "yard keeper", "2B"),
        ];
        for (left, right, grade) in pairs {
            if let (Some(left), Some(right)) = (group.member(left), group.member(right)) {
                self.associate(dice, field, left, right, "seen together repeatedly", (grade, SENSITIVE));
            }
        }
    }

    fn associate(
        &mut self,
        dice: &mut Dice,
        field: &Field<'_>,
        left: &crate::people::Person,
        right: &crate::people::Person,
        relationship: &'static str,
        how: (&'static str, &'static str),
    ) {
        if let (Some(left), Some(right)) = (field.records.entry(dice, left), field.records.entry(dice, right)) {
            self.associates.push(Company { left: left.to_owned(), right: right.to_owned(), relationship, grade: how.0, marking: how.1 });
        }
    }
}
