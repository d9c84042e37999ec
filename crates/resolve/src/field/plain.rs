//! Fields of one text each: telephone numbers, e-mail addresses, identifiers, vehicle marks, places, countries,
//! categories, years and numbers.

use crate::{
    at::of,
    field::{Compare, Factor, MISSING, Rate, Step, Steps, Variants, both, same, variants::{code, derive, keys}},
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

const PHONE: &[Factor] = &[Factor { says: "phone", shared: true, given_first: false, steps: &[
    step("the same", 0.60, Rate::Same(VALUE)),
    step("one digit off", 0.04, Rate::Any),
    step("different", 0.36, Rate::Any),
]}];
const EMAIL: &[Factor] = &[Factor { says: "e-mail", shared: false, given_first: false, steps: &[
    step("the same", 0.65, Rate::Same(VALUE)),
    step("the same before the @", 0.05, Rate::Same(HEAD)),
    step("one or two characters off", 0.06, Rate::Any),
    step("different", 0.24, Rate::Any),
]}];
const IDENTIFIER: &[Factor] = &[Factor { says: "identifier", shared: false, given_first: false, steps: &[
    step("the same", 0.86, Rate::Same(VALUE)),
    step("one character off, or two swapped", 0.06, Rate::Any),
    step("two characters off", 0.01, Rate::Any),
    step("different", 0.07, Rate::Any),
]}];
const MARK: &[Factor] = &[Factor { says: "vehicle mark", shared: true, given_first: false, steps: &[
    step("the same", 0.60, Rate::Same(VALUE)),
    step("the same but for characters that are misread", 0.05, Rate::Same(HEAD)),
    step("one character off, or two swapped", 0.05, Rate::Any),
    step("different", 0.30, Rate::Any),
]}];
const TEXT: &[Factor] = &[Factor { says: "text", shared: false, given_first: false, steps: &[
    step("the same", 0.78, Rate::Same(VALUE)),
    step("nearly the same", 0.08, Rate::Any),
    step("different", 0.14, Rate::Any),
]}];
const NUMBER: &[Factor] = &[Factor { says: "number", shared: false, given_first: false, steps: &[
    step("the same", 0.80, Rate::Same(VALUE)),
    step("close", 0.10, Rate::Any),
    step("different", 0.10, Rate::Any),
]}];

#[derive(Debug)]
struct Plain {
    kind: Kind,
    factors: &'static [Factor],
    values: Words,
    numbers: Vec<f64>,
    words: Vec<Vec<u32>>,
}

pub(super) fn prepare(kind: Kind, table: &Table, columns: &[usize]) -> (Box<dyn Compare>, Variants) {
    let mut values = Dictionary::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let codes: Vec<Vec<u32>> = columns.iter().map(|column| derive(column, &mut values, |text| clean(kind, text))).collect();
    let plain = Plain::new(kind, &values);
    let heads = keys(&values, |text| head(kind, text));
    let tails = keys(&values, |text| tail(kind, text));
    let mut variants = Variants::new(table.rows(), plain.atoms().len());
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        let mut found = columns.iter().zip(&codes).flat_map(|(column, codes)| column.codes(row).map(|raw| code(codes, raw))).filter(|value| *value != NONE);
        let variant = |value: u32| [value, code(&heads, value), code(&tails, value)];
        variants.push_one(&found.next().map_or([NONE; 3], variant));
        let more: Vec<(u32, Vec<u32>)> = found.map(|value| (row, variant(value).to_vec())).collect();
        variants.more.extend(more);
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
    fn new(kind: Kind, values: &Dictionary) -> Self {
        let mut known = Dictionary::default();
        let factors = match kind {
            Kind::Phone => PHONE,
            Kind::Email => EMAIL,
            Kind::Identifier => IDENTIFIER,
            Kind::VehicleMark => MARK,
            Kind::Number | Kind::Year => NUMBER,
            _ => TEXT,
        };
        let numbers = match kind {
            Kind::Number | Kind::Year => values.iter().map(|text| text.parse().unwrap_or(f64::NAN)).collect(),
            _ => Vec::new(),
        };
        let words = match kind {
            Kind::Category | Kind::Place => values.iter().map(|text| text.split(' ').map(|word| known.intern(word)).collect()).collect(),
            _ => Vec::new(),
        };
        Self { kind, factors, numbers, words, values: Words::new(values, |text| text.replace(' ', "")) }
    }

    fn step(&self, left: &[u32], right: &[u32], one: u32, other: u32) -> u8 {
        if one == other {
            return 0;
        }
        match self.kind {
            Kind::Phone => if self.values.within(one, other, 1, 6) { 1 } else { 2 },
            Kind::Email => if same(left, right, HEAD) { 1 } else if self.values.within(one, other, 2, 8) { 2 } else { 3 },
            Kind::Identifier => if self.values.within(one, other, 1, 4) { 1 } else if self.values.within(one, other, 2, 6) { 2 } else { 3 },
            Kind::VehicleMark => if same(left, right, HEAD) { 1 } else if self.values.within(one, other, 1, 4) { 2 } else { 3 },
            Kind::Year => if (of(&self.numbers, one) - of(&self.numbers, other)).abs() <= 1.0 { 1 } else { 2 },
            Kind::Number => {
                let (a, b) = (of(&self.numbers, one), of(&self.numbers, other));
                if (a - b).abs() <= 0.02 * a.abs().max(b.abs()) { 1 } else { 2 }
            }
            Kind::Country => 2,
            _ => if self.nearly(one, other) { 1 } else { 2 },
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

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        [both(left, right, VALUE).map_or(MISSING, |(one, other)| self.step(left, right, one, other)), MISSING, MISSING, MISSING]
    }
}
