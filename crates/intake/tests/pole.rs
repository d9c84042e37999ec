//! The POLE example goes in whole: every node and every relation of its 28 files is a draft, and nothing is refused.
//!
//! The data is no part of the project; where it is absent, the tests say so and are skipped.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail, and says when it is skipped")]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use candour_intake::{Batch, Defaults, Mapping, Plan, Step};
use candour_model::{entity::Draft, ontology::Ontology};

const NODES: u64 = 61_521;
const RELATIONS: u64 = 105_840;

fn plan() -> Option<Plan> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = root.join("../shared/data/pole");
    if !data.is_dir() {
        println!("skipped: `{}` is absent", data.display());
        return None;
    }
    let mapping = Mapping::load(&root.join("examples/pole/mapping.yml")).unwrap();
    Some(Plan::make(&[data], Some(&mapping), &Defaults::default()).unwrap())
}

/// The whole of one file.
fn read(step: &Step) -> Batch {
    let mut reader = step.open(0).unwrap();
    let mut whole = Batch::default();
    while !whole.done {
        let batch = reader.next_batch(10_000).unwrap();
        whole.drafts.extend(batch.drafts);
        whole.rejects.extend(batch.rejects);
        whole.filtered += batch.filtered;
        (whole.next, whole.bytes, whole.done) = (batch.next, batch.bytes, batch.done);
    }
    whole
}

/// `nodes.Person`, from `crime-investigation.nodes.Person.csv`.
fn short(step: &Step) -> &str {
    step.name.strip_prefix("crime-investigation.").and_then(|name| name.strip_suffix(".csv")).unwrap()
}

fn schema(draft: &Draft) -> &'static str {
    &Ontology::builtin().by_no(draft.schema).unwrap().name
}

fn props(drafts: &[Draft]) -> String {
    let names: BTreeSet<&str> =
        drafts.iter().flat_map(|draft| &draft.claims).map(|claim| Ontology::builtin().prop(claim.prop).unwrap().name.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_node_and_relation_is_accounted_for() {
    let Some(plan) = plan() else { return };
    assert_eq!(plan.unmapped, Vec::<PathBuf>::new());
    assert_eq!(plan.steps.len(), 28);
    let (mut nodes, mut relations) = (0, 0);
    let mut table = BTreeMap::new();
    let mut statements = 0;
    for step in &plan.steps {
        let batch = read(step);
        assert_eq!(batch.rejects, [], "{}", step.name);
        assert_eq!(batch.filtered, 0, "{}", step.name);
        assert_eq!(u64::try_from(batch.drafts.len()).unwrap(), batch.next, "{}: one draft a record", step.name);
        assert_eq!(batch.bytes, step.signature.size, "{}", step.name);
        let schemata: BTreeSet<&str> = batch.drafts.iter().map(schema).collect();
        assert_eq!(schemata.len(), 1, "{}", step.name);
        table.insert(short(step).to_owned(), format!("{} {}: {}", batch.next, schemata.first().unwrap(), props(&batch.drafts)));
        *if short(step).starts_with("nodes.") { &mut nodes } else { &mut relations } += batch.next;
        statements += batch.drafts.iter().map(|draft| draft.claims.len()).sum::<usize>();
    }
    assert_eq!((nodes, relations), (NODES, RELATIONS));
    let table: String = table.iter().map(|(name, line)| format!("{name} = {line}\n")).collect();
    insta::assert_snapshot!(format!("{table}statements = {statements}"), @r"
    nodes.Area = 93 Area: areaType code country name
    nodes.Crime = 28762 Offence: charge crimeReference date notes offenceType outcome
    nodes.Email = 328 UserAccount: email service
    nodes.Location = 14904 Address: country full latitude longitude postalCode street
    nodes.Object = 7 Asset: keywords name notes
    nodes.Officer = 1000 Person: firstName idNumber keywords lastName name position
    nodes.Person = 369 Person: firstName idNumber lastName name notes
    nodes.Phone = 328 Device: deviceType phone
    nodes.PhoneCall = 534 Call: date duration summary
    nodes.PostCode = 14196 Area: areaType code country name
    nodes.Vehicle = 1000 Vehicle: buildDate model registrationNumber
    relationships.CALLED = 534 Device: callsReceived
    relationships.CALLER = 534 Device: callsMade
    relationships.CURRENT_ADDRESS = 368 Residence: home resident role
    relationships.FAMILY_REL = 155 Family: person relationship relative
    relationships.HAS_EMAIL = 328 UserAccount: owner
    relationships.HAS_PHONE = 328 Possession: holder object role
    relationships.HAS_POSTCODE = 14904 Address: area
    relationships.INVESTIGATED_BY = 28762 Offence: investigator
    relationships.INVOLVED_IN = 985 Involvement: event party role
    relationships.KNOWS = 586 Associate: associate person relationship
    relationships.KNOWS_LW = 80 Associate: associate person relationship
    relationships.KNOWS_PHONE = 118 Associate: associate person relationship
    relationships.KNOWS_SN = 241 Associate: associate person relationship
    relationships.LOCATION_IN_AREA = 14904 Address: area
    relationships.OCCURRED_AT = 28762 Offence: place
    relationships.PARTY_TO = 55 Involvement: event party role
    relationships.POSTCODE_IN_AREA = 14196 Area: partOf
    statements = 386717
    ");
}

#[test]
fn every_id_that_a_relation_names_is_a_node_and_links_are_never_two_in_one() {
    let Some(plan) = plan() else { return };
    let (nodes, relations): (Vec<&Step>, Vec<&Step>) = plan.steps.iter().partition(|step| short(step).starts_with("nodes."));
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for draft in nodes.into_iter().flat_map(|step| read(step).drafts) {
        assert_eq!(known.insert(draft.id.clone(), schema(&draft)), None, "`{}` twice", draft.id);
    }
    assert_eq!(u64::try_from(known.len()).unwrap(), NODES);
    let mut links = BTreeSet::new();
    let mut references = 0;
    for draft in relations.into_iter().flat_map(|step| read(step).drafts) {
        let is_link = Ontology::builtin().by_no(draft.schema).unwrap().edge.is_some();
        if is_link {
            assert!(links.insert(draft.id.clone()), "`{}` twice", draft.id);
        } else {
            assert_eq!(known.get(&draft.id), Some(&schema(&draft)), "`{}` is described as another schema than its node", draft.id);
        }
        for claim in &draft.claims {
            let prop = Ontology::builtin().prop(claim.prop).unwrap();
            let Some(range) = &prop.range else { continue };
            let found = known.get(&claim.value).unwrap_or_else(|| panic!("`{}` is no node", claim.value));
            assert!(Ontology::builtin().schema(found).unwrap().is_a(range), "`{}` of `{}` is a {found}", prop.name, draft.id);
            references += 1;
        }
    }
    // Each link has two ends, each other relation is one reference.
    assert_eq!(links.len() as u64 + references - 2 * links.len() as u64, RELATIONS);
}
