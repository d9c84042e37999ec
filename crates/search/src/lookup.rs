//! Looking up words, and all words that begin alike, in one area of one segment. Nothing here knows of visibility: what
//! it returns is filtered before it is counted.

use tantivy::{postings::BlockSegmentPostings, schema::IndexRecordOption, termdict::TermStreamer};

use crate::{
    error::SearchError,
    snapshot::Lexicon,
    tally::{Occurrence, Tally},
};

/// All documents with this word, in order.
pub(crate) fn word(lexicon: &Lexicon, word: &str) -> Result<Vec<Occurrence>, SearchError> {
    let mut found = Vec::new();
    if let Some(info) = lexicon.words.terms().get(word)? {
        found.reserve(info.doc_freq as usize);
        let mut postings = lexicon.words.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        while postings.block_len() > 0 {
            found.extend(block(&postings));
            postings.advance();
        }
    }
    Ok(found)
}

/// All documents with a word that begins so, in order; the counts of all such words are added up.
pub(crate) fn prefix(lexicon: &Lexicon, prefix: &str) -> Result<Vec<Occurrence>, SearchError> {
    let mut tally = Tally::new(lexicon.documents);
    let mut words = range(lexicon, prefix)?;
    let mut opened: Option<BlockSegmentPostings> = None;
    while words.advance() {
        let mut postings = match opened.take() {
            Some(mut postings) => {
                lexicon.words.reset_block_postings_from_terminfo(words.value(), &mut postings)?;
                postings
            }
            None => lexicon.words.read_block_postings_from_terminfo(words.value(), IndexRecordOption::WithFreqs)?,
        };
        while postings.block_len() > 0 {
            tally.add(block(&postings));
            postings.advance();
        }
        opened = Some(postings);
    }
    Ok(tally.finish())
}

/// The words that begin so.
pub(crate) fn range<'l>(lexicon: &'l Lexicon, prefix: &str) -> Result<TermStreamer<'l>, SearchError> {
    let mut after = prefix.as_bytes().to_vec();
    let range = lexicon.words.terms().range().ge(prefix);
    // No byte of UTF-8 is 255, so the last one can always be raised.
    Ok(match after.last_mut() {
        Some(last) => {
            *last += 1;
            range.lt(after).into_stream()?
        }
        None => range.into_stream()?,
    })
}

/// The occurrences in the current block. Areas that keep no counts have every word once.
fn block(postings: &BlockSegmentPostings) -> impl Iterator<Item = Occurrence> + '_ {
    let times = postings.freqs().iter().copied().chain(std::iter::repeat(1));
    postings.docs().iter().copied().zip(times)
}
