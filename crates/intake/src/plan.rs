//! From what a person names on the command line to steps: which files, in which order, by which recipe.

use std::path::{Path, PathBuf};

use candour_model::grade::Grade;

use crate::{
    error::IntakeError,
    mapping::Mapping,
    signature::Signature,
    step::{How, Step},
};

/// What holds where neither mapping nor file says otherwise.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// Dataset; otherwise the file's or folder's name.
    pub dataset: Option<String>,
    /// Marking id.
    pub marking: Option<String>,
    /// Grade.
    pub grade: Option<Grade>,
}

/// All steps of an import.
#[derive(Debug)]
pub struct Plan {
    /// In the order in which they run.
    pub steps: Vec<Step>,
    /// Files that nothing says how to read.
    pub unmapped: Vec<PathBuf>,
}

impl Plan {
    /// Looks at every path and the mapping. Reads each file once, for its hash and encoding.
    pub fn make(paths: &[PathBuf], mapping: Option<&Mapping>, defaults: &Defaults) -> Result<Self, IntakeError> {
        let mut files = Vec::new();
        for path in paths {
            walk(path, path, &mut files)?;
        }
        files.sort();
        files.dedup();
        if files.is_empty() {
            return Err(IntakeError::Nothing("no files to import; name files or a folder that holds some".to_owned()));
        }
        match mapping {
            Some(mapping) => Self::mapped(&files, mapping, defaults),
            None => Self::unaided(&files, defaults),
        }
    }

    fn mapped(files: &[Found], mapping: &Mapping, defaults: &Defaults) -> Result<Self, IntakeError> {
        let mut steps = Vec::new();
        let mut signatures: Vec<Option<Signature>> = vec![None; files.len()];
        for (number, query) in (0_u32..).zip(mapping.queries()) {
            for pattern in &query.files {
                let before = steps.len();
                for (file, signature) in files.iter().zip(&mut signatures).filter(|(file, _)| file.matches(pattern)) {
                    let signature = match signature {
                        Some(signature) => signature.clone(),
                        None => signature.insert(Signature::of(&file.path)?).clone(),
                    };
                    steps.push(Step {
                        path: file.path.clone(),
                        name: file.name.clone(),
                        dataset: defaults.dataset.clone().unwrap_or_else(|| query.dataset.clone()),
                        marking: defaults.marking.clone(),
                        grade: defaults.grade,
                        signature,
                        recipe: format!("{}:{}", mapping.fingerprint(), settings(defaults)),
                        number,
                        how: How::Map { query: query.clone(), mapping: mapping.path().to_owned() },
                    });
                }
                if steps.len() == before {
                    return Err(IntakeError::Mapping {
                        path: mapping.path().to_owned(),
                        place: format!(", {}", query.place),
                        what: format!("no file matches `{pattern}`"),
                        remedy: format!("the files given are: {}", names(files)),
                    });
                }
            }
        }
        let unmapped = files.iter().zip(&signatures).filter(|(_, signature)| signature.is_none()).map(|(file, _)| file.path.clone()).collect();
        Ok(Self { steps, unmapped })
    }

    fn unaided(files: &[Found], defaults: &Defaults) -> Result<Self, IntakeError> {
        let mut plan = Self { steps: Vec::new(), unmapped: Vec::new() };
        for file in files {
            let extension = file.path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
            let how = match extension.as_str() {
                "ijson" | "jsonl" | "ndjson" | "ftm" | "json" => How::Ftm,
                "txt" | "text" | "md" => How::Text,
                "csv" | "tsv" => {
                    return Err(IntakeError::Format {
                        path: file.path.clone(),
                        what: "is a table, and nothing says what its columns mean".to_owned(),
                        remedy: "give `--mapping FILE.yml`; the guide's page on mappings has examples".to_owned(),
                    });
                }
                _ => {
                    plan.unmapped.push(file.path.clone());
                    continue;
                }
            };
            plan.steps.push(Step {
                path: file.path.clone(),
                name: file.name.clone(),
                dataset: defaults.dataset.clone().unwrap_or_else(|| file.dataset.clone()),
                marking: defaults.marking.clone(),
                grade: defaults.grade,
                signature: Signature::of(&file.path)?,
                recipe: format!("built-in:1:{}", settings(defaults)),
                number: 0,
                how,
            });
        }
        if plan.steps.is_empty() {
            let remedy = "this version reads CSV (with a mapping), FollowTheMoney JSON lines (.ijson, .jsonl, .json) and plain text (.txt, .md)";
            return Err(IntakeError::Nothing(format!("no file has a known format: {}; {remedy}", names(files))));
        }
        Ok(plan)
    }
}

