//! The tables: which columns each has. The mapping, `data/mapping.yml`, says what they mean.

use std::path::Path;

use crate::{
    addresses::degrees,
    contracts::buyers,
    distort::Described,
    error::TownError,
    town::{OFFICIAL, OPEN, Town},
};

/// A table before it is written.
pub(crate) struct Table {
    /// Path inside the folder.
    pub(crate) path: &'static str,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a header and no rows.
    pub(crate) fn new(path: &'static str, header: &[&str]) -> Self {
        Self { path, rows: vec![header.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[&str]) {
        self.rows.push(cells.iter().map(|&cell| cell.to_owned()).collect());
    }

    /// Rows without the header.
    pub(crate) fn len(&self) -> usize {
        self.rows.len().saturating_sub(1)
    }

    /// Writes it below a folder.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), TownError> {
        let path = dir.join(self.path);
        let mut writer = csv::Writer::from_path(&path).map_err(TownError::table(&path))?;
        for row in &self.rows {
            writer.write_record(row).map_err(TownError::table(&path))?;
        }
        writer.flush().map_err(TownError::file(&path))
    }
}

/// Every table that is imported.
pub(crate) fn all(town: &Town) -> Vec<Table> {
    vec![
        addresses(town),
        people(town),
        residences(town),
        vehicles(town),
        uses(town),
        officers(town),
        offences(town),
        roles(town),
        objects(town),
        associates(town),
        sightings(town),
        council(town),
        custody(town),
        companies(town),
        directors(town),
        owners(town, "companies/owners-people.csv", "dir-"),
        owners(town, "companies/owners-companies.csv", "com-"),
        calls(town),
        contracts(town),
        public_bodies(),
    ]
}

fn addresses(town: &Town) -> Table {
    let mut table = Table::new("gazetteer/addresses.csv", &["id", "full", "street", "district", "town", "postcode", "latitude", "longitude"]);
    for address in town.addresses.all() {
        let (latitude, longitude) = (degrees(address.latitude), degrees(address.longitude));
        table.row(&[&address.id, &address.full(), &address.short(), address.district, crate::town::NAME, &address.postcode, &latitude, &longitude]);
    }
    table
}

const PERSON: [&str; 13] =
    ["id", "name", "forename", "middle", "surname", "previous_name", "born", "sex", "phone", "email", "occupation", "address_id", "address"];

fn person(described: &Described) -> [String; 13] {
    [
        described.id.clone(),
        described.name(),
        described.forename.clone(),
        described.middle.clone(),
        described.surname.clone(),
        described.previous_name(),
        described.born.clone(),
        described.sex.to_owned(),
        described.phone.clone(),
        described.email.clone(),
        described.occupation.to_owned(),
        described.address.as_ref().map(|address| address.id.clone()).unwrap_or_default(),
        described.address_line(),
    ]
}

fn described<'a>(path: &'static str, people: impl Iterator<Item = &'a Described>) -> Table {
    let mut table = Table::new(path, &PERSON);
    for one in people {
        table.row(&person(one).each_ref().map(String::as_str));
    }
    table
}

fn people(town: &Town) -> Table {
    described("records/people.csv", town.records.people.iter())
}

fn council(town: &Town) -> Table {
    described("council/residents.csv", town.council.iter())
}

/// Where people of the records system live or lived.
fn residences(town: &Town) -> Table {
    let mut table = Table::new("records/residences.csv", &["person_id", "address_id", "from", "to"]);
    for described in &town.records.people {
        let Some(address) = &described.address else { continue };
        let person = &described.person;
        let (from, to) = if person.home.id == address.id { (person.since.to_string(), String::new()) } else { (String::new(), person.since.to_string()) };
        table.row(&[&described.id, &address.id, &from, &to]);
    }
    table
}

fn vehicles(town: &Town) -> Table {
    let mut table = Table::new("records/vehicles.csv", &["id", "mark", "kind", "model", "summary", "year"]);
    for vehicle in &town.vehicles {
        table.row(&[&vehicle.id, &vehicle.mark, vehicle.kind, vehicle.model, &vehicle.summary(), &vehicle.year.to_string()]);
    }
    table
}

fn uses(town: &Town) -> Table {
    let mut table = Table::new("records/vehicle-users.csv", &["person_id", "vehicle_id", "role", "since"]);
    for one in &town.observed.uses {
        table.row(&[&one.person, &one.vehicle, one.role, &one.since]);
    }
    table
}

fn officers(town: &Town) -> Table {
    let mut table = Table::new("records/officers.csv", &["id", "name", "rank", "number"]);
    for officer in &town.officers {
        table.row(&[&officer.id, &officer.name, officer.rank, &officer.number.to_string()]);
    }
    table
}

