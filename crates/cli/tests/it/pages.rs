//! Pages that run: the console blocks of the guide, and the transcripts under `tests/cmd`.
//!
//! Each page runs in an empty folder of its own that holds the repository's `examples`, block after block.
//! `TRYCMD=overwrite` writes what the program prints today into the pages.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::home::{program, repository};

#[test]
fn the_guide() {
    // What every page asks its reader to set.
    let settings = [("CANDOUR_HOME", "home"), ("CANDOUR_AS", "analyst"), ("CANDOUR_PURPOSE", "demo")];
    check(&repository().join("docs/guide"), "md", &settings);
}

#[test]
fn transcripts() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd"), "trycmd", &[]);
}

fn check(folder: &Path, extension: &str, settings: &[(&str, &str)]) {
    let set = std::env::vars().map(|(name, _)| name).find(|name| name.starts_with("CANDOUR_") && !name.starts_with("CANDOUR_TEST_"));
    assert_eq!(set, None, "the pages would run with this setting of yours; unset it");
    let stage = tempfile::tempdir().unwrap();
    let pages = pages(folder, extension);
    assert!(!pages.is_empty(), "no pages in `{}`", folder.display());
    let mut texts = Vec::new();
    for page in &pages {
        let staged = stage.path().join(page.file_name().unwrap());
        let text = fs::read_to_string(page).unwrap();
        check_commands(page, &text);
        fs::write(&staged, &text).unwrap();
        texts.push(text);
        // Where a page stands beside folders of these names, it runs in a copy of the first.
        copy(&repository().join("examples"), &staged.with_extension("in").join("examples"));
        fs::create_dir(staged.with_extension("out")).unwrap();
    }
    let cases = trycmd::TestCases::new();
    cases.register_bin("candour", program());
    cases.env("COLUMNS", "100");
    for (name, value) in settings {
        cases.env(*name, *value);
    }
    cases.case(stage.path().join(format!("*.{extension}"))).run();
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        for (page, before) in pages.iter().zip(&texts) {
            let after = fs::read_to_string(stage.path().join(page.file_name().unwrap())).unwrap();
            if after != *before {
                fs::write(page, after).unwrap();
            }
        }
    }
}

fn pages(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    pages.sort();
    pages
}

/// A command of another program would be passed over in silence, and a block of no language taken for commands.
fn check_commands(page: &Path, text: &str) {
    let mut language: Option<&str> = None;
    for (line, number) in text.lines().zip(1..) {
        let place = format!("{}:{number}", page.display());
        if let Some(info) = line.strip_prefix("```") {
            if language.is_none() {
                assert!(!info.is_empty(), "{place}: the block names no language; write `text`, `sh` or `console`");
            }
            language = if language.is_none() { Some(info) } else { None };
        } else if language == Some("console")
            && let Some(command) = line.strip_prefix("$ ")
        {
            let program = command.split(' ').find(|word| !word.contains('='));
            assert_eq!(program, Some("candour"), "{place}: only `candour` runs here");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
