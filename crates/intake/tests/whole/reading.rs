//! Reads files through a mapping, or by their names, and writes down what came of them.

use std::{fmt::Write as _, path::Path};

use candour_intake::{Batch, Defaults, IntakeError, Mapping, Plan, Step};
use candour_model::{entity::Draft, ontology::Ontology, source::Locator, statement::Kind};

/// Files of one test in a folder of their own.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(dir.path().join(name), bytes).unwrap();
        }
        Self(dir)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn plan(&self, mapping: Option<&str>) -> Result<Plan, IntakeError> {
        let mapping = mapping.map(|text| Mapping::parse(Path::new("map.yml"), text)).transpose()?;
        Plan::make(&[self.path().to_owned()], mapping.as_ref(), &Defaults::default())
    }

    /// Everything that the plan yields, or the error that stops it, without the path of the folder.
    pub(crate) fn outcome(&self, mapping: Option<&str>) -> String {
        match self.plan(mapping).and_then(|plan| plan.steps.iter().map(|step| read(step, 0, 7)).collect::<Result<Vec<Batch>, _>>()) {
            Ok(batches) => batches.iter().map(render).collect(),
            Err(error) => format!("{error}\n").replace(&format!("{}/", self.path().display()), ""),
        }
    }
}

/// The rest of one file from record `skip` on, in batches of about `claims`.
pub(crate) fn read(step: &Step, skip: u64, claims: usize) -> Result<Batch, IntakeError> {
    let mut reader = step.open(skip)?;
    let mut whole = Batch::default();
    while !whole.done {
        let batch = reader.next_batch(claims)?;
        whole.drafts.extend(batch.drafts);
        whole.rejects.extend(batch.rejects);
        whole.filtered += batch.filtered;
        (whole.next, whole.bytes, whole.done) = (batch.next, batch.bytes, batch.done);
    }
    Ok(whole)
}

/// One line an entity, one a reject.
pub(crate) fn render(batch: &Batch) -> String {
    let mut text: String = batch.drafts.iter().map(|draft| draft_line(draft) + "\n").collect();
    for reject in &batch.rejects {
        writeln!(text, "REJECT {}:{} [{}] {} ({:?})", reject.file, reject.line, reject.column, reject.reason, reject.value).unwrap();
    }
    text
}

fn draft_line(draft: &Draft) -> String {
    let mut line = format!("{} {}", Ontology::builtin().by_no(draft.schema).unwrap().name, draft.id);
    if let Some(marking) = &draft.marking {
        write!(line, " !{marking}").unwrap();
    }
    if let Some(grade) = draft.grade {
        write!(line, " !{grade}").unwrap();
    }
    if draft.kind == Kind::Assessment {
        line.push_str(" !assessment");
    }
    if draft.valid_from.is_some() || draft.valid_to.is_some() {
        write!(line, " [{}..{}]", draft.valid_from.as_deref().unwrap_or_default(), draft.valid_to.as_deref().unwrap_or_default()).unwrap();
    }
    for claim in &draft.claims {
        write!(line, " {}={:?}", Ontology::builtin().prop(claim.prop).unwrap().name, claim.value).unwrap();
        if let Some(lang) = &claim.lang {
            write!(line, "@{lang}").unwrap();
        }
        if let Some(original) = &claim.original {
            write!(line, "<{original:?}").unwrap();
        }
        match claim.locator {
            Locator::Cell { row, column } => write!(line, "#{row}.{column}").unwrap(),
            Locator::Line(number) => write!(line, "#{number}").unwrap(),
            _ => {}
        }
    }
    line
}
