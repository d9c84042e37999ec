//! Why two names score as they do, as data.

use serde::Serialize;

use super::{
    Difference, Kind, Prepared, THRESHOLD,
    align::places,
    costs::costs,
    likeness::How,
    score::{examined, in_order, total},
};

/// Why two names score as they do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NameExplanation {
    /// How the names were read.
    pub kind: Kind,
    /// Words of both that stand for each other, and those that have no counterpart.
    pub words: Vec<WordPair>,
    /// What is taken off, one entry for each difference that there is.
    pub costs: Vec<Cost>,
    /// What is left of 1; the same number that [`score`](super::score) gives.
    pub score: f32,
    /// From which score on two names match.
    pub threshold: f32,
    /// Whether they do.
    pub matches: bool,
}

/// Words that stand for each other, or a word without counterpart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordPair {
    /// In the first name.
    pub left: Option<String>,
    /// In the second.
    pub right: Option<String>,
    /// How they stand for each other.
    pub how: &'static str,
    /// Letters changed.
    pub letters: u8,
    /// Consonants or characters changed.
    pub sounds: u8,
}

/// What a difference takes off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cost {
    /// Which difference.
    pub difference: Difference,
    /// The same in words.
    pub text: &'static str,
    /// How much of it there is, in the unit of the difference.
    pub amount: f32,
    /// Cost of one unit.
    pub each: f32,
    /// `amount * each`.
    pub cost: f32,
}

/// Explains the score of two names. The numbers are those of the fast way, to the bit.
pub fn explain_names(a: &str, b: &str, kind: Kind) -> NameExplanation {
    let (left, right) = (Prepared::new(a, kind), Prepared::new(b, kind));
    let mut explanation = NameExplanation { kind, words: Vec::new(), costs: Vec::new(), score: 0.0, threshold: THRESHOLD, matches: false };
    if left.is_empty() || right.is_empty() {
        return explanation;
    }
    let (first, second) = in_order(&left, &right);
    let mirrored = !std::ptr::eq(first, &raw const left);
    let (alignment, amounts) = examined(first, second);
    let run = |name: &Prepared, (from, to): (u8, u8)| {
        let words = name.tokens.iter().take(usize::from(to) + 1).skip(usize::from(from));
        Some(words.map(|token| name.shown(token)).collect::<Vec<_>>().join(" "))
    };
    for pairing in &alignment.pairings {
        let likeness = &pairing.likeness;
        let (left, right) = (run(first, pairing.left), run(second, pairing.right));
        explanation.words.push(WordPair { left, right, how: how(likeness.how), letters: likeness.edits, sounds: likeness.sounds });
    }
    let alone = |left, right| WordPair { left, right, how: "no counterpart", letters: 0, sounds: 0 };
    explanation.words.extend(places(alignment.left_over).map(|at| alone(run(first, (at, at)), None)));
    explanation.words.extend(places(alignment.right_over).map(|at| alone(None, run(second, (at, at)))));
    if mirrored {
        for words in &mut explanation.words {
            std::mem::swap(&mut words.left, &mut words.right);
        }
    }
    for (difference, each) in Difference::ALL.iter().zip(costs(first.kind)) {
        let amount = amounts.get(*difference);
        if amount != 0.0 {
            explanation.costs.push(Cost { difference: *difference, text: difference.text(), amount, each: *each, cost: amount * each });
        }
    }
    explanation.score = total(first.kind, &amounts);
    explanation.matches = explanation.score >= THRESHOLD;
    explanation
}

fn how(how: How) -> &'static str {
    match how {
        How::Same => "the same",
        How::Near => "nearly the same",
        How::Spelling => "another spelling of the name",
        How::Diminutive => "short form",
        How::Initial => "initial",
        How::Joined => "run together",
        How::Character => "another character",
        How::Acronym => "first letters",
    }
}
