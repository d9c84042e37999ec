//! Laws of live resolution.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::{kind::Kind, linkage::link, random::Sequence, table::TableBuilder};

const COLUMNS: &[(&str, Kind)] =
    &[("forename", Kind::Forename), ("surname", Kind::Surname), ("born", Kind::Date), ("town", Kind::City), ("phone", Kind::Phone)];

/// People, some of them twice or three times with slips, the same every time.
fn people(count: usize, seed: u64) -> Vec<NewRecord> {
    let forenames = ["anna", "berta", "clara", "dora", "emil", "fritz", "georg", "hans", "ida", "jonas", "karla", "ludwig"];
    let surnames = ["abel", "brandt", "conrad", "dietz", "ebert", "fischer", "graf", "huber", "imhof", "jung", "keller", "lorenz", "meier", "neumann", "otto"];
    let towns = ["aachen", "bonn", "celle", "dresden", "essen"];
    let mut sequence = Sequence(seed);
    let mut records = Vec::new();
    while records.len() < count {
        let mut draw = |from: &[&str]| from[sequence.below(from.len())].to_owned();
        let (forename, surname, town) = (draw(&forenames), draw(&surnames), draw(&towns));
        let born = format!("19{:02}-{:02}-{:02}", 20 + sequence.below(70), 1 + sequence.below(12), 1 + sequence.below(28));
        let phone = format!("0{}", 300_000_000 + sequence.below(90_000_000));
        for copy in 0..1 + sequence.below(3) {
            let mut values =
                vec![("forename", forename.clone()), ("surname", surname.clone()), ("born", born.clone()), ("town", town.clone()), ("phone", phone.clone())];
            if copy > 0 {
                match sequence.below(6) {
                    0 => values[0].1.truncate(3),
                    1 => values[1].1.push('s'),
                    2 => values[4].1.clear(),
                    3 => values[2].1.clear(),
                    4 => values[3].1 = towns[sequence.below(towns.len())].to_owned(),
                    _ => {}
                }
            }
            let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            records.push(NewRecord { id: format!("r{:05}", records.len()), source: 0, values });
        }
    }
    records.truncate(count);
    records
}

fn table(records: &[NewRecord]) -> Table {
    let mut builder = TableBuilder::new(COLUMNS);
    for record in records {
        builder.record(&record.id, record.source).unwrap();
        for (name, value) in &record.values {
            builder.value(COLUMNS.iter().position(|(column, _)| column == name).unwrap(), value);
        }
    }
    builder.build()
}

fn live(records: &[NewRecord]) -> Live {
    let options = Options::default();
    let table = table(records);
    let linkage = link(&table, &options).unwrap();
    Live::new(table, linkage, &options).unwrap()
}

/// The map of clusters and their numbers.
fn numbered(live: &Live) -> BTreeMap<String, EntityId> {
    live.rows().map(|row| (live.id(row).to_owned(), live.entity_of(row))).collect()
}

/// The clusters alone.
fn clusters(live: &Live) -> BTreeSet<Vec<String>> {
    live.members.values().map(|rows| rows.iter().map(|row| live.id(*row).to_owned()).collect::<BTreeSet<_>>().into_iter().collect()).collect()
}

/// What must hold at all times.
fn is_sound(live: &Live) {
    let mut seen = 0;
    for (id, rows) in &live.members {
        assert!(!rows.is_empty());
        assert_eq!(rows.iter().map(|row| live.label(*row)).min(), Some(id.0));
        assert!(rows.iter().all(|row| live.entity_of(*row) == *id && !live.gone.contains(row)));
        seen += rows.len();
    }
    assert_eq!(seen, live.len());
    let labels: BTreeSet<u64> = live.rows().map(|row| live.label(row)).collect();
    assert_eq!(labels.len(), live.len(), "no two records carry one number");
}

/// Follows events on a map of records to entities, and says whether they lead to another.
fn leads(before: &BTreeMap<String, EntityId>, change: &Change, after: &BTreeMap<String, EntityId>) {
    let ids = |map: &BTreeMap<String, EntityId>| map.values().copied().collect::<BTreeSet<_>>();
    let mut known = ids(before);
    for event in &change.events {
        match event {
            EntityEvent::Created { id } => assert!(known.insert(*id)),
            EntityEvent::Merged { from, into } => assert!(known.remove(from) && from != into),
            EntityEvent::Retired { id } => assert!(known.remove(id)),
            EntityEvent::Split { from, into } => {
                assert!(into.len() > 1 || !into.contains(from));
                known.remove(from);
                known.extend(into);
            }
            EntityEvent::Joined { id, record } => assert_eq!(after.get(record), Some(id)),
            EntityEvent::Left { .. } | EntityEvent::Moved { .. } => {}
        }
    }
    assert_eq!(known, ids(after));
}

