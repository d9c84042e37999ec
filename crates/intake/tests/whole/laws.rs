//! What holds for every input: nothing panics, every record is drafted, refused or filtered, and an import that goes on
//! from record k ends where one from the beginning does.

use candour_intake::{Batch, Mapping, Reject};
use candour_model::entity::Draft;
use proptest::prelude::*;

use crate::reading::{Folder, read, render};

const MAPPING: &str = "d:
  queries:
    - csv: t.csv
      filters_not: {c: skip}
      entities:
        p: {schema: Person, keys: [a, b], properties: {name: {columns: [a, b], join: ' '}, birthDate: {column: c}, phone: {column: b}, nationality: {column: a}}}
        v: {schema: Vehicle, id_column: b, properties: {registrationNumber: {column: b, required: true}}}
        o: {schema: Ownership, id_template: 'o-{{a}}', properties: {owner: {entity: p}, asset: {entity: v}, startDate: {template: '{{c}}'}}}
";

/// Cells that do well, ill and odd.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("skip".to_owned()),
        Just("1990-02-31".to_owned()),
        "[0-9]{4}-[01][0-9]",
        "[A-Za-z ]{1,12}",
        "\"[a-z,\n]{0,6}\"",
        "[\\x00-\\x7f]{0,8}",
        "\\PC{0,6}",
    ]
}

fn table() -> impl Strategy<Value = String> {
    let row = prop::collection::vec(cell(), 2..5).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..20).prop_map(|rows| format!("a,b,c\n{}", rows.join("\n")))
}

fn entity_line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r#"{"id":"b","schema":"Person","properties":{"name":["Bo"],"birthDate":["1990-02-31"]}}"#.to_owned()),
        Just(String::new()),
        "[\\[\\]{}\":,a-z0-9]{0,20}",
        r#"\{"id":"[a-c ]{0,2}","schema":"(Person|Thing|X)","properties":\{"(name|phone|x)":\[?("\\\\?[a-z0-9]{0,9}"|null|1\.5)\]?\}\}"#,
    ]
}

/// Reads the only file of a folder whole and from every record on.
fn check_laws(folder: &Folder, mapping: Option<&str>) {
    let Ok(plan) = folder.plan(mapping) else { return };
    let step = &plan.steps[0];
    let Ok(whole) = read(step, 0, 1_000_000) else { return };
    assert!(whole.done);
    let mut counted: Vec<Batch> = Vec::new();
    let mut reader = step.open(0).unwrap();
    while !counted.last().is_some_and(|batch| batch.done) {
        counted.push(reader.next_batch(1).unwrap());
    }
    // One record at a time gives what all at once gives.
    let (drafts, rejects) = joined(&counted);
    assert_eq!((&drafts, &rejects), (&whole.drafts, &whole.rejects));
    // Every record is drafted, refused or filtered.
    let mut last = 0;
    for batch in &counted {
        let read = batch.next - last;
        let spoken = u64::from(!batch.drafts.is_empty() || !batch.rejects.is_empty());
        assert_eq!(read, spoken + batch.filtered, "{}", render(batch));
        assert!(batch.drafts.iter().all(|draft| !draft.claims.is_empty() && !draft.id.is_empty()));
        last = batch.next;
    }
    assert_eq!(last, whole.next);
    // Going on from record k is the rest of going from the beginning.
    for (position, batch) in counted.iter().enumerate() {
        let rest = read(step, batch.next, 1).unwrap();
        assert_eq!(rest.next, whole.next);
        let (drafts, rejects) = joined(&counted[position + 1..]);
        assert_eq!((&rest.drafts, &rest.rejects), (&drafts, &rejects), "from record {}", batch.next);
    }
}

fn joined(batches: &[Batch]) -> (Vec<Draft>, Vec<Reject>) {
    (batches.iter().flat_map(|batch| batch.drafts.clone()).collect(), batches.iter().flat_map(|batch| batch.rejects.clone()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn tables_of_every_kind(table in table()) {
        check_laws(&Folder::new(&[("t.csv", table.as_bytes())]), Some(MAPPING));
    }

    #[test]
    fn tables_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), has_header in any::<bool>()) {
        let table = if has_header { [b"a,b,c\n", bytes.as_slice()].concat() } else { bytes };
        check_laws(&Folder::new(&[("t.csv", &table)]), Some(MAPPING));
    }

    #[test]
    fn lines_of_every_kind(lines in prop::collection::vec(entity_line(), 0..20)) {
        check_laws(&Folder::new(&[("t.ijson", lines.join("\n").as_bytes())]), None);
    }

    #[test]
    fn lines_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check_laws(&Folder::new(&[("t.ijson", &bytes)]), None);
        check_laws(&Folder::new(&[("t.txt", &bytes)]), None);
    }

    #[test]
    fn mappings_of_any_text(text in "\\PC{0,200}") {
        let _ = Mapping::parse(std::path::Path::new("map.yml"), &text);
    }

    #[test]
    fn mappings_that_are_nearly_right(at in 0..MAPPING.len(), length in 0..30_usize, insert in "[a-z:{}\\[\\]'%& -]{0,6}") {
        let mut text = MAPPING.to_owned();
        text.replace_range(at..(at + length).min(MAPPING.len()), &insert);
        if let Ok(plan) = Folder::new(&[("t.csv", b"a,b,c\n1,2,3\n")]).plan(Some(&text)) {
            for step in &plan.steps {
                let _ = step.open(0).map(|mut reader| reader.next_batch(10));
            }
        }
    }
}
