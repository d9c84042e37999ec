//! `names` and `screen` from outside: what they write, and what they say of files that are not right.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::home::{Ran, binary, repository};

/// Runs the program in a folder that holds these files.
fn run(files: &[(&str, &[u8])], args: &[&str]) -> (Ran, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let mut command: Command = binary();
    let ran = Ran::of(&command.args(args).current_dir(folder.path()).output().unwrap());
    (ran, folder)
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

const PAIRS: &[u8] = "name1,name2,schema,note\n\"Brandt, Ottilie\",Ottilie Brandt,Person,\"a, b\"\nQuay Ltd,Mole Ltd,Company,\n".as_bytes();
const LIST: &[u8] = b"{\"id\":\"w1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ottilie Brandt\"],\"birthDate\":[\"1971\"]}}\n";

#[test]
fn pairs_are_scored() {
    let (ran, folder) = run(&[("p.csv", PAIRS)], &["names", "p.csv", "--out", "o.csv", "--explain", "w.jsonl", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let result: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&result["pairs"], &result["matches"], &result["threshold"]), (&2.into(), &1.into(), &0.7.into()));
    let written = read(&folder, "o.csv");
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines[0], "name1,name2,schema,note,score,match");
    assert_eq!(lines[1], "\"Brandt, Ottilie\",Ottilie Brandt,Person,\"a, b\",1.0000,true");
    assert!(lines[2].starts_with("Quay Ltd,Mole Ltd,Company,,0.") && lines[2].ends_with(",false"), "{written}");
    let why = read(&folder, "w.jsonl");
    let why: Vec<Value> = why.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((why.len(), &why[0]["score"], &why[1]["matches"]), (2, &1.0.into(), &false.into()));
    assert!(!folder.path().join("o.csv.part").exists());
}

#[test]
fn names_are_screened() {
    let names = "name,birth_date\nOttilje Brandt,\nOttilie Brandt,1950\nNight Watch,\n";
    let (ran, folder) = run(&[("l.ijson", LIST), ("n.csv", names.as_bytes())], &["screen", "l.ijson", "--names", "n.csv", "--out", "o.csv"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let written = read(&folder, "o.csv");
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines[0], "name,birth_date,entity_id,list_name,score,match");
    assert!(lines[1].starts_with("Ottilje Brandt,,w1,Ottilie Brandt,0."), "{written}");
    assert_eq!(lines[2], "Ottilie Brandt,1950,w1,Ottilie Brandt,0.7500,true");
    assert_eq!(lines[3], "Night Watch,,,,,false");
    let list = "name;aliases\nOttilie Brandt;Tilly Brandt\n".replace(';', ",");
    let (ran, folder) = run(&[("l.csv", list.as_bytes()), ("n.csv", b"name\nTILLY BRANDT\n")], &["screen", "l.csv", "--names", "n.csv", "--out", "o.csv"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(read(&folder, "o.csv").contains("row 2,Tilly Brandt,1.0000,true"));
}

#[test]
fn what_is_wrong_is_told() {
    let check = |files: &[(&str, &[u8])], args: &[&str], words: &[&str]| {
        let (ran, folder) = run(files, args);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        for word in words {
            assert!(ran.err.contains(word), "`{word}` is not in: {}", ran.err);
        }
        assert!(!folder.path().join("o.csv").exists());
    };
    let names = ["names", "p.csv", "--out", "o.csv"];
    check(&[], &names, &["`p.csv`", "check that it exists"]);
    check(&[("p.csv", b"")], &names, &["`p.csv`", "is empty"]);
    check(&[("p.csv", b"name1,name2\n")], &names, &["has a header and no rows"]);
    check(&[("p.csv", b"name1,other\na,b\n")], &names, &["row 1 has no column `name2`, but `name1`, `other`", "rename"]);
    check(&[("p.csv", b"name1,name2,score\na,b,c\n")], &names, &["a column `score` already"]);
    check(&[("p.csv", b"name1,name2\na,b\nc,\xff\n")], &names, &["`p.csv`: row 3 (line 3): is not UTF-8", "convert"]);
    check(&[("p.csv", b"name1,name2\na,b,c\n")], &names, &["row 2 (line 2): has 3 columns where the header has 2"]);
    check(&[("p.csv", PAIRS)], &["names", "p.csv", "--out", "none/o.csv"], &["none/o.csv.part", "choose a folder"]);
    check(&[("p.csv", PAIRS)], &["names", "p.csv", "--out", "p.csv"], &["`p.csv`: is read from"]);
    let screen = ["screen", "l", "--names", "n.csv", "--out", "o.csv"];
    check(&[("l", LIST), ("n.csv", b"who\na\n")], &screen, &["`n.csv`: row 1 has no column `name`"]);
    check(&[("l", b"{\"id\":\"w1\"}\n"), ("n.csv", b"name\na\n")], &screen, &["`l`: names nobody"]);
    check(&[("l", b"{\"id\":\"w1\",\n"), ("n.csv", b"name\na\n")], &screen, &["`l`: line 1: no JSON", "a line of its own"]);
    check(&[("l", b"{\"schema\":\"Person\"}\n"), ("n.csv", b"name\na\n")], &screen, &["`l`: line 1: no `id`"]);
    check(&[("n.csv", b"name\na\n")], &screen, &["`l`", "check that it exists"]);
}

#[test]
fn labelled_pairs_score_as_measured() {
    let shared = repository().join("../shared/data/names/cases-dev.csv");
    if !Path::new(&shared).exists() {
        println!("skipped: the labelled pairs are not here");
        return;
    }
    let (ran, folder) = run(&[], &["names", shared.to_str().unwrap(), "--out", "o.csv", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let written = read(&folder, "o.csv");
    // No cell of this file that is looked at holds a separator or quotation mark behind the label.
    let (mut hit, mut said, mut labelled) = (0.0, 0.0, 0.0);
    for line in written.lines().skip(1) {
        let (label, found) = (line.contains(",true,") && !line.contains(",false,"), line.ends_with(",true"));
        hit += f64::from(u8::from(label && found));
        said += f64::from(u8::from(found));
        labelled += f64::from(u8::from(label));
    }
    let f1 = 2.0 * hit / (said + labelled);
    assert!(f1 >= 0.88, "F1 {f1}");
}
