//! Names of people: forename and surname are one field, for each tells of the other (family, language, typing in the
//! wrong box).

use crate::{
    at::of,
    field::{
        Compare, Factor, Joint, MISSING, Rate, Step, Steps, Values, Variants, both, same,
        variants::{Keys, Pairs, code, derive},
    },
    fold::fold,
    kind::Kind,
    nicknames,
    table::{Dictionary, NONE, Table},
    words::{Nearness, Words},
};

const FORENAME: usize = 0;
const SURNAME: usize = 1;
const BOTH: usize = 2;
const UNORDERED: usize = 3;
const FORENAME_ROOT: usize = 4;
const FORENAME_SOUND: usize = 5;
const SURNAME_SOUND: usize = 6;
const SURNAME_START: usize = 7;
const INITIAL: usize = 8;
const LAST_PART: usize = 9;
/// Names in any order that so few records have that this alone makes a pair worth a look.
const OF_FEW: usize = 10;
const OF_SOME: usize = 11;
/// How many records these are.
const FEW: u32 = 10;
const SOME: u32 = 40;
const ATOMS: &[&str] = &[
    "forename",
    "surname",
    "forename and surname",
    "names in any order",
    "usual forename",
    "sound of forename",
    "sound of surname",
    "start of surname",
    "initial",
    "last part of surname",
    "names of few records",
    "names of some records",
];

const fn step(says: &'static str, m: f64, rate: Rate) -> Step {
    Step { says, m, rate }
}

/// In the order of [`forenames`] and [`surnames`]; swapped names are steps of both.
const FACTORS: &[Factor] = &[
    Factor {
        says: "forename",
        shared: false,
        given_first: false,
        steps: &[
            step("the same", 0.80, Rate::Same(FORENAME)),
            step("one slip apart", 0.06, Rate::Greater(FORENAME)),
            step("forms of one name", 0.05, Rate::Greater(FORENAME)),
            step("an initial", 0.03, Rate::Any),
            step("alike", 0.02, Rate::Greater(FORENAME)),
            step("the same start", 0.01, Rate::Any),
            step("different", 0.02, Rate::Any),
            step("swapped with the surname", 0.008, Rate::Lesser(BOTH)),
            step("nearly the surname of the other", 0.002, Rate::Any),
        ],
    },
    Factor {
        says: "surname",
        shared: true,
        given_first: false,
        steps: &[
            step("the same", 0.84, Rate::Same(SURNAME)),
            step("one slip apart", 0.07, Rate::Greater(SURNAME)),
            step("a part the same", 0.02, Rate::Any),
            step("alike", 0.02, Rate::Greater(SURNAME)),
            step("different", 0.04, Rate::Any),
            step("swapped with the forename", 0.01, Rate::First),
        ],
    },
];

const KEYS: &[&[usize]] = &[
    &[BOTH],
    &[UNORDERED],
    &[OF_FEW],
    &[OF_SOME],
    &[SURNAME],
    &[FORENAME],
    &[LAST_PART],
    &[FORENAME_ROOT, SURNAME],
    &[FORENAME_ROOT, SURNAME_SOUND],
    &[INITIAL, SURNAME_SOUND],
    &[FORENAME_SOUND, SURNAME_SOUND],
    &[SURNAME_SOUND],
    &[SURNAME_START],
    &[FORENAME_ROOT, SURNAME_START],
    &[INITIAL, SURNAME_START],
    &[FORENAME_ROOT],
    &[FORENAME_SOUND],
    &[INITIAL, SURNAME],
    &[INITIAL],
];

#[derive(Debug, Default)]
struct Name {
    words: Words,
    /// First words of forenames.
    first_words: Keys,
    /// Which rows of the table of short forms the first word is in, 0 for none.
    rows: Vec<[u16; 4]>,
    /// Codes of the parts of a surname of several parts.
    parts: Vec<[u32; 3]>,
    coder: Coder,
}

/// What codes are given by.
#[derive(Debug, Default)]
struct Coder {
    /// One dictionary for both, so that a forename in the other's surname is seen.
    names: Dictionary,
    roots: Keys,
    starts: Keys,
    initials: Keys,
    last_parts: Keys,
    part_words: Dictionary,
    both: Pairs,
    unordered: Pairs,
    /// How many records of the table have names in any order.
    bearers: Vec<u32>,
}

/// The atoms of a variant.
type Atoms = [u32; ATOMS.len()];

