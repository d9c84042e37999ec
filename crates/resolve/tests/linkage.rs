//! Laws of a linkage: what it must not depend on, and what must add up.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use candour_resolve::{Kind, Linkage, Options, ResolveError, Table, TableBuilder, link};
use proptest::prelude::*;

const COLUMNS: [(&str, Kind); 6] = [
    ("forename", Kind::Forename),
    ("surname", Kind::Surname),
    ("born", Kind::Date),
    ("postcode", Kind::Postcode),
    ("street", Kind::Address),
    ("phone", Kind::Phone),
];
const FORENAMES: [&str; 8] = ["Ottilie", "Bertram", "Margaret", "Peggy", "Anselm", "Ingrid", "Tom", "Thomas"];
const SURNAMES: [&str; 7] = ["Brandt", "Hollis", "Quayle", "Brand", "Fairweather", "Okoro", "Hollis-Okoro"];

/// A record: id and cells, empty where missing.
type Row = (String, [String; 6]);

fn row() -> impl Strategy<Value = [String; 6]> {
    let person = (0..FORENAMES.len(), 0..SURNAMES.len(), 1_u32..6, 0_u32..5);
    (person, prop::collection::vec(0_u8..10, 6)).prop_map(|((forename, surname, day, home), luck)| {
        let cells = [
            FORENAMES[forename].to_owned(),
            SURNAMES[surname].to_owned(),
            format!("19{}0-0{day}-1{day}", 4 + day),
            format!("CA{home} {home}BR"),
            format!("{} Harbour Street", home + 1),
            format!("0770090000{day}"),
        ];
        let mut place = 0;
        cells.map(|cell| {
            place += 1;
            match luck[place - 1] {
                0 => String::new(),
                // A slip of the pen.
                1 if cell.len() > 3 => cell.chars().enumerate().filter(|(at, _)| *at != 2).map(|(_, c)| c).collect(),
                _ => cell,
            }
        })
    })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(row(), 2..60).prop_map(|rows| rows.into_iter().enumerate().map(|(number, cells)| (format!("r{number:03}"), cells)).collect())
}

fn table(rows: &[Row], columns: &[usize]) -> Table {
    let named: Vec<(&str, Kind)> = columns.iter().map(|column| COLUMNS[*column]).collect();
    let mut builder = TableBuilder::new(&named);
    for (id, cells) in rows {
        builder.record(id, 0).unwrap();
        for (place, column) in columns.iter().enumerate() {
            builder.value(place, &cells[*column]);
        }
    }
    builder.build()
}

fn linked(table: &Table) -> Linkage {
    link(table, &Options::default()).unwrap()
}

/// Pairs by ids and bits of their weights, and clusters.
type Told = (Vec<(String, String, u32)>, BTreeSet<BTreeSet<String>>);

/// Pairs and clusters by ids.
fn told(table: &Table, linkage: &Linkage) -> Told {
    let pairs = linkage.pairs.iter().map(|pair| (table.id(pair.a).to_owned(), table.id(pair.b).to_owned(), pair.weight.to_bits())).collect();
    let mut clusters: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (row, cluster) in (0_u32..).zip(&linkage.clusters) {
        clusters.entry(*cluster).or_default().insert(table.id(row).to_owned());
    }
    (pairs, clusters.into_values().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_and_of_columns_changes_nothing(rows in rows(), seed in any::<u64>()) {
        prop_assume!(rows.iter().any(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())));
        let one = table(&rows, &[0, 1, 2, 3, 4, 5]);
        let mut shuffled = rows;
        shuffled.sort_by_key(|(id, _)| id.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)));
        let other = table(&shuffled, &[3, 5, 1, 0, 4, 2]);
        prop_assert_eq!(told(&one, &linked(&one)), told(&other, &linked(&other)));
    }

    #[test]
    fn the_number_of_threads_changes_nothing(rows in rows()) {
        let table = table(&rows, &[0, 1, 2, 3, 4, 5]);
        let with = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| link(&table, &Options::default()).map(|linkage| told(&table, &linkage)));
        prop_assert_eq!(with(1), with(3));
    }

    #[test]
    fn what_is_explained_adds_up_to_the_weight_of_the_pair(rows in rows()) {
        let table = table(&rows, &[0, 1, 2, 3, 4, 5]);
        let Ok(linkage) = link(&table, &Options { floor: 0.000_001, ..Options::default() }) else { return Ok(()) };
        for pair in &linkage.pairs {
            let told = linkage.explain(&table, pair.a, pair.b);
            let sum = told.prior + told.features.iter().map(|feature| feature.weight).sum::<f32>();
            prop_assert!((sum - pair.weight).abs() < 1e-3, "{sum} {} {told:?}", pair.weight);
            prop_assert!((told.probability - pair.probability()).abs() < 1e-4);
        }
    }

    #[test]
    fn clusters_hold_together_by_pairs_above_the_threshold(rows in rows()) {
        let table = table(&rows, &[0, 1, 2, 3, 4, 5]);
        let Ok(linkage) = link(&table, &Options::default()) else { return Ok(()) };
        // Whoever shares a cluster is reached over strong pairs within it.
        let mut reached: Vec<u32> = (0..u32::try_from(table.rows()).unwrap()).collect();
        for _ in 0..table.rows() {
            for pair in linkage.pairs.iter().filter(|pair| pair.probability() >= 0.95 && linkage.clusters[pair.a as usize] == linkage.clusters[pair.b as usize]) {
                let least = reached[pair.a as usize].min(reached[pair.b as usize]);
                reached[pair.a as usize] = least;
                reached[pair.b as usize] = least;
            }
        }
        let firsts: BTreeSet<(u32, u32)> = linkage.clusters.iter().copied().zip(reached).collect();
        let clusters: BTreeSet<u32> = linkage.clusters.iter().copied().collect();
        prop_assert_eq!(firsts.len(), clusters.len());
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let empty = table(&[("a".to_owned(), Default::default()), ("b".to_owned(), Default::default())], &[0, 1]);
    assert_eq!(link(&empty, &Options::default()).unwrap_err(), ResolveError::NothingToCompare);
    assert_eq!(link(&TableBuilder::new(&[]).build(), &Options::default()).unwrap_err(), ResolveError::NothingToCompare);
    let mut twice = TableBuilder::new(&[COLUMNS[0]]);
    twice.record("a", 0).unwrap();
    assert_eq!(twice.record("a", 0), Err(ResolveError::DuplicateId("a".to_owned())));
    let some = table(&[("a".to_owned(), ["Ottilie", "Brandt", "", "", "", ""].map(str::to_owned))], &[0, 1]);
    let rules = Options { rules: vec![vec!["forename".to_owned(), "moon".to_owned()]], ..Options::default() };
    assert!(matches!(link(&some, &rules), Err(ResolveError::UnknownKey { part, .. }) if part == "moon"));
    let threshold = Options { threshold: 1.5, ..Options::default() };
    assert!(matches!(link(&some, &threshold), Err(ResolveError::Thresholds { .. })));
}

#[test]
fn many_records_that_are_all_the_same_are_one_cluster_and_soon_done() {
    let mut builder = TableBuilder::new(&COLUMNS);
    for number in 0..100_000 {
        builder.record(&format!("{number:06}"), 0).unwrap();
        for (place, cell) in ["Ottilie", "Brandt", "1971-03-09", "CA1 1BR", "4 Harbour Street", "07700900001"].iter().enumerate() {
            builder.value(place, cell);
        }
    }
    let table = builder.build();
    let linkage = linked(&table);
    assert_eq!(linkage.report.identical, 99_999);
    assert!(linkage.pairs.len() < 200_000);
}