/// Settings from outside are part of the recipe: with another dataset or marking the same bytes say something else.
fn settings(defaults: &Defaults) -> String {
    let grade = defaults.grade.map(|grade| grade.to_string());
    format!("{}:{}:{}", defaults.dataset.as_deref().unwrap_or_default(), defaults.marking.as_deref().unwrap_or_default(), grade.unwrap_or_default())
}

/// A file and how the person named it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    path: PathBuf,
    name: String,
    dataset: String,
}

impl Found {
    /// Whether a mapping's file pattern means this file: the path relative to the folder given, its last parts, or a
    /// pattern with `*`.
    fn matches(&self, pattern: &str) -> bool {
        let pattern = pattern.strip_prefix("file://").unwrap_or(pattern);
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        if glob(pattern.as_bytes(), self.name.as_bytes()) {
            return true;
        }
        Path::new(&self.name).ends_with(pattern) || self.path.ends_with(pattern)
    }
}

fn names(files: &[Found]) -> String {
    let shown: Vec<&str> = files.iter().take(40).map(|file| file.name.as_str()).collect();
    let rest = files.len() - shown.len();
    if rest > 0 { format!("{} and {rest} more", shown.join(", ")) } else { shown.join(", ") }
}

fn walk(given: &Path, path: &Path, files: &mut Vec<Found>) -> Result<(), IntakeError> {
    let about = std::fs::metadata(path).map_err(IntakeError::file(path))?;
    if !about.is_dir() {
        let relative = path.strip_prefix(given).ok().filter(|relative| !relative.as_os_str().is_empty());
        let name = relative.map_or_else(
            || path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            |relative| relative.to_string_lossy().into_owned(),
        );
        let base = if relative.is_some() { given } else { path };
        let dataset = base.file_stem().map_or_else(|| "import".to_owned(), |stem| slug(&stem.to_string_lossy()));
        files.push(Found { path: path.to_owned(), name, dataset });
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(IntakeError::file(path))? {
        let entry = entry.map_err(IntakeError::file(path))?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden {
            walk(given, &entry.path(), files)?;
        }
    }
    Ok(())
}

/// A dataset name: lower-case letters, digits and underscores, as FollowTheMoney has them.
fn slug(text: &str) -> String {
    let mapped: String = text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let trimmed = mapped.trim_matches('_');
    if trimmed.is_empty() { "import".to_owned() } else { trimmed.to_owned() }
}

/// `*` stands for any characters but `/`.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) if glob(rest, text) => true,
        (Some((b'*', _)), Some((byte, rest))) => *byte != b'/' && glob(pattern, rest),
        (Some((wanted, pattern)), Some((byte, text))) => wanted == byte && glob(pattern, text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_files() {
        let found = |name: &str| Found { path: Path::new("/given").join(name), name: name.to_owned(), dataset: String::new() };
        for (pattern, name, expected) in [
            ("a.csv", "a.csv", true),
            ("*.csv", "a.csv", true),
            ("*.csv", "sub/a.csv", false),
            ("sub/*.csv", "sub/a.csv", true),
            ("a.csv", "sub/a.csv", true),
            ("b.csv", "ab.csv", false),
            ("./a.csv", "a.csv", true),
            ("*.nodes.*.csv", "crime.nodes.Person.csv", true),
        ] {
            assert_eq!(found(name).matches(pattern), expected, "{pattern} {name}");
        }
    }
}
