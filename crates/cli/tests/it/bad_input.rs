//! What is wrong is told with file, place and remedy and the right exit code, and nothing that was there is lost.

use std::{path::Path, process::Command};

use serde_json::Value;

use crate::home::{Home, Ran, binary, field};

const MAPPING: &str = r#"people:
  queries:
    - csv: people.csv
      entities:
        person:
          schema: Person
          id_template: "p-{{id}}"
          properties:
            name: {column: name}
            birthDate: {column: born}
"#;

const PEOPLE: &str = "id,name,born\n1,Ann Lee,1980-02-03\n2,Bob Ray,1975\n";

const IMPORT: [&str; 4] = ["import", "people.csv", "--mapping", "mapping.yml"];

/// A home that holds two people.
fn peopled() -> Home {
    let home = Home::make();
    home.write("mapping.yml", MAPPING);
    home.write("people.csv", PEOPLE);
    assert_eq!(home.answer("analyst", &IMPORT)["entities"], 2);
    home
}

/// The run ends with this code and says all of this.
fn check(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    for word in words {
        assert!(ran.err.contains(word), "`{word}` is not in: {}", ran.err);
    }
}

/// The home answers as before, and its ledger holds.
fn check_unharmed(home: &Home, people: u64) {
    assert_eq!(home.answer("analyst", &["search", "*"])["total"], people);
    home.verified(&[]);
}

/// The only reject of an import that went well otherwise: its line, column, reason and value.
fn only_reject(home: &Home, imported: &Value) -> (String, String, String) {
    assert_eq!(imported["rejected"], 1, "{imported}");
    let path = home.folder().join(imported["rejects_file"].as_str().unwrap());
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("file,line,column,reason,value"));
    let mut cells = lines.next().unwrap().splitn(4, ',');
    let mut cell = || cells.next().unwrap().to_owned();
    let file = cell();
    assert!(file == "people.csv" || file == "people.ijson", "{text}");
    (cell(), cell(), cell())
}

#[test]
fn a_binary_file_as_a_table() {
    let home = peopled();
    home.write("people.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0");
    check(&home.run("analyst", &IMPORT), 2, &["`people.csv`", "holds bytes that no text has", "give a delimited text file"]);
    check_unharmed(&home, 2);
}

#[test]
fn a_mapping_that_names_a_missing_column() {
    let home = peopled();
    home.write("mapping.yml", MAPPING.replace("column: born", "column: birthday"));
    let ran = home.run("analyst", &IMPORT);
    check(&ran, 2, &["mapping `mapping.yml`", "query 1, entity `person`, property `birthDate`", "no column `birthday`", "id, name, born"]);
    check_unharmed(&home, 2);
}

#[test]
fn a_mapping_that_is_no_yaml() {
    let home = peopled();
    home.write("mapping.yml", "people:\n  queries: [\n");
    check(&home.run("analyst", &IMPORT), 2, &["mapping `mapping.yml`", "line "]);
    check_unharmed(&home, 2);
}

#[test]
fn a_cell_of_ten_million_characters() {
    let home = peopled();
    home.write("people.csv", format!("{PEOPLE}3,\"{}\",1990\n4,Cy Orr,1991\n", "x".repeat(10_000_000)));
    let imported = home.answer("analyst", &IMPORT);
    let (line, column, reason) = only_reject(&home, &imported);
    assert_eq!((line.as_str(), column.as_str()), ("4", "name"));
    assert!(reason.contains("10000000 characters"), "{reason}");
    // Only the name was refused: the rest of row 3 and row 4 came in.
    check_unharmed(&home, 4);
}

#[test]
fn a_truncated_line_of_json() {
    let home = peopled();
    let whole = r#"{"id": "p-3", "schema": "Person", "properties": {"name": ["Cy Orr"]}}"#;
    home.write("people.ijson", format!("{whole}\n{}", whole.replace("p-3", "p-4").get(..40).unwrap()));
    let imported = home.answer("analyst", &["import", "people.ijson"]);
    let (line, column, reason) = only_reject(&home, &imported);
    assert_eq!((line.as_str(), column.as_str()), ("2", ""));
    assert!(reason.contains("the line is cut short"), "{reason}");
    check_unharmed(&home, 3);
}

