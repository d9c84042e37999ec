//! Identifiers: as they are written, unless the property or mapping names a format. Then separators go, letters become
//! capitals, and what can be checked is checked. One file per format.

mod bic;
mod figi;
mod iban;
mod iban_table;
mod imei;
mod imo;
mod inn;
mod isin;
mod lei;
mod nhs;
mod nino;
mod npi;
mod ogrn;
mod ssn;
mod strict;
mod uei;
mod uscc;
mod vin;
mod wikidata;

use std::borrow::Cow;

use super::{Context, Refusal};

/// How a format cleans: the value that is stored, or what is wrong and what would be right.
type Clean = fn(&str) -> Result<String, Cow<'static, str>>;

/// Name of a format, and how it cleans. A format that is not here changes and checks nothing.
const FORMATS: &[(&str, Clean)] = &[
    ("bic", bic::clean),
    ("figi", figi::clean),
    ("iban", iban::clean),
    ("imei", imei::clean),
    ("imo", imo::clean),
    ("inn", inn::clean),
    ("isin", isin::clean),
    ("lei", lei::clean),
    ("nhs", nhs::clean),
    ("nino", nino::clean),
    ("npi", npi::clean),
    ("ogrn", ogrn::clean),
    ("openfigi", figi::clean),
    ("qid", wikidata::clean),
    ("ssn", ssn::clean),
    ("strict", strict::clean),
    ("swift", bic::clean),
    ("uei", uei::clean),
    ("uscc", uscc::clean),
    ("vin", vin::clean),
    ("wikidata", wikidata::clean),
];

pub(super) fn clean<'v>(text: Cow<'v, str>, context: &Context<'_>) -> Result<Cow<'v, str>, Refusal> {
    let Some(format) = context.format.and_then(|name| FORMATS.iter().find(|(known, _)| *known == name)) else { return Ok(text) };
    match format.1(&text) {
        Ok(value) if value == text.as_ref() => Ok(text),
        Ok(value) => Ok(Cow::Owned(value)),
        Err(why) => Err(Refusal::new(&text, why)),
    }
}

/// Names of the formats, in order.
pub(super) fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|(name, _)| *name)
}

/// Without the spaces, hyphens, dashes and full stops that people put between groups, in capitals.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}')).map(|c| c.to_ascii_uppercase()).collect()
}

/// The compact text, if it has this many decimal digits and nothing else.
fn exact_digits(text: &str, count: usize, what: &'static str) -> Result<String, Cow<'static, str>> {
    let digits = compact(text);
    if digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_digit()) { Ok(digits) } else { Err(Cow::Borrowed(what)) }
}

/// The first run of digits in the text whose length is one of these.
fn digit_run(text: &str, lengths: &[usize]) -> Option<String> {
    let runs = |text: &str| text.split(|c: char| !c.is_ascii_digit()).find(|run| lengths.contains(&run.len())).map(str::to_owned);
    runs(text).or_else(|| runs(&compact(text)))
}
