//! The story of the demonstration: that the group can be found, and that the guide tells it as it is.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::Path,
};

use candour_town::{Size, Town};

type Row = BTreeMap<String, String>;

fn table(dir: &Path, path: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(dir.join(path)).expect("a table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn cell<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).unwrap_or_else(|| panic!("no column {column}"))
}

/// What is linked to what in the tables that need no compartment: rows' ids, and the values that rows share.
#[derive(Default)]
struct Links(BTreeMap<String, BTreeSet<String>>);

impl Links {
    fn read(dir: &Path) -> Self {
        let mut links = Self::default();
        for (path, own, others) in [
            ("records/people.csv", "id", ["phone", "address"].as_slice()),
            ("council/residents.csv", "id", &["phone", "address"]),
            ("custody/bookings.csv", "id", &["phone", "address", "offence_id"]),
            ("companies/companies.csv", "id", &["phone", "address"]),
            ("companies/directors.csv", "id", &["company_id"]),
            ("companies/owners-people.csv", "owner_id", &["company_id"]),
            ("companies/owners-companies.csv", "owner_id", &["company_id"]),
            ("records/roles.csv", "person_id", &["offence_id"]),
            ("records/objects.csv", "vehicle_id", &["offence_id"]),
            ("records/vehicle-users.csv", "person_id", &["vehicle_id"]),
            ("records/offences.csv", "id", &["address"]),
            ("calls/calls.csv", "id", &["from", "to"]),
        ] {
            for row in table(dir, path) {
                for other in others {
                    links.add(cell(&row, own), cell(&row, other));
                }
            }
        }
        links
    }

    fn add(&mut self, left: &str, right: &str) {
        if !left.is_empty() && !right.is_empty() {
            let right = right.replace("+44", "0").replace(' ', "");
            self.0.entry(left.to_owned()).or_default().insert(right.clone());
            self.0.entry(right).or_default().insert(left.to_owned());
        }
    }

    /// Number of links on a shortest way, and one such way.
    fn path(&self, from: &str, to: &str) -> Vec<String> {
        let mut before: BTreeMap<&str, &str> = BTreeMap::from([(from, from)]);
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for next in self.0.get(node).into_iter().flatten() {
                if !before.contains_key(next.as_str()) {
                    before.insert(next, node);
                    queue.push_back(next);
                }
            }
        }
        let mut path = vec![to.to_owned()];
        let mut node = *before.get(to).expect("a way");
        while node != from {
            path.push(node.to_owned());
            node = before.get(node).expect("a step");
        }
        path.push(from.to_owned());
        path.reverse();
        path
    }
}

#[test]
fn a_way_leads_from_the_driver_to_the_organiser() {
    for seed in [1, 2, 3] {
        let dir = tempfile::tempdir().expect("a folder");
        Town::generate(seed, &Size::small()).write(dir.path()).expect("a town");
        let truth = table(dir.path(), "truth.csv");
        let entries = |part: &str, dataset: &str| -> Vec<String> {
            let fits = |row: &&Row| cell(row, "part_in_group") == part && cell(row, "dataset") == dataset;
            truth.iter().filter(fits).map(|row| cell(row, "entity").to_owned()).collect()
        };
        assert!(entries("organiser", "records").is_empty() && entries("organiser", "custody").is_empty(), "seed {seed}: the police know the organiser");
        assert_eq!(entries("driver", "custody").len(), 2, "seed {seed}");
        let (driver, organiser) = (entries("driver", "custody").remove(0), entries("organiser", "companies").remove(0));
        let path = Links::read(dir.path()).path(&driver, &organiser);
        // Booking, work telephone, front, holding, organiser.
        assert_eq!(path.len(), 5, "seed {seed}: {path:?}");
        assert!(path.iter().any(|node| node.starts_with("07700900")), "seed {seed}: {path:?}");
    }
}

#[test]
fn calls_come_in_bursts_around_its_offences() {
    let dir = tempfile::tempdir().expect("a folder");
    Town::generate(1, &Size::small()).write(dir.path()).expect("a town");
    let drama = |row: &Row| cell(row, "from").starts_with("+447700900") && cell(row, "to").starts_with("+447700900");
    let calls: Vec<Row> = table(dir.path(), "calls/calls.csv").into_iter().filter(|row| drama(row)).collect();
    assert_eq!(calls.len(), 22 * 9);
    let nights: BTreeSet<&str> = calls.iter().filter_map(|row| cell(row, "at").get(..10)).collect();
    assert!(nights.len() <= 30, "{} nights", nights.len());
}

#[test]
fn the_guide_tells_the_story_of_seed_one() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/demo.md");
    let guide = fs::read_to_string(guide).expect("the guide's page");
    let dir = tempfile::tempdir().expect("a folder");
    Town::generate(1, &Size::default()).write(dir.path()).expect("a town");
    let (truth, council) = (table(dir.path(), "truth.csv"), table(dir.path(), "council/residents.csv"));
    let known: Vec<&Row> = truth.iter().filter(|row| !cell(row, "part_in_group").is_empty()).collect();
    for path in ["custody/bookings.csv", "companies/directors.csv"] {
        for row in table(dir.path(), path).iter().filter(|row| known.iter().any(|known| cell(known, "entity") == cell(row, "id"))) {
            assert!(guide.contains(cell(row, "id")), "the guide does not name {} ({})", cell(row, "id"), cell(row, "name"));
        }
    }
    let companies = table(dir.path(), "companies/companies.csv");
    for number in guide.split('`').filter(|text| text.starts_with("com-")) {
        let row = companies.iter().find(|row| cell(row, "id") == number).unwrap_or_else(|| panic!("the guide names {number}, which is not there"));
        assert!(guide.contains(cell(row, "name")), "the guide does not call {number} {}", cell(row, "name"));
    }
    let named = known.iter().filter_map(|row| council.iter().find(|person| cell(person, "id") == cell(row, "entity"))).filter(|person| {
        let (forename, surname) = (cell(person, "forename"), cell(person, "surname"));
        guide.contains(&format!("{forename} {surname}"))
    });
    assert!(named.count() >= 10, "the guide names the group's people");
    let van = table(dir.path(), "records/vehicle-users.csv").into_iter().find(|row| cell(row, "role") == "driver when stopped").expect("a stop");
    let vehicles = table(dir.path(), "records/vehicles.csv");
    let van = vehicles.iter().find(|row| cell(row, "id") == cell(&van, "vehicle_id")).expect("the van");
    assert!(guide.contains(cell(van, "mark")));
}
