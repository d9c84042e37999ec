//! Fields of one text each: telephone numbers, e-mail addresses, identifiers, vehicle marks, places, countries,
//! categories, years and numbers.

use crate::{
    at::of,
    field::{
        Compare, Factor, MISSING, Rate, Step, Steps, Values, Variants, both, same,
        variants::{Keys, code, derive},
    },
    fold::{compact, fold},
    kind::Kind,
    table::{Dictionary, NONE, Table},
    words::{Nearness, Words},
};

const VALUE: usize = 0;
/// The first half; of an e-mail address, what stands before the `@`; of a vehicle mark, its letters as they are misread.
const HEAD: usize = 1;
/// The second half.
const TAIL: usize = 2;

const fn step(says: &'static str, m: f64, rate: Rate) -> Step {
    Step { says, m, rate }
}

const PHONE: &[Factor] = &[Factor {
    says: "phone",
    shared: true,
    given_first: false,
    steps: &[step("the same", 0.60, Rate::Same(VALUE)), step("one digit off", 0.04, Rate::Any), step("different", 0.36, Rate::Any)],
}];
const EMAIL: &[Factor] = &[Factor {
    says: "e-mail",
    shared: false,
    given_first: false,
    steps: &[
        step("the same", 0.65, Rate::Same(VALUE)),
        step("the same before the @", 0.05, Rate::Same(HEAD)),
        step("one or two characters off", 0.06, Rate::Any),
        step("different", 0.24, Rate::Any),
    ],
}];
const IDENTIFIER: &[Factor] = &[Factor {
    says: "identifier",
    shared: false,
    given_first: false,
    steps: &[
        step("the same", 0.86, Rate::Same(VALUE)),
        step("one character off, or two swapped", 0.06, Rate::Any),
        step("two characters off", 0.01, Rate::Any),
        step("different", 0.07, Rate::Any),
    ],
}];
const MARK: &[Factor] = &[Factor {
    says: "vehicle mark",
    shared: true,
    given_first: false,
    steps: &[
        step("the same", 0.60, Rate::Same(VALUE)),
        step("the same but for characters that are misread", 0.05, Rate::Same(HEAD)),
        step("one character off, or two swapped", 0.05, Rate::Any),
        step("different", 0.30, Rate::Any),
    ],
}];
const TEXT: &[Factor] = &[Factor {
    says: "text",
    shared: false,
    given_first: false,
    steps: &[step("the same", 0.78, Rate::Same(VALUE)), step("nearly the same", 0.08, Rate::Any), step("different", 0.14, Rate::Any)],
}];
const NUMBER: &[Factor] = &[Factor {
    says: "number",
    shared: false,
    given_first: false,
    steps: &[step("the same", 0.80, Rate::Same(VALUE)), step("close", 0.10, Rate::Any), step("different", 0.10, Rate::Any)],
}];

#[derive(Debug)]
struct Plain {
    kind: Kind,
    factors: &'static [Factor],
    values: Words,
    numbers: Vec<f64>,
    words: Vec<Vec<u32>>,
    coder: Coder,
}

/// What codes are given by.
#[derive(Debug, Default)]
struct Coder {
    values: Dictionary,
    heads: Keys,
    tails: Keys,
    words: Dictionary,
}

pub(super) fn prepare(kind: Kind, table: &Table, columns: &[usize], keep: bool) -> (Box<dyn Compare>, Variants) {
    let mut plain = Plain::new(kind);
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let codes: Vec<Vec<u32>> = columns.iter().map(|column| derive(column, |text| plain.code(text))).collect();
    let mut variants = Variants::new(table.rows(), plain.atoms().len());
    let mut found: Vec<[u32; 3]> = Vec::new();
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        found.clear();
        for (column, codes) in columns.iter().zip(&codes) {
            found.extend(column.codes(row).map(|raw| code(codes, raw)).filter(|value| *value != NONE).map(|value| plain.atoms_of(value)));
        }
        variants.push(&found);
    }
    if keep {
        plain.settle(true);
        plain.coder.values.make_room();
    } else {
        plain.values.seal();
        plain.coder = Coder::default();
    }
    (Box::new(plain), variants)
}

/// A value as it is compared.
fn clean(kind: Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Phone => phone(text),
        Kind::Email => Some(text.to_lowercase()),
        Kind::Identifier | Kind::VehicleMark => Some(compact(text)),
        Kind::Number => text.replace(',', "").parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number.to_string()),
        _ => Some(fold(text)),
    }
}

/// The digits of a number as they are dialled at home in the United Kingdom, or with the country's code elsewhere.
fn phone(text: &str) -> Option<String> {
    let digits = crate::fold::digits(text);
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let national = digits.strip_prefix("44").filter(|rest| rest.len() >= 9).map(|rest| format!("0{}", rest.trim_start_matches('0')));
    Some(national.unwrap_or_else(|| digits.to_owned())).filter(|digits| digits.len() >= 3)
}

fn head(kind: Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Email => text.split_once('@').map(|(local, _)| local.to_owned()),
        Kind::VehicleMark => Some(text.chars().map(misread).collect()),
        Kind::Phone | Kind::Identifier if text.is_ascii() && text.len() >= 6 => text.get(..text.len() / 2).map(str::to_owned),
        _ => None,
    }
}

