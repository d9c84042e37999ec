//! Taking records in: files are read on one thread while what was read before is stored on another.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    time::Instant,
};

use candour_intake::{Batch, Defaults, IntakeError, Mapping, Plan, Reject, RejectsFile, Step};
use candour_model::{
    grade::Grade,
    id::MarkingNo,
    source::{Locator, Source},
    statement::Status,
};
use candour_store::{Ingested, Origin, Progress, Receipt, SourceNo, Withheld};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::Answer,
};

/// About how many values go into one transaction.
const BATCH: usize = 100_000;

/// What to take in, and how.
#[derive(Debug, Clone, Default)]
pub struct ImportRequest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// FollowTheMoney mapping, extended.
    pub mapping: Option<PathBuf>,
    /// Dataset; otherwise the mapping's, the file's or the folder's.
    pub dataset: Option<String>,
    /// Marking; otherwise the mapping's or the charter's default.
    pub marking: Option<String>,
    /// Grade; otherwise the mapping's, or `2D`.
    pub grade: Option<Grade>,
    /// On what legal ground the data is held.
    pub lawful_basis: String,
}

/// What became of it.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Imported {
    /// Files read or known from an earlier import.
    pub files: u64,
    /// Entities seen for the first time, links among them.
    pub entities: u64,
    /// Statements added.
    pub statements: u64,
    /// Of the entities, how many are links between others.
    pub links: u64,
    /// Statements that were stored already.
    pub known: u64,
    /// Rows and values that could not be taken.
    pub rejected: u64,
    /// Where each is listed with its reason.
    #[schema(value_type = Option<String>)]
    pub rejects_file: Option<PathBuf>,
    /// Files that nothing says how to read.
    #[schema(value_type = Vec<String>)]
    pub unread: Vec<PathBuf>,
    /// Steps that an earlier import had finished.
    pub done_before: u64,
    /// Seconds until all was durable.
    pub seconds: f64,
    /// Seconds until it could also be searched and charted.
    pub ready_seconds: f64,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportProgress {
    /// Statements stored or known so far.
    pub statements: u64,
    /// Bytes read so far.
    pub bytes: u64,
    /// Bytes in all.
    pub of_bytes: u64,
}

/// What the reading thread sends.
type Parcel = (usize, Result<Batch, IntakeError>);

impl Desk {
    /// Takes files in. Each batch is durable together with its journal entry and the place it ends at, so that an
    /// interrupted import goes on where it stopped.
    pub fn import(&self, who: &Who, request: &ImportRequest, progress: &mut dyn FnMut(ImportProgress)) -> Result<Answer<Imported>, ActionError> {
        let shown: Vec<String> = request.paths.iter().map(|path| path.display().to_string()).collect();
        let query = shown.join(" ");
        let access = self.decide(who, Action::Import, &query)?;
        let outcome = self.take_in(who, &access, request, &query, progress);
        self.or_record(who, &access, &query, outcome)
    }

    fn take_in(
        &self,
        who: &Who,
        access: &Access,
        request: &ImportRequest,
        query: &str,
        progress: &mut dyn FnMut(ImportProgress),
    ) -> Result<Answer<Imported>, ActionError> {
        let started = Instant::now();
        let mapping = request.mapping.as_deref().map(Mapping::load).transpose()?;
        let markings = self.with_charter(|charter| charter.markings().iter().map(|marking| marking.id.clone()).collect());
        let defaults =
            Defaults { dataset: request.dataset.clone(), marking: request.marking.clone(), grade: request.grade, markings: Some(Arc::new(markings)) };
        let plan = Plan::make(&request.paths, mapping.as_ref(), &defaults)?;
        let named: Vec<&str> = mapping.iter().flat_map(Mapping::markings).collect();
        let mut run = Run::prepare(self, who, access, request, &plan, &named)?;
        let receipt = run.store(&plan, query, progress)?;
        let mut imported = run.finish(&plan);
        imported.seconds = started.elapsed().as_secs_f64();
        self.index_pending(&mut |_| ())?;
        imported.ready_seconds = started.elapsed().as_secs_f64();
        Ok(Answer { value: imported, receipt })
    }
}

/// One import under way.
struct Run<'d> {
    desk: &'d Desk,
    who: &'d Who,
    access: &'d Access,
    origins: Vec<Origin>,
    begun: Vec<Progress>,
    sources: Vec<SourceNo>,
    recipes: Vec<String>,
    rejects: RejectsFile,
    done: Imported,
}

