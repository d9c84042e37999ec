//! `--json`: what programs may rely on, command by command. Fields may come; these stay.

use serde_json::Value;

use crate::home::{Home, Ran, binary, repository};

const ALED: &str = "2a2dcae55f3862741631d2d0d41ea6b84d5befc3";

/// The answer has every field: `hits[].id` is the `id` of each of the `hits`, of which there must be some.
fn check(answer: &Value, fields: &[&str]) {
    for field in fields {
        let mut held = vec![answer];
        for step in field.split('.') {
            let name = step.trim_end_matches("[]");
            held = held.iter().map(|value| value.get(name).unwrap_or_else(|| panic!("no `{field}` in {answer}"))).collect();
            if step.ends_with("[]") {
                held = held.iter().flat_map(|value| value.as_array().unwrap_or_else(|| panic!("`{field}` is no list in {answer}"))).collect();
                assert!(!held.is_empty(), "`{field}` is empty in {answer}");
            }
        }
    }
}

/// A home with two datasets that speak of the same man.
fn harbour() -> Home {
    let home = Home::make();
    let examples = repository().join("examples");
    let path = |name: &str| examples.join(name).to_str().unwrap().to_owned();
    let imported = home.answer("analyst", &["import", &path("depot"), "--mapping", &path("depot/mapping.yml")]);
    check(&imported, &["files", "entities", "statements", "links", "rejected", "rejects_file", "seconds", "receipt.index"]);
    home.answer("analyst", &["import", &path("harbour/port.ijson"), "--marking", "official"]);
    home
}

#[test]
fn evidence() {
    let home = harbour();
    let analyst = |args: &[&str]| home.answer("analyst", args);
    check(
        &analyst(&["search", "prosser"]),
        &[
            "total",
            "hits[].id",
            "hits[].schema",
            "hits[].caption",
            "hits[].score",
            "hits[].highlights[]",
            "facets.schema[]",
            "facets.dataset[]",
            "receipt.proof",
        ],
    );
    check(
        &analyst(&["entity", ALED]),
        &["id", "schema", "caption", "properties[].values[].statements[]", "statements[].source", "links[].other.id", "receipt.proof"],
    );
    check(&analyst(&["neighbours", ALED, "--depth", "2"]), &["nodes[].id", "edges[].source", "edges[].target", "receipt.proof"]);
    let path = analyst(&["path", ALED, "port-2", "--all", "--max", "6"]);
    check(&path, &["length", "paths[]", "receipt.proof"]);
    for found in path["paths"].as_array().unwrap() {
        // Node, link, node and so on: one link fewer than nodes.
        assert_eq!(u64::try_from(found.as_array().unwrap().len()).unwrap(), path["length"].as_u64().unwrap() * 2 + 1, "{path}");
    }
    check(&analyst(&["timeline", ALED]), &["events[].date", "events[].caption", "receipt.proof"]);
    check(
        &analyst(&["explain", ALED, "port-1"]),
        &["probability", "weight", "prior", "features[].name", "features[].left", "features[].right", "features[].level", "features[].weight"],
    );
    check(&analyst(&["resolve"]), &["records", "comparisons", "pairs", "clusters", "queued", "seconds", "receipt.proof"]);
    let reviewer = |args: &[&str]| home.answer("reviewer", args);
    check(&reviewer(&["judge", ALED, "port-1", "same", "--why", "one telephone"]), &["a", "b", "verdict", "receipt.proof"]);
    check(&reviewer(&["split", "port-1"]), &["id", "from[]", "receipt.proof"]);
    let exported = home.answer("supervisor", &["export", "--format", "ftm", "--to", "the court", "--query", "prosser", "--out", "out.ijson"]);
    check(&exported, &["format", "entities", "bytes", "receipt.proof"]);
    assert_eq!(exported["bytes"].as_u64(), Some(std::fs::metadata(home.folder().join("out.ijson")).unwrap().len()));
}

#[test]
fn watching() {
    let home = harbour();
    let overseer = |args: &[&str]| home.answer("overseer", args);
    check(&overseer(&["ledger", "status"]), &["origin", "size", "root", "checkpoint", "log_key"]);
    check(&overseer(&["ledger", "prove", "0"]), &["proof"]);
    check(&overseer(&["ledger", "publish", "log"]), &["size", "log_key"]);
    check(&overseer(&["journal", "--first", "0", "--limit", "3"]), &["size", "entries[].index", "entries[].fields[]"]);
    check(&overseer(&["charter", "show"]), &["organisation", "hash", "purposes[].id", "roles[].id", "markings[]", "matrix"]);
    check(&home.verified(&[]), &["ok", "size", "root", "checked", "problems"]);
    check(&home.answer("nobody", &["charter", "check"]), &["ok", "hash", "purposes", "roles", "markings"]);
}

#[test]
fn without_a_home() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| Ran::of(&binary().current_dir(folder.path()).arg("--json").args(args).output().unwrap());
    let made: Value = serde_json::from_str(&run(&["--home", "home", "init", "--org", "Harbourton"]).out).unwrap();
    check(&made, &["home", "log_key", "roles[]"]);
    let example = |name: &str| repository().join("examples/harbour").join(name).to_str().unwrap().to_owned();
    let lines = |ran: &Ran| ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    let mentions = lines(&run(&["extract", &example("note.txt")]));
    assert!(!mentions.is_empty());
    mentions.iter().for_each(|mention| check(mention, &["doc", "start", "end", "type", "text", "value", "confidence", "by"]));
    let screened = lines(&run(&["gate", "screen", &example("releases.jsonl")]));
    let (summary, processes) = screened.split_last().unwrap();
    check(summary, &["summary.screened", "summary.flagged", "summary.rules"]);
    assert_eq!(processes.len(), 3);
    processes.iter().for_each(|process| check(process, &["ocid", "flags"]));
    check(&processes[1], &["flags[].rule", "flags[].severity", "flags[].hook", "flags[].evidence[]", "flags[].text"]);
}

#[test]
fn a_failure_is_json_too() {
    let home = Home::make();
    for (actor, args, code, kind) in
        [("analyst", ["entity", "nothing"], 1, "failed"), ("analyst", ["import", "nothing"], 2, "usage"), ("administrator", ["search", "lee"], 3, "refused")]
    {
        let ran = Ran::of(&home.command(actor).arg("--json").args(args).output().unwrap());
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((ran.code, told["error"]["kind"].as_str()), (Some(code), Some(kind)), "{ran:?}");
        check(&told, &["error.message", "error.receipt_index"]);
        assert!(ran.err.contains(told["error"]["message"].as_str().unwrap()), "{ran:?}");
    }
}
