//! A published ledger verifies without its home, and one changed byte anywhere in it is found, with its place.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{
    chance::Chance,
    home::{Home, Ran, binary, repository},
};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_changed_byte_is_found() {
    let home = Home::make();
    let port = repository().join("examples/harbour/port.ijson");
    home.answer("analyst", &["import", port.to_str().unwrap()]);
    for number in 0..4 {
        home.answer("analyst", &["--keep-receipt", &format!("receipt-{number}.json"), "search", "harker"]);
    }
    home.verified(&[]);
    let key = std::fs::read_to_string(home.folder().join("home/keys/log.vkey")).unwrap();
    // An outsider has the published files, a key from elsewhere and the receipts that were handed out.
    std::fs::remove_dir_all(home.folder().join("home")).unwrap();
    let verify = |receipt: &str| {
        let mut command = binary();
        command.current_dir(home.folder()).args(["--json", "verify", "log", "--key", key.trim(), "--receipt", receipt]);
        Ran::of(&command.output().unwrap())
    };
    assert_eq!(verify("receipt-0.json").code, Some(0));
    let mut chance = Chance::new();
    let mut targets = files(&home.folder().join("log"));
    assert!(targets.iter().any(|path| path.ends_with("checkpoint")) && targets.len() >= 3, "{targets:?}");
    targets.push(home.folder().join("receipt-1.json"));
    for target in targets {
        let whole = std::fs::read(&target).unwrap();
        let mut changed = whole.clone();
        let place = usize::try_from(chance.below(u64::try_from(whole.len()).unwrap())).unwrap();
        changed[place] ^= 1;
        std::fs::write(&target, &changed).unwrap();
        let ran = verify("receipt-1.json");
        std::fs::write(&target, &whole).unwrap();
        assert_eq!(ran.code, Some(4), "byte {place} of {}: {ran:?}", target.display());
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(told["ok"], false);
        let name = target.strip_prefix(home.folder().join("log")).unwrap_or(target.file_name().unwrap().as_ref()).display().to_string();
        // Entries and their tile contradict each other whichever of the two was changed; both are named.
        assert!(told["problems"].as_array().unwrap().iter().any(|problem| problem.to_string().contains(&name)), "`{name}` is not in {told}");
    }
    assert_eq!(verify("receipt-1.json").code, Some(0));
}