fn offences(town: &Town) -> Table {
    let header = ["id", "reference", "offence", "seriousness", "at", "address_id", "address", "outcome", "summary", "officer_id"];
    let mut table = Table::new("records/offences.csv", &header);
    for offence in &town.offences {
        table.row(&[
            &offence.id,
            &offence.reference,
            offence.kind,
            offence.seriousness,
            &offence.at.to_string(),
            &offence.place.id,
            &offence.place.full(),
            offence.outcome,
            &offence.summary,
            &offence.officer,
        ]);
    }
    table
}

fn roles(town: &Town) -> Table {
    let mut table = Table::new("records/roles.csv", &["person_id", "offence_id", "role", "date"]);
    for offence in &town.offences {
        for role in &offence.roles {
            if let Some(entry) = town.records.first(&role.person) {
                table.row(&[entry, &offence.id, role.role, &offence.at.date().to_string()]);
            }
        }
        table.row(&[&offence.officer, &offence.id, "officer", &offence.at.date().to_string()]);
    }
    table
}

fn objects(town: &Town) -> Table {
    let mut table = Table::new("records/objects.csv", &["vehicle_id", "offence_id", "role"]);
    for offence in &town.offences {
        if let Some((vehicle, role)) = &offence.vehicle {
            table.row(&[&vehicle.id, &offence.id, role]);
        }
    }
    table
}

fn associates(town: &Town) -> Table {
    let mut table = Table::new("records/associates.csv", &["left_id", "right_id", "relationship", "grade", "marking"]);
    for pair in &town.observed.associates {
        table.row(&[&pair.left, &pair.right, pair.relationship, pair.grade, pair.marking]);
    }
    table
}

fn sightings(town: &Town) -> Table {
    let mut table = Table::new("records/sightings.csv", &["vehicle_id", "address_id", "at", "method", "grade", "marking"]);
    for one in &town.observed.sightings {
        table.row(&[&one.vehicle, &one.place.id, &one.at.to_string(), one.method, one.grade, one.marking]);
    }
    table
}

fn custody(town: &Town) -> Table {
    let mut table = Table::new("custody/bookings.csv", &[PERSON.as_slice(), &["offence_id", "booked_at", "height", "hair", "eyes"]].concat());
    for booking in &town.bookings {
        let (person, at, height) = (person(&booking.person), booking.at.to_string(), booking.height.to_string());
        let cells: Vec<&str> =
            person.iter().map(String::as_str).chain([booking.offence.as_str(), at.as_str(), height.as_str(), booking.hair, booking.eyes]).collect();
        table.row(&cells);
    }
    table
}

fn companies(town: &Town) -> Table {
    let header = ["id", "number", "name", "sector", "founded", "address_id", "address", "phone", "website", "marking"];
    let mut table = Table::new("companies/companies.csv", &header);
    for company in &town.register.companies {
        table.row(&[
            &company.id,
            &company.number,
            &company.name,
            company.trade,
            &company.founded.to_string(),
            &company.address.id,
            &company.address.full(),
            &company.phone.national(),
            &company.website,
            OPEN,
        ]);
    }
    table
}

fn directors(town: &Town) -> Table {
    let mut table = Table::new("companies/directors.csv", &[PERSON.as_slice(), &["company_id", "role", "since"]].concat());
    for seat in &town.register.seats {
        let (person, since) = (person(&seat.director), seat.since.to_string());
        let cells: Vec<&str> = person.iter().map(String::as_str).chain([seat.company.id.as_str(), seat.role, since.as_str()]).collect();
        table.row(&cells);
    }
    table
}

fn owners(town: &Town, path: &'static str, kind: &str) -> Table {
    let mut table = Table::new(path, &["owner_id", "company_id", "percent", "since"]);
    for share in town.register.shares.iter().filter(|share| share.owner.starts_with(kind)) {
        table.row(&[&share.owner, &share.company.id, &share.percent.to_string(), &share.since.to_string()]);
    }
    table
}

fn calls(town: &Town) -> Table {
    let mut table = Table::new("calls/calls.csv", &["id", "from", "to", "at", "seconds", "marking"]);
    for (nth, call) in (1..).zip(&town.calls) {
        let (id, at, seconds) = (format!("cal-{nth:06}"), call.at.to_string(), call.seconds.to_string());
        table.row(&[&id, call.from.international(), call.to.international(), &at, &seconds, OFFICIAL]);
    }
    table
}

fn contracts(town: &Town) -> Table {
    let mut table = Table::new("contracts/contracts.csv", &["ocid", "title", "method", "value", "awarded", "buyer_id", "supplier_id"]);
    for contract in &town.contracts {
        let method = if contract.fault.is_direct() { "direct" } else { "open" };
        let last = contract.changes.last().map_or(contract.value, |(_, value)| *value);
        let (value, awarded) = (last.to_string(), contract.awarded.to_string());
        table.row(&[&contract.ocid, contract.title, method, &value, &awarded, &contract.buyer.id, &contract.supplier.id]);
    }
    table
}

fn public_bodies() -> Table {
    let mut table = Table::new("contracts/bodies.csv", &["id", "name"]);
    for buyer in buyers() {
        table.row(&[&buyer.id, &buyer.name]);
    }
    table
}
