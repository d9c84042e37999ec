//! Disclosure: evidence handed to somebody outside, with the recipient on record. One file per format.

mod anx;
mod ftm;
mod geojson;
mod graphml;
mod selection;
mod spreadsheet;
mod statements;
mod table;
mod xlsx;
mod xml;

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use candour_links::NodeNo;
use candour_model::id::EntityNo;
use candour_search::Query;
use selection::Selection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::Answer,
    world::{Sight, World},
};

/// Where exports lie in a home until they are moved out.
const FOLDER: &str = "exports";

/// A format that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// FollowTheMoney entities, one JSON object a line.
    Ftm,
    /// FollowTheMoney statements as CSV.
    Statements,
    /// GraphML.
    Graphml,
    /// GeoJSON points.
    Geojson,
    /// One row per entity.
    Csv,
    /// Workbook with a sheet per schema, links and sources.
    Xlsx,
    /// Chart of Analyst's Notebook.
    Anx,
}

impl ExportFormat {
    /// All of them with their names.
    pub const ALL: [(&'static str, Self); 7] = [
        ("ftm", Self::Ftm),
        ("statements", Self::Statements),
        ("graphml", Self::Graphml),
        ("geojson", Self::Geojson),
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("anx", Self::Anx),
    ];

    /// The name that people write.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }
}

impl FromStr for ExportFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.map(|(name, _)| name).join(", ");
        Self::ALL.iter().find(|(name, _)| *name == text).map(|(_, format)| *format).ok_or_else(|| format!("`{text}` is no format; use one of {known}"))
    }
}

/// What to hand out, to whom.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// Format.
    pub format: ExportFormat,
    /// Only what a search finds, where one is given.
    pub query: Option<String>,
    /// The recipient; required.
    pub to: String,
}

/// What was handed out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Exported {
    /// Format.
    pub format: String,
    /// How many entities.
    pub entities: u64,
    /// How many bytes.
    pub bytes: u64,
}

/// A finished disclosure: its summary, and the file inside the home that holds it until it is moved out. One that nobody
/// takes is removed.
pub struct Disclosure {
    /// Summary.
    pub exported: Exported,
    file: PathBuf,
}

impl Disclosure {
    /// Moves the file to where it was asked for.
    pub fn deliver(self, out: &Path) -> Result<Exported, ActionError> {
        if fs::rename(&self.file, out).is_err() {
            fs::copy(&self.file, out).map_err(ActionError::file(out))?;
        }
        Ok(self.exported.clone())
    }

    /// Opens the file for reading and removes its name, so that nothing stays behind.
    pub fn into_reader(self) -> Result<(Exported, File), ActionError> {
        let file = File::open(&self.file).map_err(ActionError::file(&self.file))?;
        Ok((self.exported.clone(), file))
    }
}

/// A disclosure with what the journal and its recipient's record say of it.
struct Written {
    disclosure: Disclosure,
    /// Public ids.
    results: Vec<String>,
    /// All records that went into it.
    entities: Vec<EntityNo>,
}

impl Drop for Disclosure {
    fn drop(&mut self) {
        // Gone already where it was moved out.
        let _ = fs::remove_file(&self.file);
    }
}

impl Desk {
    /// Writes visible evidence for a recipient. Nothing leaves the home before the journal has it.
    pub fn export(&self, who: &Who, request: &ExportRequest) -> Result<Answer<Disclosure>, ActionError> {
        let asked = request.query.as_deref().map_or_else(String::new, |query| format!(" query {query}"));
        let query = format!("{} to {}{asked}", request.format.name(), request.to);
        let access = self.decide(who, Action::Export, &query)?;
        let prepared = self.write_export(&access, request);
        let Written { disclosure, results, entities } = self.or_record(who, &access, &query, prepared)?;
        let (recipient, actor, what) = (request.to.trim().to_owned(), access.actor().id.clone(), request.format.name());
        let outcome = if results.is_empty() { "nothing found" } else { "answered" };
        // Who received what is durable together with the entry, before anything leaves.
        let changed = self.change(
            &access,
            who,
            &query,
            move |()| (outcome.to_owned(), results),
            move |transaction| transaction.disclosed(&recipient, &actor, what, &entities),
        );
        let receipt = self.or_record(who, &access, &query, changed)?.receipt;
        self.or_record(who, &access, &query, self.vouched_for(Action::Export, receipt.index))?;
        self.or_record(who, &access, &query, self.recheck(&access))?;
        Ok(Answer { value: disclosure, receipt })
    }

