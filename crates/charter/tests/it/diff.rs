//! Differences between two charters, in words.

use candour_charter::Charter;

use crate::setting::{changed, key, texts};

/// Changes `file: from => to`, several with ` ;; ` between them, with what the difference says.
fn check(changes: &[&str]) -> String {
    let old = Charter::from_files(&texts()).unwrap();
    let mut report = String::new();
    for change in changes {
        let mut new = texts();
        for part in change.split(" ;; ") {
            let (file, rest) = part.split_once(": ").unwrap();
            let (from, to) = rest.split_once(" => ").unwrap();
            new = changed(&new, file, from, to);
        }
        let new = Charter::from_files(&new).unwrap();
        report += &format!("{}\n", change.replace('\n', "\\n"));
        for line in old.diff(&new) {
            report += &format!("  {line}\n");
        }
    }
    report
}

#[test]
fn nothing_changes_without_a_change() {
    let old = Charter::from_files(&texts()).unwrap();
    assert!(old.diff(&old).is_empty());
}

#[test]
fn rights_are_told_in_words() {
    let report = check(&[
        "policies/analysis.cedar: // The intelligence desk => // The desk of intelligence",
        "policies/analysis.cedar: Action::\"export\", Action::\"search\" => Action::\"search\"",
        "policies/analysis.cedar: principal in Role::\"supervisor\" => principal in Role::\"analyst\"",
        "policies/analysis.cedar: action == Action::\"import\",\n  resource\n) when {\n  context.purpose in [Purpose::\"demo\", => action == Action::\"import\",\n  resource\n) when {\n  context.purpose in [Purpose::\"disclosure\", Purpose::\"demo\",",
        "policies/markings.cedar: resource.classification > principal.clearance => resource.classification > 3",
        "policies/markings.cedar: !principal.compartments.contains(resource.compartment) && => resource.compartment == \"beacon\" &&",
        "policies/markings.cedar: resource.classification == 0 => resource.classification <= 1",
        "policies/oversight.cedar: principal in Role::\"administrator\",\n  action in [ => principal in Role::\"administrator\",\n  action in [Action::\"ledger_publish\", ",
        "policies/oversight.cedar: principal in Role::\"administrator\",\n  action in [Action::\"evidence\", => principal in Role::\"administrator\",\n  action in [",
        "charter.toml: includes = [\"reviewer\"] => includes = [\"analyst\"]",
        "charter.toml: needs_mandate = true => needs_mandate = false",
        "charter.toml: id = \"crime-investigation\"\n => id = \"crime-investigation\"\nneeds_mandate = true\n",
        "charter.toml: special = [\"health\"] => special = [\"belief\"]",
        "charter.toml: data_classes = [\"health\"] => data_classes = [\"belief\", \"health\"]",
        "charter.toml: [[markings]]\nid = \"health\" => [[markings]]\nid = \"secret\"\nclassification = \"secret\"\n\n[[markings]]\nid = \"health\"",
        "schema.cedarschema: // A role of charter.toml => // One role of charter.toml",
    ]);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("rights", report) });
}

#[test]
fn words_and_limits_are_told() {
    let keys = texts().iter().find(|(path, _)| path == "charter.toml").unwrap().1.lines().find(|line| line.starts_with("keys = ")).unwrap().to_owned();
    let swapped = format!("keys = [\"{}\", \"{}\"]", key(2).vkey(), key(4).vkey());
    let report = check(&[
        &format!("charter.toml: {keys} => {swapped}"),
        "charter.toml: threshold = 2 => threshold = 3",
        "charter.toml: max_mandate_days = 92 => max_mandate_days = 31",
        "charter.toml: expires = \"2029-01-01\" => expires = \"2028-06-30\"",
        "charter.toml: organisation = \"Example Constabulary\" => organisation = \"Harbour Police\"",
        "charter.toml: default_marking = \"official\" => default_marking = \"open\"",
        "charter.toml: needs_case = true => needs_case = false",
        "charter.toml: id = \"record-keeping\"\n => id = \"record-keeping\"\nreads_restricted = true\n",
        "charter.toml: label = \"Reviewer\" => label = \"Second reader\"",
        "charter.toml: compartment = \"harbour\" => compartment = \"beacon\"",
        "charter.toml: clear_years = 6 => clear_years = 5",
        "charter.toml: confidence = \"recalled\" => confidence = \"primary\"",
        "charter.toml: break_glass_minutes = 60 => break_glass_minutes = 30 ;; charter.toml: absolute_hours = 10 => absolute_hours = 8",
        "charter.toml: matters = [\"location\"]\n => hook = { kind = \"contract-term\", law = \"clause 1\" }\n",
        "charter.toml: hook = { kind = \"exclusion-ground\", law = \"bribery\" }\n => ",
    ]);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("words", report) });
}