impl<'d> Run<'d> {
    /// `named` are the markings that the mapping itself gives to records.
    fn prepare(desk: &'d Desk, who: &'d Who, access: &'d Access, request: &ImportRequest, plan: &Plan, named: &[&str]) -> Result<Self, ActionError> {
        let markings: FxHashMap<String, MarkingNo> = {
            let names = desk.store().names();
            // Nobody brings anything in as restricted: that is somebody's decision on what is held.
            names.markings().filter(|(_, marking)| !marking.restricted).map(|(no, marking)| (marking.id.clone(), no)).collect()
        };
        let default = desk.with_charter(|charter| charter.default_marking().to_owned());
        for wanted in plan.steps.iter().filter_map(|step| step.marking.as_deref()).chain([default.as_str()]) {
            marking(&markings, wanted)?;
        }
        let sees = |id: &str| markings.get(id).is_some_and(|no| access.visible().sees(*no));
        let mut recipes = Vec::with_capacity(plan.steps.len());
        let mut wanted: Vec<(Source, String, u32)> = Vec::with_capacity(plan.steps.len());
        for step in &plan.steps {
            // Whether others have brought in what one does not see is not for one to know: the file is read again, and
            // what is there already is not stored twice.
            let sees_all = named.iter().copied().chain([step.marking.as_deref().unwrap_or(&default)]).all(sees);
            let recipe = if sees_all { step.recipe.clone() } else { format!("{}:{}", step.recipe, who.actor.id) };
            let source = Source { dataset: step.dataset.clone(), path: step.name.clone(), sha256: step.signature.sha256.clone(), size: step.signature.size };
            wanted.push((source, recipe.clone(), step.number));
            recipes.push(recipe);
        }
        let (found, _) = desk.store().commit(move |transaction| {
            let mut found = Vec::with_capacity(wanted.len());
            for (source, recipe, number) in &wanted {
                let no = transaction.source(source)?;
                found.push((no, transaction.reader().progress(no, recipe, *number)?));
            }
            Ok(found)
        })?;
        let now = desk.store().now();
        let mut origins = Vec::with_capacity(found.len());
        for (step, (source, _)) in plan.steps.iter().zip(&found) {
            origins.push(Origin {
                source: *source,
                marking: marking(&markings, step.marking.as_deref().unwrap_or(&default))?,
                markings: markings.clone(),
                grade: step.grade.unwrap_or_default(),
                status: Status::Asserted,
                method: "import".to_owned(),
                actor: who.actor.id.clone(),
                lawful_basis: request.lawful_basis.clone(),
                recorded_at: now,
            });
        }
        let rejects = RejectsFile::at(&desk.home().rejects().join(format!("import-{now}.rejects.csv")));
        let (sources, begun) = found.into_iter().unzip();
        Ok(Self { desk, who, access, origins, begun, sources, recipes, rejects, done: Imported::default() })
    }

    /// Reads and stores at the same time.
    fn store(&mut self, plan: &Plan, query: &str, progress: &mut dyn FnMut(ImportProgress)) -> Result<Receipt, ActionError> {
        let pending: Vec<(usize, u64)> = self.begun.iter().enumerate().filter(|(_, begun)| !begun.done).map(|(step, begun)| (step, begun.next)).collect();
        self.done.done_before = u64::try_from(plan.steps.len() - pending.len()).unwrap_or_default();
        let steps = &plan.steps;
        let stored = std::thread::scope(|scope| {
            let (send, receive) = sync_channel::<Parcel>(2);
            scope.spawn(move || {
                for (position, skip) in pending {
                    let Some(step) = steps.get(position) else { continue };
                    if !read_step(step, position, skip, &send) {
                        return;
                    }
                }
            });
            self.store_all(plan, query, &receive, progress)
        });
        self.desk.memory().set_pending(true);
        // What was stored before it broke off is there to stay.
        let renewed = self.desk.renew_memory();
        stored?;
        renewed?;
        let outcome = format!("imported: {} statements new, {} known, {} rejected", self.done.statements, self.done.known, self.done.rejected);
        let fields = crate::record::fields(self.access.under(), self.who, Action::Import, query, &outcome, &[]);
        self.desk.write_down(fields)
    }

    fn store_all(&mut self, plan: &Plan, query: &str, parcels: &Receiver<Parcel>, progress: &mut dyn FnMut(ImportProgress)) -> Result<(), ActionError> {
        let of_bytes = plan.steps.iter().map(|step| step.signature.size).sum();
        let mut before = 0;
        while let Ok((position, batch)) = parcels.recv() {
            let Some(step) = plan.steps.get(position) else { continue };
            let batch = batch?;
            let (is_done, bytes) = (batch.done, batch.bytes);
            self.store_batch(step, position, query, batch)?;
            progress(ImportProgress { statements: self.done.statements + self.done.known, bytes: before + bytes, of_bytes });
            if is_done {
                before += step.signature.size;
            }
        }
        Ok(())
    }

