//! Streams: what is in them, what is broken in them, and real notices.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test stops where it fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use candour_gate::{Screened, Sheet, Summary, screen};
use proptest::prelude::*;

fn run(bytes: &[u8]) -> (Vec<Screened>, Summary) {
    let mut all = Vec::new();
    let summary = screen(bytes, &Sheet::builtin().expect("the shipped texts"), |one| all.push(one.clone())).expect("memory does not fail");
    (all, summary)
}

#[test]
fn releases_records_and_packages_are_screened_one_by_one() {
    let check = |text: &str, ocids: &[&str], problems: &[u64]| {
        let (all, summary) = run(text.as_bytes());
        assert_eq!(all.iter().map(|one| one.ocid.as_str()).collect::<Vec<_>>(), ocids, "{text}");
        assert_eq!(summary.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), problems, "{text}: {:?}", summary.problems);
        assert_eq!(summary.screened, u64::try_from(ocids.len()).expect("few"));
        let distinct: BTreeSet<_> = ocids.iter().collect();
        assert_eq!(summary.processes, u64::try_from(distinct.len()).expect("few"));
    };
    check("", &[], &[]);
    check("{\"ocid\": \"a\"}\n{\"ocid\": \"b\"}\n", &["a", "b"], &[]);
    check("{\"ocid\": \"a\"}\n{\"ocid\": \"a\"}", &["a", "a"], &[]);
    check("{\"releases\": [{\"ocid\": \"a\"}, {\"ocid\": \"b\"}]}", &["a", "b"], &[]);
    check("{\"records\": [{\"ocid\": \"a\", \"compiledRelease\": {}}, {\"compiledRelease\": {\"ocid\": \"b\"}}]}", &["a", "b"], &[]);
    check("[{\"ocid\": \"a\"}, {\"ocid\": \"b\"}]", &["a", "b"], &[]);
    check("{\n  \"ocid\": \"a\"\n}\n{\"ocid\": \"b\"}", &["a", "b"], &[]);
    check("{\"ocid\": \"a\"}\n{\"id\": \"x\"}\n{\"ocid\": \"\"}\nrubbish\n{\"ocid\": \"b\"}", &["a", "b"], &[2, 3, 4]);
    check("{\"ocid\": \"a\", \"tender\": 5}\n{\"ocid\": \"b\", \"awards\": null}", &["b"], &[1]);
    check("{\"ocid\": \"a\", \"awards\": [\n{\"ocid\": \"b\"}\n", &["b"], &[1]);
    check("\u{feff}{\"ocid\": \"a\"}", &["a"], &[]);
}

#[test]
fn ten_thousand_parties_are_no_trouble() {
    let mut text = "{\"ocid\": \"a\", \"parties\": [".to_owned();
    for nth in 0..10_000 {
        write!(text, "{{\"id\": \"p{nth}\"}},").expect("memory");
    }
    text.push_str("{}], \"awards\": [{\"suppliers\": [{\"id\": \"p9999\", \"name\": \"Ox Ltd\"}]}]}");
    let (all, _) = run(text.as_bytes());
    assert!(all.first().is_some_and(|one| one.flags.iter().any(|flag| flag.rule == "supplier-identifier")));
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        run(&bytes);
    }

    #[test]
    fn damaged_releases_never_panic(at in 0_usize..900, byte in any::<u8>(), cut in 0_usize..900) {
        let release = br#"{"ocid":"ocds-1","id":1,"date":"2024-06-01T00:00:00Z","tag":["tender","award"],"parties":[{"id":"p","identifier":{"scheme":"S","id":"1"}}],
"tender":{"procurementMethod":"open","mainProcurementCategory":"goods","value":{"amount":213000,"currency":"GBP"},"numberOfTenderers":1,
"tenderPeriod":{"startDate":"2024-05-01","endDate":"2024-05-09"}},"bids":{"details":[{"status":"valid","tenderers":[{"id":"p"}]}]},
"awards":[{"id":"a","status":"active","date":"2024-06-01","value":{"amount":100,"currency":"GBP"},"suppliers":[{"id":"p"}]}],
"contracts":[{"id":"c","awardID":"a","value":{"amount":200,"currency":"GBP"},"amendments":[{}]}],"relatedProcesses":[]}
{"ocid":"ocds-2"}
"#;
        let mut damaged = release.to_vec();
        if let Some(place) = damaged.get_mut(at) {
            *place = byte;
        }
        damaged.truncate(damaged.len().saturating_sub(cut));
        run(&damaged);
    }
}

