//! A home in a folder of its own, and the binary run on it.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// Variables that would speak for whoever runs the tests.
const VARIABLES: [&str; 7] = ["CANDOUR_HOME", "CANDOUR_AS", "CANDOUR_TOKEN", "CANDOUR_PURPOSE", "CANDOUR_CASE", "CANDOUR_REASON", "CANDOUR_MANDATE"];

/// The repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// Where the binary lies: the one that was built with the tests, or that of `CANDOUR_TEST_BINARY`, such as a release.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("CANDOUR_TEST_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_candour").into(), PathBuf::from)
}

/// The binary, speaking to nobody's terminal and of nobody's settings.
pub(crate) fn binary() -> Command {
    let mut command = Command::new(program());
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.env("COLUMNS", "100").stdin(Stdio::null());
    command
}

/// What a run left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// A folder with the home `home` in it.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    /// Makes an example home.
    pub(crate) fn make() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        let made = home.run("nobody", &["init", "--org", "Harbourton"]);
        assert_eq!(made.code, Some(0), "{made:?}");
        home
    }

    /// The folder in which commands run.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The binary in this folder, in somebody's name, for the example purpose.
    pub(crate) fn command(&self, actor: &str) -> Command {
        let mut command = binary();
        command.current_dir(self.folder()).args(["--home", "home", "--as", actor, "--purpose", "demo"]);
        command
    }

    /// Runs to the end.
    pub(crate) fn run(&self, actor: &str, args: &[&str]) -> Ran {
        Ran::of(&self.command(actor).args(args).output().unwrap())
    }

    /// Runs to a good end and reads the answer.
    pub(crate) fn answer(&self, actor: &str, args: &[&str]) -> Value {
        let ran = Ran::of(&self.command(actor).arg("--json").args(args).output().unwrap());
        assert_eq!(ran.code, Some(0), "{args:?}: {ran:?}");
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{args:?}: {error} in {}", ran.out))
    }

    /// Publishes the ledger and verifies it as an outsider would. Gives the verifier's answer.
    pub(crate) fn verified(&self, options: &[&str]) -> Value {
        let published = self.answer("overseer", &["ledger", "publish", "log"]);
        let mut command = binary();
        command.current_dir(self.folder()).args(["--json", "verify", "log", "--key", published["log_key"].as_str().unwrap()]);
        let ran = Ran::of(&command.args(options).output().unwrap());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        serde_json::from_str(&ran.out).unwrap()
    }

    /// The whole journal, as a list of entries with `index` and `fields`.
    pub(crate) fn journal(&self) -> Vec<Value> {
        const PAGE: usize = 1000;
        let mut entries: Vec<Value> = Vec::new();
        loop {
            let page = self.answer("overseer", &["journal", "--first", &entries.len().to_string(), "--limit", &PAGE.to_string()]);
            let found = page["entries"].as_array().unwrap();
            entries.extend(found.iter().cloned());
            if found.len() < PAGE {
                return entries;
            }
        }
    }
}

/// A field of a journal entry.
pub(crate) fn field<'e>(entry: &'e Value, name: &str) -> &'e str {
    let fields = entry["fields"].as_array().unwrap();
    fields.iter().find(|field| field[0] == name).and_then(|field| field[1].as_str()).unwrap_or_else(|| panic!("no field `{name}` in {entry}"))
}
