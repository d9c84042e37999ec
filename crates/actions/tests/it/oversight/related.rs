//! How records stand to the person who looks, as far as the evidence says so.

use candour_actions::Desk;

use super::force::Force;
use crate::matrix::search;

const RECORDS: &str = r#"{"id":"own","schema":"Person","properties":{"name":["Marlow Finch"],"phone":["+441632960001"]}}
{"id":"upper","schema":"Person","properties":{"name":["FINCH, Marlow James"]}}
{"id":"half","schema":"Person","properties":{"name":["Marlow Crane"]}}
{"id":"firm","schema":"Company","properties":{"name":["Marlow Finch Ltd"]}}
{"id":"tessa","schema":"Person","properties":{"name":["Tessa Quill"]}}
{"id":"flat","schema":"Address","properties":{"full":["1 Wharf Road, Mere"]}}
{"id":"lives-1","schema":"Residence","properties":{"resident":["own"],"home":["flat"]}}
{"id":"lodger","schema":"Person","properties":{"name":["Ida Mere"]}}
{"id":"lives-2","schema":"Residence","properties":{"resident":["lodger"],"home":["flat"]}}
{"id":"caller","schema":"Person","properties":{"name":["Jon Wharf"],"phone":["+441632960001"]}}
{"id":"sister","schema":"Person","properties":{"name":["Ada Finch"]}}
{"id":"kin-1","schema":"Family","properties":{"person":["own"],"relative":["sister"],"relationship":["sister"]}}
{"id":"ex","schema":"Person","properties":{"name":["Lea Quay"]}}
{"id":"kin-2","schema":"Associate","properties":{"person":["own"],"associate":["ex"],"relationship":["ex-partner"]}}
{"id":"wife","schema":"Person","properties":{"name":["Una Lock"]}}
{"id":"kin-3","schema":"Family","properties":{"person":["wife"],"relative":["own"],"relationship":["wife"],"endDate":["2019"]}}
{"id":"friend","schema":"Person","properties":{"name":["Otto Brandt"]}}
{"id":"kin-4","schema":"Associate","properties":{"person":["own"],"associate":["friend"],"relationship":["former colleague"]}}
{"id":"stranger","schema":"Person","properties":{"name":["Cas Weir"]}}"#;

#[test]
fn relations_are_told_by_their_kind_and_nothing_else() {
    let force = Force::new(&[("marlow", "Marlow Finch"), ("tessa", "Tessa Quill"), ("single", "Cher")]);
    force.import(RECORDS);
    let relations =
        |entry: u64| -> Vec<String> { force.reasons(entry).into_iter().filter(|name| !["no-ground", "odd-hours"].contains(&name.as_str())).collect() };
    let marlow = force.on_no_case("marlow");
    for (record, expected) in [
        ("own", &["own-record"][..]),
        ("upper", &["own-record"]),
        ("half", &[]),
        ("firm", &[]),
        ("tessa", &["colleague"]),
        ("lodger", &["same-address"]),
        ("caller", &["same-address"]),
        ("sister", &["family"]),
        ("ex", &["former-partner"]),
        ("wife", &["former-partner"]),
        ("friend", &[]),
        ("stranger", &[]),
    ] {
        assert_eq!(relations(force.open(&marlow, record)), expected, "{record}");
    }
    let tessa = force.on_no_case("tessa");
    for (record, expected) in [("own", &["colleague"][..]), ("tessa", &["own-record"]), ("sister", &[]), ("lodger", &[])] {
        assert_eq!(relations(force.open(&tessa, record)), expected, "{record} by somebody else");
    }
    let looked_for = |query: &str| -> Vec<String> { relations(ask(&force.desk, &marlow, query)) };
    assert_eq!(looked_for("finch marlow"), ["own-record"]);
    assert_eq!(looked_for("marlow"), [""; 0], "of a long list nothing was looked at by itself");
    assert_eq!(looked_for("finch james"), ["own-record"], "the one hit is like his own");
    assert_eq!(looked_for("\"Tessa Quill\""), ["colleague"]);
    assert_eq!(looked_for("weir"), [""; 0]);
}

fn ask(desk: &Desk, who: &candour_actions::Who, query: &str) -> u64 {
    desk.search(who, &search(query)).unwrap().receipt.index
}

#[test]
fn a_common_name_counts_half_and_a_very_common_one_nothing() {
    for (bearers, expected) in [(5, Some(50)), (6, Some(25)), (199, Some(25)), (200, None)] {
        let force = Force::new(&[("marlow", "Marlow Finch")]);
        let line = |number: u32| format!("{{\"id\":\"p-{number}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Marlow Finch\"]}}}}");
        force.import(&(0..bearers).map(line).collect::<Vec<_>>().join("\n"));
        let ranked = force.ranked(force.open(&force.on_no_case("marlow"), "p-0")).unwrap();
        let weight = ranked.reasons.iter().find(|reason| reason.name == "own-record").map(|reason| reason.weight);
        assert_eq!(weight, expected, "{bearers} bearers");
    }
}

#[test]
fn nothing_that_a_record_says_comes_out() {
    let force = Force::new(&[("marlow", "Marlow Finch")]);
    force.import(RECORDS);
    let marlow = force.on_no_case("marlow");
    for record in ["own", "lodger", "sister", "ex"] {
        force.open(&marlow, record);
    }
    ask(&force.desk, &marlow, "Lea Quay");
    let shown = serde_json::to_string(&force.ranking()).unwrap();
    assert!(shown.contains("former-partner") && shown.contains("\"records\":[\"sister\"]"));
    for secret in ["Marlow", "Finch", "Quay", "Wharf", "Mere", "ex-partner", "01632960001", "Ada"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
