//! The sounds of a word: its consonants in nine classes, without vowels, so that spellings of one name by different rules
//! of romanisation meet (`Qaddafi` and `Gaddafi`, `Hsi` and `Xi`), and names written without vowels, as in Arabic.

/// Most consonants that are kept.
const LONGEST: u32 = 16;

/// Consonant classes of a word, four bits each, the last one lowest, with their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Skeleton {
    classes: u64,
    length: u8,
}

impl Skeleton {
    /// Of a word in small Latin letters. In scripts that write few vowels (`abjad`), `w` stands for a vowel more often than not.
    pub(crate) fn of(word: &[u8], abjad: bool) -> Self {
        let mut skeleton = Self::default();
        let mut last = 0;
        for (at, letter) in word.iter().enumerate() {
            let mut class = CLASSES.get(usize::from(letter & 0x1f)).copied().unwrap_or(0);
            if class >= BY_NEXT || letter & 0x40 == 0 {
                class = special(word, at, *letter, abjad);
            }
            if class != 0 && class != last && u32::from(skeleton.length) < LONGEST {
                skeleton.classes = skeleton.classes << 4 | u64::from(class);
                skeleton.length += 1;
            }
            // A vowel parts two equal sounds, a mute letter does not.
            if class != 0 || *letter != b'h' {
                last = class;
            }
        }
        skeleton
    }

    /// Number of consonants, at most 16.
    pub(crate) fn len(self) -> u8 {
        self.length
    }

    /// A number that equal skeletons share and words' hashes are unlikely to be.
    pub(crate) fn key(self) -> u64 {
        (self.classes ^ u64::from(self.length) << 58).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    }

    /// Without the consonant at a place, counted from the last.
    pub(crate) fn without(self, at: u8) -> Self {
        let low = 4 * u32::from(at.min(self.length.saturating_sub(1)));
        let below = self.classes & ((1 << low) - 1);
        Self { classes: (self.classes >> low >> 4) << low | below, length: self.length.saturating_sub(1) }
    }

    /// How many sounds must be changed, added or left out to make one of the other (Levenshtein).
    pub(crate) fn distance(self, other: Self) -> u8 {
        if self == other {
            return 0;
        }
        let mut row: [u8; LONGEST as usize + 1] = std::array::from_fn(|at| u8::try_from(at).unwrap_or(u8::MAX));
        for (i, left) in (1_u8..).zip(self.sounds()) {
            let mut corner = i - 1;
            let mut before = i;
            let mut cells = row.iter_mut();
            if let Some(first) = cells.next() {
                *first = i;
            }
            for (cell, right) in cells.zip(other.sounds()) {
                let here = (corner + u8::from(left != right)).min(before + 1).min(*cell + 1);
                corner = *cell;
                *cell = here;
                before = here;
            }
        }
        row.get(usize::from(other.length)).copied().unwrap_or(u8::MAX)
    }

    fn sounds(self) -> impl Iterator<Item = u64> {
        (0..u32::from(self.length)).map(move |at| self.classes >> (4 * at) & 15)
    }
}

/// Marks letters whose class depends on what stands beside them.
const BY_NEXT: u8 = 32;

/// Classes of the letters from `a` (1) to `z` (26); 0 for those that do not count.
static CLASSES: [u8; 32] = {
    const NEXT: u8 = BY_NEXT;
    //  -  a  b  c     d     e  f  g  h  i  j  k  l  m  n  o  p  q  r  s  t     u  v  w     x  y  z
    [0, 0, 1, NEXT, NEXT, 0, 1, 3, 0, 0, 5, 3, 6, 8, 9, 0, 1, 3, 7, 4, NEXT, 0, 1, NEXT, 4, 0, 4, 0, 0, 0, 0, 0]
};

/// Class of a letter that its neighbours decide; digits have none.
fn special(word: &[u8], at: usize, letter: u8, abjad: bool) -> u8 {
    match (letter, word.get(at + 1).copied().unwrap_or(0)) {
        (b'w', _) => u8::from(at == 0 && !abjad),
        (b't', b's' | b'z') => 4,
        // `tch` is one sound, which `ch` tells.
        (b't', b'c') => 0,
        (b'd', b'j' | b'z') | (b'c', b'h') => 5,
        (b't' | b'd', _) => 2,
        (b'c', b'e' | b'i' | b'y') => 4,
        (b'c', _) => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        let check = |left: &str, right: &str, distance: u8| {
            assert_eq!(Skeleton::of(left.as_bytes(), false).distance(Skeleton::of(right.as_bytes(), false)), distance, "{left} {right}");
        };
        check("qaddafi", "gaddafi", 0);
        check("hsi", "xi", 0);
        check("chinping", "jinping", 0);
        check("hassan", "hasan", 0);
        check("tchaikovsky", "chaykovskiy", 0);
        check("luxford", "luxon", 3);
        check("", "", 0);
        check("", "bdk", 3);
        assert_eq!(Skeleton::of(b"byryz", true), Skeleton::of(b"perez", false));
    }
}
