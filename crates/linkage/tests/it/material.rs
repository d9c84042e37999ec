//! Files and specs for the tests.

use std::path::{Path, PathBuf};

use candour_linkage::{Input, LinkageError, Outputs, Sides, Spec, Written, resolve};
use tempfile::TempDir;

/// A spec for [`people`].
pub(crate) const SPEC: &str = "id: id\ncolumns:\n  forename: forename\n  surname: surname\n  dob: date\n  town: city\n";

/// A folder with files in it.
pub(crate) struct Folder {
    dir: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

/// Everything that the command does.
pub(crate) fn run(spec: &str, sides: Sides, out: &Path) -> Result<Written, LinkageError> {
    let spec = Spec::parse(Path::new("spec.yml"), spec)?;
    let outputs = Outputs::open(out, &sides, &spec)?;
    let input = Input::read(&spec, sides)?;
    let linkage = resolve(&spec, &input)?;
    outputs.write(&spec, &input, &linkage)
}

/// The four files of a folder.
pub(crate) fn files(out: &Path) -> Vec<(String, String)> {
    let mut names: Vec<String> = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), std::fs::read_to_string(out.join(name)).unwrap())).collect()
}

/// People of whom every third stands there twice, with a slip: rows of id, forename, surname, date of birth, town.
pub(crate) fn people(count: u32) -> Vec<[String; 5]> {
    let forenames = ["Ottilie", "Aled", "Marion", "Ivo", "Sunniva", "Bartholomew", "Ceri", "Dilys", "Emrys", "Ffion", "Gethin"];
    let surnames = ["Brandt", "Prosser", "Kessler", "Adeyemi", "Nowak", "Haraldsen", "Moreau", "Castellan", "Wainwright", "Quist", "Tanaka", "Iqbal", "Okafor"];
    let towns = ["Harbourton", "Millbrook", "Eastley"];
    let pick = |list: &[&str], number: u32| (*list.get(number as usize % list.len()).unwrap()).to_owned();
    let mut rows = Vec::new();
    for person in 0..count {
        // Multiplying by odd numbers spreads the combinations.
        let mixed = person.wrapping_mul(2_654_435_761) >> 7;
        let dob = format!("{}-{:02}-{:02}", 1940 + mixed % 60, 1 + mixed / 60 % 12, 1 + mixed / 720 % 28);
        let row = [format!("p{person}"), pick(&forenames, mixed), pick(&surnames, mixed / 11), dob, pick(&towns, mixed / 143)];
        if person % 3 == 0 {
            let mut again = row.clone();
            again[0].push('b');
            again[2].push('e');
            rows.push(again);
        }
        rows.push(row);
    }
    rows
}

/// Rows as CSV.
pub(crate) fn csv(rows: &[[String; 5]]) -> String {
    let mut text = "id,forename,surname,dob,town\n".to_owned();
    for row in rows {
        text.push_str(&row.join(","));
        text.push('\n');
    }
    text
}
