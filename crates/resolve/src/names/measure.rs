//! Turns an alignment into amounts of difference.

use smallvec::SmallVec;

use super::{
    Kind, Prepared,
    align::{Alignment, Pairing, places},
    features::{Amounts, Difference},
    forms::Sort,
    letters::Aside,
    lexicon::{self, Class},
    likeness::How,
    prepare::Token,
};

/// How much of each difference there is between two aligned names.
pub(super) fn measure(a: &Prepared, b: &Prepared, alignment: &Alignment) -> Amounts {
    let mut amounts = Amounts::none();
    let mut agreed = 0.0;
    let mut edits = 0.0;
    for pairing in &alignment.pairings {
        pair(a, b, pairing, &mut amounts);
        edits += f32::from(pairing.likeness.edits);
        agreed += agreement(a, pairing);
    }
    if edits > 1.0 {
        let shorter = length(a).min(length(b)).max(1.0);
        amounts.add(Difference::Slips, edits * edits / shorter);
    }
    if alignment.left_over | alignment.right_over != 0 {
        left_over(a, b, alignment, agreed, &mut amounts);
    }
    if a.forms != b.forms {
        forms(a.forms, b.forms, &mut amounts);
    }
    order(a, b, alignment, &mut amounts);
    amounts
}

fn pair(a: &Prepared, b: &Prepared, pairing: &Pairing, amounts: &mut Amounts) {
    let likeness = &pairing.likeness;
    match likeness.how {
        How::Same => return,
        How::Near => {
            let first = |name: &Prepared, at: u8| name.tokens.get(usize::from(at)).and_then(|token| name.bytes(token).first().copied());
            if likeness.sounds > 0 && first(a, pairing.left.0) != first(b, pairing.right.0) {
                amounts.add(Difference::Beginning, 1.0);
            }
        }
        How::Spelling => amounts.add(Difference::Spelling, 1.0),
        How::Diminutive => amounts.add(Difference::Diminutive, 1.0),
        How::Initial => amounts.add(Difference::Initial, 1.0),
        How::Joined => amounts.add(Difference::Joined, 1.0),
        How::Acronym => amounts.add(Difference::Acronym, 1.0),
        How::Character => {
            amounts.add(Difference::Character, f32::from(likeness.sounds));
            return;
        }
    }
    amounts.add(Difference::Letters, f32::from(likeness.edits));
    amounts.add(if likeness.sounds == 0 { Difference::Vowels } else { Difference::Share }, likeness.share);
    amounts.add(Difference::Sounds, f32::from(likeness.sounds));
}

/// How much a pairing tells of the two being one.
fn agreement(a: &Prepared, pairing: &Pairing) -> f32 {
    let Some(token) = a.tokens.get(usize::from(pairing.left.0)) else { return 0.0 };
    match pairing.likeness.how {
        How::Initial => 0.2,
        How::Acronym => 1.0,
        _ => weight(token) * (1.0 - pairing.likeness.share),
    }
}

/// What a word weighs.
fn weight(token: &Token) -> f32 {
    let weight = match token.class {
        Class::Name => 1.0,
        Class::Common => 0.9,
        Class::Place => 0.8,
        Class::General => 0.7,
        Class::Initial => 0.7,
        Class::Half => 0.6,
        Class::Particle | Class::ChildOf | Class::Title => 0.0,
        Class::Number => 0.0,
    };
    match token.aside {
        Aside::No => weight,
        Aside::Bracket => weight * 0.6,
        Aside::Alternative => weight * 0.1,
    }
}

fn length(name: &Prepared) -> f32 {
    name.tokens.iter().map(|token| f32::from(token.len)).sum()
}

/// Weights of the words of one name that the other has nothing for, by class.
#[derive(Default)]
struct Over {
    name: f32,
    general: f32,
    place: f32,
    small: f32,
    number: f32,
}

