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
    /// Of the texts of a dictionary, by their codes.
    pub(crate) fn new(dictionary: &Dictionary, clean: impl Fn(&str) -> String) -> Self {
        let mut all = Self::default();
        let mut sounds = Dictionary::default();
        for text in dictionary.iter() {
            all.add(&clean(text), &mut sounds);
        }
        all
    }

    fn add(&mut self, word: &str, sounds: &mut Dictionary) {
        self.words.append(word);
        self.letters.push(word.bytes().fold(0, |seen, byte| seen | bit(byte)));
        self.sounds.push(sounds.intern(&crate::sound::sound(word)));
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
