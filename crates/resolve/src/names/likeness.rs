//! How two words that are not the same may still stand for each other.

use super::{Kind, Prepared, distance::distance, lexicon::Class, prepare::Token, skeleton::Skeleton};

/// How a word stands for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The same letters.
    Same,
    /// Nearly the same letters or sounds.
    Near,
    /// Known as a spelling of the same name.
    Spelling,
    /// Known as a short form.
    Diminutive,
    /// A letter for a name.
    Initial,
    /// Several words for one.
    Joined,
    /// Characters that are syllables, some of them others.
    Character,
    /// First letters for a whole name.
    Acronym,
}

/// One way for two words to stand for each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likeness {
    pub(super) how: How,
    /// Letters changed.
    pub(super) edits: u8,
    /// Consonants changed.
    pub(super) sounds: u8,
    /// Part of the longer word that changed.
    pub(super) share: f32,
    /// By which the best partner is found: the less the liker.
    pub(super) price: f32,
}

impl Likeness {
    pub(super) fn plain(how: How, price: f32) -> Self {
        Self { how, edits: 0, sounds: 0, share: 0.0, price }
    }
}

/// The part of a word that may change before it is another word.
const MOST_CHANGED: f32 = 0.45;
/// The same where the consonants are the same.
const MOST_CHANGED_SAME_SOUNDS: f32 = 0.7;
/// The same where the name is written without most vowels.
const MOST_CHANGED_WITHOUT_VOWELS: f32 = 0.5;
const PRICE_OF_SPELLING: f32 = 0.22;
const PRICE_OF_DIMINUTIVE: f32 = 0.35;
const PRICE_OF_INITIAL: f32 = 0.6;
const PRICE_OF_SOUND: f32 = 0.12;

/// How a word of one name may stand for one of the other, if it may; words that are the same do not come here.
pub(super) fn likeness(a: &Prepared, left: &Token, b: &Prepared, right: &Token) -> Option<Likeness> {
    if left.class == Class::Number || right.class == Class::Number {
        return None;
    }
    if left.len == 1 || right.len == 1 {
        return initial(a, left, b, right);
    }
    if left.native != 0 && right.native != 0 {
        return characters(left.native, right.native);
    }
    let known = match (left.word, right.word) {
        (Some(x), Some(y)) if a.kind == Kind::Person && x.spells(y) => Some(Likeness::plain(How::Spelling, PRICE_OF_SPELLING)),
        (Some(x), Some(y)) if a.kind == Kind::Person && x.shortens(y) => Some(Likeness::plain(How::Diminutive, PRICE_OF_DIMINUTIVE)),
        _ => None,
    };
    let near = if left.abjad == right.abjad { near(a, left, b, right) } else { sounds(a.skeleton(left), b.skeleton(right)) };
    match (known, near) {
        (Some(known), Some(near)) => Some(if near.price < known.price { near } else { known }),
        (known, near) => known.or(near),
    }
}

fn initial(a: &Prepared, left: &Token, b: &Prepared, right: &Token) -> Option<Likeness> {
    let (letter, word) = if left.len == 1 { (left, right) } else { (right, left) };
    let names = matches!(word.class, Class::Name | Class::Common) && a.kind == Kind::Person;
    let same = a.bytes(left).first() == b.bytes(right).first();
    (word.len > 1 && letter.class == Class::Initial && names && same).then(|| Likeness::plain(How::Initial, PRICE_OF_INITIAL))
}

/// Characters that are syllables, compared place by place.
fn characters(left: u64, right: u64) -> Option<Likeness> {
    let count = |native: u64| 4 - native.leading_zeros() / 16;
    let (longer, length) = (count(left).max(count(right)), count(left));
    let other = (0..4).filter(|at| (left ^ right) >> (16 * at) & 0xFFFF != 0).count();
    let other = u8::try_from(other).unwrap_or(4);
    (length == count(right) && u32::from(other) * 2 <= longer).then(|| Likeness { sounds: other, ..Likeness::plain(How::Character, f32::from(other) * 0.3) })
}

/// Letters compared.
fn near(a: &Prepared, left: &Token, b: &Prepared, right: &Token) -> Option<Likeness> {
    let longer = left.len.max(right.len);
    let small = |token: &Token| matches!(token.class, Class::Particle | Class::ChildOf | Class::Title);
    if longer > 200 || small(left) != small(right) {
        return None;
    }
    let longer = f32::from(u8::try_from(longer).unwrap_or(u8::MAX));
    let apart = u16::try_from((left.letters ^ right.letters).count_ones().div_ceil(2)).unwrap_or(64).max(left.len.abs_diff(right.len));
    if f32::from(apart) > MOST_CHANGED_SAME_SOUNDS * longer {
        return None;
    }
    let edits = u8::try_from(distance(a.bytes(left), b.bytes(right))).unwrap_or(u8::MAX);
    if f32::from(edits) > (MOST_CHANGED_SAME_SOUNDS * longer).max(1.0) {
        return None;
    }
    let (left_sounds, right_sounds) = (a.skeleton(left), b.skeleton(right));
    let fewest = if a.kind == Kind::Person { 1 } else { 3 };
    let same_sounds = left_sounds == right_sounds && left_sounds.len() >= fewest;
    let most = if left.abjad { MOST_CHANGED_WITHOUT_VOWELS } else { MOST_CHANGED } * longer;
    if !same_sounds && f32::from(edits) > most.max(1.0) {
        return None;
    }
    let sounds = left_sounds.distance(right_sounds);
    let share = f32::from(edits) / longer;
    Some(Likeness { how: How::Near, edits, sounds, share, price: share + PRICE_OF_SOUND * f32::from(sounds) })
}

/// Consonants compared, where one name is written without its vowels.
fn sounds(left: Skeleton, right: Skeleton) -> Option<Likeness> {
    let longer = left.len().max(right.len());
    let sounds = left.distance(right);
    let share = f32::from(sounds) / f32::from(longer.max(1));
    (longer > 0 && share <= MOST_CHANGED_WITHOUT_VOWELS).then_some(Likeness { how: How::Near, edits: 0, sounds, share: share / 2.0, price: share })
}
