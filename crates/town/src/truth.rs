//! Who is who: the answers that no import sees.

use crate::{people::Person, tables::Table, town::Town};

/// Which entries of which dataset are the same person, and who belongs to the group.
pub(crate) fn people(town: &Town) -> Table {
    let mut table = Table::new("truth.csv", &["person", "dataset", "entity", "part_in_group"]);
    let part = |person: &Person| town.group.as_ref().and_then(|group| group.part_of(person)).unwrap_or_default();
    let described = town
        .records
        .people
        .iter()
        .map(|person| ("records", person))
        .chain(town.council.iter().map(|person| ("council", person)))
        .chain(town.bookings.iter().map(|booking| ("custody", &booking.person)))
        .chain(town.register.seats.iter().map(|seat| ("companies", &seat.director)));
    for (dataset, person) in described {
        table.row(&[&person.person.truth(), dataset, &person.id, part(&person.person)]);
    }
    table
}

/// What is wrong with which contract.
pub(crate) fn contracts(town: &Town) -> Table {
    let mut table = Table::new("truth-contracts.csv", &["ocid", "fault"]);
    for contract in &town.contracts {
        table.row(&[&contract.ocid, contract.fault.name()]);
    }
    table
}
