//! A disk that fills up: a small one in memory, which only root may mount. Elsewhere the test says that it is skipped.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    home::{Home, Ran, binary},
    material::{IMPORT, write_material},
};

/// A disk of its own, unmounted at the end.
struct Disk(PathBuf);

impl Disk {
    fn mount(path: &Path, options: &str) -> Result<Self, String> {
        std::fs::create_dir_all(path).unwrap();
        mount(&["-t", "tmpfs", "-o", options, "tmpfs"], path).map(|()| Self(path.to_owned()))
    }

    fn enlarge(&self, options: &str) {
        mount(&["-o", &format!("remount,{options}")], &self.0).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn mount(options: &[&str], path: &Path) -> Result<(), String> {
    let output = Command::new("mount").args(options).arg(path).output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Writes until nothing more fits.
fn fill(path: &Path) {
    let mut file = File::create(path).unwrap();
    for size in [1 << 16, 1 << 9, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
}

#[test]
fn a_full_disk() {
    let elsewhere = Home::make();
    write_material(&elsewhere);
    let expected = elsewhere.answer("analyst", &IMPORT);
    let home = Home::make();
    write_material(&home);
    let place = home.folder().join("disk");
    let disk = match Disk::mount(&place, "size=6m") {
        Ok(disk) => disk,
        Err(error) => return println!("skipped: no small disk can be mounted here: {error}"),
    };
    let run = |args: &[&str]| {
        Ran::of(&binary().current_dir(home.folder()).args(["--home", "disk/home", "--as", "analyst", "--purpose", "demo"]).args(args).output().unwrap())
    };
    let check = |ran: &Ran, words: &[&str]| {
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert_eq!(ran.out, "");
        for word in words {
            assert!(ran.err.contains(word), "`{word}` is not in: {}", ran.err);
        }
    };
    let full = ["no space left on the disk that holds `disk/home", "free some space"];
    // Too small even for a new home; with more room the same command makes it.
    fill(&place.join("filler"));
    let ran = run(&["init"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("disk/home"), "{}", ran.err);
    std::fs::remove_file(place.join("filler")).unwrap();
    assert_eq!(run(&["init"]).code, Some(0));
    // An import that does not fit stops, be it in the store or in the index, and keeps what was done.
    check(&run(&IMPORT), &["disk/home", "space"]);
    // No entry in the journal, no answer. Opening the home tidies up after the import that failed, which makes some room; the
    // room that is left to an answer then is taken as well.
    let asked = (0..10).map(|_| {
        fill(&place.join("filler"));
        run(&["ledger", "status"])
    });
    assert!(asked.into_iter().any(|ran| ran.code == Some(1)), "answers went on leaving a disk without room");
    check(&run(&["ledger", "status"]), &full);
    check(&run(&["search", "*"]), &["disk/home", "space"]);
    std::fs::remove_file(place.join("filler")).unwrap();
    disk.enlarge("size=256m");
    let ran = run(&[&["--json"], IMPORT.as_slice()].concat());
    let ended: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let found: serde_json::Value = serde_json::from_str(&run(&["--json", "search", "*", "--limit", "1"]).out).unwrap();
    let wanted = elsewhere.answer("analyst", &["search", "*", "--limit", "1"]);
    assert_eq!((&found["total"], &found["facets"]), (&wanted["total"], &wanted["facets"]));
    assert!(ended["statements"].as_u64().unwrap() <= expected["statements"].as_u64().unwrap());
    let again: serde_json::Value = serde_json::from_str(&run(&[&["--json"], IMPORT.as_slice()].concat()).out).unwrap();
    assert_eq!(again["statements"], 0);
}