#[test]
fn a_probe_leaves_no_trace_and_weighs_as_an_added_record_does() {
    let all = people(400, 1);
    let mut live = live(&all[..360]);
    let before = numbered(&live);
    for record in &all[360..] {
        let one = live.candidates(record).unwrap();
        let other = live.candidates(record).unwrap();
        assert_eq!(one, other);
    }
    assert_eq!(numbered(&live), before);
    for record in &all[360..] {
        let expected = live.candidates(record).unwrap();
        live.add(record.clone()).unwrap();
        is_sound(&live);
        for found in expected.iter().take(3) {
            let told = live.explain_pair(&found.id, &record.id).unwrap();
            assert!((told.weight - found.weight).abs() < 1e-3, "{} {}", told.weight, found.weight);
            assert!(told.features.iter().all(|feature| feature.name == "household" || !feature.left.is_empty() || !feature.right.is_empty()));
        }
    }
    assert!(live.records(live.entity("r00399").unwrap()).contains(&"r00399"));
}

#[test]
fn an_added_record_weighs_as_one_of_the_table_does() {
    // The same value codes mean the same: a copy of a record of the table weighs against others as the record does.
    let all = people(300, 2);
    let mut live = live(&all);
    for record in all.iter().step_by(7) {
        let copy = NewRecord { id: "copy".to_owned(), ..record.clone() };
        let found = live.candidates(&copy).unwrap();
        let row = live.row(&record.id).unwrap();
        let scorer = live.scorer();
        for found in found.iter().filter(|found| found.id != record.id) {
            assert!((scorer.bits(row, live.row(&found.id).unwrap()) - found.weight).abs() < 1e-3);
        }
        assert!(found.iter().any(|found| found.id == record.id));
    }
}

#[test]
fn what_is_asked_is_answered() {
    let all = people(500, 3);
    let mut live = live(&all[..480]);
    for record in &all[480..] {
        live.add(record.clone()).unwrap();
    }
    let many = live.members.values().find(|rows| rows.len() > 1).unwrap().clone();
    let (a, b) = (live.id(many[0]).to_owned(), live.id(many[1]).to_owned());
    let path = live.path(&a, &b).unwrap();
    assert_eq!((path.first().unwrap().from.as_str(), path.last().unwrap().to.as_str()), (a.as_str(), b.as_str()));
    let told = live.explain_pair(&a, &b).unwrap();
    for point in live.turning_points_of(&a, &b).unwrap() {
        assert_ne!(point.probability >= 0.95, told.probability >= 0.95, "{}", point.says);
    }
    let empty = NewRecord { id: "none".to_owned(), source: 0, values: vec![("forename".to_owned(), "anna".to_owned())] };
    assert!(live.unlinkable(&empty).unwrap());
    assert!(!live.unlinkable(&all[0]).unwrap());
    let queue = live.queue(20);
    assert_eq!(queue, live.queue(20));
    if let Some(first) = queue.first() {
        let (a, b) = (first.a.clone(), first.b.clone());
        live.judge(&a, &b, Verdict::Unsure).unwrap();
        assert!(!live.queue(1_000).iter().any(|question| (&question.a, &question.b) == (&a, &b)));
    }
    assert!(matches!(live.entity("nobody"), Err(ResolveError::UnknownRecord(_))));
    let wrong = NewRecord { id: "x".to_owned(), source: 0, values: vec![("belief".to_owned(), "none".to_owned())] };
    assert!(matches!(live.add(wrong), Err(ResolveError::UnknownColumn { .. })));
    assert!(matches!(live.add(all[0].clone()), Err(ResolveError::DuplicateId(_))));
}

#[test]
fn numbers_and_judgements_outlive_a_rerun() {
    let all = people(400, 4);
    let mut live = live(&all[..380]);
    for record in &all[380..] {
        live.add(record.clone()).unwrap();
    }
    let ids: Vec<String> = all.iter().map(|record| record.id.clone()).collect();
    let apart = live.members.values().find(|rows| rows.len() > 1).map(|rows| (live.id(rows[0]).to_owned(), live.id(rows[1]).to_owned())).unwrap();
    live.judge(&apart.0, &apart.1, Verdict::Different).unwrap();
    live.judge(&ids[0], &ids[399], Verdict::Same).unwrap();
    live.remove(&ids[7]).unwrap();
    let before = numbered(&live);
    let change = live.rerun().unwrap();
    is_sound(&live);
    let after = numbered(&live);
    leads(&before, &change, &after);
    assert_ne!(after[&apart.0], after[&apart.1]);
    assert_eq!(after[&ids[0]], after[&ids[399]]);
    let kept = before.iter().filter(|(id, entity)| after.get(*id) == Some(entity)).count();
    assert!(kept * 10 >= before.len() * 9, "{kept} of {}", before.len());
    let saved = live.saved();
    let records: Vec<NewRecord> = all.into_iter().filter(|record| record.id != ids[7]).collect();
    let table = table(&records);
    let options = Options::default();
    let linkage = link(&table, &options).unwrap();
    let (restored, change) = Live::restore(table, linkage, &options, &saved).unwrap();
    assert_eq!(change, Change::default());
    assert_eq!(numbered(&restored), after);
    assert_eq!(restored.saved(), saved);
}

