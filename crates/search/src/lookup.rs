//! Looking up words, and all words that begin alike, in one area of one segment. Nothing here knows of visibility: what
//! it returns is filtered before it is counted.

use tantivy::{postings::BlockSegmentPostings, schema::IndexRecordOption};

use crate::{error::SearchError, snapshot::Lexicon};

/// A document's number in its segment, and how often the word stands in it.
pub(crate) type Occurrence = (u32, u32);

/// All documents with this word, in order.
pub(crate) fn word(lexicon: &Lexicon, word: &str) -> Result<Vec<Occurrence>, SearchError> {
    let mut found = Vec::new();
    if let Some(info) = lexicon.words.terms().get(word)? {
        found.reserve(info.doc_freq as usize);
        drain(&mut lexicon.words.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?, &mut found);
    }
    Ok(found)
}

/// All documents with a word that begins so, in order; the counts of all such words are added up.
pub(crate) fn prefix(lexicon: &Lexicon, prefix: &str) -> Result<Vec<Occurrence>, SearchError> {
    let (mut found, mut words) = (Vec::new(), 0);
    let mut stream = range(lexicon, prefix)?;
    let mut postings: Option<BlockSegmentPostings> = None;
    while stream.advance() {
        words += 1;
        let info = stream.value();
        match &mut postings {
            Some(postings) => lexicon.words.reset_block_postings_from_terminfo(info, postings)?,
            None => postings = Some(lexicon.words.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?),
        }
        if let Some(postings) = &mut postings {
            drain(postings, &mut found);
        }
    }
    if words > 1 {
        add_up(&mut found);
    }
    Ok(found)
}

/// The words that begin so.
pub(crate) fn range<'l>(lexicon: &'l Lexicon, prefix: &str) -> Result<tantivy::termdict::TermStreamer<'l>, SearchError> {
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

fn drain(postings: &mut BlockSegmentPostings, found: &mut Vec<Occurrence>) {
    while postings.block_len() > 0 {
        found.extend((0..postings.block_len()).map(|at| (postings.doc(at), postings.freq(at))));
        postings.advance();
    }
}

/// Sorts occurrences by document and adds up those of the same.
pub(crate) fn add_up(found: &mut Vec<Occurrence>) {
    found.sort_unstable_by_key(|(document, _)| *document);
    found.dedup_by(|(document, times), (kept, sum)| {
        let same = document == kept;
        if same {
            *sum += *times;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_are_added_up() {
        let mut found = vec![(7, 1), (2, 3), (7, 2), (2, 1), (1, 1), (7, 4)];
        add_up(&mut found);
        assert_eq!(found, [(1, 1), (2, 4), (7, 7)]);
    }
}
