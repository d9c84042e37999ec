//! Languages: ISO 639-3 codes. ISO 639-1 and 639-2 codes, tags such as `pt-BR` and English names are understood.

use std::{borrow::Cow, sync::OnceLock};

use rustc_hash::FxHashMap;

use super::{Refusal, language_table::ROWS};

pub(super) fn clean(text: &str) -> Result<Cow<'static, str>, Refusal> {
    let code = find(text).or_else(|| {
        let lower = text.to_lowercase();
        find(&lower).or_else(|| find(lower.split(['-', '_']).next().unwrap_or_default()))
    });
    let remedy = "is no language that is known here; write its ISO 639-3 code, such as `eng`, `pol` or `urd`";
    code.map(Cow::Borrowed).ok_or_else(|| Refusal::new(text, remedy))
}

fn find(word: &str) -> Option<&'static str> {
    static WORDS: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words = FxHashMap::default();
        for row in ROWS {
            for name in row.names.split('|').chain([row.alpha2]).filter(|name| !name.is_empty()) {
                words.insert(name, row.code);
            }
        }
        // A code goes before a name that looks the same.
        words.extend(ROWS.iter().map(|row| (row.code, row.code)));
        words
    });
    words.get(word).copied()
}
