//! What an entry of the journal says was looked at.

use candour_oversight::Outcome;
use candour_store::JournalEntry;

/// Most hits of a search that count as looked at one by one: whoever gets a long list has looked at none of it in particular.
const FEW_HITS: usize = 3;

/// The actions that look at evidence, and count as accesses.
const LOOKS: [&str; 9] = ["search", "open_entity", "neighbours", "path", "timeline", "explain", "judge", "split", "export"];

/// Whether an entry tells of a look at the evidence.
pub(super) fn is_look(action: &str) -> bool {
    LOOKS.contains(&action)
}

/// What came of it.
pub(super) fn outcome(entry: &JournalEntry) -> Outcome {
    match entry.field("outcome").unwrap_or_default() {
        "refused" => Outcome::Refused,
        "nothing found" => Outcome::Empty,
        "failed" | "not understood" | "charter changed meanwhile" => Outcome::Failed,
        _ => Outcome::Answered,
    }
}

/// Ids of the records that were looked at one by one, as far as the entry still names them.
pub(super) fn ids(entry: &JournalEntry) -> Vec<&str> {
    let field = |name: &str| entry.field(name).unwrap_or_default();
    let query = field("query");
    let results = || field("results").split_whitespace();
    match field("action") {
        "open_entity" | "explain" | "judge" | "split" => results().collect(),
        "search" => {
            let hits: Vec<&str> = results().take(FEW_HITS + 1).collect();
            if hits.len() <= FEW_HITS { hits } else { Vec::new() }
        }
        "neighbours" => query.rsplit_once(" depth ").map(|(id, _)| id).into_iter().collect(),
        "path" => {
            let ends = query.strip_suffix(" all").unwrap_or(query);
            ends.split_once(" to ").map(|(from, to)| [from, to]).into_iter().flatten().collect()
        }
        "timeline" => query.split_whitespace().collect(),
        _ => Vec::new(),
    }
}

/// Names of the fields that were erased since.
pub(super) fn erased(entry: &JournalEntry) -> Vec<String> {
    entry.erased.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(fields: &[(&str, &str)]) -> JournalEntry {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        JournalEntry { index: 0, time: 0, fields, erased: Vec::new(), leaf: String::new() }
    }

    #[test]
    fn entries_name_what_was_looked_at() {
        for (action, query, results, expected) in [
            ("open_entity", "a", "a b", &["a", "b"][..]),
            ("search", "kovak", "a b c", &["a", "b", "c"]),
            ("search", "kovak", "a b c d", &[]),
            ("search", "kovak", "", &[]),
            ("neighbours", "a depth 2", "a b c d", &["a"]),
            ("path", "a to b", "a l b", &["a", "b"]),
            ("path", "a to b all", "", &["a", "b"]),
            ("timeline", "a b", "x", &["a", "b"]),
            ("explain", "a b", "a b", &["a", "b"]),
            ("export", "csv to the prosecutor", "a b", &[]),
            // Both fields were erased.
            ("neighbours", "", "", &[]),
            ("path", "", "", &[]),
        ] {
            assert_eq!(ids(&entry(&[("action", action), ("query", query), ("results", results)])), expected, "{action} {query}");
        }
    }
}
