//! Names of organisations, without the words that tell of their legal form.

use crate::{
    field::{Compare, Factor, MISSING, Rate, Step, Steps, Variants, both, variants::{code, derive, keys}},
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

const FACTORS: &[Factor] = &[Factor { says: "organisation", shared: false, given_first: false, steps: &[
    step("the same but for the legal form", 0.72, Rate::Same(NAME)),
    step("one or two slips apart", 0.12, Rate::Any),
    step("most words the same", 0.08, Rate::Any),
    step("a word the same", 0.04, Rate::Any),
    step("different", 0.04, Rate::Any),
]}];

#[derive(Debug)]
struct Organisation {
    names: Words,
    words: Vec<Vec<u32>>,
}

pub(super) fn prepare(table: &Table, columns: &[usize]) -> (Box<dyn Compare>, Variants) {
    let mut names = Dictionary::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let codes: Vec<Vec<u32>> = columns.iter().map(|column| derive(column, &mut names, |text| Some(telling(text)))).collect();
    let first = keys(&names, |text| text.split(' ').next().map(str::to_owned));
    let longest = keys(&names, |text| text.split(' ').max_by_key(|word| word.len()).map(str::to_owned));
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        let mut found = Vec::new();
        for (column, codes) in columns.iter().zip(&codes) {
            found.extend(column.codes(row).map(|raw| code(codes, raw)).filter(|name| *name != NONE).map(|name| vec![name, code(&first, name), code(&longest, name)]));
        }
        variants.push(&found);
    }
    let mut known = Dictionary::default();
    let words = names.iter().map(|text| text.split(' ').map(|word| known.intern(word)).collect()).collect();
    (Box::new(Organisation { names: Words::new(&names, |text| text.replace(' ', "")), words }), variants)
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

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        let step = both(left, right, NAME).map_or(MISSING, |(one, other)| self.step(one, other));
        [step, MISSING, MISSING, MISSING]
    }
}

impl Organisation {
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
