//! The folder: tables with their mapping, reports, contracts, the truth, and a page that says what it is.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    error::TownError,
    ocds,
    reports::Report,
    tables,
    town::{NAME, OFFICIAL, SENSITIVE, Town},
    truth,
};

const MAPPING: &str = include_str!("../data/mapping.yml");
const README: &str = include_str!("../data/README.txt");

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Tables, by the mapping that stands in `mapping`.
    Tables,
    /// FollowTheMoney entities, one JSON object a line.
    Entities,
    /// Open Contracting releases, one a line: for the contracts desk, not for an import.
    Contracts,
}

/// One import that the written folder is meant for.
#[derive(Debug, Clone)]
pub struct Import {
    /// Files or folders.
    pub paths: Vec<PathBuf>,
    /// How they are to be read.
    pub form: Form,
    /// The mapping, for [`Form::Tables`].
    pub mapping: Option<PathBuf>,
    /// Dataset, where the mapping names none.
    pub dataset: Option<&'static str>,
    /// Marking, where the mapping names none.
    pub marking: Option<&'static str>,
}

/// How much of what was written.
pub type Counts = BTreeMap<&'static str, usize>;

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// Every file, in the order of its path.
    pub files: Vec<PathBuf>,
    /// What to import, in this order.
    pub imports: Vec<Import>,
    /// Rows and lines by what they are.
    pub counts: Counts,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: String,
    schema: &'static str,
    properties: Properties<'a>,
    /// Of all its statements; for readers that know these keys.
    grade: String,
    marking: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    urn: [&'a str; 1],
    title: [&'a str; 1],
    file_name: [String; 1],
    reported_at: [String; 1],
    reporting_person: [&'a str; 1],
    source_evaluation: [String; 1],
    information_assessment: [String; 1],
    handling_code: [String; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    handling_conditions: Vec<&'a str>,
    body_text: [&'a str; 1],
    about: &'a [String],
}

impl Town {
    /// Writes the town below a folder, which is made if it is not there; files of the same names are replaced.
    ///
    /// # Errors
    /// If a folder or file cannot be written.
    pub fn write(&self, dir: &Path) -> Result<Written, TownError> {
        let mut written = Written { files: Vec::new(), imports: Vec::new(), counts: Counts::new() };
        for folder in ["gazetteer", "records", "council", "custody", "companies", "calls", "contracts", "reports"] {
            let path = dir.join(folder);
            fs::create_dir_all(&path).map_err(TownError::file(&path))?;
        }
        written.counts.insert("inhabitants", self.people.len());
        let mut tables: Vec<PathBuf> = Vec::new();
        for table in tables::all(self) {
            table.write(dir)?;
            tables.push(dir.join(table.path));
            written.counts.insert(table.path, table.len());
        }
        for table in [truth::people(self), truth::contracts(self)] {
            table.write(dir)?;
            written.files.push(dir.join(table.path));
            written.counts.insert(table.path, table.len());
        }
        written.file(dir, "mapping.yml", MAPPING)?;
        written.file(dir, "README.txt", &README.replace("{name}", NAME).replace("{seed}", &self.seed.to_string()))?;
        let mapping = Some(dir.join("mapping.yml"));
        written.files.extend(tables.iter().cloned());
        written.imports.push(Import { paths: tables, form: Form::Tables, mapping, dataset: None, marking: None });
        for (path, marking) in [("reports/official.jsonl", OFFICIAL), ("reports/official-sensitive.jsonl", SENSITIVE)] {
            self.reports(dir, path, marking, &mut written)?;
        }
        self.contracts(dir, "contracts/contracts.jsonl", &mut written)?;
        written.files.sort();
        Ok(written)
    }

    fn reports(&self, dir: &Path, path: &'static str, marking: &'static str, written: &mut Written) -> Result<(), TownError> {
        let lines: Vec<String> = self.reports.iter().filter(|report| report.marking == marking).filter_map(line).collect();
        written.counts.insert(path, lines.len());
        written.file(dir, path, &(lines.join("\n") + "\n"))?;
        written.imports.push(Import { paths: vec![dir.join(path)], form: Form::Entities, mapping: None, dataset: Some("reports"), marking: Some(marking) });
        Ok(())
    }

    fn contracts(&self, dir: &Path, path: &'static str, written: &mut Written) -> Result<(), TownError> {
        let lines: Vec<String> = self.contracts.iter().filter_map(|contract| ocds::release(contract).ok()).collect();
        written.counts.insert(path, lines.len());
        written.file(dir, path, &(lines.join("\n") + "\n"))?;
        written.imports.push(Import { paths: vec![dir.join(path)], form: Form::Contracts, mapping: None, dataset: None, marking: None });
        Ok(())
    }
}

impl Written {
    fn file(&mut self, dir: &Path, name: &str, text: &str) -> Result<(), TownError> {
        let path = dir.join(name);
        fs::write(&path, text).map_err(TownError::file(&path))?;
        self.files.push(path);
        Ok(())
    }
}

/// A report as one line of FollowTheMoney JSON.
fn line(report: &Report) -> Option<String> {
    let conditions = if report.conditions.is_empty() { Vec::new() } else { vec![report.conditions] };
    let entity = Entity {
        id: format!("rep-{}", report.number.to_lowercase()),
        schema: "IntelligenceReport",
        properties: Properties {
            urn: [&report.number],
            title: [&report.title],
            file_name: [format!("{}.txt", report.number)],
            reported_at: [report.on.to_string()],
            reporting_person: [&report.officer],
            source_evaluation: [report.source.to_string()],
            information_assessment: [report.information.to_string()],
            handling_code: [report.handling.to_string()],
            handling_conditions: conditions,
            body_text: [&report.text],
            about: &report.about,
        },
        grade: format!("{}{}", report.source, report.information),
        marking: report.marking,
    };
    serde_json::to_string(&entity).ok()
}
