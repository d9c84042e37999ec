//! Days of birth or foundation.

use crate::{
    at::of,
    edit,
    field::{Compare, Factor, MISSING, Rate, Step, Steps, Variants, both, same, variants::{code, derive, keys}},
    table::{Dictionary, NONE, Table},
};

const DAY: usize = 0;
const DAY_AND_MONTH: usize = 1;
const YEAR: usize = 2;
const MONTH: usize = 3;
const ATOMS: &[&str] = &["day", "day and month in any order", "year", "month"];

const fn step(says: &'static str, m: f64, rate: Rate) -> Step {
    Step { says, m, rate }
}

const FACTORS: &[Factor] = &[Factor { says: "date", shared: false, given_first: false, steps: &[
    step("the same day", 0.84, Rate::Same(DAY)),
    step("day and month swapped", 0.01, Rate::Any),
    step("one digit off, or two swapped", 0.05, Rate::Any),
    step("the same year, the day not known", 0.03, Rate::Any),
    step("the same day of another year", 0.01, Rate::Any),
    step("the same year, and month or day", 0.025, Rate::Any),
    step("the same year", 0.015, Rate::Any),
    step("a year apart, or two slips", 0.01, Rate::Any),
    step("different", 0.01, Rate::Any),
]}];

const KEYS: &[&[usize]] = &[&[DAY], &[DAY_AND_MONTH], &[MONTH], &[YEAR]];

/// Year, month, day; 0 where not known.
type Parts = (u16, u8, u8);

#[derive(Debug)]
struct Date {
    parts: Vec<Parts>,
    digits: Dictionary,
}

pub(super) fn prepare(table: &Table, columns: &[usize]) -> (Box<dyn Compare>, Variants) {
    let mut digits = Dictionary::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let days: Vec<Vec<u32>> = columns.iter().map(|column| derive(column, &mut digits, |text| parse(text).map(written))).collect();
    let parts: Vec<Parts> = digits.iter().map(|text| parse(text).unwrap_or_default()).collect();
    let unordered = keys(&digits, |text| parse(text).filter(|(_, month, day)| *month > 0 && *day > 0).map(|(_, month, day)| format!("{} {}", month.min(day), month.max(day))));
    let years = keys(&digits, |text| text.get(..4).map(str::to_owned));
    let months = keys(&digits, |text| text.get(..6).filter(|text| !text.ends_with("00")).map(str::to_owned));
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        let mut found = Vec::new();
        for (column, days) in columns.iter().zip(&days) {
            found.extend(column.codes(row).map(|raw| code(days, raw)).filter(|day| *day != NONE).map(|day| vec![day, code(&unordered, day), code(&years, day), code(&months, day)]));
        }
        variants.push(&found);
    }
    (Box::new(Date { parts, digits }), variants)
}

fn written((year, month, day): Parts) -> String {
    format!("{year:04}{month:02}{day:02}")
}

/// Year, month and day of ISO 8601 (`1980-03-12`, `1980-03`, `1980`), eight digits, or day before month with any mark
/// between (`12/3/1980`). A day or month that cannot be is kept as it is written, for a slip of the pen may have made it.
fn parse(text: &str) -> Option<Parts> {
    let text = text.split(['T', ' ']).next().filter(|first| first.len() >= 4).unwrap_or(text);
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |text: &str| text.parse::<u16>().ok();
    let (year, month, day) = match numbers.as_slice() {
        [all] if all.len() == 8 => (all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        [year] if year.len() == 4 => (*year, "0", "0"),
        [year, month] if year.len() == 4 => (*year, *month, "0"),
        [year, month, day, ..] if year.len() == 4 => (*year, *month, *day),
        [day, month, year, ..] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    Some((number(year)?, u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?))
}

impl Compare for Date {
    fn atoms(&self) -> &'static [&'static str] {
        ATOMS
    }

    fn factors(&self) -> &'static [Factor] {
        FACTORS
    }

    fn keys(&self) -> &'static [&'static [usize]] {
        KEYS
    }

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        let step = both(left, right, DAY).map_or(MISSING, |(one, other)| {
            let (a, b) = (of(&self.parts, one), of(&self.parts, other));
            if one == other {
                return if a.2 == 0 { 3 } else { 0 };
            }
            self.unequal(left, right, (one, other), a, b)
        });
        [step, MISSING, MISSING, MISSING]
    }
}

impl Date {
    fn unequal(&self, left: &[u32], right: &[u32], (one, other): (u32, u32), a: Parts, b: Parts) -> u8 {
        let same_year = same(left, right, YEAR);
        // The first of January stands in many registers for a day that nobody knows.
        let vague = |parts: Parts| parts.2 == 0 || parts.1 == 1 && parts.2 == 1;
        if same_year && (vague(a) || vague(b)) {
            return 3;
        }
        let same_day = same(left, right, DAY_AND_MONTH);
        if same_year && same_day {
            return 1;
        }
        let (digits, others) = (self.digits.text(one).as_bytes(), self.digits.text(other).as_bytes());
        if edit::within(digits, others, 1) && digits.len() == others.len() {
            return 2;
        }
        match (same_year, same_day && a.1 == b.1) {
            (_, true) => 4,
            (true, _) if a.1 == b.1 || a.2 == b.2 => 5,
            (true, _) => 6,
            _ if a.0.abs_diff(b.0) == 1 || edit::within(digits, others, 2) => 7,
            _ => 8,
        }
    }
}