    /// Takes what speaks of something erased out of a batch, and lists it among the rejects: without its content, which is
    /// not to be held.
    fn withhold(&self, step: &Step, batch: &mut Batch) -> Result<(), ActionError> {
        let withheld = self.desk.store().read(|reader| reader.withheld(self.access.visible(), &batch.drafts))?;
        for Withheld { draft, claim } in withheld.into_iter().rev() {
            let Some(found) = batch.drafts.get_mut(draft) else { continue };
            let locator = found.claims.get(claim.unwrap_or_default()).map(|claim| claim.locator);
            let line = match locator {
                Some(Locator::Cell { row, .. } | Locator::Line(row)) => row.into(),
                _ => 0,
            };
            let reason = "erased earlier, so that it is not taken in; whoever may hold it again gives it another id".to_owned();
            batch.rejects.push(Reject { file: step.name.clone(), line, column: String::new(), reason, value: String::new() });
            match claim {
                Some(claim) => drop(found.claims.remove(claim)),
                None => drop(batch.drafts.remove(draft)),
            }
        }
        Ok(())
    }

    fn store_batch(&mut self, step: &Step, position: usize, query: &str, mut batch: Batch) -> Result<(), ActionError> {
        self.withhold(step, &mut batch)?;
        // On disk before the place it ends at is, so that no reject is lost between the two.
        self.rejects.write(&batch.rejects)?;
        self.done.rejected += u64::try_from(batch.rejects.len()).unwrap_or_default();
        let Some(((origin, source), recipe)) = self.origins.get(position).zip(self.sources.get(position)).zip(self.recipes.get(position)) else {
            return Ok(());
        };
        let (origin, source, recipe) = (origin.clone(), *source, recipe.clone());
        let (number, next, is_done) = (step.number, batch.next, batch.done);
        let place = format!("{query}: `{}` to record {next}", step.name);
        let counts = |ingested: &Ingested| (format!("{} statements new, {} known", ingested.statements, ingested.known), Vec::new());
        let access = self.access.clone();
        let answer = self.desk.change(self.access, self.who, &place, counts, move |transaction| {
            // When this batch is learnt, not when the import began: nobody knew of it in between.
            let origin = Origin { recorded_at: transaction.now(), ..origin };
            let ingested = transaction.ingest_for(access.visible(), &batch.drafts, &origin)?;
            transaction.set_progress(source, &recipe, number, Progress { next, done: is_done })?;
            Ok(ingested)
        })?;
        let ingested = answer.value;
        self.done.entities += ingested.entities;
        self.done.links += ingested.links;
        self.done.statements += ingested.statements;
        self.done.known += ingested.known;
        Ok(())
    }

    fn finish(mut self, plan: &Plan) -> Imported {
        let mut files: Vec<&PathBuf> = plan.steps.iter().map(|step| &step.path).collect();
        files.sort();
        files.dedup();
        self.done.files = u64::try_from(files.len()).unwrap_or_default();
        self.done.unread.clone_from(&plan.unmapped);
        let (_, path) = self.rejects.finish();
        self.done.rejects_file = path;
        self.done
    }
}

/// Reads one step to its end; `false` when nobody listens any more or the file failed.
fn read_step(step: &Step, position: usize, skip: u64, send: &SyncSender<Parcel>) -> bool {
    let mut reader = match step.open(skip) {
        Ok(reader) => reader,
        Err(error) => return send.send((position, Err(error))).is_ok_and(|()| false),
    };
    loop {
        let batch = reader.next_batch(BATCH);
        let is_last = batch.as_ref().map_or(true, |batch| batch.done);
        let has_failed = batch.is_err();
        if send.send((position, batch)).is_err() || has_failed {
            return false;
        }
        if is_last {
            return true;
        }
    }
}

fn marking(markings: &FxHashMap<String, MarkingNo>, id: &str) -> Result<MarkingNo, ActionError> {
    let unknown = || ActionError::BadInput(format!("the charter declares no marking `{id}`; it declares {}", declared(markings)));
    markings.get(id).copied().ok_or_else(unknown)
}

fn declared(markings: &FxHashMap<String, MarkingNo>) -> String {
    let mut known: Vec<&str> = markings.keys().map(String::as_str).collect();
    known.sort_unstable();
    known.join(", ")
}
