//! Words side by side, in one area of one segment.

use tantivy::{
    DocSet,
    postings::{Postings, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use crate::{
    error::SearchError,
    lookup,
    plan::Phrase,
    snapshot::Lexicon,
    tally::{Occurrence, Tally},
};

/// The places at which a phrase may go on.
struct Start {
    document: u32,
    /// Positions right after the words found so far, in order.
    next: Vec<u32>,
}

/// All documents with this phrase, in order, and how often it stands in each.
pub(crate) fn find(lexicon: &Lexicon, phrase: &Phrase) -> Result<Vec<Occurrence>, SearchError> {
    let mut starts: Option<Vec<Start>> = None;
    let candidates = candidates(lexicon, phrase)?;
    for word in &phrase.first {
        let Some(mut postings) = open(lexicon, word)? else { return Ok(Vec::new()) };
        starts = Some(match starts {
            Some(starts) => go_on(&starts, &mut postings),
            None => begin(&candidates, &mut postings),
        });
    }
    let starts = starts.unwrap_or_default();
    let mut found = Tally::new(lexicon.documents);
    if phrase.open {
        let mut words = lookup::range(lexicon, &phrase.last)?;
        while words.advance() {
            found.add(go_on(&starts, &mut with_positions(lexicon, words.value())?).iter().map(count));
        }
    } else if let Some(mut postings) = open(lexicon, &phrase.last)? {
        found.add(go_on(&starts, &mut postings).iter().map(count));
    }
    Ok(found.finish())
}

fn count(start: &Start) -> Occurrence {
    (start.document, u32::try_from(start.next.len()).unwrap_or(u32::MAX))
}

fn open(lexicon: &Lexicon, word: &str) -> Result<Option<SegmentPostings>, SearchError> {
    lexicon.words.terms().get(word)?.map(|info| with_positions(lexicon, &info)).transpose()
}

fn with_positions(lexicon: &Lexicon, info: &TermInfo) -> Result<SegmentPostings, SearchError> {
    Ok(lexicon.words.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?)
}

/// The documents with the rarest of the words: no others need looking at.
fn candidates(lexicon: &Lexicon, phrase: &Phrase) -> Result<Vec<Occurrence>, SearchError> {
    let mut rarest: Option<(u32, &String)> = None;
    for word in phrase.first.iter().chain((!phrase.open).then_some(&phrase.last)) {
        let Some(info) = lexicon.words.terms().get(word)? else { return Ok(Vec::new()) };
        if rarest.is_none_or(|(least, _)| info.doc_freq < least) {
            rarest = Some((info.doc_freq, word));
        }
    }
    rarest.map_or(Ok(Vec::new()), |(_, word)| lookup::word(lexicon, word))
}

/// All places of the first word, in these documents.
fn begin(candidates: &[Occurrence], postings: &mut SegmentPostings) -> Vec<Start> {
    let mut starts = Vec::new();
    for (document, _) in candidates {
        if postings.doc() < *document {
            postings.seek(*document);
        }
        if postings.doc() == *document {
            let mut next = Vec::new();
            postings.positions_with_offset(1, &mut next);
            starts.push(Start { document: *document, next });
        }
    }
    starts
}

/// Those starts after which the word stands.
fn go_on(starts: &[Start], postings: &mut SegmentPostings) -> Vec<Start> {
    let (mut gone_on, mut positions) = (Vec::new(), Vec::new());
    for start in starts {
        if postings.doc() < start.document {
            postings.seek(start.document);
        }
        if postings.doc() != start.document {
            continue;
        }
        postings.positions_with_offset(0, &mut positions);
        let next: Vec<u32> = start.next.iter().filter(|at| positions.binary_search(at).is_ok()).map(|at| at + 1).collect();
        if !next.is_empty() {
            gone_on.push(Start { document: start.document, next });
        }
    }
    gone_on
}
