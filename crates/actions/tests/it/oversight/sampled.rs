//! Samples: they open what was asked for, verify offline, and nobody but the overseer's seed chooses them.

use std::{collections::BTreeSet, fs, path::Path};

use candour_actions::{ActionError, SampleRequest, SampleView};
use candour_ledger::{
    VerifierKey,
    verify::{Request, Source, verify},
};

use super::force::Force;

struct Folder<'p>(&'p Path);

impl Source for Folder<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(fs::read(self.0.join(path)).ok())
    }
}

fn force() -> Force {
    let force = Force::new(&[("ana", "Ana Holm")]);
    force.import(r#"{"id":"otto","schema":"Person","properties":{"name":["Otto Brandt"]}}"#);
    for _ in 0..20 {
        force.open(&force.on_no_case("ana"), "otto");
        force.open(&force.on_case("ana", "otto"), "otto");
    }
    force
}

fn request(seed: &str) -> SampleRequest {
    SampleRequest { seed: seed.to_owned(), count: 12, fields: ["actor", "action", "purpose"].map(str::to_owned).to_vec(), ..SampleRequest::default() }
}

fn draw(force: &Force, request: &SampleRequest) -> Result<SampleView, ActionError> {
    force.desk.oversee_sample(&force.overseer(), request).map(|answer| answer.value)
}

#[test]
fn a_sample_verifies_against_the_published_log() {
    let force = force();
    let sample = draw(&force, &SampleRequest { unexplained: 3, ..request("a seed") }).unwrap();
    assert_eq!(sample.entries.iter().filter(|entry| entry.stratum == "unexplained").count(), 3);
    for entry in &sample.entries {
        let shown: Vec<&str> = entry.receipt.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(shown, ["time", "actor", "action", "purpose"]);
        assert!(!entry.receipt.withheld.is_empty());
    }
    let distinct: BTreeSet<u64> = sample.entries.iter().take(12).map(|entry| entry.receipt.index).collect();
    assert_eq!(distinct.len(), 12);
    let published = force.folder.path().join("published");
    force.desk.ledger_publish(&force.overseer(), &published).unwrap();
    let key = VerifierKey::parse(force.desk.log_key()).unwrap();
    let check = |entries: &[candour_actions::SampledView]| {
        let receipts: Vec<(&str, &candour_actions::Receipt)> = entries.iter().map(|entry| ("sample", &entry.receipt)).collect();
        verify(&Folder(&published), &Request { key: &key, witnesses: &[], since: None, receipts: &receipts }).problems.len()
    };
    assert_eq!(check(&sample.entries), 0);
    let mut forged = sample.entries;
    forged[0].receipt.fields[1].value = "somebody else".to_owned();
    assert!(check(&forged) > 0);
}

#[test]
fn the_checkpoint_that_the_overseer_brings_fixes_the_draw() {
    let force = force();
    let held = force.desk.public_log().unwrap().checkpoint;
    let brought = |seed: &str| SampleRequest { checkpoint: Some(held.clone()), ..request(seed) };
    let chosen = |sample: &SampleView| sample.entries.iter().map(|entry| entry.receipt.index).collect::<Vec<_>>();
    let first = draw(&force, &brought("a seed")).unwrap();
    for _ in 0..5 {
        force.open(&force.on_no_case("ana"), "otto");
    }
    let again = draw(&force, &brought("a seed")).unwrap();
    assert_eq!(chosen(&first), chosen(&again), "what the home adds afterwards changes nothing");
    assert!(first.brought && first.root == again.root && chosen(&first) != chosen(&draw(&force, &brought("another")).unwrap()));
    assert!(!draw(&force, &request("a seed")).unwrap().brought);
    let drawn = candour_oversight::sample::draw("all", "a seed", &first.root, first.first, first.span, 12);
    assert_eq!(chosen(&first), drawn, "anybody can draw again");
}

#[test]
fn what_is_no_sample_is_refused_in_words() {
    let force = force();
    let fields = |name: &str| vec![name.to_owned()];
    for (name, request) in [
        ("no seed", request("")),
        ("two lines", request("a\nb")),
        ("too many", SampleRequest { count: 1001, ..request("a seed") }),
        ("no such field", SampleRequest { fields: fields("pocket"), ..request("a seed") }),
        ("no checkpoint", SampleRequest { checkpoint: Some("three words only\n".to_owned()), ..request("a seed") }),
    ] {
        assert!(matches!(draw(&force, &request), Err(ActionError::BadInput(_))), "{name}");
    }
    let other = Force::new(&[]).desk.public_log().unwrap().checkpoint;
    let forked = draw(&force, &SampleRequest { checkpoint: Some(other.replace("/log", "/other")), ..request("a seed") });
    assert!(matches!(forked, Err(ActionError::BadInput(_))), "a checkpoint of another log");
}
