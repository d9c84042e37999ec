//! Plain text: one document, kept whole.

use std::io::Read as _;

use candour_model::{
    entity::{Claim, Draft},
    ontology::Ontology,
    source::Locator,
    statement::Kind,
};
use sha1::{Digest as _, Sha1};

use crate::{batch::Batch, bytes::Text, error::IntakeError, reject::Reject, signature::Encoding, step::Step};

/// A larger text is refused rather than cut. Bytes of UTF-8.
pub(crate) const LARGEST: usize = 16 << 20;

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
        self.skip = true;
        let file = IntakeError::file(&self.step.path);
        let mut text = String::new();
        let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
        Text::open(&self.step.path, &self.step.signature, None)?.take(limit + 1).read_to_string(&mut text).map_err(file)?;
        if text.len() > LARGEST {
            let reason = "the text is larger than 16 MiB; split it into several documents".to_owned();
            batch.rejects.push(Reject::new(&self.step.name, 1, "", reason, &text));
            return Ok(batch);
        }
        let sha1 = hex::encode(self.sha1()?);
        if let Some(draft) = self.draft(text, sha1) {
            batch.push(draft);
        }
        Ok(batch)
    }

    /// FollowTheMoney's content hash is a SHA-1 over the file's own bytes.
    fn sha1(&self) -> Result<[u8; 20], IntakeError> {
        let bytes = std::fs::read(&self.step.path).map_err(IntakeError::file(&self.step.path))?;
        Ok(Sha1::digest(bytes).into())
    }

    fn draft(&self, text: String, sha1: String) -> Option<Draft> {
        let schema = Ontology::builtin().schema("PlainText")?;
        let values = [
            ("fileName", self.step.name.clone()),
            ("title", self.step.name.clone()),
            ("mimeType", "text/plain".to_owned()),
            ("fileSize", self.step.signature.size.to_string()),
            ("encoding", self.step.signature.encoding.name().to_owned()),
            ("contentHash", sha1),
            ("bodyText", text),
        ];
        let claims = values
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .filter_map(|(name, value)| Some(Claim { prop: schema.prop(name)?.no, value, original: None, lang: None, locator: Locator::Whole }))
            .collect();
        Some(Draft {
            id: format!("doc-{}", self.step.signature.sha256),
            schema: schema.no,
            claims,
            marking: None,
            grade: None,
            kind: Kind::Fact,
            valid_from: None,
            valid_to: None,
        })
    }
}
