//! The text files a charter consists of: the shipped ones, and those of a folder.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::CharterError;

/// The file that declares purposes, roles and markings.
pub(crate) const RULES: &str = "charter.toml";
/// The file that says what policies may speak of.
pub(crate) const SCHEMA: &str = "schema.cedarschema";

/// Relative path and text of every file of the shipped charter.
pub const DEFAULT: &[(&str, &str)] = &[
    ("charter.toml", include_str!("../../../charter/charter.toml")),
    ("policies/analysis.cedar", include_str!("../../../charter/policies/analysis.cedar")),
    ("policies/contracts.cedar", include_str!("../../../charter/policies/contracts.cedar")),
    ("policies/markings.cedar", include_str!("../../../charter/policies/markings.cedar")),
    ("policies/oversight.cedar", include_str!("../../../charter/policies/oversight.cedar")),
    ("schema.cedarschema", include_str!("../../../charter/schema.cedarschema")),
];

/// The shipped charter with the name of the organisation put in.
#[must_use]
pub fn shipped_for(organisation: &str) -> Vec<(String, String)> {
    let mut name = String::from("organisation = \"");
    for character in organisation.trim().chars() {
        match character {
            '"' | '\\' => name.extend(['\\', character]),
            // TOML allows no control character in a string of one line.
            other if other.is_control() => name.push(' '),
            other => name.push(other),
        }
    }
    name.push('"');
    let text = |path: &str, text: &str| match path {
        RULES => text.lines().map(|line| if line.starts_with("organisation =") { name.as_str() } else { line }).flat_map(|line| [line, "\n"]).collect(),
        _ => text.to_owned(),
    };
    DEFAULT.iter().map(|(path, content)| ((*path).to_owned(), text(path, content))).collect()
}

/// The charter's files below a folder, by relative path with `/`. Files of other kinds (a `README.md`) are no part of it.
pub(crate) fn read(dir: &Path) -> Result<Vec<(String, String)>, CharterError> {
    let mut files = Vec::new();
    read_below(dir, "", &mut files)?;
    files.sort();
    Ok(files)
}

fn read_below(dir: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<(), CharterError> {
    let fails = |path: &Path| {
        let path = path.to_owned();
        move |problem| CharterError::File { path, problem }
    };
    for entry in std::fs::read_dir(dir).map_err(fails(dir))? {
        let path = entry.map_err(fails(dir))?.path();
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        let relative = format!("{prefix}{name}");
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            read_below(&path, &format!("{relative}/"), files)?;
        } else if is_text_of_charter(&relative) {
            let text = std::fs::read_to_string(&path).map_err(fails(&path))?;
            files.push((relative, text));
        }
    }
    Ok(())
}

/// Whether a file is of a kind that charters consist of.
pub(crate) fn is_text_of_charter(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "toml" || extension == "cedar" || extension == "cedarschema")
}

/// Whether a file holds policies.
pub(crate) fn is_policy(path: &str) -> bool {
    path.strip_prefix("policies/").is_some_and(|name| !name.contains('/') && name.ends_with(".cedar"))
}

/// SHA-256 in hexadecimal over the files in order of their paths: for each the length of the path (8 bytes, big endian),
/// the path, the length of the text, the text. The lengths keep a shift of bytes between neighbours from going unseen.
pub(crate) fn hash(sorted: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    for part in sorted.iter().flat_map(|(path, text)| [path, text]) {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}