    fn write_export(&self, access: &Access, request: &ExportRequest) -> Result<Written, ActionError> {
        if request.to.trim().is_empty() {
            return Err(ActionError::BadInput("a disclosure needs its recipient; say who receives it".to_owned()));
        }
        let (world, entities) = match &request.query {
            Some(query) => self.found(access, query)?,
            None => {
                let world = self.world()?;
                let sight = Sight::new(&world, access.visible());
                let is_whole = |entity: &EntityNo| sight.view.exists(NodeNo::of(*entity)) && sight.representative(*entity) == *entity;
                let entities = (0..world.ids.len()).map(EntityNo).filter(is_whole).collect();
                (world, entities)
            }
        };
        let sight = Sight::new(&world, access.visible());
        let selection = Selection::new(self, &sight, entities);
        let folder = self.home().path().join(FOLDER);
        fs::create_dir_all(&folder).map_err(ActionError::file(&folder))?;
        let mut unique = [0; 8];
        getrandom::fill(&mut unique).map_err(|error| ActionError::BadInput(format!("the system gives no randomness: {error}")))?;
        let file = folder.join(format!("{}.part", hex::encode(unique)));
        let written = write(&selection, request.format, &file).inspect_err(|_| {
            let _ = fs::remove_file(&file);
        })?;
        let count = u64::try_from(selection.len()).unwrap_or_default();
        let exported = Exported { format: request.format.name().to_owned(), entities: count, bytes: written };
        Ok(Written { disclosure: Disclosure { exported, file }, results: selection.ids(), entities: selection.records() })
    }

    /// Removes what an export that was broken off has left behind: evidence that nobody was handed, and that no erasure
    /// would find.
    pub(crate) fn forget_exports(&self) -> Result<(), ActionError> {
        let folder = self.home().path().join(FOLDER);
        match fs::remove_dir_all(&folder) {
            Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(ActionError::File { path: folder, problem }),
            _ => Ok(()),
        }
    }

    fn found(&self, access: &Access, query: &str) -> Result<(Arc<World>, Vec<EntityNo>), ActionError> {
        let query = Query { text: query.to_owned(), schemas: Vec::new(), datasets: Vec::new(), limit: usize::MAX, offset: 0 };
        let (world, found) = self.ask_index(access.visible(), |index, sight| index.search(&query, access.visible(), sight))?;
        Ok((world, found.hits.into_iter().map(|hit| hit.entity).collect()))
    }
}

fn write(selection: &Selection<'_>, format: ExportFormat, file: &Path) -> Result<u64, ActionError> {
    let mut out = BufWriter::new(File::create(file).map_err(ActionError::file(file))?);
    match format {
        ExportFormat::Ftm => ftm::write(selection, &mut out)?,
        ExportFormat::Statements => statements::write(selection, &mut out)?,
        ExportFormat::Graphml => graphml::write(selection, &mut out)?,
        ExportFormat::Geojson => geojson::write(selection, &mut out)?,
        ExportFormat::Csv => table::write(selection, &mut out)?,
        ExportFormat::Xlsx => xlsx::write(selection, &mut out)?,
        ExportFormat::Anx => anx::write(selection, &mut out)?,
    }
    out.flush().map_err(ActionError::file(file))?;
    Ok(fs::metadata(file).map_err(ActionError::file(file))?.len())
}

/// A failure to write an export, which is most often a full disk.
fn broken(problem: impl Into<std::io::Error>) -> ActionError {
    ActionError::File { path: PathBuf::from("export"), problem: problem.into() }
}
