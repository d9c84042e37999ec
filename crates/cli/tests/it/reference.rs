//! The guide's page on commands is what `--help` says, command by command.

use std::fmt::Write as _;

use crate::home::{Ran, binary, repository};

const HEAD: &str = "# Commands

What `candour COMMAND --help` says, for every command. This page is made from the program: a test compares the two and, where
they differ, `CANDOUR_TEST_UPDATE=1 cargo test -p candour-cli reference` writes the page anew.

The options of every command are listed once, under `candour`; the exit codes stand there as well.
";

/// The heading of those options in each help text.
const SHARED: &str = "Options of every command:";

#[test]
fn the_page_on_commands_is_what_help_says() {
    let mut page = HEAD.to_owned();
    describe(&[], &mut page);
    let path = repository().join("docs/guide/commands.md");
    if std::env::var_os("CANDOUR_TEST_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let differing = page.lines().zip(written.lines()).find(|(now, then)| now != then);
    assert!(
        page == written,
        "docs/guide/commands.md is not what `--help` says, first at {differing:?}; CANDOUR_TEST_UPDATE=1 cargo test -p candour-cli reference writes it anew"
    );
}

/// Appends the help of a command and of those below it.
fn describe(command: &[&str], page: &mut String) {
    let ran = Ran::of(&binary().args(command).arg("--help").output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command:?}");
    let name = ["candour"].iter().chain(command).copied().collect::<Vec<_>>().join(" ");
    let text = if command.is_empty() { ran.out.clone() } else { without_shared(&ran.out) };
    let text: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    write!(page, "\n## `{name}`\n\n```text\n{}\n```\n", text.join("\n")).unwrap();
    for below in commands(&ran.out) {
        let path: Vec<&str> = command.iter().copied().chain([below]).collect();
        describe(&path, page);
    }
}

/// The text without the options that every command has.
fn without_shared(text: &str) -> String {
    let sections = text.split("\n\n").collect::<Vec<_>>();
    let mut kept = Vec::new();
    let mut is_shared = false;
    for section in sections {
        // Options that need more than a line are paragraphs of their own, further in than any heading.
        is_shared = section.starts_with(SHARED) || (is_shared && section.starts_with(' '));
        if !is_shared {
            kept.push(section);
        }
    }
    kept.join("\n\n")
}

/// Names of the commands below.
fn commands(text: &str) -> Vec<&str> {
    let list = text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    list.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect()
}
