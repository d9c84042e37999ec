//! The organised group that the demonstration is about: twelve people, a front, an owner behind it, a van, a yard and
//! telephones that change.
//!
//! Nobody states in an open record that they belong together. What ties them: the driver is arrested with the work
//! telephone of the front; the front belongs to a holding; the holding belongs to somebody no offence ever names.

use std::sync::Arc;

use jiff::{
    ToSpan as _,
    civil::{DateTime, date},
};

use crate::{
    addresses::{Address, Addresses, Use},
    companies::{Company, Register},
    dice::{Dice, Part},
    fictitious::Phone,
    offences::{Offence, Role, Scene},
    people::Person,
    vehicles::Vehicle,
};

/// What each of the twelve does.
pub(crate) const PARTS: [&str; 12] = [
    "organiser",
    "lieutenant",
    "bookkeeper",
    "yard keeper",
    "driver",
    "second driver",
    "plate maker",
    "key holder",
    "spotter",
    "second spotter",
    "handler",
    "courier",
];

/// A part and who plays it.
pub(crate) type Member = (&'static str, Arc<Person>);

/// The group.
#[derive(Debug)]
pub(crate) struct Group {
    /// In the order of [`PARTS`].
    pub(crate) members: Vec<Member>,
    pub(crate) front: Arc<Company>,
    pub(crate) holding: Arc<Company>,
    /// A supplier of the council in which the holding has a share.
    pub(crate) supplier: Option<Arc<Company>>,
    pub(crate) van: Arc<Vehicle>,
    /// Where the vehicles stand for a night.
    pub(crate) yard: Arc<Address>,
    /// A unit of which two members gave the address as their home.
    pub(crate) lockup: Arc<Address>,
    /// Telephones that nobody is registered for: of the driver, the spotter and the handler.
    pub(crate) burners: [Phone; 3],
    /// The number of the front's work telephone.
    pub(crate) work_phone: Phone,
    /// Its offences once they are numbered: reference and time.
    pub(crate) offences: Vec<(String, DateTime)>,
}

impl Group {
    /// Chooses the people, so that chance gives them no other part.
    pub(crate) fn choose(seed: u64, adults: &[Arc<Person>]) -> Vec<Member> {
        let mut dice = Dice::new(seed, Part::Members);
        let mut candidates: Vec<&Arc<Person>> = adults.iter().filter(|person| person.born.year() >= 1968 && person.born.year() <= 2003).collect();
        dice.shuffle(&mut candidates);
        PARTS.into_iter().zip(candidates.into_iter().cloned()).collect()
    }

    /// Sets up what they use. Works on the register and the vehicles before offences are made.
    pub(crate) fn set_up(seed: u64, members: Vec<Member>, addresses: &Addresses, register: &mut Register, vehicles: &mut Vec<Arc<Vehicle>>) -> Option<Self> {
        let mut dice = Dice::new(seed, Part::Group);
        let member = |part: &str| members.iter().find(|(own, _)| *own == part).map(|(_, person)| Arc::clone(person));
        let (organiser, lieutenant, bookkeeper) = (member("organiser")?, member("lieutenant")?, member("bookkeeper")?);
        let yard = dice.pick(&addresses.yards).cloned()?;
        let lockup = dice.pick(&addresses.yards).filter(|lockup| lockup.id != yard.id).or(addresses.yards.last()).cloned()?;
        let work_phone = Phone::drama(104 + dice.below(40));
        let burners = [200, 300, 400].map(|from| Phone::drama(from + dice.below(90)));

        let front = register.found(&mut dice, "Valeting", "motor trade", date(2021, 4, 12), Arc::clone(&yard), work_phone.clone());
        let holding = register.found(&mut dice, "Holdings", "holding", date(2020, 11, 3), Arc::clone(&bookkeeper.home), Phone::exchange(190_000));
        register.seat(&mut dice, &lieutenant, &front, "director");
        register.share(holding.id.clone(), &front, 100);
        let behind = register.seat(&mut dice, &organiser, &holding, "director");
        let beside = register.seat(&mut dice, &bookkeeper, &holding, "secretary");
        register.share(behind, &holding, 75);
        register.share(beside, &holding, 25);
        let supplier = register.companies.iter().find(|company| company.trade == "motor trade").cloned();
        if let Some(supplier) = &supplier {
            // Two fifths were bought from those who owned it.
            for share in register.shares.iter_mut().filter(|share| share.company.id == supplier.id) {
                share.percent = share.percent * 3 / 5;
            }
            register.share(holding.id.clone(), supplier, 40);
        }

        let van = Vehicle::new(vehicles.len(), "Van, Brigand Hauler", "white", 19, &member("courier")?);
        vehicles.push(Arc::clone(&van));
        Some(Self { members, front, holding, supplier, van, yard, lockup, burners, work_phone, offences: Vec::new() })
    }

    /// The member with this part.
    pub(crate) fn member(&self, part: &str) -> Option<&Arc<Person>> {
        self.members.iter().find(|(own, _)| *own == part).map(|(_, person)| person)
    }

    /// What a person is in it.
    pub(crate) fn part_of(&self, person: &Person) -> Option<&'static str> {
        self.members.iter().find(|(_, member)| member.no == person.no).map(|(part, _)| *part)
    }

    /// Takes its vehicles by night: twenty-two thefts in nine months, five of them with a suspect.
    pub(crate) fn commit(&self, seed: u64, scene: &Scene<'_>, offences: &mut Vec<Offence>) {
        let mut dice = Dice::new(seed, Part::Deeds);
        for nth in 0..22 {
            let day = dice.date(date(2024, 7, 1), date(2025, 3, 25));
            let (kind, place) = if nth % 4 == 3 { ("Business burglary", Use::Yard) } else { ("Theft of a motor vehicle", Use::Home) };
            let Some(mut offence) = Offence::blank(&mut dice, kind, "serious", day, place, scene) else { return };
            let minutes = dice.between(60, 290);
            offence.at = day.at(0, 0, 0, 0).saturating_add(i64::from(minutes).minutes());
            let place = offence.place.short();
            offence.summary = format!("A white van was seen leaving {place} shortly after; the vehicle was gone and its keys were still in the house.");
            offence.outcome = "Under investigation";
            let suspect = match nth {
                4 | 13 => self.member("driver"),
                9 => self.member("second driver"),
                16 => self.member("plate maker"),
                20 => self.member("handler"),
                _ => None,
            };
            if let Some(suspect) = suspect {
                offence.roles.push(Role { person: Arc::clone(suspect), role: "suspect" });
                offence.outcome = if nth == 20 { "Charged" } else { "Under investigation" };
            }
            if let Some(vehicle) = dice.pick(scene.vehicles).filter(|vehicle| self.part_of(&vehicle.keeper).is_none()) {
                offence.roles.push(Role { person: Arc::clone(&vehicle.keeper), role: "victim" });
                offence.vehicle = Some((Arc::clone(vehicle), "stolen"));
            }
            offence.by_group = true;
            offences.push(offence);
        }
    }
}
