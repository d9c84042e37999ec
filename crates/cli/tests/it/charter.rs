//! The charter by command: what is wrong with one, and how the next comes into force.

use std::fs;

use serde_json::Value;

use crate::home::{Home, Ran, binary, field};

/// Changes the draft in a home's folder.
fn edit(home: &Home, file: &str, change: impl Fn(&str) -> String) {
    let path = home.folder().join("home/charter").join(file);
    let (before, text) = fs::read_to_string(&path).map(|text| (change(&text), text)).unwrap();
    assert_ne!(before, text, "nothing was changed in {file}");
    fs::write(path, before).unwrap();
}

/// Makes the draft the next version after the one in force.
fn next_version(home: &Home) {
    let hash = home.answer("analyst", &["charter", "show"])["hash"].as_str().unwrap().to_owned();
    edit(home, "charter.toml", |text| text.replace("version = 1\n", &format!("version = 2\nprevious = \"{hash}\"\n")));
}

#[test]
fn check_prints_what_it_finds_with_its_place() {
    let home = Home::make();
    let checked = home.answer("nobody", &["charter", "check", "home/charter"]);
    assert_eq!(checked["ok"], true);
    let findings = checked["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["severity"] == "note"), "{findings:?}");
    assert!(findings.iter().any(|finding| finding["file"] == "charter.toml" && finding["line"].as_u64() > Some(1)), "{findings:?}");

    let dead =
        "\n@id(\"never\")\npermit (principal in Role::\"overseer\", action == Action::\"search\", resource) when { context.purpose == Purpose::\"demo\" };\n";
    let useless = "\n@id(\"empty\")\npermit (principal, action == Action::\"search\", resource) when { principal.clearance > 4 };\n";
    for (added, code, severity, id) in [(dead, Some(0), "warning", "never"), (useless, Some(2), "error", "empty")] {
        let home = Home::make();
        edit(&home, "policies/analysis.cedar", |text| format!("{text}{added}"));
        let ran = home.run("nobody", &["charter", "check", "home/charter"]);
        assert_eq!(ran.code, code, "{ran:?}");
        let line = ran.out.lines().find(|line| line.contains(&format!("`{id}`"))).unwrap_or_else(|| panic!("{ran:?}"));
        assert!(line.starts_with(&format!("{severity}: policies/analysis.cedar:")), "{line}");
        let ran = home.run("nobody", &["--json", "charter", "check", "home/charter"]);
        let checked: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((ran.code, checked["ok"].as_bool()), (code, Some(code == Some(0))), "{ran:?}");
        let found = checked["findings"].as_array().unwrap().iter().find(|finding| finding["severity"] == severity).unwrap();
        assert_eq!(found["file"], "policies/analysis.cedar");
    }
}

#[test]
fn what_does_not_load_is_named_with_file_and_line() {
    let home = Home::make();
    edit(&home, "policies/analysis.cedar", |text| text.replacen("Role::\"analyst\"", "Role::\"analist\"", 1));
    let ran = home.run("nobody", &["charter", "check", "home/charter"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("policies/analysis.cedar:") && ran.err.contains("`Role::\"analist\"` is not declared"), "{}", ran.err);
}

#[test]
fn the_next_version_comes_into_force_once_it_is_signed() {
    let home = Home::make();
    let adopt = || home.run("administrator", &["charter", "adopt"]);
    let minutes = || fs::read_to_string(home.folder().join("home/charter/charter.toml")).unwrap().contains("break_glass_minutes = 30");
    next_version(&home);
    edit(&home, "charter.toml", |text| text.replace("break_glass_minutes = 60", "break_glass_minutes = 30"));
    assert!(minutes());
    let unsigned = adopt();
    assert_eq!(unsigned.code, Some(3), "{unsigned:?}");
    let pending = home.answer("analyst", &["charter", "diff"]);
    assert!(pending["obstacle"].as_str().unwrap().contains("charter sign"), "{pending}");
    assert!(pending["changes"].as_array().unwrap().iter().any(|change| change == "`break_glass_minutes` becomes 30 (was 60)"), "{pending}");

    // A stranger's signature counts for nothing.
    let made = home.run("nobody", &["key", "make", "--name", "council.example/stranger", "--out", "stranger.key"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let signed = home.answer("nobody", &["charter", "sign", "home/charter", "--key", "stranger.key"]);
    assert_eq!((signed["signers"].as_array().unwrap().len(), signed["needed"].as_u64()), (0, Some(1)));
    assert_eq!(adopt().code, Some(3));
    let signed = home.answer("nobody", &["charter", "sign", "home/charter", "--key", "home/keys/authority-1.key"]);
    assert_eq!(signed["signers"].as_array().unwrap().len(), 1);
    assert_eq!(home.run("analyst", &["charter", "adopt"]).code, Some(3), "an analyst hands in no charter");
    let adopted = home.answer("administrator", &["charter", "adopt"]);
    assert_eq!(adopted["version"], 2);
    let entries = home.journal();
    let entry = entries.iter().rfind(|entry| field(entry, "action") == "charter_adopt").unwrap();
    assert!(field(entry, "outcome").contains("version 2 is in force"), "{entry}");
    assert_eq!(adopt().code, Some(3), "what is in force is not adopted again");
    assert_eq!(home.answer("analyst", &["charter", "show"])["version"], 2);
}

#[test]
fn in_a_production_home_two_of_three_must_sign() {
    let folder = tempfile::tempdir().unwrap();
    let run = |token: &str, args: &[&str]| {
        let mut command = binary();
        if !token.is_empty() {
            command.env("CANDOUR_TOKEN", token);
        }
        Ran::of(&command.current_dir(&folder).args(["--home", "home", "--json"]).args(args).output().unwrap())
    };
    let json = |ran: &Ran| -> Value { serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}")) };
    let made = json(&run("", &["init", "--production"]));
    let token = |person: &str| made["tokens"][person].as_str().unwrap().to_owned();
    let (supervisor, overseer) = (token("supervisor"), token("overseer"));
    let draft = ["mandate", "draft", "w", "--for", "protect-vulnerable-people", "--group", "analyst", "--class", "health", "--grounds", "checks"];
    assert_eq!(run(&supervisor, &draft).code, Some(0));
    let analyst = token("analyst");
    let keys: Vec<&str> = made["authority_keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    assert_eq!(keys, ["home/keys/authority-1.key", "home/keys/authority-2.key", "home/keys/authority-3.key"]);
    let look = ["--purpose", "protect-vulnerable-people", "--case", "7", "--reason", "asked", "--mandate", "w", "search", "*"];
    let sign = |key: u8| run(&overseer, &["mandate", "sign", "w", "--key", &format!("home/keys/authority-{key}.key")]);
    for (key, signers, code) in [(1, 1, Some(3)), (2, 2, Some(0))] {
        let signed = json(&sign(key));
        let mandate = &signed["mandate"];
        assert_eq!((mandate["signers"].as_array().unwrap().len(), mandate["needed"].as_u64()), (signers, Some(2)), "{signed}");
        assert_eq!(sign(key).code, Some(2), "the same key again adds nothing");
        assert_eq!(run(&analyst, &look).code, code, "{signers} of 2");
    }
}
