//! Mentions in text: what looks like an identifier, an amount or a date, at its exact place, with a normalised value.
//!
//! One file per extractor, each with a table of true and false examples. Each declares the kind of mention it finds, the method
//! by which it found it, and how sure that method is. Precision comes before recall: a number without its check digit, or
//! without a word beside it that says what it is, is left alone.
//!
//! Not here: names of people, organisations and places. A pattern cannot tell a name from another word, so these wait for a
//! trained model. Nothing is stored here either; what is found is a proposal until a person affirms it.

mod digits;
mod extractor;
mod mention;
mod overlap;

pub use mention::{Kind, Mention};

/// All mentions in the text, in order of place, none overlapping another.
///
/// `text[start..end]`, counted in Unicode scalar values, is always the text of the mention. Cost grows with the length of the
/// text and nothing else.
#[must_use]
pub fn extract(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for extractor in extractor::ALL {
        (extractor.find)(text, &mut |spot| found.push((extractor, spot)));
    }
    overlap::resolve(text, found)
}

/// The methods that [`extract`] uses, as `name/version`, in order.
pub fn methods() -> impl Iterator<Item = &'static str> {
    extractor::ALL.iter().map(|extractor| extractor.method)
}
