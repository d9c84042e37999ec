//! One name after another is tried, and nothing is found: somebody tries whom the system knows.

use rustc_hash::FxHashMap;

use super::{Kind, Seen, Signal};
use crate::weights::{
    Reason,
    limits::{FISHING_NAMES, FISHING_PAUSE},
};

/// Most words of a query that may be a name.
const NAME_WORDS: usize = 4;

/// Runs of empty searches.
#[derive(Debug, Default)]
pub(super) struct Fishing {
    current: FxHashMap<u32, Run>,
    /// How many names each run tried.
    runs: Vec<u32>,
    /// The run of an entry.
    run_of: FxHashMap<u64, usize>,
}

#[derive(Debug)]
struct Run {
    number: usize,
    last: i64,
    stem: String,
}

impl Fishing {
    fn tried(&self, seen: &Seen<'_>) -> u32 {
        self.run_of.get(&seen.kept.index).and_then(|run| self.runs.get(*run)).copied().unwrap_or_default()
    }

    fn begin(&mut self) -> usize {
        self.runs.push(0);
        self.runs.len() - 1
    }
}

impl Signal for Fishing {
    fn reason(&self) -> Reason {
        Reason::Fishing
    }

    fn learn(&mut self, seen: &Seen<'_>) {
        let kept = seen.kept;
        if seen.is_explained() || kept.kind == Kind::Export {
            return;
        }
        if kept.kind != Kind::EmptySearch {
            self.current.remove(&kept.actor);
            return;
        }
        let Some(stem) = stem_of_name(seen.query) else { return };
        let going_on = self.current.remove(&kept.actor).filter(|run| kept.time - run.last <= FISHING_PAUSE);
        let (number, before) = match going_on {
            Some(run) => (run.number, run.stem),
            None => (self.begin(), String::new()),
        };
        // Suggestions while somebody types are one name, not ten.
        let is_same = !before.is_empty() && (stem.starts_with(&before) || before.starts_with(&stem));
        if let Some(tried) = self.runs.get_mut(number)
            && !is_same
        {
            *tried += 1;
        }
        self.run_of.insert(kept.index, number);
        self.current.insert(kept.actor, Run { number, last: kept.time, stem });
    }

    fn shows(&self, seen: &Seen<'_>) -> bool {
        self.tried(seen) >= FISHING_NAMES
    }

    fn words(&self, seen: &Seen<'_>) -> String {
        format!("one of {} names tried in a row without finding any", self.tried(seen))
    }
}

/// The query in small letters, if it may be a name: few words of letters alone.
fn stem_of_name(query: &str) -> Option<String> {
    let bare = query.trim().trim_end_matches('*').replace('"', "");
    let words: Vec<&str> = bare.split_whitespace().collect();
    let is_name =
        |word: &&str| word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '’' | '-' | '.')) && word.chars().any(char::is_alphabetic);
    (!words.is_empty() && words.len() <= NAME_WORDS && words.iter().all(is_name)).then(|| words.join(" ").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::stem_of_name;

    #[test]
    fn names_look_like_names() {
        for (query, expected) in [
            ("Anna Kovak", Some("anna kovak")),
            ("\"Anna Kovak\"", Some("anna kovak")),
            ("o'bri*", Some("o'bri")),
            ("AB12 CDE", None),
            ("+441632960001", None),
            ("one two three four five", None),
            ("kovak schema:Person", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(stem_of_name(query).as_deref(), expected, "{query}");
        }
    }
}
