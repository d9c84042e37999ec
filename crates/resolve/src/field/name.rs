//! Names of people: forename and surname are one field, for each tells of the other (family, language, typing in the
//! wrong box).

use crate::{
    at::of,
    field::{Compare, Factor, Joint, MISSING, Rate, Step, Steps, Variants, both, same, variants::{Pairs, code, derive, keys}},
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
const ATOMS: &[&str] = &[
    "forename", "surname", "forename and surname", "names in any order", "usual forename", "sound of forename", "sound of surname", "start of surname", "initial", "last part of surname",
];

const fn step(says: &'static str, m: f64, rate: Rate) -> Step {
    Step { says, m, rate }
}

/// In the order of [`forenames`] and [`surnames`]; swapped names are steps of both.
const FACTORS: &[Factor] = &[
    Factor { says: "forename", shared: false, given_first: false, steps: &[
        step("the same", 0.80, Rate::Same(FORENAME)),
        step("one slip apart", 0.06, Rate::Greater(FORENAME)),
        step("forms of one name", 0.05, Rate::Greater(FORENAME)),
        step("an initial", 0.03, Rate::Any),
        step("alike", 0.02, Rate::Greater(FORENAME)),
        step("the same start", 0.01, Rate::Any),
        step("different", 0.02, Rate::Any),
        step("swapped with the surname", 0.008, Rate::Lesser(BOTH)),
        step("nearly the surname of the other", 0.002, Rate::Any),
    ]},
    Factor { says: "surname", shared: true, given_first: false, steps: &[
        step("the same", 0.84, Rate::Same(SURNAME)),
        step("one slip apart", 0.07, Rate::Greater(SURNAME)),
        step("a part the same", 0.02, Rate::Any),
        step("alike", 0.02, Rate::Greater(SURNAME)),
        step("different", 0.04, Rate::Any),
        step("swapped with the forename", 0.01, Rate::First),
    ]},
];

const KEYS: &[&[usize]] = &[
    &[BOTH], &[UNORDERED], &[SURNAME], &[FORENAME], &[LAST_PART], &[FORENAME_ROOT, SURNAME], &[FORENAME_ROOT, SURNAME_SOUND], &[INITIAL, SURNAME_SOUND],
    &[FORENAME_SOUND, SURNAME_SOUND], &[SURNAME_SOUND], &[SURNAME_START], &[FORENAME_ROOT, SURNAME_START], &[INITIAL, SURNAME_START], &[FORENAME_ROOT], &[FORENAME_SOUND], &[INITIAL, SURNAME], &[INITIAL],
];

#[derive(Debug)]
struct Name {
    words: Words,
    /// First words of forenames, as codes.
    first_words: Vec<u32>,
    /// Which rows of the table of short forms the first word is in, 0 for none.
    rows: Vec<[u16; 4]>,
    /// Codes of the parts of a surname of several parts.
    parts: Vec<[u32; 3]>,
}

/// The field and the variants of all records.
pub(super) fn prepare(table: &Table, columns: &[usize]) -> (Box<dyn Compare>, Variants) {
    // One dictionary for both, so that a forename in the other's surname is seen.
    let mut names = Dictionary::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let mut codes: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
    for column in &columns {
        codes.push(match column.kind {
            Kind::Forename => (derive(column, &mut names, |text| Some(fold(text))), Vec::new()),
            Kind::Surname => (Vec::new(), derive(column, &mut names, |text| Some(fold(text)))),
            _ => (derive(column, &mut names, |text| split(text).0), derive(column, &mut names, |text| split(text).1)),
        });
    }
    let words = Words::new(&names, |text| text.replace(' ', ""));
    let roots = keys(&names, |text| Some(nicknames::usual_form(first_word(text)).to_owned()));
    let starts = keys(&names, |text| Some(text.replace(' ', "").chars().take(4).collect()));
    let initials = keys(&names, |text| text.chars().next().map(String::from));
    let last_parts = keys(&names, |text| text.rsplit(' ').next().map(str::to_owned));
    let (mut both_codes, mut unordered) = (Pairs::default(), Pairs::default());
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    let mut atoms = |forename: u32, surname: u32| -> Vec<u32> {
        let sound = |name: u32| if name == NONE { NONE } else { words.sound(name) };
        vec![
            forename,
            surname,
            both_codes.of(forename, surname),
            unordered.of(forename.min(surname), forename.max(surname)),
            code(&roots, forename),
            sound(forename),
            sound(surname),
            code(&starts, surname),
            code(&initials, forename),
            code(&last_parts, surname),
        ]
    };
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        let mut found: Vec<Vec<u32>> = Vec::new();
        let (mut forenames, mut surnames) = (Vec::new(), Vec::new());
        for (column, (given, family)) in columns.iter().zip(&codes) {
            for raw in column.codes(row) {
                match column.kind {
                    Kind::Forename => forenames.push(code(given, raw)),
                    Kind::Surname => surnames.push(code(family, raw)),
                    _ => found.push(atoms(code(given, raw), code(family, raw))),
                }
            }
        }
        for place in 0..forenames.len().max(surnames.len()) {
            let nth = |names: &[u32]| names.get(place).or(names.last()).copied().unwrap_or(NONE);
            found.push(atoms(nth(&forenames), nth(&surnames)));
        }
        variants.push(&found);
    }
    let first_words = keys(&names, |text| Some(first_word(text).to_owned()));
    let rows = names.iter().map(|text| nicknames::rows(first_word(text))).collect();
    let mut parts_known = Dictionary::default();
    let parts = names
        .iter()
        .map(|text| {
            let mut parts = [NONE; 3];
            let split: Vec<&str> = text.split(' ').filter(|part| part.len() > 2).collect();
            for (part, text) in parts.iter_mut().zip(split) {
                *part = parts_known.intern(text);
            }
            parts
        })
        .collect();
    (Box::new(Name { words, first_words, rows, parts }), variants)
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}

/// Forenames and surname of a whole name: `surname, forenames`, or the last word is the surname.
fn split(text: &str) -> (Option<String>, Option<String>) {
    if let Some((surname, forenames)) = text.split_once(',') {
        return (Some(fold(forenames)), Some(fold(surname)));
    }
    let folded = fold(text);
    match folded.rsplit_once(' ') {
        Some((forenames, surname)) => (Some(forenames.to_owned()), Some(surname.to_owned())),
        None => (None, Some(folded)),
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
        if of(&self.first_words, one) == of(&self.first_words, other) && a.len().min(b.len()) > 1 || self.share_a_row(one, other) {
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
