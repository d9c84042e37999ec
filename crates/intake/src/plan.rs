//! From what a person names on the command line to steps: which files, in which order, by which recipe.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use candour_model::grade::Grade;

use crate::{
    error::IntakeError,
    files::{self, Found},
    mapping::{Mapping, Query},
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
    /// Ids of the markings there are, so that a mapping or a row that names another is refused here; `None`: not known.
    pub markings: Option<Arc<BTreeSet<String>>>,
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
    /// Looks at every path and the mapping. Reads each file once, for its hash and encoding, and then its beginning, so
    /// that a recipe that does not fit is told before anything is stored.
    ///
    /// # Errors
    /// A path or mapping that cannot be used, a file that is not what its recipe wants, or nothing to import.
    pub fn make(paths: &[PathBuf], mapping: Option<&Mapping>, defaults: &Defaults) -> Result<Self, IntakeError> {
        let files = files::find(paths)?;
        if files.is_empty() {
            return Err(IntakeError::Nothing("no files to import; name files or a folder that holds some".to_owned()));
        }
        match mapping {
            Some(mapping) => Self::mapped(&files, mapping, defaults),
            None => Self::unaided(&files, defaults),
        }
    }

    fn mapped(files: &[Found], mapping: &Mapping, defaults: &Defaults) -> Result<Self, IntakeError> {
        check_markings(mapping, defaults)?;
        let mut steps = Vec::new();
        let mut signatures: Vec<Option<Signature>> = vec![None; files.len()];
        for (number, query) in (0_u32..).zip(mapping.queries()) {
            let query = Arc::new(query.clone());
            for pattern in &query.files {
                let before = steps.len();
                for (file, signature) in files.iter().zip(&mut signatures).filter(|(file, _)| file.matches(pattern)) {
                    let signature = match signature {
                        Some(signature) => signature.clone(),
                        None => signature.insert(Signature::of(&file.path)?).clone(),
                    };
                    let how = How::Map { query: Arc::clone(&query), mapping: mapping.path().to_owned() };
                    let dataset = defaults.dataset.clone().unwrap_or_else(|| query.dataset.clone());
                    let step = step(file, signature, dataset, defaults, format!("{}:{}", mapping.fingerprint(), settings(defaults)), number, how);
                    step.open(0)?;
                    steps.push(step);
                }
                if steps.len() == before {
                    return Err(no_such_file(mapping, &query, pattern, files));
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
            let dataset = defaults.dataset.clone().unwrap_or_else(|| file.dataset.clone());
            let step = step(file, Signature::of(&file.path)?, dataset, defaults, format!("built-in:1:{}", settings(defaults)), 0, how);
            let fits = step.open(0).map(drop);
            match fits {
                Ok(()) => plan.steps.push(step),
                // One odd file in a folder is no reason to leave the rest behind.
                Err(IntakeError::Format { .. }) if !file.is_named => plan.unmapped.push(file.path.clone()),
                Err(error) => return Err(error),
            }
        }
        if plan.steps.is_empty() {
            let remedy = "this version reads CSV (with a mapping), FollowTheMoney JSON lines (.ijson, .jsonl, .json) and plain text (.txt, .md)";
            return Err(IntakeError::Nothing(format!("no file has a known format: {}; {remedy}", files::names(files))));
        }
        Ok(plan)
    }
}

/// Settings from outside are part of the recipe: with another dataset or marking the same bytes say something else.
fn settings(defaults: &Defaults) -> String {
    let grade = defaults.grade.map(|grade| grade.to_string());
    format!("{}:{}:{}", defaults.dataset.as_deref().unwrap_or_default(), defaults.marking.as_deref().unwrap_or_default(), grade.unwrap_or_default())
}

fn step(file: &Found, signature: Signature, dataset: String, defaults: &Defaults, recipe: String, number: u32, how: How) -> Step {
    Step {
        path: file.path.clone(),
        name: file.name.clone(),
        dataset,
        marking: defaults.marking.clone(),
        grade: defaults.grade,
        markings: defaults.markings.clone(),
        signature,
        recipe,
        number,
        how,
    }
}

fn check_markings(mapping: &Mapping, defaults: &Defaults) -> Result<(), IntakeError> {
    let Some(known) = defaults.markings.as_deref() else { return Ok(()) };
    match mapping.markings().find(|marking| !known.contains(*marking)) {
        None => Ok(()),
        Some(marking) => Err(IntakeError::Mapping {
            path: mapping.path().to_owned(),
            place: String::new(),
            what: format!("there is no marking `{marking}`"),
            remedy: format!("use one that the charter declares: {}", known.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
        }),
    }
}

fn no_such_file(mapping: &Mapping, query: &Query, pattern: &str, files: &[Found]) -> IntakeError {
    let is_web = pattern.starts_with("http://") || pattern.starts_with("https://");
    IntakeError::Mapping {
        path: mapping.path().to_owned(),
        place: format!(", {}", query.place),
        what: if is_web { format!("`{pattern}` is a web address, and an import reads files only") } else { format!("no file matches `{pattern}`") },
        remedy: if is_web { "download it, and name the file here".to_owned() } else { format!("the files given are: {}", files::names(files)) },
    }
}