fn tail(kind: Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Phone | Kind::Identifier if text.is_ascii() && text.len() >= 6 => text.get(text.len() / 2..).map(str::to_owned),
        _ => None,
    }
}

/// The one that stands for characters which are misread for each other.
fn misread(c: char) -> char {
    match c {
        'o' | 'q' | 'd' => '0',
        'i' | 'l' | 't' => '1',
        'z' => '2',
        's' => '5',
        'g' => '6',
        'b' => '8',
        'v' | 'w' => 'u',
        other => other,
    }
}

impl Plain {
    fn new(kind: Kind) -> Self {
        let factors = match kind {
            Kind::Phone => PHONE,
            Kind::Email => EMAIL,
            Kind::Identifier => IDENTIFIER,
            Kind::VehicleMark => MARK,
            Kind::Number | Kind::Year => NUMBER,
            _ => TEXT,
        };
        Self { kind, factors, values: Words::default(), numbers: Vec::new(), words: Vec::new(), coder: Coder::default() }
    }

    fn code(&mut self, text: &str) -> u32 {
        let Some(text) = clean(self.kind, text).filter(|text| !text.is_empty()) else { return NONE };
        let Self { kind, values, numbers, words, coder, .. } = self;
        let code = coder.values.intern(&text);
        if code as usize == values.len() {
            values.push(&text.replace(' ', ""));
            coder.heads.push(head(*kind, &text).as_deref().unwrap_or_default());
            coder.tails.push(tail(*kind, &text).as_deref().unwrap_or_default());
            match kind {
                Kind::Number | Kind::Year => numbers.push(text.parse().unwrap_or(f64::NAN)),
                Kind::Category | Kind::Place => words.push(text.split(' ').map(|word| coder.words.intern(word)).collect()),
                _ => {}
            }
        }
        code
    }

    fn atoms_of(&self, value: u32) -> [u32; 3] {
        [value, self.coder.heads.of(value), self.coder.tails.of(value)]
    }

    fn step(&self, left: &[u32], right: &[u32], one: u32, other: u32) -> u8 {
        if one == other {
            return 0;
        }
        match self.kind {
            Kind::Phone => {
                if self.values.within(one, other, 1, 6) {
                    1
                } else {
                    2
                }
            }
            Kind::Email => {
                if same(left, right, HEAD) {
                    1
                } else if self.values.within(one, other, 2, 8) {
                    2
                } else {
                    3
                }
            }
            Kind::Identifier => {
                if self.values.within(one, other, 1, 4) {
                    1
                } else if self.values.within(one, other, 2, 6) {
                    2
                } else {
                    3
                }
            }
            Kind::VehicleMark => {
                if same(left, right, HEAD) {
                    1
                } else if self.values.within(one, other, 1, 4) {
                    2
                } else {
                    3
                }
            }
            Kind::Year => {
                if (of(&self.numbers, one) - of(&self.numbers, other)).abs() <= 1.0 {
                    1
                } else {
                    2
                }
            }
            Kind::Number => {
                let (a, b) = (of(&self.numbers, one), of(&self.numbers, other));
                if (a - b).abs() <= 0.02 * a.abs().max(b.abs()) { 1 } else { 2 }
            }
            Kind::Country => 2,
            _ => {
                if self.nearly(one, other) {
                    1
                } else {
                    2
                }
            }
        }
    }

    /// Whether two texts are slips apart, or share half of their words.
    fn nearly(&self, one: u32, other: u32) -> bool {
        if self.values.within(one, other, 1, 4) || self.values.nearness(one, other) != Nearness::Far && self.values.word(one).len() >= 6 {
            return true;
        }
        let (Some(a), Some(b)) = (self.words.get(one as usize), self.words.get(other as usize)) else { return false };
        let common = a.iter().filter(|word| b.contains(word)).count();
        2 * common >= a.len().max(b.len())
    }
}

impl Compare for Plain {
    fn atoms(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Phone | Kind::Identifier => &["value", "first half", "second half"],
            Kind::Email => &["value", "before the @"],
            Kind::VehicleMark => &["value", "as misread"],
            _ => &["value"],
        }
    }

    fn factors(&self) -> &'static [Factor] {
        self.factors
    }

    fn keys(&self) -> &'static [&'static [usize]] {
        match self.kind {
            Kind::Phone | Kind::Identifier => &[&[VALUE], &[HEAD], &[TAIL]],
            Kind::Email | Kind::VehicleMark => &[&[VALUE], &[HEAD]],
            _ => &[&[VALUE]],
        }
    }

    fn encode(&mut self, values: &[Values<'_>]) -> Vec<Vec<u32>> {
        let width = self.atoms().len();
        let codes: Vec<u32> = values.iter().flat_map(|(_, texts)| texts).map(|text| self.code(text)).filter(|value| *value != NONE).collect();
        codes.into_iter().map(|value| self.atoms_of(value).into_iter().take(width).collect()).collect()
    }

    fn settle(&mut self, keep: bool) {
        self.values.settle(keep);
        let left = self.values.len();
        self.numbers.truncate(left);
        self.words.truncate(left);
        self.coder.heads.settle(keep, left);
        self.coder.tails.settle(keep, left);
        self.coder.values.settle(keep);
        self.coder.words.settle(keep);
    }

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        [both(left, right, VALUE).map_or(MISSING, |(one, other)| self.step(left, right, one, other)), MISSING, MISSING, MISSING]
    }
}
