//! Where something was found: the visible documents, before anything is scored.

use crate::{
    error::SearchError,
    lookup, phrase,
    plan::{Clause, Pattern, Source},
    view::View,
};

/// One visible document in which a source was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The document's number in the snapshot.
    pub(crate) document: u32,
    /// How often.
    pub(crate) times: u32,
    /// Length of the area in words; 0 where it does not matter.
    pub(crate) length: u32,
}

/// All visible documents that satisfy a source, each once.
pub(crate) fn places(view: &View<'_>, source: &Source) -> Result<Vec<Place>, SearchError> {
    let mut places = Vec::new();
    for part in &view.snapshot.parts {
        let lexicon = part.area(source.area);
        let found = match &source.pattern {
            Pattern::Word(word) => lookup::word(lexicon, word)?,
            Pattern::Prefix(prefix) => lookup::prefix(lexicon, prefix)?,
            Pattern::Phrase(phrase) => phrase::find(lexicon, phrase)?,
        };
        for (number, times) in found {
            let document = part.base + number;
            if view.sees(document) {
                places.push(match &lexicon.lengths {
                    Some(lengths) => Place { document, times, length: lengths.fieldnorm(number) },
                    // Identifiers written as one are there or not; they are not counted.
                    None => Place { document, times: 1, length: 0 },
                });
            }
        }
    }
    Ok(places)
}

/// What satisfies a clause: for each source the documents and their scores.
pub(crate) struct Evidence {
    /// Scored documents, a document once for each source that it satisfies.
    pub(crate) scored: Vec<(u32, f32)>,
}

impl Evidence {
    /// Gathers and scores what satisfies a clause.
    pub(crate) fn gather(view: &View<'_>, clause: &Clause) -> Result<Self, SearchError> {
        let mut scored = Vec::new();
        for source in &clause.sources {
            let places = places(view, source)?;
            let scale = view.scale(source.area, places.len());
            scored.extend(places.iter().map(|place| (place.document, scale.score(place.times, place.length))));
        }
        Ok(Self { scored })
    }
}
