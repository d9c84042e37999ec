//! Plain text: one document, kept whole.

use std::io::Read as _;

use candour_model::{
    entity::{Claim, Draft},
    ontology::Ontology,
    source::Locator,
    statement::Kind,
};

use crate::{batch::Batch, error::IntakeError, signature::Encoding, step::Step, table::decoded};

/// A larger text is refused rather than cut. Bytes of UTF-8.
const LARGEST: u64 = 16 << 20;

/// A text that is being read.
#[doc(hidden)]
pub struct TextReader<'s> {
    step: &'s Step,
    skip: bool,
}

impl<'s> TextReader<'s> {
    pub(crate) fn open(step: &'s Step, skip: u64) -> Result<Self, IntakeError> {
        if step.signature.encoding == Encoding::Binary {
            return Err(IntakeError::Format {
                path: step.path.clone(),
                what: "holds bytes that no text has".to_owned(),
                remedy: "this version reads CSV (with a mapping), FollowTheMoney JSON lines and plain text".to_owned(),
            });
        }
        Ok(Self { step, skip: skip > 0 })
    }

    pub(crate) fn next_batch(&mut self) -> Result<Batch, IntakeError> {
        let mut batch = Batch { next: 1, bytes: self.step.signature.size, done: true, ..Batch::default() };
        if self.skip {
            return Ok(batch);
        }
        let mut text = String::new();
        decoded(&self.step.path, &self.step.signature)?.take(LARGEST + 1).read_to_string(&mut text).map_err(IntakeError::file(&self.step.path))?;
        if u64::try_from(text.len()).unwrap_or(u64::MAX) > LARGEST {
            return Err(IntakeError::Format {
                path: self.step.path.clone(),
                what: "is a text of more than 16 MiB".to_owned(),
                remedy: "split it into several documents".to_owned(),
            });
        }
        if let Some(draft) = self.draft(text) {
            batch.push(draft);
        }
        Ok(batch)
    }

    fn draft(&self, text: String) -> Option<Draft> {
        let schema = Ontology::builtin().schema("PlainText")?;
        let sha256 = self.step.signature.sha256.clone();
        let values = [
            ("fileName", self.step.name.clone()),
            ("title", self.step.name.clone()),
            ("mimeType", "text/plain".to_owned()),
            ("contentHash", sha256.get(..40).unwrap_or(&sha256).to_owned()),
            ("bodyText", text),
        ];
        let claims = values
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(name, value)| Some(Claim { prop: schema.prop(name)?.no, value, original: None, lang: None, locator: Locator::Whole }))
            .collect();
        Some(Draft { id: format!("doc-{sha256}"), schema: schema.no, claims, marking: None, grade: None, kind: Kind::Fact })
    }
}
