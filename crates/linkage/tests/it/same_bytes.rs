//! The same records give the same bytes.

use std::path::Path;

use candour_linkage::Sides;
use proptest::prelude::*;

use crate::material::{Folder, SPEC, csv, files, people, run};

fn results(text: &str) -> Vec<(String, String)> {
    let folder = Folder::new();
    let out = folder.path("out");
    run(SPEC, Sides::One(folder.put("people.csv", text)), &out).unwrap();
    let files = files(&out);
    assert_eq!(files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["clusters.csv", "model.json", "pairs.csv", "report.html"]);
    files
}

/// Compares without printing whole files.
fn same(left: &[(String, String)], right: &[(String, String)]) {
    for ((name, a), (_, b)) in left.iter().zip(right) {
        let differing = a.lines().zip(b.lines()).find(|(a, b)| a != b);
        assert!(a == b, "{name} differs, first at {differing:?}");
    }
}

#[test]
fn run_twice() {
    let text = csv(&people(600));
    let first = results(&text);
    assert!(first.iter().any(|(name, text)| name == "pairs.csv" && text.lines().count() > 150), "there are pairs");
    let pairs = first.iter().find(|(name, _)| name == "pairs.csv").map(|(_, text)| text).unwrap();
    assert!(pairs.lines().skip(1).all(|line| line.split(',').next() < line.split(',').nth(1)), "the lower id comes first");
    same(&first, &results(&text));
}

#[test]
fn columns_in_another_order() {
    let rows = people(300);
    let mut other = "town,surname,unused,dob,id,forename\n".to_owned();
    for [id, forename, surname, dob, town] in &rows {
        other.push_str(&format!("{town},{surname},,{dob},{id},{forename}\n"));
    }
    same(&results(&csv(&rows)), &results(&other));
}

#[test]
fn one_thread_or_two() {
    let example = std::env::current_exe().unwrap();
    let folder = Folder::new();
    let (spec, file) = (folder.put("spec.yml", SPEC), folder.put("people.csv", csv(&people(2000))));
    let with = |threads: &str| {
        let out = folder.path(threads);
        // This test again in a process of its own: the number of threads is settled once in each.
        let ran = std::process::Command::new(&example)
            .args(["--exact", "same_bytes::in_a_process_of_its_own", "--nocapture"])
            .env("RAYON_NUM_THREADS", threads)
            .env("CANDOUR_TEST_FILES", format!("{}\n{}\n{}", spec.display(), file.display(), out.display()))
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        files(&out)
    };
    same(&with("1"), &with("3"));
}

#[test]
fn in_a_process_of_its_own() {
    let Ok(files) = std::env::var("CANDOUR_TEST_FILES") else { return };
    let [spec, file, out] = files.lines().collect::<Vec<_>>().try_into().unwrap();
    run(&std::fs::read_to_string(spec).unwrap(), Sides::One(file.into()), Path::new(out)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn rows_in_another_order(rows in Just(people(200)).prop_shuffle()) {
        same(&results(&csv(&people(200))), &results(&csv(&rows)));
    }
}