#[test]
fn a_wrong_date() {
    let home = peopled();
    home.write("people.csv", format!("{PEOPLE}3,Cy Orr,1990-02-30\n"));
    let imported = home.answer("analyst", &IMPORT);
    let (line, column, reason) = only_reject(&home, &imported);
    assert_eq!((line.as_str(), column.as_str()), ("4", "born"));
    assert!(reason.contains("`1990-02-30` does not exist") && reason.contains("correct it"), "{reason}");
    check_unharmed(&home, 3);
}

#[test]
fn a_file_that_is_not_there() {
    let home = peopled();
    check(&home.run("analyst", &["import", "nothing.ijson"]), 2, &["`nothing.ijson`", "check that it exists"]);
    check_unharmed(&home, 2);
}

#[test]
fn an_unknown_purpose_a_stranger_and_nobody() {
    let home = peopled();
    let ask = |words: &[&str]| Ran::of(&binary().current_dir(home.folder()).args(["--home", "home", "search", "lee"]).args(words).output().unwrap());
    check(&ask(&["--as", "analyst", "--purpose", "curiosity"]), 3, &["no purpose `curiosity`", "state `demo`"]);
    check(&ask(&["--as", "analyst"]), 3, &["needs a purpose and none is stated", "state `demo`"]);
    check(&ask(&["--as", "zoe", "--purpose", "demo"]), 3, &["nobody here is called `zoe`", "analyst, reviewer"]);
    check(&ask(&["--purpose", "demo"]), 3, &["nobody asks", "give `--as ACTOR`"]);
    // Each was recorded before it was told.
    let refused: Vec<Value> = home.journal().into_iter().filter(|entry| field(entry, "outcome") == "refused").collect();
    let actors: Vec<&str> = refused.iter().map(|entry| field(entry, "actor")).collect();
    assert_eq!(actors, ["analyst", "analyst", "unknown, calling themselves `zoe`", "nobody"]);
    check_unharmed(&home, 2);
}

#[test]
fn a_second_process_on_the_same_home() {
    let home = peopled();
    let mut first = home
        .command("analyst")
        .args(["--json", "serve", "--port", "0"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(first.stdout.as_mut().unwrap()), &mut line).unwrap();
    let second = home.run("analyst", &["search", "lee"]);
    let holder = first.id().to_string();
    first.kill().unwrap();
    first.wait().unwrap();
    check(&second, 1, &["`home` is in use by process", &holder, "stop it"]);
    check_unharmed(&home, 2);
}

#[test]
fn a_home_that_is_none_or_one_already() {
    let home = peopled();
    std::fs::create_dir(home.folder().join("empty")).unwrap();
    let at = |path: &str, command: &[&str]| Ran::of(&binary().current_dir(home.folder()).args(["--home", path]).args(command).output().unwrap());
    check(&at("empty", &["search", "lee"]), 2, &["`empty` is no home", "candour init --home empty"]);
    check(&at("home", &["init"]), 2, &["`home` is a home already", "choose another folder"]);
    check_unharmed(&home, 2);
}

/// Whether the tests run as root, for whom no file is read-only.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// Sets the modes of everything under a path.
fn set_modes(path: &Path, file: u32, folder: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = if path.is_dir() { folder } else { file };
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    if path.is_dir() {
        std::fs::read_dir(path).unwrap().for_each(|entry| set_modes(&entry.unwrap().path(), file, folder));
    }
}

#[test]
fn a_home_that_cannot_be_written() {
    use std::os::unix::process::CommandExt as _;
    let home = peopled();
    let program = home.folder().join("candour");
    std::fs::copy(crate::home::program(), &program).unwrap();
    set_modes(home.folder(), 0o444, 0o555);
    set_modes(&program, 0o555, 0o555);
    let mut command = Command::new(&program);
    command.current_dir(home.folder()).args(["--home", "home", "--as", "analyst", "--purpose", "demo", "search", "lee"]);
    if is_root() {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output();
    set_modes(home.folder(), 0o644, 0o755);
    let ran = match output {
        Ok(output) => Ran::of(&output),
        Err(error) => return println!("skipped: nobody else can be made to run the program here: {error}"),
    };
    check(&ran, 1, &["`home` cannot be written", "a read-only home answers nothing", "check owner and mount"]);
    assert_eq!(ran.out, "");
    check_unharmed(&home, 2);
}
