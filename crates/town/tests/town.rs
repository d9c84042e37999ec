//! The town as a reader of its folder finds it: the same bytes each time, whole, and true to its own truth.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use candour_town::{Form, Size, Town, Written};

struct Folder {
    dir: tempfile::TempDir,
    written: Written,
}

fn write(seed: u64, size: &Size) -> Folder {
    let dir = tempfile::tempdir().expect("a folder");
    let written = Town::generate(seed, size).write(dir.path()).expect("a written town");
    Folder { dir, written }
}

impl Folder {
    /// Rows as column to cell.
    fn table(&self, path: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(self.dir.path().join(path)).expect("a table");
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }

    fn column(&self, path: &str, column: &str) -> Vec<String> {
        self.table(path).into_iter().map(|mut row| row.remove(column).unwrap_or_else(|| panic!("{path} has no column {column}"))).collect()
    }

    fn ids(&self, path: &str) -> BTreeSet<String> {
        let ids = self.column(path, "id");
        let set: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(set.len(), ids.len(), "{path} repeats an id");
        set
    }

    fn lines(&self, path: &str) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.dir.path().join(path)).expect("a file of lines");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

/// Every file below a folder with its bytes.
fn bytes(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(dir).expect("below").to_owned(), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (one, two, other) = (write(1, &Size::small()), write(1, &Size::small()), write(2, &Size::small()));
    let first = bytes(one.dir.path());
    assert_eq!(first, bytes(two.dir.path()));
    assert_ne!(first, bytes(other.dir.path()));
    let named: BTreeSet<PathBuf> = one.written.files.iter().map(|path| path.strip_prefix(one.dir.path()).expect("below").to_owned()).collect();
    assert_eq!(named, first.keys().cloned().collect(), "the list of files is the files");
}

#[test]
fn the_default_town_has_its_size() {
    let town = write(1, &Size::default());
    let count = |path: &str| *town.written.counts.get(path).unwrap_or(&0);
    for (path, least, most) in [
        ("gazetteer/addresses.csv", 8_500, 12_000),
        ("records/people.csv", 9_000, 18_000),
        ("council/residents.csv", 13_000, 18_500),
        ("custody/bookings.csv", 700, 4_000),
        ("companies/companies.csv", 702, 702),
        ("records/vehicles.csv", 5_001, 5_001),
        ("records/offences.csv", 6_022, 6_022),
        ("calls/calls.csv", 40_200, 40_206),
        ("contracts/contracts.jsonl", 150, 150),
        ("reports/official.jsonl", 1_350, 1_450),
        ("reports/official-sensitive.jsonl", 40, 50),
    ] {
        assert!((least..=most).contains(&count(path)), "{path} has {}", count(path));
    }
    let suppliers: BTreeSet<String> = town.column("contracts/contracts.csv", "supplier_id").into_iter().collect();
    assert!((40..=60).contains(&suppliers.len()), "{} suppliers", suppliers.len());
}

#[test]
fn every_id_that_is_named_exists() {
    let town = write(3, &Size::small());
    let ids = |paths: &[&str]| -> BTreeSet<String> { paths.iter().flat_map(|path| town.ids(path)).collect() };
    let (addresses, records, vehicles) = (ids(&["gazetteer/addresses.csv"]), ids(&["records/people.csv"]), ids(&["records/vehicles.csv"]));
    let (offences, officers, companies) = (ids(&["records/offences.csv"]), ids(&["records/officers.csv"]), ids(&["companies/companies.csv"]));
    let directors = ids(&["companies/directors.csv"]);
    let police: BTreeSet<String> = records.union(&officers).cloned().collect();
    let check = |path: &str, column: &str, known: &BTreeSet<String>| {
        for id in town.column(path, column).iter().filter(|id| !id.is_empty()) {
            assert!(known.contains(id), "{path} names {id} under {column}, which is not there");
        }
    };
    for (path, column) in [
        ("records/people.csv", "address_id"),
        ("records/residences.csv", "address_id"),
        ("records/offences.csv", "address_id"),
        ("records/sightings.csv", "address_id"),
        ("council/residents.csv", "address_id"),
        ("custody/bookings.csv", "address_id"),
        ("companies/companies.csv", "address_id"),
    ] {
        check(path, column, &addresses);
    }
    check("records/residences.csv", "person_id", &records);
    check("records/vehicle-users.csv", "person_id", &records);
    check("records/vehicle-users.csv", "vehicle_id", &vehicles);
    check("records/offences.csv", "officer_id", &officers);
    check("records/roles.csv", "person_id", &police);
    check("records/roles.csv", "offence_id", &offences);
    check("records/objects.csv", "vehicle_id", &vehicles);
    check("records/objects.csv", "offence_id", &offences);
    check("records/associates.csv", "left_id", &records);
    check("records/associates.csv", "right_id", &records);
    check("records/sightings.csv", "vehicle_id", &vehicles);
    check("custody/bookings.csv", "offence_id", &offences);
    check("companies/directors.csv", "company_id", &companies);
    check("companies/owners-people.csv", "owner_id", &directors);
    check("companies/owners-people.csv", "company_id", &companies);
    check("companies/owners-companies.csv", "owner_id", &companies);
    check("companies/owners-companies.csv", "company_id", &companies);
    check("contracts/contracts.csv", "supplier_id", &companies);
    check("contracts/contracts.csv", "buyer_id", &ids(&["contracts/bodies.csv"]));
    let anything: BTreeSet<String> = [&addresses, &records, &vehicles, &offences, &companies].into_iter().flatten().cloned().collect();
    for path in ["reports/official.jsonl", "reports/official-sensitive.jsonl"] {
        for report in town.lines(path) {
            for id in report["properties"]["about"].as_array().expect("about") {
                assert!(anything.contains(id.as_str().expect("an id")), "{path} speaks of {id}");
            }
        }
    }
}