/// The field and the variants of all records.
pub(super) fn prepare(table: &Table, columns: &[usize], keep: bool) -> (Box<dyn Compare>, Variants) {
    let mut name = Name::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let mut codes: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
    for column in &columns {
        codes.push(match column.kind {
            Kind::Forename => (derive(column, |text| name.code(&fold(text))), Vec::new()),
            Kind::Surname => (Vec::new(), derive(column, |text| name.code(&fold(text)))),
            _ => (derive(column, |text| name.code(&split(text).0)), derive(column, |text| name.code(&split(text).1))),
        });
    }
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    let (mut found, mut forenames, mut surnames): (Vec<Atoms>, Vec<u32>, Vec<u32>) = Default::default();
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        found.clear();
        forenames.clear();
        surnames.clear();
        for (column, (given, family)) in columns.iter().zip(&codes) {
            for raw in column.codes(row) {
                match column.kind {
                    Kind::Forename => forenames.push(code(given, raw)),
                    Kind::Surname => surnames.push(code(family, raw)),
                    _ => found.push(name.atoms_of(code(given, raw), code(family, raw))),
                }
            }
        }
        name.pair_up(&forenames, &surnames, &mut found);
        variants.push(&found);
    }
    name.count_bearers(&mut variants);
    name.finish(keep);
    (Box::new(name), variants)
}

impl Name {
    /// The code of a folded name, a new one where it was not met before.
    fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        let Self { words, first_words, rows, parts, coder } = self;
        let code = coder.names.intern(text);
        if code as usize == words.len() {
            let squeezed = text.replace(' ', "");
            let first = first_word(text);
            coder.roots.push(nicknames::usual_form(first));
            coder.starts.push(squeezed.char_indices().nth(4).and_then(|(end, _)| squeezed.get(..end)).unwrap_or(&squeezed));
            coder.initials.push(text.chars().next().map(String::from).as_deref().unwrap_or_default());
            coder.last_parts.push(text.rsplit(' ').next().unwrap_or_default());
            words.push(&squeezed);
            first_words.push(first);
            rows.push(nicknames::rows(first));
            let mut told = [NONE; 3];
            for (part, text) in told.iter_mut().zip(text.split(' ').filter(|part| part.len() > 2)) {
                *part = coder.part_words.intern(text);
            }
            parts.push(told);
        }
        code
    }

    fn atoms_of(&mut self, forename: u32, surname: u32) -> Atoms {
        let Self { words, coder, .. } = self;
        let sound = |name: u32| if name == NONE { NONE } else { words.sound(name) };
        let unordered = coder.unordered.of(forename.min(surname), forename.max(surname));
        let of_few = |most: u32| if unordered == NONE || of(&coder.bearers, unordered) > most { NONE } else { unordered };
        [
            forename,
            surname,
            coder.both.of(forename, surname),
            unordered,
            coder.roots.of(forename),
            sound(forename),
            sound(surname),
            coder.starts.of(surname),
            coder.initials.of(forename),
            coder.last_parts.of(surname),
            of_few(FEW),
            of_few(SOME),
        ]
    }

    /// The first forename with the first surname, and so on.
    fn pair_up(&mut self, forenames: &[u32], surnames: &[u32], found: &mut Vec<Atoms>) {
        for place in 0..forenames.len().max(surnames.len()) {
            let nth = |names: &[u32]| names.get(place).or(names.last()).copied().unwrap_or(NONE);
            found.push(self.atoms_of(nth(forenames), nth(surnames)));
        }
    }

    /// Counts who has names in any order, and takes the names that many have from the atoms for those of few.
    fn count_bearers(&mut self, variants: &mut Variants) {
        let bearers = &mut self.coder.bearers;
        bearers.resize(self.coder.unordered.len(), 0);
        let further = variants.more.iter().filter_map(|(_, atoms)| atoms.get(UNORDERED));
        for unordered in variants.first.get(UNORDERED).into_iter().flatten().chain(further) {
            if let Some(count) = bearers.get_mut(*unordered as usize) {
                *count += 1;
            }
        }
        for (atom, most) in [(OF_FEW, FEW), (OF_SOME, SOME)] {
            let first = variants.first.get_mut(atom).into_iter().flatten();
            for code in first.chain(variants.more.iter_mut().filter_map(|(_, atoms)| atoms.get_mut(atom))) {
                if of(bearers, *code) > most {
                    *code = NONE;
                }
            }
        }
    }

    fn finish(&mut self, keep: bool) {
        if keep {
            self.settle(true);
            self.coder.both.make_room();
            self.coder.unordered.make_room();
            self.coder.names.make_room();
        } else {
            self.words.seal();
            self.first_words.seal();
            self.coder = Coder::default();
        }
    }
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}

