//! Days of birth or foundation.

use crate::{
    at::of,
    edit,
    field::{
        Compare, Factor, MISSING, Rate, Step, Steps, Values, Variants, both, same,
        variants::{Keys, code, derive},
    },
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

const FACTORS: &[Factor] = &[Factor {
    says: "date",
    shared: false,
    given_first: false,
    steps: &[
        step("the same day", 0.82, Rate::Same(DAY)),
        step("day and month swapped", 0.01, Rate::Any),
        step("one digit off, or two swapped", 0.05, Rate::Any),
        step("the same year, the day not known", 0.03, Rate::Any),
        step("the same day of another year", 0.01, Rate::Any),
        step("the same year, and month or day", 0.025, Rate::Any),
        step("the same year", 0.015, Rate::Any),
        step("a year apart, or two slips", 0.01, Rate::Any),
        step("different", 0.01, Rate::Any),
        step("the same month, the day not known", 0.02, Rate::Same(MONTH)),
    ],
}];

const KEYS: &[&[usize]] = &[&[DAY], &[DAY_AND_MONTH], &[MONTH], &[YEAR]];

/// Year, month, day; 0 where not known.
type Parts = (u16, u8, u8);

#[derive(Debug, Default)]
struct Date {
    parts: Vec<Parts>,
    digits: Dictionary,
    unordered: Keys,
    years: Keys,
    months: Keys,
}

pub(super) fn prepare(table: &Table, columns: &[usize], keep: bool) -> (Box<dyn Compare>, Variants) {
    let mut made = Date::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let days: Vec<Vec<u32>> = columns.iter().map(|column| derive(column, |text| made.code(text))).collect();
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    let mut found: Vec<[u32; ATOMS.len()]> = Vec::new();
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        found.clear();
        for (column, days) in columns.iter().zip(&days) {
            found.extend(column.codes(row).map(|raw| code(days, raw)).filter(|day| *day != NONE).map(|day| made.atoms_of(day)));
        }
        variants.push(&found);
    }
    if keep {
        made.settle(true);
    } else {
        made.digits.seal();
        (made.unordered, made.years, made.months) = Default::default();
    }
    (Box::new(made), variants)
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

    fn encode(&mut self, values: &[Values<'_>]) -> Vec<Vec<u32>> {
        let days: Vec<u32> = values.iter().flat_map(|(_, texts)| texts).map(|text| self.code(text)).filter(|day| *day != NONE).collect();
        days.into_iter().map(|day| self.atoms_of(day).to_vec()).collect()
    }

    fn settle(&mut self, keep: bool) {
        self.digits.settle(keep);
        let left = self.digits.len();
        self.parts.truncate(left);
        for keys in [&mut self.unordered, &mut self.years, &mut self.months] {
            keys.settle(keep, left);
        }
    }

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        let step = both(left, right, DAY).map_or(MISSING, |(one, other)| {
            let (a, b) = (of(&self.parts, one), of(&self.parts, other));
            if one == other {
                return match a {
                    (_, 0, _) => 3,
                    (_, _, 0) => 9,
                    _ => 0,
                };
            }
            self.unequal(left, right, (one, other), a, b)
        });
        [step, MISSING, MISSING, MISSING]
    }
}

impl Date {
    fn code(&mut self, text: &str) -> u32 {
        let Some(parts) = parse(text) else { return NONE };
        let text = written(parts);
        let code = self.digits.intern(&text);
        if code as usize == self.parts.len() {
            // Read again from eight digits, so that a year of more or a month of three is what it is for everybody.
            let (_, month, day) = parse(&text).unwrap_or_default();
            self.parts.push(parse(&text).unwrap_or_default());
            self.unordered.push(&if month > 0 && day > 0 { format!("{} {}", month.min(day), month.max(day)) } else { String::new() });
            self.years.push(text.get(..4).unwrap_or_default());
            self.months.push(text.get(..6).filter(|text| !text.ends_with("00")).unwrap_or_default());
        }
        code
    }

    fn atoms_of(&self, day: u32) -> [u32; ATOMS.len()] {
        [day, self.unordered.of(day), self.years.of(day), self.months.of(day)]
    }

    fn unequal(&self, left: &[u32], right: &[u32], (one, other): (u32, u32), a: Parts, b: Parts) -> u8 {
        let same_year = same(left, right, YEAR);
        // The first of January stands in many registers for a day that nobody knows.
        let vague = |parts: Parts| parts.1 == 0 || parts.1 == 1 && parts.2 == 1;
        if same_year && (vague(a) || vague(b)) {
            return 3;
        }
        if a.2 == 0 || b.2 == 0 {
            return match (same(left, right, MONTH), same_year) {
                (true, _) => 9,
                (false, true) => 6,
                _ => 8,
            };
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