#[test]
fn hundreds_of_the_same_are_one() {
    let all = people(150, 5);
    let mut live = live(&all);
    live.judge(&all[1].id, &all[149].id, Verdict::Unsure).unwrap();
    let entity = live.entity(&all[0].id).unwrap();
    for number in 0..200 {
        let change = live.add(NewRecord { id: format!("copy{number}"), ..all[0].clone() }).unwrap();
        assert_eq!(change.events, [EntityEvent::Joined { id: entity, record: format!("copy{number}") }]);
    }
    is_sound(&live);
    assert!(live.candidates(&NewRecord { id: "x".to_owned(), ..all[0].clone() }).unwrap().len() >= 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The order in which records are added changes no cluster.
    #[test]
    fn order_of_additions(seed in 0_u64..1000, shuffle in 0_u64..1000) {
        let all = people(200, seed);
        let (old, new) = all.split_at(150);
        let mut other: Vec<NewRecord> = new.to_vec();
        let mut sequence = Sequence(shuffle);
        for place in (1..other.len()).rev() {
            other.swap(place, sequence.below(place + 1));
        }
        let (mut one, mut two) = (live(old), live(old));
        for (a, b) in new.iter().zip(&other) {
            one.add(a.clone()).unwrap();
            two.add(b.clone()).unwrap();
        }
        is_sound(&one);
        prop_assert_eq!(clusters(&one), clusters(&two));
    }

    /// Whatever was judged is undone exactly, in whatever order; events tell the truth; no number comes to mean another thing.
    #[test]
    fn judgements_are_undone_exactly(seed in 0_u64..1000, pairs in prop::collection::vec((0_usize..160, 0_usize..160, any::<bool>()), 1..8), order in 0_u64..1000) {
        let all = people(160, seed);
        let mut live = live(&all[..130]);
        for record in &all[130..] {
            let before = numbered(&live);
            let change = live.add(record.clone()).unwrap();
            leads(&before, &change, &numbered(&live));
        }
        let before = numbered(&live);
        let mut judged = Vec::new();
        for (a, b, same) in pairs.iter().filter(|(a, b, _)| a != b) {
            let verdict = if *same { Verdict::Same } else { Verdict::Different };
            let now = numbered(&live);
            let (id, change) = live.judge(&all[*a].id, &all[*b].id, verdict).unwrap();
            is_sound(&live);
            leads(&now, &change, &numbered(&live));
            if change.contradicted.is_empty() {
                prop_assert_eq!(live.entity(&all[*a].id).unwrap() == live.entity(&all[*b].id).unwrap(), *same);
            }
            judged.push(id);
        }
        let mut sequence = Sequence(order);
        for place in (1..judged.len()).rev() {
            judged.swap(place, sequence.below(place + 1));
        }
        for id in judged {
            let now = numbered(&live);
            let change = live.undo(id).unwrap();
            leads(&now, &change, &numbered(&live));
        }
        prop_assert_eq!(numbered(&live), before);
    }

    /// One more of the same splits nothing, and is of the same entity unless it says too little.
    #[test]
    fn duplicates_split_nothing(seed in 0_u64..1000, which in prop::collection::vec(0_usize..160, 1..12)) {
        let all = people(160, seed);
        let mut live = live(&all[..120]);
        for record in &all[120..] {
            live.add(record.clone()).unwrap();
        }
        for (number, place) in which.iter().enumerate() {
            let before = numbered(&live);
            let copy = NewRecord { id: format!("copy{number}"), ..all[*place].clone() };
            live.add(copy.clone()).unwrap();
            let after = numbered(&live);
            for (id, entity) in &before {
                prop_assert_eq!(after.get(id), Some(entity));
            }
            if !live.unlinkable(&copy).unwrap() {
                prop_assert_eq!(after.get(&copy.id), after.get(&all[*place].id));
            }
        }
    }

    /// A record that is added and removed leaves the clusters of the others as they were.
    #[test]
    fn adding_and_removing(seed in 0_u64..1000) {
        let all = people(140, seed);
        let mut live = live(&all[..120]);
        let before = numbered(&live);
        for record in &all[120..] {
            live.add(record.clone()).unwrap();
        }
        for record in &all[120..] {
            let now = numbered(&live);
            let change = live.remove(&record.id).unwrap();
            is_sound(&live);
            leads(&now, &change, &numbered(&live));
        }
        prop_assert_eq!(numbered(&live), before);
    }
}
