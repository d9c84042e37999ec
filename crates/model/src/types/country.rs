//! Countries: ISO 3166-1 alpha-2 codes in lower case, and FollowTheMoney's codes for others (`gb-sct`, `suhh`, `eu`).
//! Alpha-3 codes, English names, usual variants and adjectives are understood.

use std::{borrow::Cow, sync::OnceLock};

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{Refusal, country_table::ROWS};

pub(super) fn clean(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    if let Ok(at) = ROWS.binary_search_by(|row| row.code.cmp(&text)) {
        return Ok(ROWS.get(at).map_or(text, |row| Cow::Borrowed(row.code)));
    }
    let code = text.to_ascii_lowercase().replace('_', "-");
    let (codes, names) = lists();
    // A subdivision, such as `us-ca`, lies in its country; `gb-sct` has a code of its own.
    let is_part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let whole = || code.split_once('-').filter(|(country, part)| country.len() == 2 && is_part(part)).and_then(|(country, _)| codes.get(country));
    if let Some(found) = codes.get(code.as_str()).or_else(|| names.get(key(&text).as_str())).or_else(whole) {
        return Ok(Cow::Borrowed(found));
    }
    Err(Refusal::new(&text, "is no country that is known here; write its ISO 3166-1 code, such as `gb`, or its English name"))
}

/// Whether this is, or was, an ISO 3166-1 alpha-2 code, in lower case.
pub(super) fn is_iso_country(code: &str) -> bool {
    let row = ROWS.binary_search_by(|row| row.code.cmp(code)).ok().and_then(|at| ROWS.get(at));
    row.is_some_and(|row| row.code.len() == 2 && !row.alpha3.is_empty())
}

/// Codes and names, in order of code.
pub(super) fn values() -> Vec<(&'static str, &'static str)> {
    ROWS.iter().map(|row| (row.code, row.names.split('|').next().unwrap_or_default())).collect()
}

type Lists = (FxHashMap<&'static str, &'static str>, FxHashMap<String, &'static str>);

/// From codes, and from names as [`key`] spells them, to the code that is stored. Codes stand apart, for `n/a` is not Namibia.
fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let codes = ROWS.iter().flat_map(|row| [(row.alpha3, row.code), (row.code, row.code)]).filter(|(code, _)| !code.is_empty()).collect();
        let mut names = FxHashMap::default();
        for row in ROWS {
            for name in row.names.split('|') {
                names.entry(key(name)).or_insert(row.code);
            }
        }
        (codes, names)
    })
}

/// The spelling by which names are compared: lower case, no accents, no punctuation, single spaces, `&` read as "and".
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            '&' => key.push_str(" and "),
            '.' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '_' | '-' | '/' | '\'' | '’' | 'ʻ' => {}
            c if c.is_alphanumeric() => key.push(c),
            _ => key.push(' '),
        }
    }
    let mut words = key.split_whitespace().filter(|word| *word != "and" && *word != "the").peekable();
    if words.peek().is_none() {
        return key.trim().to_owned();
    }
    words.collect::<Vec<_>>().join(" ").replace("saint ", "st ")
}
