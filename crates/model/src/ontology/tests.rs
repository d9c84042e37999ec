//! What the built-in ontology must hold.

use super::*;

#[test]
fn the_builtin_text_is_valid() {
    Ontology::parse(&FILES).unwrap();
    assert!(Ontology::builtin().schemata().count() >= 70);
}

#[test]
fn the_schemata_that_the_desks_need_are_there() {
    for name in [
        "Thing",
        "LegalEntity",
        "Person",
        "Organization",
        "Company",
        "PublicBody",
        "Address",
        "Vehicle",
        "BankAccount",
        "CryptoWallet",
        "UserAccount",
        "Document",
        "PlainText",
        "Mention",
        "Event",
        "Call",
        "Message",
        "Identification",
        "Passport",
        "RealEstate",
        "Ownership",
        "Directorship",
        "Employment",
        "Membership",
        "Family",
        "Associate",
        "Representation",
        "Occupancy",
        "Payment",
        "UnknownLink",
        "Sanction",
        "CourtCase",
        "Contract",
        "ContractAward",
        "CallForTenders",
        "Project",
        "Offence",
        "IntelligenceReport",
        "Sighting",
        "Involvement",
        "Possession",
        "Device",
    ] {
        assert!(Ontology::builtin().schema(name).is_some(), "{name}");
    }
}

#[test]
fn properties_are_inherited_and_far_sides_cannot_be_set() {
    let person = Ontology::builtin().schema("Person").unwrap();
    assert!(person.is_a("Thing") && person.is_a("LegalEntity") && !person.is_a("Company"));
    assert_eq!(person.prop("name").unwrap().kind, TypeKind::Name);
    assert_eq!(person.prop("birthDate").unwrap().kind, TypeKind::Date);
    assert!(person.prop("ownershipOwner").unwrap().stub);
    assert!(person.prop("religion").unwrap().special.is_some());
}

#[test]
fn links_know_their_ends() {
    let ontology = Ontology::builtin();
    let edge = ontology.schema("Ownership").unwrap().edge.as_ref().unwrap();
    assert_eq!(ontology.prop(edge.source).unwrap().name, "owner");
    assert_eq!(ontology.prop(edge.target).unwrap().name, "asset");
    let family = ontology.schema("Family").unwrap().edge.as_ref().unwrap();
    assert!(!family.directed || !family.label.is_empty());
}

#[test]
fn what_is_wrong_is_named() {
    let broken = "name: A\nlabel: a\nplural: as\ndescription: d\nextends: [B]\n";
    assert_eq!(Ontology::parse(&[broken]).unwrap_err().to_string(), "schema `A`: parent `B` does not exist");
    let circle = ["name: A\nlabel: a\nplural: as\ndescription: d\nextends: [B]\n", "name: B\nlabel: b\nplural: bs\ndescription: d\nextends: [A]\n"];
    assert!(matches!(Ontology::parse(&circle), Err(OntologyError::Structure(_))));
}
