//! `candour search`: looks for words.

use std::fmt::Write as _;

use candour_actions::{SearchRequest, SearchView};
use clap::Args;

use crate::{Outcome, args::Globals, asking, printing};

/// Arguments of `search`.
#[derive(Debug, Args)]
#[command(after_help = "The query: words are all wanted, `wor*` is a beginning, \"quoted words\" stand together, -word must not occur, * is everything.

Example:
  candour search 'jane smi*' --schema Person --as analyst --purpose demo")]
pub(crate) struct Search {
    /// What to look for.
    query: String,
    /// Only this schema; may be given several times.
    #[arg(long, value_name = "SCHEMA")]
    schema: Vec<String>,
    /// Only this dataset; may be given several times.
    #[arg(long, value_name = "NAME")]
    dataset: Vec<String>,
    /// How many hits to show.
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// How many to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
}

impl Search {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let request =
            SearchRequest { query: self.query.clone(), schemas: self.schema.clone(), datasets: self.dataset.clone(), limit: self.limit, offset: self.offset };
        let answer = asking::ask(globals, |desk, who| desk.search(who, &request))?;
        printing::answer(globals, &answer.value, &answer.receipt, || words(&answer.value))
    }
}

fn words(found: &SearchView) -> String {
    let mut text = format!("{} found", found.total);
    for hit in &found.hits {
        let _ = write!(text, "\n{:<14} {}  [{}]", hit.label, hit.caption, hit.id);
        for highlight in &hit.highlights {
            let _ = write!(text, "\n{:15}{}: {}", "", highlight.label, highlight.text.replace('\n', " "));
        }
    }
    text
}
