//! Names of organisations, without the words that tell of their legal form.

use crate::{
    field::{
        Compare, Factor, MISSING, Rate, Step, Steps, Values, Variants, both,
        variants::{Keys, code, derive},
    },
    fold::fold,
    legal_forms,
    table::{Dictionary, NONE, Table},
    words::Words,
};

const NAME: usize = 0;
const FIRST: usize = 1;
const LONGEST: usize = 2;
const ATOMS: &[&str] = &["words in any order", "first word", "longest word"];

const fn step(says: &'static str, m: f64, rate: Rate) -> Step {
    Step { says, m, rate }
}

const FACTORS: &[Factor] = &[Factor {
    says: "organisation",
    shared: false,
    given_first: false,
    steps: &[
        step("the same but for the legal form", 0.72, Rate::Same(NAME)),
        step("one or two slips apart", 0.12, Rate::Any),
        step("most words the same", 0.08, Rate::Any),
        step("a word the same", 0.04, Rate::Any),
        step("different", 0.04, Rate::Any),
    ],
}];

#[derive(Debug, Default)]
struct Organisation {
    names: Words,
    words: Vec<Vec<u32>>,
    coder: Coder,
}

/// What codes are given by.
#[derive(Debug, Default)]
struct Coder {
    names: Dictionary,
    first: Keys,
    longest: Keys,
    words: Dictionary,
}

pub(super) fn prepare(table: &Table, columns: &[usize], keep: bool) -> (Box<dyn Compare>, Variants) {
    let mut made = Organisation::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let codes: Vec<Vec<u32>> = columns.iter().map(|column| derive(column, |text| made.code(text))).collect();
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    let mut found: Vec<[u32; ATOMS.len()]> = Vec::new();
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        found.clear();
        for (column, codes) in columns.iter().zip(&codes) {
            found.extend(column.codes(row).map(|raw| code(codes, raw)).filter(|name| *name != NONE).map(|name| made.atoms_of(name)));
        }
        variants.push(&found);
    }
    if keep {
        made.settle(true);
        made.coder.names.make_room();
    } else {
        made.names.seal();
        made.coder = Coder::default();
    }
    (Box::new(made), variants)
}

/// The words that tell one organisation from another, in the order of the alphabet; all words where none does.
fn telling(text: &str) -> String {
    let folded = fold(text);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !legal_forms::is_form(word)).collect();
    words.sort_unstable();
    words.dedup();
    if words.is_empty() { folded } else { words.join(" ") }
}

impl Compare for Organisation {
    fn atoms(&self) -> &'static [&'static str] {
        ATOMS
    }

    fn factors(&self) -> &'static [Factor] {
        FACTORS
    }

    fn keys(&self) -> &'static [&'static [usize]] {
        &[&[NAME], &[FIRST], &[LONGEST]]
    }

    fn encode(&mut self, values: &[Values<'_>]) -> Vec<Vec<u32>> {
        let codes: Vec<u32> = values.iter().flat_map(|(_, texts)| texts).map(|text| self.code(text)).filter(|name| *name != NONE).collect();
        codes.into_iter().map(|name| self.atoms_of(name).to_vec()).collect()
    }

    fn settle(&mut self, keep: bool) {
        self.names.settle(keep);
        let left = self.names.len();
        self.words.truncate(left);
        self.coder.first.settle(keep, left);
        self.coder.longest.settle(keep, left);
        self.coder.names.settle(keep);
        self.coder.words.settle(keep);
    }

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        let step = both(left, right, NAME).map_or(MISSING, |(one, other)| self.step(one, other));
        [step, MISSING, MISSING, MISSING]
    }
}

impl Organisation {
    fn code(&mut self, text: &str) -> u32 {
        let text = telling(text);
        if text.is_empty() {
            return NONE;
        }
        let code = self.coder.names.intern(&text);
        if code as usize == self.names.len() {
            self.names.push(&text.replace(' ', ""));
            self.words.push(text.split(' ').map(|word| self.coder.words.intern(word)).collect());
            self.coder.first.push(text.split(' ').next().unwrap_or_default());
            self.coder.longest.push(text.split(' ').max_by_key(|word| word.len()).unwrap_or_default());
        }
        code
    }

    fn atoms_of(&self, name: u32) -> [u32; ATOMS.len()] {
        [name, self.coder.first.of(name), self.coder.longest.of(name)]
    }

    fn step(&self, one: u32, other: u32) -> u8 {
        if one == other {
            return 0;
        }
        if self.names.within(one, other, 1, 4) || self.names.within(one, other, 2, 9) {
            return 1;
        }
        let (Some(a), Some(b)) = (self.words.get(one as usize), self.words.get(other as usize)) else { return 4 };
        let common = a.iter().filter(|word| b.contains(word)).count();
        if 3 * common >= 2 * a.len().max(b.len()) {
            2
        } else if common > 0 {
            3
        } else {
            4
        }
    }
}
