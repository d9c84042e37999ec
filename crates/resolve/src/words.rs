//! The words of a dictionary, made ready to be told near or far from each other quickly.

use crate::{at::of, edit, table::Dictionary};

/// Distinct words and what a first glance tells of each.
#[derive(Debug, Default)]
pub(crate) struct Words {
    words: Dictionary,
    /// Which letters occur, a bit each; digits share six.
    letters: Vec<u32>,
    /// Code of the sound, equal where words sound alike.
    sounds: Vec<u32>,
    /// The sounds themselves; empty once sealed.
    known_sounds: Dictionary,
}

/// How near two words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// One slip of the pen apart (from three letters on).
    OneOff,
    /// They sound alike, or are two slips apart (from six letters on).
    Alike,
    /// Neither.
    Far,
}

impl Words {
    /// Adds a word under the next code.
    pub(crate) fn push(&mut self, word: &str) {
        self.words.append(word);
        self.letters.push(word.bytes().fold(0, |seen, byte| seen | bit(byte)));
        self.sounds.push(self.known_sounds.intern(&crate::sound::sound(word)));
    }

    pub(crate) fn len(&self) -> usize {
        self.sounds.len()
    }

    /// Keeps the words that came since the last time, or forgets them.
    pub(crate) fn settle(&mut self, keep: bool) {
        self.words.settle(keep);
        self.known_sounds.settle(keep);
        self.letters.truncate(self.words.len());
        self.sounds.truncate(self.words.len());
    }

    /// Gives up adding words, and the room that this takes.
    pub(crate) fn seal(&mut self) {
        self.words.seal();
        self.known_sounds = Dictionary::default();
    }

    pub(crate) fn word(&self, code: u32) -> &str {
        self.words.text(code)
    }

    pub(crate) fn sound(&self, code: u32) -> u32 {
        of(&self.sounds, code)
    }

    /// Whether at most so many slips part two words, each of at least as many letters.
    pub(crate) fn within(&self, left: u32, right: u32, slips: u32, shortest: usize) -> bool {
        // A slip changes at most two of the letters that occur.
        if (of(&self.letters, left) ^ of(&self.letters, right)).count_ones() > 2 * slips {
            return false;
        }
        let (a, b) = (self.word(left), self.word(right));
        a.len() >= shortest && b.len() >= shortest && edit::within(a.as_bytes(), b.as_bytes(), slips as usize)
    }

    pub(crate) fn nearness(&self, left: u32, right: u32) -> Nearness {
        if self.within(left, right, 1, 3) {
            Nearness::OneOff
        } else if of(&self.sounds, left) == of(&self.sounds, right) || self.within(left, right, 2, 6) {
            Nearness::Alike
        } else {
            Nearness::Far
        }
    }
}

fn bit(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'0'..=b'9' => 1 << (26 + byte % 6),
        _ => 0,
    }
}
