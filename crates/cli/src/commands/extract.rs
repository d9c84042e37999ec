//! `candour extract`: mentions in text. It needs no home and stores nothing.

use std::{fs, path::PathBuf};

use clap::Args;
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, printing};

/// Largest text that is read. Bytes.
const LARGEST: u64 = 64 << 20;

/// Arguments of `extract`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour extract note.txt

Prints one JSON object a line: doc, start, end (in Unicode scalar values), type, text, value, confidence, by.

This version finds identifiers, amounts and dates in UTF-8 text. Names of people, organisations and places, other formats, and storing what was found (`--store`) are not built yet.")]
pub(crate) struct Extract {
    /// Text files; each is one document.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

impl Extract {
    pub(crate) fn run(&self, _globals: &Globals) -> Outcome {
        for path in &self.paths {
            let shown = path.display().to_string();
            let unreadable = |what: String| Failure::Usage(format!("`{shown}`: {what}"));
            let size = fs::metadata(path).map_err(|error| unreadable(format!("{error}; check that it exists and may be read")))?.len();
            if size > LARGEST {
                return Err(unreadable("is larger than 64 MiB; split it".to_owned()));
            }
            let bytes = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
            let text = String::from_utf8(bytes)
                .map_err(|error| unreadable(format!("is no UTF-8 text (byte {}); convert it first", error.utf8_error().valid_up_to())))?;
            let mut lines = String::new();
            for mention in candour_extract::extract(&text) {
                let line = json!({
                    "doc": shown, "start": mention.start, "end": mention.end, "type": mention.kind.name(), "text": mention.text,
                    "value": mention.value, "confidence": shown_confidence(mention.confidence), "by": mention.by,
                });
                lines.push_str(&line.to_string());
                lines.push('\n');
            }
            if !lines.is_empty() {
                printing::out(&lines)?;
            }
        }
        Ok(())
    }
}

/// To two decimals, as the methods declare it; a wider number shows digits that nobody meant.
fn shown_confidence(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
