//! Which words of one name stand for which of the other.

use smallvec::SmallVec;

use super::{
    Kind, Prepared,
    distance::distance,
    lexicon::Class,
    likeness::{How, Likeness, likeness},
    prepare::Token,
    skeleton::Skeleton,
};

/// Words of both names that stand for each other. Ranges are of places among the tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pairing {
    pub(super) left: (u8, u8),
    pub(super) right: (u8, u8),
    pub(super) likeness: Likeness,
}

/// Pairings, and the words that are left over on both sides as bits.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    pub(super) pairings: SmallVec<[Pairing; 8]>,
    pub(super) left_over: u64,
    pub(super) right_over: u64,
}

/// Aligns two names.
pub(super) fn align(a: &Prepared, b: &Prepared) -> Alignment {
    let mut alignment = Alignment { left_over: all(a.tokens.len()), right_over: all(b.tokens.len()), ..Alignment::default() };
    same(a, b, &mut alignment);
    if alignment.left_over != 0 && alignment.right_over != 0 {
        acronym(a, b, &mut alignment);
        joined(a, b, &mut alignment);
        near(a, b, &mut alignment);
    }
    alignment
}

fn all(tokens: usize) -> u64 {
    if tokens >= 64 { u64::MAX } else { (1 << tokens) - 1 }
}

/// Places of the bits that are set.
pub(super) fn places(mut bits: u64) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let place = u8::try_from(bits.trailing_zeros()).ok().filter(|place| *place < 64)?;
        bits &= bits - 1;
        Some(place)
    })
}

fn same(a: &Prepared, b: &Prepared, alignment: &mut Alignment) {
    for (i, left) in (0_u8..).zip(&a.tokens) {
        for (j, right) in (0_u8..).zip(&b.tokens) {
            if left.hash == right.hash && alignment.right_over >> j & 1 == 1 && a.bytes(left) == b.bytes(right) && left.native == right.native {
                alignment.left_over &= !(1 << i);
                alignment.right_over &= !(1 << j);
                alignment.pairings.push(Pairing { left: (i, i), right: (j, j), likeness: Likeness::plain(How::Same, 0.0) });
                break;
            }
        }
    }
}

fn acronym(a: &Prepared, b: &Prepared, alignment: &mut Alignment) {
    if a.kind != Kind::Organisation {
        return;
    }
    let is_of = |short: &Prepared, long: &Prepared| {
        let letters = short.tokens.first().map(|token| short.bytes(token)).unwrap_or_default();
        let telling = |token: &&Token| token.class != Class::Particle;
        let of = |tokens: &mut dyn Iterator<Item = &Token>| tokens.filter_map(|token| long.bytes(token).first()).eq(letters);
        short.tokens.len() == 1 && letters.len() >= 2 && (of(&mut long.tokens.iter().filter(telling)) || of(&mut long.tokens.iter()))
    };
    if is_of(a, b) || is_of(b, a) {
        let last = |prepared: &Prepared| u8::try_from(prepared.tokens.len().saturating_sub(1)).unwrap_or(0);
        alignment.pairings.push(Pairing { left: (0, last(a)), right: (0, last(b)), likeness: Likeness::plain(How::Acronym, 0.0) });
        alignment.left_over = 0;
        alignment.right_over = 0;
    }
}

/// One word for several in a row.
fn joined(a: &Prepared, b: &Prepared, alignment: &mut Alignment) {
    if alignment.right_over.count_ones() > 1 {
        for i in places(alignment.left_over) {
            if let Some((runs, likeness)) = run_for(a, i, b, alignment.right_over) {
                alignment.left_over &= !(1 << i);
                alignment.right_over &= !(all(usize::from(runs.1) + 1) & !all(usize::from(runs.0)));
                alignment.pairings.push(Pairing { left: (i, i), right: runs, likeness });
            }
        }
    }
    if alignment.left_over.count_ones() > 1 {
        for j in places(alignment.right_over) {
            if let Some((runs, likeness)) = run_for(b, j, a, alignment.left_over) {
                alignment.right_over &= !(1 << j);
                alignment.left_over &= !(all(usize::from(runs.1) + 1) & !all(usize::from(runs.0)));
                alignment.pairings.push(Pairing { left: runs, right: (j, j), likeness });
            }
        }
    }
}

/// The words of the other name that stand side by side and are this one when written together.
fn run_for(a: &Prepared, at: u8, b: &Prepared, over: u64) -> Option<((u8, u8), Likeness)> {
    let whole = a.tokens.get(usize::from(at))?;
    if whole.len < 3 {
        return None;
    }
    for from in places(over) {
        let first = b.tokens.get(usize::from(from))?;
        let mut end = first.start + first.len;
        for to in from + 1..from.saturating_add(4) {
            let Some(last) = b.tokens.get(usize::from(to)).filter(|last| over >> to & 1 == 1 && last.start == end) else { break };
            end = last.start + last.len;
            let length = end - first.start;
            if length > whole.len + 2 {
                break;
            }
            if whole.len.abs_diff(length) <= 2
                && let Some(likeness) = run(a.bytes(whole), b.run(first, last))
            {
                return Some(((from, to), likeness));
            }
        }
    }
    None
}

fn run(word: &[u8], together: &[u8]) -> Option<Likeness> {
    let edits = u8::try_from(distance(word, together)).unwrap_or(u8::MAX);
    let sounds = Skeleton::of(word, false).distance(Skeleton::of(together, false));
    let longer = word.len().max(together.len());
    let allowed = match longer {
        0..6 => 0,
        6..10 => 1,
        _ => 2,
    } + if sounds == 0 && longer >= 6 { 1 } else { 0 };
    let share = f32::from(edits) / f32::from(u16::try_from(longer).unwrap_or(u16::MAX));
    (edits <= allowed).then_some(Likeness { how: How::Joined, edits, sounds, share, price: 0.0 })
}

/// Word for word, the likest first.
fn near(a: &Prepared, b: &Prepared, alignment: &mut Alignment) {
    let mut candidates: SmallVec<[Pairing; 8]> = SmallVec::new();
    for i in places(alignment.left_over) {
        for j in places(alignment.right_over) {
            let (Some(left), Some(right)) = (a.tokens.get(usize::from(i)), b.tokens.get(usize::from(j))) else { continue };
            if let Some(likeness) = likeness(a, left, b, right) {
                candidates.push(Pairing { left: (i, i), right: (j, j), likeness });
            }
        }
    }
    if candidates.len() > 1 {
        candidates.sort_by(|x, y| x.likeness.price.total_cmp(&y.likeness.price).then(x.left.cmp(&y.left)).then(x.right.cmp(&y.right)));
    }
    for pairing in candidates {
        let (i, j) = (pairing.left.0, pairing.right.0);
        if alignment.left_over >> i & 1 == 1 && alignment.right_over >> j & 1 == 1 {
            alignment.left_over &= !(1 << i);
            alignment.right_over &= !(1 << j);
            alignment.pairings.push(pairing);
        }
    }
}
