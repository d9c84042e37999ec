//! Two more descriptions of the same people: the council's residents, and those whom the custody desk booked in.

use std::sync::Arc;

use jiff::civil::DateTime;

use crate::{
    dice::{Dice, Part, later},
    distort::{COUNCIL, CUSTODY, Described, describe},
    group::Group,
    offences::Offence,
    people::Person,
};

/// A booking at the custody desk.
#[derive(Debug)]
pub(crate) struct Booking {
    pub(crate) person: Described,
    pub(crate) offence: String,
    pub(crate) at: DateTime,
    pub(crate) height: i32,
    pub(crate) hair: &'static str,
    pub(crate) eyes: &'static str,
}

/// Every adult resident, as the council's lists have them.
pub(crate) fn council(seed: u64, adults: &[Arc<Person>], group: Option<&Group>) -> Vec<Described> {
    let mut dice = Dice::new(seed, Part::Council);
    let resident = |(nth, person): (usize, &Arc<Person>)| {
        let mut resident = describe(&mut dice, person, &COUNCIL, format!("cou-{nth:06}"));
        // The only place where the organiser's telephone stands.
        if group.and_then(|group| group.part_of(person)) == Some("organiser") {
            resident.phone = person.phone.national();
        }
        resident
    };
    (1..).zip(adults).map(resident).collect()
}

/// Suspects who were booked in, each time described anew: names as spoken, in capitals, addresses as given.
pub(crate) fn bookings(seed: u64, offences: &[Offence], group: Option<&Group>) -> Vec<Booking> {
    let mut dice = Dice::new(seed, Part::Custody);
    let mut bookings = Vec::new();
    for offence in offences {
        for role in offence.roles.iter().filter(|role| role.role == "suspect") {
            let part = group.and_then(|group| group.part_of(&role.person));
            if part.is_none() && !dice.chance(450) {
                continue;
            }
            let mut person = describe(&mut dice, &role.person, &CUSTODY, format!("cus-{:05}", bookings.len() + 1));
            if let (Some(group), Some(part)) = (group, part) {
                let before = bookings.iter().any(|booking: &Booking| booking.person.person.no == role.person.no);
                disguise(&mut person, group, part, before);
                person.born = role.person.born.to_string();
            }
            let days = dice.between(0, 20);
            let hour = i8::try_from(dice.between(0, 23)).unwrap_or(0);
            let at = later(offence.at.date(), days).at(hour, i8::try_from(dice.between(0, 59)).unwrap_or(0), 0, 0).max(offence.at);
            bookings.push(Booking {
                person,
                offence: offence.id.clone(),
                at,
                height: dice.between(152, 196),
                hair: dice.word(&["brown", "black", "fair", "grey", "red", "shaven"]),
                eyes: dice.word(&["brown", "blue", "green", "grey"]),
            });
        }
    }
    bookings
}

/// What the group's members have with them and say of themselves at the desk.
fn disguise(person: &mut Described, group: &Group, part: &str, before: bool) {
    let [driver, _, handler] = &group.burners;
    match part {
        // Arrested with the front's work telephone on him; the second time with a burner.
        "driver" => person.phone = if before { driver.national() } else { group.work_phone.national() },
        "handler" => person.phone = handler.national(),
        "second driver" | "plate maker" => person.address = Some(Arc::clone(&group.lockup)),
        _ => {}
    }
}