impl Over {
    fn of(name: &Prepared, bits: u64) -> Self {
        let mut over = Self::default();
        for token in places(bits).filter_map(|at| name.tokens.get(usize::from(at))) {
            let sum = match token.class {
                Class::Name | Class::Common | Class::Initial | Class::Half => &mut over.name,
                Class::General => &mut over.general,
                Class::Place => &mut over.place,
                Class::Particle | Class::ChildOf | Class::Title => {
                    over.small += 1.0;
                    continue;
                }
                Class::Number => {
                    over.number += 1.0;
                    continue;
                }
            };
            *sum += weight(token);
        }
        over
    }

    fn sum(&self) -> f32 {
        self.name + self.general + self.place
    }
}

fn left_over(a: &Prepared, b: &Prepared, alignment: &Alignment, agreed: f32, amounts: &mut Amounts) {
    let (left, right) = (Over::of(a, alignment.left_over), Over::of(b, alignment.right_over));
    let (more, less) = if left.sum() >= right.sum() { (&left, &right) } else { (&right, &left) };
    amounts.add(Difference::Contradiction, less.sum());
    let excess = more.sum() - less.sum();
    if excess > 0.0 {
        let part = excess / more.sum();
        amounts.add(Difference::Extra, more.name * part);
        amounts.add(Difference::ExtraGeneral, more.general * part);
        amounts.add(Difference::ExtraPlace, more.place * part);
        amounts.add(Difference::ExtraShare, excess / (excess + agreed + less.sum()));
        amounts.add(Difference::Sparse, (2.0 * (1.5 - agreed)).clamp(0.0, 1.0) * excess.min(1.0));
    }
    amounts.add(Difference::ExtraSmall, (left.small - right.small).abs().min(2.0));
    amounts.add(Difference::Number, left.number.min(right.number));
    amounts.add(Difference::ExtraNumber, (left.number - right.number).abs());
}

fn forms(left: u64, right: u64, amounts: &mut Amounts) {
    if left == 0 || right == 0 {
        return amounts.add(Difference::ExtraForm, 1.0);
    }
    if left & right != 0 {
        return;
    }
    let sorts = |bits: u64| -> SmallVec<[Sort; 4]> { places(bits).filter_map(lexicon::form).map(|(_, sort)| sort).collect() };
    let (left, right) = (sorts(left), sorts(right));
    let agree = left.contains(&Sort::Company) || right.contains(&Sort::Company) || left.iter().any(|sort| right.contains(sort));
    amounts.add(if agree { Difference::Form } else { Difference::FormSort }, 1.0);
}

/// Whether the paired words stand in one order.
fn order(a: &Prepared, b: &Prepared, alignment: &Alignment, amounts: &mut Amounts) {
    let mut places: SmallVec<[(u8, u8); 8]> = SmallVec::new();
    let (mut son, mut father) = (false, false);
    for pairing in &alignment.pairings {
        let (Some(left), Some(right)) = (a.tokens.get(usize::from(pairing.left.0)), b.tokens.get(usize::from(pairing.right.0))) else { continue };
        if matches!(left.class, Class::Particle | Class::Title | Class::ChildOf | Class::Number) {
            continue;
        }
        places.push((pairing.left.0, pairing.right.0));
        son |= left.of_father && !right.of_father;
        father |= right.of_father && !left.of_father;
    }
    places.sort_unstable();
    let descents = places.iter().zip(places.iter().skip(1)).filter(|(before, after)| before.1 > after.1).count();
    if descents == 0 {
        return;
    }
    if son && father {
        return amounts.add(Difference::Reversal, 1.0);
    }
    let circle = descents == 1 && places.last().zip(places.first()).is_some_and(|(last, first)| last.1 < first.1);
    let forename = |token: &Token| token.class == Class::Common;
    if a.kind == Kind::Person && places.len() == 2 && a.tokens.iter().all(forename) && b.tokens.iter().all(forename) {
        amounts.add(Difference::Swap, 1.0);
    } else if circle {
        amounts.add(Difference::Rotation, 1.0);
    } else {
        amounts.add(Difference::Order, 1.0);
    }
}
