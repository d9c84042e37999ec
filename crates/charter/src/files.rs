//! The text files a charter consists of: the shipped ones, and those of a folder.

use std::path::Path;

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::Offset};
use sha2::{Digest, Sha256};

use crate::error::CharterError;

/// The file that declares purposes, roles and markings.
pub(crate) const RULES: &str = "charter.toml";
/// The file that says what policies may speak of.
pub(crate) const SCHEMA: &str = "schema.cedarschema";
/// The signatures of the authority. They sign the hash and so are no part of it.
pub(crate) const NOTE: &str = "charter.note";

/// Relative path and text of every file of the shipped charter.
pub const DEFAULT: &[(&str, &str)] = &[
    ("charter.toml", include_str!("../../../charter/charter.toml")),
    ("policies/analysis.cedar", include_str!("../../../charter/policies/analysis.cedar")),
    ("policies/contracts.cedar", include_str!("../../../charter/policies/contracts.cedar")),
    ("policies/mandates.cedar", include_str!("../../../charter/policies/mandates.cedar")),
    ("policies/markings.cedar", include_str!("../../../charter/policies/markings.cedar")),
    ("policies/oversight.cedar", include_str!("../../../charter/policies/oversight.cedar")),
    ("policies/retention.cedar", include_str!("../../../charter/policies/retention.cedar")),
    ("schema.cedarschema", include_str!("../../../charter/schema.cedarschema")),
];

/// The shipped charter made an organisation's own: its name, the authority's verifier keys and how many of them have to sign,
/// and an expiry two years from `now_ms` (milliseconds since 1970).
#[must_use]
pub fn shipped_for(organisation: &str, authority: &[String], threshold: usize, now_ms: i64) -> Vec<(String, String)> {
    let keys: Vec<String> = authority.iter().map(|key| quoted(key)).collect();
    let fill = [
        ("", "organisation", Some(quoted(organisation.trim()))),
        ("", "expires", two_years_after(now_ms).map(|day| quoted(&day.to_string()))),
        ("[authority]", "threshold", Some(threshold.to_string())),
        ("[authority]", "keys", Some(format!("[{}]", keys.join(", ")))),
    ];
    let filled = |text: &str| {
        let (mut section, mut whole) = ("", String::new());
        for line in text.lines() {
            if line.starts_with('[') {
                section = line;
            }
            let key = line.split(" = ").next().unwrap_or_default();
            match fill.iter().find(|(of, name, value)| *of == section && *name == key && value.is_some()) {
                Some((_, _, Some(value))) => whole += &format!("{key} = {value}\n"),
                // This remark is about the key that has just been put out.
                _ if line.starts_with("# This key is nobody's") => {}
                _ => whole += &format!("{line}\n"),
            }
        }
        whole
    };
    let own = |(path, text): &(&str, &str)| ((*path).to_owned(), if *path == RULES { filled(text) } else { (*text).to_owned() });
    DEFAULT.iter().map(own).collect()
}

/// A string of TOML on one line, which holds no control character.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            other if other.is_control() => quoted.push(' '),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn two_years_after(now_ms: i64) -> Option<Date> {
    let now = Timestamp::from_millisecond(now_ms).ok()?;
    Offset::UTC.to_datetime(now).date().checked_add(2.years()).ok()
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
