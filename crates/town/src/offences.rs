//! Offences, the people in them, and the officers who look into them.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, date};

use crate::{
    addresses::{Address, Addresses, Use},
    dice::{Dice, Part},
    fictitious::crime_reference,
    lists::{FEMALE, MALE, OFFENCE_TYPES, OUTCOMES, SURNAMES, fields},
    people::Person,
    vehicles::Vehicle,
};

/// A police officer.
#[derive(Debug)]
pub(crate) struct Officer {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) rank: &'static str,
    pub(crate) number: usize,
}

/// Somebody's part in an offence.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) person: Arc<Person>,
    pub(crate) role: &'static str,
}

/// One recorded offence.
#[derive(Debug)]
pub(crate) struct Offence {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) kind: &'static str,
    pub(crate) seriousness: &'static str,
    pub(crate) at: DateTime,
    pub(crate) place: Arc<Address>,
    pub(crate) outcome: &'static str,
    pub(crate) summary: String,
    pub(crate) officer: String,
    pub(crate) roles: Vec<Role>,
    /// A vehicle and what it was in the offence.
    pub(crate) vehicle: Option<(Arc<Vehicle>, &'static str)>,
    /// Whether the group did it; no table says so.
    pub(crate) by_group: bool,
}

/// Kind, seriousness, how often, and where such a thing happens.
struct Kind {
    name: &'static str,
    seriousness: &'static str,
    share: usize,
    place: Use,
}

/// What offences are made of.
pub(crate) struct Scene<'a> {
    pub(crate) adults: &'a [Arc<Person>],
    pub(crate) addresses: &'a Addresses,
    pub(crate) vehicles: &'a [Arc<Vehicle>],
    pub(crate) officers: &'a [Officer],
}

/// Officers; none of them is an inhabitant.
pub(crate) fn officers(seed: u64, count: usize) -> Vec<Officer> {
    let mut dice = Dice::new(seed, Part::Officers);
    let officer = |nth: usize| {
        let forename = if dice.chance(500) { dice.early_word(&FEMALE) } else { dice.early_word(&MALE) };
        let rank = dice.early_word(&["Constable", "Constable", "Sergeant", "Inspector"]);
        Officer { id: format!("ofc-{nth:04}"), name: format!("{forename} {}", dice.word(&SURNAMES)), rank, number: 4000 + nth * 7 }
    };
    (0..count).map(officer).collect()
}

/// Offences over two and a quarter years. Suspects come from a small part of the town, and some of them often.
pub(crate) fn generate(seed: u64, count: usize, scene: &Scene<'_>) -> Vec<Offence> {
    let mut dice = Dice::new(seed, Part::Offences);
    let kinds: Vec<Kind> = OFFENCE_TYPES.iter().filter_map(|line| kind(line)).collect();
    let mut suspects: Vec<Arc<Person>> = scene.adults.to_vec();
    dice.shuffle(&mut suspects);
    suspects.truncate((scene.adults.len() / 14).max(10));
    let mut offences = Vec::with_capacity(count);
    for _ in 0..count {
        let Some(kind) = dice.weighted(&kinds, |kind| kind.share) else { break };
        let day = dice.date(date(2023, 1, 1), date(2025, 3, 30));
        let Some(mut offence) = Offence::blank(&mut dice, kind.name, kind.seriousness, day, kind.place, scene) else { break };
        fill(&mut dice, &mut offence, kind, scene, &suspects);
        offences.push(offence);
    }
    offences
}

/// Puts offences in the order of time and numbers them, by year, as they would have been recorded.
pub(crate) fn number(offences: &mut [Offence]) {
    offences.sort_by(|a, b| (a.at, &a.place.id, a.kind).cmp(&(b.at, &b.place.id, b.kind)));
    let mut of_year = std::collections::BTreeMap::new();
    for (nth, offence) in offences.iter_mut().enumerate() {
        let year = offence.at.date().year();
        let count = of_year.entry(year).or_insert(0);
        offence.id = format!("off-{nth:05}");
        offence.reference = crime_reference(*count, year);
        *count += 1;
    }
}

fn kind(line: &'static str) -> Option<Kind> {
    let mut parts = fields(line);
    let (name, seriousness, share) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
    let place = match parts.next()? {
        "shop" => Use::Shop,
        "yard" => Use::Yard,
        _ => Use::Home,
    };
    Some(Kind { name, seriousness, share, place })
}

impl Offence {
    /// An offence without people and without a number.
    pub(crate) fn blank(dice: &mut Dice, kind: &'static str, seriousness: &'static str, day: Date, place: Use, scene: &Scene<'_>) -> Option<Self> {
        let place = dice.pick(scene.addresses.of(place)).cloned()?;
        let (hour, minute) = (dice.between(0, 23), dice.between(0, 59));
        let at = day.at(i8::try_from(hour).unwrap_or(0), i8::try_from(minute).unwrap_or(0), 0, 0);
        Some(Self {
            id: String::new(),
            reference: String::new(),
            kind,
            seriousness,
            at,
            place,
            outcome: dice.early_word(&OUTCOMES),
            summary: String::new(),
            officer: dice.pick(scene.officers)?.id.clone(),
            roles: Vec::new(),
            vehicle: None,
            by_group: false,
        })
    }
}

fn fill(dice: &mut Dice, offence: &mut Offence, kind: &Kind, scene: &Scene<'_>, suspects: &[Arc<Person>]) {
    let place = offence.place.short();
    let victim = dice.pick(scene.adults).cloned();
    offence.summary = match kind.name {
        "Residential burglary" => format!("Entry to {place} by a rear window; jewellery and a laptop taken."),
        "Business burglary" => format!("Shutter forced at {place}; tools and a trailer taken."),
        "Shoplifting" => format!("Goods taken from {place} without payment."),
        "Theft of a motor vehicle" => format!("Vehicle taken from outside {place} without its keys."),
        "Theft from a motor vehicle" => format!("Window of a parked vehicle broken near {place}; bag taken."),
        "Criminal damage" => format!("Window broken at {place}."),
        _ => format!("{} at or near {place}.", kind.name),
    };
    if kind.name == "Theft of a motor vehicle" {
        let vehicle = dice.pick(scene.vehicles).cloned();
        offence.roles.extend(vehicle.iter().map(|vehicle| Role { person: Arc::clone(&vehicle.keeper), role: "victim" }));
        offence.vehicle = vehicle.map(|vehicle| (vehicle, "stolen"));
    } else {
        offence.roles.extend(victim.map(|person| Role { person, role: "victim" }));
    }
    if offence.outcome != "Investigation complete, no suspect identified" {
        let number = 1 + usize::from(dice.chance(150));
        for _ in 0..number {
            offence.roles.extend(dice.pick_early(suspects).map(|person| Role { person: Arc::clone(person), role: "suspect" }));
        }
    }
    for _ in 0..dice.below(3) {
        offence.roles.extend(dice.pick(scene.adults).map(|person| Role { person: Arc::clone(person), role: "witness" }));
    }
    let mut seen = std::collections::BTreeSet::new();
    offence.roles.retain(|role| seen.insert(role.person.no));
}
