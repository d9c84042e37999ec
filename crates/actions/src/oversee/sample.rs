//! A sample of entries with single fields opened, which verifies offline against the published log.

use candour_ledger::{Checkpoint, Note, VerifierKey};
use candour_oversight::sample;
use candour_store::{Receipt, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use super::OverseeSpan;
use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
};

/// Most entries of one sample.
const MOST: u64 = 1000;

/// The fields of an entry.
const FIELDS: [&str; 13] =
    ["time", "actor", "action", "purpose", "case", "reason", "mandate", "charter", "policies", "query", "outcome", "results", "previous_epoch"];

/// What to draw.
#[derive(Debug, Clone, Default)]
pub struct SampleRequest {
    /// Thought up by the overseer after the checkpoint was signed.
    pub seed: String,
    /// How many entries of all.
    pub count: u64,
    /// How many more of the accesses that nothing explains.
    pub unexplained: u64,
    /// Which fields to open; the time is always open.
    pub fields: Vec<String>,
    /// The checkpoint that the overseer holds: what is drawn follows from its root. The newest where it is absent.
    pub checkpoint: Option<String>,
    /// Of which time.
    pub span: OverseeSpan,
}

/// What was drawn.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SampleView {
    /// The seed.
    pub seed: String,
    /// Size of the tree whose root it was drawn with.
    pub size: u64,
    /// That root, base64.
    pub root: String,
    /// Whether the overseer brought the checkpoint. Where the home took its newest one, it knew the seed before.
    pub brought: bool,
    /// First entry that could be drawn.
    pub first: u64,
    /// How many could be.
    pub span: u64,
    /// How many accesses nothing explains; a stratum is drawn of their ranking.
    pub unexplained: u64,
    /// The fields that are open.
    pub fields: Vec<String>,
    /// What was drawn, in order of drawing.
    pub entries: Vec<SampledView>,
}

/// One entry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SampledView {
    /// `all` or `unexplained`.
    pub stratum: String,
    /// What it shows of the entry, and the proof.
    #[schema(value_type = serde_json::Value)]
    pub receipt: Receipt,
}

impl Desk {
    /// Draws entries by the overseer's seed and opens the fields asked for.
    pub fn oversee_sample(&self, who: &Who, request: &SampleRequest) -> Result<Answer<SampleView>, ActionError> {
        let fields = request.fields.join(",");
        let query =
            format!("sample {} and {} unexplained, seed `{}`, fields {fields}, {}", request.count, request.unexplained, request.seed, request.span.words());
        self.answer(who, Action::Oversee, &query, |access| {
            check(request)?;
            let view = self.draw(request)?;
            let results = view.entries.iter().map(|entry| format!("entry {}", entry.receipt.index)).collect();
            Ok(Sealed::under(access, view, results))
        })
    }

    fn draw(&self, request: &SampleRequest) -> Result<SampleView, ActionError> {
        let window = request.span.window(self.now())?;
        let tree = self.tree(request.checkpoint.as_deref())?;
        let (size, root) = (tree.size, tree.root.to_string());
        let first = self.first_since(window.since, size)?;
        let span = self.first_since(window.until, size)?.saturating_sub(first);
        let mut drawn: Vec<(&str, u64)> =
            sample::draw("all", &request.seed, &root, first, span, request.count).into_iter().map(|index| ("all", index)).collect();
        let mut unexplained = 0;
        if request.unexplained > 0 {
            let reckoned = self.reckon(&window)?;
            let ranked: Vec<u64> = reckoned.ranking.iter().take(reckoned.unexplained()).map(|ranked| ranked.index).filter(|index| *index < size).collect();
            unexplained = u64::try_from(ranked.len()).unwrap_or(u64::MAX);
            let places = sample::draw("unexplained", &request.seed, &root, 0, unexplained, request.unexplained);
            let chosen = places.into_iter().filter_map(|place| ranked.get(usize::try_from(place).ok()?).copied());
            drawn.extend(chosen.map(|index| ("unexplained", index)));
        }
        let names: Vec<&str> = request.fields.iter().map(String::as_str).collect();
        let mut entries = Vec::with_capacity(drawn.len());
        for (stratum, index) in drawn {
            let receipt = self.store().prove(index)?.showing(&names).map_err(StoreError::from)?;
            entries.push(SampledView { stratum: stratum.to_owned(), receipt });
        }
        let brought = request.checkpoint.is_some();
        Ok(SampleView { seed: request.seed.clone(), size, root, brought, first, span, unexplained, fields: request.fields.clone(), entries })
    }

    /// The tree of the checkpoint that the overseer brought, or of the newest.
    fn tree(&self, brought: Option<&str>) -> Result<Checkpoint, ActionError> {
        let status = self.store().log_status()?;
        let Some(text) = brought else {
            let note = Note::parse(status.checkpoint.as_bytes()).map_err(StoreError::from)?;
            return Ok(Checkpoint::parse(note.text()).map_err(StoreError::from)?);
        };
        let wrong =
            |what: String| ActionError::BadInput(format!("the checkpoint is not one of this log: {what}; give the file `checkpoint` as it was published"));
        let key = VerifierKey::parse(self.log_key()).map_err(StoreError::from)?;
        let note = Note::parse(text.as_bytes()).map_err(|error| wrong(error.to_string()))?;
        note.verify(&key).map_err(|error| wrong(error.to_string()))?;
        let checkpoint = Checkpoint::parse(note.text()).map_err(|error| wrong(error.to_string()))?;
        if checkpoint.size > status.size {
            return Err(wrong(format!("it has {} entries, the log has {}", checkpoint.size, status.size)));
        }
        Ok(checkpoint)
    }
}

fn check(request: &SampleRequest) -> Result<(), ActionError> {
    if !sample::is_seed(&request.seed) {
        return Err(ActionError::BadInput("a sample needs a seed that you think up: one line of up to 200 bytes".to_owned()));
    }
    if request.count.saturating_add(request.unexplained) > MOST {
        return Err(ActionError::BadInput(format!("one sample holds up to {MOST} entries; draw another with another seed")));
    }
    if let Some(unknown) = request.fields.iter().find(|field| !FIELDS.contains(&field.as_str())) {
        return Err(ActionError::BadInput(format!("entries have no field `{unknown}`; they have {}", FIELDS.join(", "))));
    }
    Ok(())
}
