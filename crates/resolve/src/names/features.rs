//! What two names can differ by, and how much of each difference there is.

use serde::Serialize;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// A way in which two names differ.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Difference {
            $($(#[$doc])* $name),*
        }

        impl Difference {
            /// All of them, in the order of the table of costs.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// In words.
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text),*
                }
            }
        }
    };
}

features! {
    /// Letters changed within aligned words; each counts one.
    Letters = "letters changed",
    /// The part of each aligned word that changed, summed, where consonants changed.
    Share = "share of the word changed",
    /// The same where only vowels, doubled letters and the like changed.
    Vowels = "share of the word changed, vowels alone",
    /// Consonants changed within aligned words; each counts one.
    Sounds = "sounds changed",
    /// Aligned words that begin with another letter.
    Beginning = "begins with another letter",
    /// The square of the letters changed in all, over the letters of the shorter name.
    Slips = "many slips in one name",
    /// A name by another spelling or in another language.
    Spelling = "another spelling of the name",
    /// A short form.
    Diminutive = "short form",
    /// A letter that stands for a name.
    Initial = "initial",
    /// Words written together in one name and apart in the other.
    Joined = "words run together",
    /// The first letters of the other name's words.
    Acronym = "first letters of the words",
    /// A syllable in its own character that is another one.
    Character = "another character",
    /// Words of each name that the other has nothing for: the lesser of the two sides.
    Contradiction = "words that contradict each other",
    /// Words that one name has more.
    Extra = "more words",
    /// Part of the longer name that the shorter lacks.
    ExtraShare = "share of words that only one has",
    /// General words that one name has more.
    ExtraGeneral = "more general words",
    /// Places that one name has more.
    ExtraPlace = "a place more",
    /// Small words, titles and the like that one name has more.
    ExtraSmall = "small words more",
    /// Numbers that are not the same.
    Number = "another number",
    /// A number that only one has.
    ExtraNumber = "a number more",
    /// Legal forms of different sorts.
    FormSort = "another sort of legal form",
    /// Different legal forms of one sort.
    Form = "another legal form",
    /// A legal form that only one has.
    ExtraForm = "a legal form more",
    /// The same words beginning elsewhere, surname first say.
    Rotation = "words in another order, in a circle",
    /// The same words in an order that is none of a surname put first.
    Order = "words in another order",
    /// Two forenames that changed places, so that either may be the surname.
    Swap = "forenames that changed places",
    /// Son and father that changed places.
    Reversal = "father and son changed places",
    /// Little that agrees, where words are left over: 0 if one and a half telling words agree, 1 if no more than one.
    Sparse = "little agrees",
}

/// Number of differences.
pub(super) const COUNT: usize = Difference::ALL.len();

/// How much of each difference there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amounts([f32; COUNT]);

impl Amounts {
    pub(super) fn none() -> Self {
        Self([0.0; COUNT])
    }

    pub(super) fn add(&mut self, difference: Difference, amount: f32) {
        if let Some(entry) = self.0.get_mut(difference as usize) {
            *entry += amount;
        }
    }

    pub(super) fn get(&self, difference: Difference) -> f32 {
        self.0.get(difference as usize).copied().unwrap_or(0.0)
    }

    pub(super) fn all(&self) -> &[f32; COUNT] {
        &self.0
    }
}
