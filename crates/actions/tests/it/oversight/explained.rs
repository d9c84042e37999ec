//! What explains a look, and what does not.

use candour_actions::{PathRequest, ResolveRequest};

use super::force::{Force, HOUR};
use crate::matrix::search;

/// An offence on record with a suspect who lives with a friend; somebody far away; and a town that links everybody.
const RECORDS: &str = r#"{"id":"theft","schema":"Offence","properties":{"name":["Theft"],"crimeReference":["HM/17/24"]}}
{"id":"otto","schema":"Person","properties":{"name":["Otto Brandt"],"birthDate":["1980-02-03"]}}
{"id":"suspect","schema":"Involvement","properties":{"party":["otto"],"event":["theft"],"role":["suspect"]}}
{"id":"flat","schema":"Address","properties":{"full":["1 Wharf Road, Mere"]}}
{"id":"lives-1","schema":"Residence","properties":{"resident":["otto"],"home":["flat"]}}
{"id":"ida","schema":"Person","properties":{"name":["Ida Mere"]}}
{"id":"lives-2","schema":"Residence","properties":{"resident":["ida"],"home":["flat"]}}
{"id":"far","schema":"Person","properties":{"name":["Lea Quay"],"birthDate":["1990-01-01"]}}
{"id":"far-2","schema":"Person","properties":{"name":["Lea Quay"],"birthDate":["1990-01-01"]}}"#;

fn force() -> Force {
    let force = Force::new(&[("ana", "Ana Holm"), ("ben", "Ben Rook")]);
    force.import(RECORDS);
    force
}

fn check(force: &Force, name: &str, entry: u64, expected: &str) {
    let found = force.reasons(entry).into_iter().find(|reason| ["no-ground", "case-alone", "case-of-several"].contains(&reason.as_str()));
    assert_eq!(found.as_deref().unwrap_or("explained"), expected, "{name}");
}

#[test]
fn a_case_explains_what_is_linked_with_it_on_record() {
    let force = force();
    let (ana, ben) = (force.on_case("ana", "HM/17/24"), force.on_case("ben", "HM/99/24"));
    for (name, entry, expected) in [
        ("the offence", force.open(&ana, "theft"), "explained"),
        ("the suspect", force.open(&ana, "otto"), "explained"),
        ("where he lives", force.open(&ana, "flat"), "explained"),
        ("who lives with him, found through him", force.open(&ana, "ida"), "explained"),
        ("somebody else", force.open(&ana, "far"), "case-alone"),
        ("the same under another reference", force.open(&ben, "otto"), "case-alone"),
        ("a reference that is a person's name", force.open(&force.on_case("ben", "Otto Brandt"), "otto"), "case-alone"),
        ("a reference that is a person's id", force.open(&force.on_case("ben", "otto"), "otto"), "case-alone"),
        ("the offence's own id", force.open(&force.on_case("ben", "theft"), "otto"), "explained"),
        ("no case", force.open(&force.on_no_case("ben"), "otto"), "no-ground"),
        ("a path from the suspect", force.desk.path(&ana, "otto", "far", &PathRequest::default()).unwrap().receipt.index, "explained"),
        ("a search that finds him", force.desk.search(&ana, &search("otto")).unwrap().receipt.index, "explained"),
        ("a search that finds nothing", force.desk.search(&ana, &search("zebra")).unwrap().receipt.index, "case-alone"),
    ] {
        // Looked at when all are made: what somebody else states later counts too.
        check(&force, name, entry, expected);
    }
    let late = force.open(&force.on_case("ben", "HM/17/24"), "far");
    check(&force, "two people on one case", late, "case-of-several");
}

#[test]
fn what_one_brings_in_explains_looks_at_it_for_a_while() {
    let force = force();
    force.import_as("ben", "report.ijson", r#"{"id":"report","schema":"IntelligenceReport","properties":{"title":["A van at the quay"],"about":["otto"]}}"#);
    let ben = force.on_no_case("ben");
    check(&force, "one's own report", force.open(&ben, "report"), "explained");
    check(&force, "what it speaks of", force.open(&ben, "otto"), "no-ground");
    check(&force, "somebody else's report", force.open(&force.on_no_case("ana"), "report"), "no-ground");
    check(&force, "a large file of one's own", force.open(&force.on_no_case("analyst"), "otto"), "no-ground");
    force.clock.advance(31 * 24 * HOUR);
    check(&force, "a month later", force.open(&ben, "report"), "no-ground");
}

#[test]
fn a_queue_explains_the_judgement_of_what_is_in_it() {
    let force = force();
    let reviewer = force.who("reviewer", "record-keeping", "");
    let before = force.desk.explain(&reviewer, "far", "far-2").unwrap().receipt.index;
    check(&force, "before the resolver put them forward", before, "no-ground");
    force.desk.resolve(&reviewer, &ResolveRequest::default()).unwrap();
    let after = force.desk.explain(&reviewer, "far", "far-2").unwrap().receipt.index;
    check(&force, "a pair from the queue", after, "explained");
    check(&force, "opening it is no judgement", force.open(&reviewer, "far"), "no-ground");
    let other = force.desk.explain(&reviewer, "far", "otto").unwrap().receipt.index;
    check(&force, "a pair that nobody put forward", other, "no-ground");
}
