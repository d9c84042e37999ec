//! The laws themselves; the fuzz targets hold inputs against them too.

use candour_intake::{Batch, Reject};
use candour_model::entity::Draft;

use crate::reading::{Folder, read, render};

/// A mapping of `t.csv` in which most words of the language occur.
pub(crate) const MAPPING: &str = "d:
  queries:
    - csv: t.csv
      filters_not: {c: skip}
      entities:
        p: {schema: Person, keys: [a, b], properties: {name: {columns: [a, b], join: ' '}, birthDate: {column: c}, phone: {column: b}, nationality: {column: a, map: {UK: gb}}, email: {columns: [b, c], split: ';'}, idNumber: {template: '{{a}}/{{c}}'}, notes: {literal: seen}}}
        v: {schema: Vehicle, id_column: b, valid_from: {column: c}, valid_to: {column: a, format: '%Y%m'}, properties: {registrationNumber: {column: b, required: true}}}
        o: {schema: Ownership, id_template: 'o-{{a}}', properties: {owner: {entity: p}, asset: {entity: v}, startDate: {template: '{{c}}'}}}
";

/// Reads the only file of a folder whole and from every record on.
pub(crate) fn check_laws(folder: &Folder, mapping: Option<&str>) {
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
        assert!(batch.drafts.iter().all(|draft| !draft.id.is_empty()));
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
