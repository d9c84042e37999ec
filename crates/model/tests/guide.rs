//! The guide's page on the ontology says what the program has: every schema, link, topic, type and format.

use candour_model::{ontology::Ontology, types::TypeKind};

const PAGE: &str = include_str!("../../../docs/guide/ontology.md");

fn check(row: &str) {
    assert!(PAGE.lines().any(|line| line == row || line.starts_with(row)), "docs/guide/ontology.md has no row {row:?}");
}

#[test]
fn schemata_and_links() {
    let ontology = Ontology::builtin();
    for schema in ontology.schemata() {
        let row = PAGE.lines().find(|line| line.starts_with(&format!("| `{}` | {} |", schema.name, schema.label)));
        assert!(row.is_some_and(|row| row.ends_with(&format!("| {} |", schema.description))), "{}: {}", schema.name, schema.description);
        if let Some(edge) = &schema.edge {
            let name = |no| ontology.prop(no).map(|prop| prop.name.as_str()).unwrap_or_default();
            check(&format!("| `{}` | {} | {} | {} |", schema.name, name(edge.source), edge.label, name(edge.target)));
        }
    }
    let named = PAGE.lines().filter(|line| line.starts_with("| `") && line.matches('|').count() == 5 && line.contains(". |")).count();
    assert!(named >= ontology.schemata().count(), "{named} rows");
}

#[test]
fn topics_types_and_formats() {
    for (code, label) in TypeKind::Topic.values() {
        check(&format!("| `{code}` | {label} |"));
    }
    let first_cells: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next()).collect();
    let is_named = |name: &str| first_cells.iter().any(|cell| cell.split(", ").any(|word| word == format!("`{name}`")));
    for kind in TypeKind::ALL {
        assert!(is_named(kind.name()), "type {} has no row", kind.name());
    }
    for format in TypeKind::Identifier.formats() {
        assert!(is_named(format), "format {format} has no row");
    }
}