/// Real notices beside the repository, if they are there.
fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ocds").join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
    }
    path.exists().then_some(path)
}

/// What a person would read of it.
fn report(all: &[Screened], summary: &Summary) -> String {
    let mut text = format!("{} lines, {} screened, {} processes, {} flagged\n", summary.lines, summary.screened, summary.processes, summary.flagged);
    for (id, count) in &summary.rules {
        writeln!(text, "{id}: applied {}, flags {}, untested {}", count.applied, count.flags, count.untested).expect("memory");
        for (field, times) in &count.missing {
            writeln!(text, "  missing {field}: {times}").expect("memory");
        }
    }
    for one in all {
        for flag in &one.flags {
            writeln!(text, "{} {} {:?} {:?}: {}", one.ocid, flag.code, flag.severity, flag.sure, flag.text).expect("memory");
        }
    }
    text
}

#[test]
fn scottish_and_welsh_notices_are_read_whole() {
    let Some(path) = shared("uk-dev.jsonl") else { return };
    let (all, summary) = run(&fs::read(path).expect("the notices"));
    assert_eq!((summary.lines, summary.screened, summary.processes), (180, 180, 180));
    assert_eq!(summary.problems, []);
    insta::assert_snapshot!(report(&all, &summary));
}

#[test]
fn ukrainian_releases_and_records_are_read_whole() {
    let Some(folder) = shared("ukraine") else { return };
    let mut reports = String::new();
    for kind in ["records", "releases"] {
        let mut files: Vec<PathBuf> = fs::read_dir(folder.join(kind)).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        let bytes: Vec<u8> = files.iter().flat_map(|file| fs::read(file).expect("a file").into_iter().chain(*b"\n")).collect();
        let (all, summary) = run(&bytes);
        assert_eq!(summary.problems, []);
        assert_eq!((summary.screened, summary.processes), (11, 11));
        writeln!(reports, "{kind}\n{}", report(&all, &summary)).expect("memory");
    }
    insta::assert_snapshot!(reports);
}

#[test]
fn the_invented_town_s_faults_are_found() {
    let dir = tempfile::tempdir().expect("a folder");
    candour_town::Town::generate(1, &candour_town::Size::default()).write(dir.path()).expect("a town");
    let (all, summary) = run(&fs::read(dir.path().join("contracts/contracts.jsonl")).expect("the contracts"));
    assert_eq!(summary.problems, []);
    let flags: BTreeMap<&str, BTreeSet<&str>> = all.iter().map(|one| (one.ocid.as_str(), one.flags.iter().map(|flag| flag.rule.as_str()).collect())).collect();
    let mut reader = csv::Reader::from_path(dir.path().join("truth-contracts.csv")).expect("the truth");
    let mut seen = BTreeSet::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let (ocid, fault) = (row.get(0).expect("an ocid"), row.get(1).expect("a fault"));
        let rule = match fault {
            "direct award, no rationale" => "direct-award",
            "award without a tender" => "award-without-tender",
            "supplier without identifier" => "supplier-identifier",
            "value just under a threshold" => "just-under",
            "grown by changes" => "contract-grown",
            "single bidder" => "single-bidder",
            "short tender period" => "short-period",
            "" | "direct award, rationale given" => {
                let found = flags.get(ocid).expect("screened");
                assert!(found.iter().all(|rule| *rule == "just-under"), "{ocid} is in order and has {found:?}");
                continue;
            }
            other => panic!("a fault that no rule is for: {other}"),
        };
        seen.insert(rule);
        assert!(flags.get(ocid).is_some_and(|found| found.contains(rule)), "{ocid}, {fault}, has {:?}", flags.get(ocid));
    }
    assert_eq!(seen.len(), 7, "{seen:?}");
}