/// Forenames and surname of a whole name, either perhaps empty: `surname, forenames`, or the last word is the surname.
fn split(text: &str) -> (String, String) {
    if let Some((surname, forenames)) = text.split_once(',') {
        return (fold(forenames), fold(surname));
    }
    let folded = fold(text);
    match folded.rsplit_once(' ') {
        Some((forenames, surname)) => (forenames.to_owned(), surname.to_owned()),
        None => (String::new(), folded),
    }
}

impl Compare for Name {
    fn atoms(&self) -> &'static [&'static str] {
        ATOMS
    }

    fn factors(&self) -> &'static [Factor] {
        FACTORS
    }

    fn keys(&self) -> &'static [&'static [usize]] {
        KEYS
    }

    fn joint(&self) -> Option<Joint> {
        Some(Joint { atom: BOTH, parts: [FORENAME, SURNAME] })
    }

    fn encode(&mut self, values: &[Values<'_>]) -> Vec<Vec<u32>> {
        let (mut found, mut forenames, mut surnames) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, texts) in values {
            for text in texts {
                match kind {
                    Kind::Forename => forenames.push(self.code(&fold(text))),
                    Kind::Surname => surnames.push(self.code(&fold(text))),
                    _ => {
                        let (given, family) = split(text);
                        let (given, family) = (self.code(&given), self.code(&family));
                        found.push(self.atoms_of(given, family));
                    }
                }
            }
        }
        self.pair_up(&forenames, &surnames, &mut found);
        found.into_iter().map(|atoms| atoms.to_vec()).collect()
    }

    fn settle(&mut self, keep: bool) {
        self.words.settle(keep);
        let Self { words, first_words, rows, parts, coder } = self;
        let left = words.len();
        rows.truncate(left);
        parts.truncate(left);
        for keys in [first_words, &mut coder.roots, &mut coder.starts, &mut coder.initials, &mut coder.last_parts] {
            keys.settle(keep, left);
        }
        coder.names.settle(keep);
        coder.part_words.settle(keep);
        coder.both.settle(keep);
        coder.unordered.settle(keep);
    }

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        let forenames = both(left, right, FORENAME);
        let surnames = both(left, right, SURNAME);
        let surname = surnames.map_or(MISSING, |(a, b)| self.surnames(a, b));
        let forename = forenames.map_or(MISSING, |(a, b)| self.forenames(a, b));
        // Only what agrees on neither is worth looking for in the wrong box.
        if forename >= 6 && surname >= 4 && forename != MISSING && surname != MISSING {
            if same(left, right, UNORDERED) {
                return [7, 5, MISSING, MISSING];
            }
            if let (Some((left_given, right_given)), Some((left_family, right_family))) = (forenames, surnames)
                && self.nearly(left_given, right_family)
                && self.nearly(left_family, right_given)
            {
                return [8, 5, MISSING, MISSING];
            }
        }
        [forename, surname, MISSING, MISSING]
    }
}

impl Name {
    fn nearly(&self, one: u32, other: u32) -> bool {
        one == other || self.words.nearness(one, other) != Nearness::Far
    }

    fn forenames(&self, one: u32, other: u32) -> u8 {
        if one == other {
            return 0;
        }
        if self.words.within(one, other, 1, 3) || self.words.word(one) == self.words.word(other) {
            return 1;
        }
        let (a, b) = (self.words.word(one).as_bytes(), self.words.word(other).as_bytes());
        if self.first_words.of(one) == self.first_words.of(other) && a.len().min(b.len()) > 1 || self.share_a_row(one, other) {
            return 2;
        }
        if a.len().min(b.len()) == 1 {
            return if a.first() == b.first() { 3 } else { 6 };
        }
        if self.words.nearness(one, other) != Nearness::Far {
            return 4;
        }
        if a.iter().zip(b).take_while(|(a, b)| a == b).count() >= 3 { 5 } else { 6 }
    }

    fn surnames(&self, one: u32, other: u32) -> u8 {
        if one == other {
            return 0;
        }
        match self.words.nearness(one, other) {
            Nearness::OneOff => 1,
            _ if self.share_a_part(one, other) => 2,
            Nearness::Alike => 3,
            Nearness::Far => 4,
        }
    }

    fn share_a_row(&self, one: u32, other: u32) -> bool {
        let (a, b) = (of(&self.rows, one), of(&self.rows, other));
        a.iter().any(|row| *row != 0 && b.contains(row))
    }

    fn share_a_part(&self, one: u32, other: u32) -> bool {
        let (Some(a), Some(b)) = (self.parts.get(one as usize), self.parts.get(other as usize)) else { return false };
        a.iter().any(|part| *part != NONE && b.contains(part))
    }
}
