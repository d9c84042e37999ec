//! Sizes that must not make it hang. What takes too long fails by the patience of whoever runs the tests.

use std::fmt::Write as _;

use candour_linkage::Sides;

use crate::material::{Folder, SPEC, run};

#[test]
fn records_that_are_all_the_same() {
    let mut text = "id,forename,surname,dob,town\n".to_owned();
    for id in 0..200_000 {
        writeln!(text, "{id},Ottilie,Brandt,1971-03-09,Harbourton").unwrap();
    }
    let folder = Folder::new();
    let written = run(SPEC, Sides::One(folder.put("people.csv", text)), &folder.path("out")).unwrap();
    assert!(written.pairs < 10_000_000, "{written:?}");
}

#[test]
fn cells_of_a_megabyte() {
    let long = "lorem ipsum ".repeat(90_000);
    let mut text = "id,forename,surname,dob,town\n".to_owned();
    for id in 0..20 {
        writeln!(text, "{id},Ottilie,{long}{id},1971-03-09,\"{long}\"").unwrap();
    }
    let folder = Folder::new();
    let written = run(SPEC, Sides::One(folder.put("people.csv", text)), &folder.path("out")).unwrap();
    assert!(written.clusters >= 1);
    let report = std::fs::read_to_string(folder.path("out").join("report.html")).unwrap();
    assert!(report.len() < 1_000_000, "a report stays short: {}", report.len());
}