#[test]
fn the_truth_covers_every_description_of_a_person() {
    let town = write(4, &Size::small());
    let truth: BTreeMap<String, String> = town.table("truth.csv").into_iter().map(|row| (row["entity"].clone(), row["person"].clone())).collect();
    let mut of_one: BTreeMap<&String, usize> = BTreeMap::new();
    for path in ["records/people.csv", "council/residents.csv", "custody/bookings.csv", "companies/directors.csv"] {
        for id in town.column(path, "id") {
            let person = truth.get(&id).unwrap_or_else(|| panic!("{id} of {path} is not in the truth"));
            *of_one.entry(person).or_default() += 1;
        }
    }
    assert!(of_one.values().filter(|entries| **entries > 1).count() > 300, "many people stand in more than one dataset");
    let parts: BTreeSet<String> = town.column("truth.csv", "part_in_group").into_iter().filter(|part| !part.is_empty()).collect();
    assert_eq!(parts.len(), 12);
    assert_eq!(town.table("truth-contracts.csv").len(), 40);
}

#[test]
fn descriptions_differ_from_each_other() {
    let town = write(5, &Size::small());
    let council: BTreeMap<String, (String, String)> =
        town.table("council/residents.csv").into_iter().map(|row| (row["id"].clone(), (row["name"].clone(), row["born"].clone()))).collect();
    let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in town.table("truth.csv") {
        people.entry(row["person"].clone()).or_default().push(row["entity"].clone());
    }
    let records: BTreeMap<String, (String, String)> =
        town.table("records/people.csv").into_iter().map(|row| (row["id"].clone(), (row["name"].clone(), row["born"].clone()))).collect();
    let pairs: Vec<_> =
        people.values().filter_map(|ids| Some((ids.iter().find_map(|id| council.get(id))?, ids.iter().find_map(|id| records.get(id))?))).collect();
    let names = pairs.iter().filter(|(left, right)| left.0 != right.0).count();
    let births = pairs.iter().filter(|(left, right)| left.1 != right.1).count();
    assert!(pairs.len() > 200);
    assert!(names * 100 / pairs.len() > 25 && names < pairs.len(), "{names} of {} names differ", pairs.len());
    assert!(births * 100 / pairs.len() > 5 && births * 2 < pairs.len(), "{births} of {} births differ", pairs.len());
}

#[test]
fn markings_and_mapping_are_sound() {
    let town = write(6, &Size::small());
    let text = fs::read_to_string(town.dir.path().join("mapping.yml")).expect("a mapping");
    let mapping: serde_json::Value = serde_saphyr::from_str(&text).expect("YAML");
    let files: BTreeSet<&str> = mapping
        .as_object()
        .expect("datasets")
        .values()
        .flat_map(|dataset| dataset["queries"].as_array().expect("queries"))
        .map(|query| query["csv"].as_str().expect("a file"))
        .collect();
    for import in town.written.imports.iter().filter(|import| import.form == Form::Tables) {
        assert_eq!(import.paths.len(), files.len());
        for path in &import.paths {
            let name = path.strip_prefix(town.dir.path()).expect("below").to_string_lossy().into_owned();
            assert!(files.contains(name.as_str()), "the mapping does not read {name}");
        }
    }
    for path in ["records/associates.csv", "records/sightings.csv"] {
        let markings: BTreeSet<String> = town.column(path, "marking").into_iter().collect();
        assert!(markings.contains("official-sensitive") && markings.iter().all(|marking| marking.starts_with("official")), "{path}: {markings:?}");
    }
}

#[test]
fn nobody_has_these_numbers() {
    let town = write(7, &Size::small());
    for row in town.table("calls/calls.csv") {
        for column in ["from", "to"] {
            let number = row[column].as_str();
            assert!(number.starts_with("+441632") || ("+447700900000".."+447700901000").contains(&number), "{number}");
        }
    }
    assert!(town.column("records/vehicles.csv", "mark").iter().all(|mark| mark.starts_with('Z')));
    assert!(town.column("gazetteer/addresses.csv", "postcode").iter().all(|code| code.starts_with("ZZ")));
    assert!(town.column("council/residents.csv", "email").iter().all(|email| email.is_empty() || email.ends_with(".example")));
}

#[test]
fn any_size_makes_a_whole_town() {
    let nothing = Size { people: 0, companies: 0, vehicles: 0, offences: 0, calls: 0, reports: 0, suppliers: 0, contracts: 0 };
    let town = write(8, &nothing);
    assert!(town.written.counts["truth.csv"] > 100);
    assert_eq!(town.column("truth.csv", "part_in_group").into_iter().filter(|part| !part.is_empty()).collect::<BTreeSet<_>>().len(), 12);
}
