//! Where somebody is found: postcode, number of the house, street and town are one field, for a postcode all but
//! implies the others.

use crate::{
    field::{
        Compare, Factor, MISSING, Rate, Step, Steps, Values, Variants, both, same,
        variants::{Keys, Pairs, code, derive},
    },
    fold::{compact, fold},
    kind::Kind,
    table::{Dictionary, NONE, Table},
    words::{Nearness, Words},
};

const POSTCODE: usize = 0;
const DISTRICT: usize = 1;
const NUMBER: usize = 2;
const STREET: usize = 3;
const SECOND_LINE: usize = 4;
const CITY: usize = 5;
const HOUSE: usize = 6;
const STREET_IN_CITY: usize = 7;
const ATOMS: &[&str] = &["postcode", "district", "number", "street", "second line", "town", "number and street", "street and town"];

const fn step(says: &'static str, m: f64, rate: Rate) -> Step {
    Step { says, m, rate }
}

const FACTORS: &[Factor] = &[
    Factor {
        says: "postcode",
        shared: true,
        given_first: false,
        steps: &[
            step("the same", 0.62, Rate::Same(POSTCODE)),
            step("one slip apart", 0.06, Rate::Any),
            step("the same district", 0.05, Rate::Any),
            step("different", 0.27, Rate::Any),
        ],
    },
    Factor {
        says: "street",
        shared: true,
        given_first: true,
        steps: &[step("the same", 0.58, Rate::Same(STREET)), step("nearly the same", 0.12, Rate::Any), step("different", 0.30, Rate::Any)],
    },
    Factor { says: "number", shared: true, given_first: false, steps: &[step("the same", 0.68, Rate::Same(NUMBER)), step("different", 0.32, Rate::Any)] },
    Factor {
        says: "town",
        shared: true,
        given_first: true,
        steps: &[step("the same", 0.78, Rate::Same(CITY)), step("nearly the same", 0.07, Rate::Any), step("different", 0.15, Rate::Any)],
    },
];

const KEYS: &[&[usize]] = &[&[POSTCODE], &[HOUSE], &[STREET_IN_CITY], &[STREET], &[DISTRICT], &[CITY]];

#[derive(Debug, Default)]
struct Location {
    postcodes: Words,
    streets: Words,
    /// Words of streets, as sets of codes.
    street_words: Vec<Vec<u32>>,
    cities: Words,
    /// Whether no column holds the number of the house alone, so that it is looked for in the address.
    numbered: bool,
    coder: Coder,
}

/// What codes are given by.
#[derive(Debug, Default)]
struct Coder {
    postcodes: Dictionary,
    numbers: Dictionary,
    streets: Dictionary,
    cities: Dictionary,
    districts: Keys,
    street_words: Dictionary,
    houses: Pairs,
    in_city: Pairs,
}

/// The atoms of a variant.
type Atoms = [u32; ATOMS.len()];

/// Codes of a record's values, part by part.
#[derive(Debug, Default)]
struct Parts {
    postcodes: Vec<u32>,
    numbers: Vec<u32>,
    streets: Vec<u32>,
    cities: Vec<u32>,
    second_line: Option<u32>,
}

impl Parts {
    fn clear(&mut self) {
        for part in [&mut self.postcodes, &mut self.numbers, &mut self.streets, &mut self.cities] {
            part.clear();
        }
        self.second_line = None;
    }
}

pub(super) fn prepare(table: &Table, columns: &[usize], keep: bool) -> (Box<dyn Compare>, Variants) {
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let mut location = Location { numbered: !columns.iter().any(|column| column.kind == Kind::HouseNumber), ..Location::default() };
    let codes: Vec<(Vec<u32>, Vec<u32>)> = columns
        .iter()
        .map(|column| match column.kind {
            Kind::Postcode => (derive(column, |text| location.postcode(text)), Vec::new()),
            Kind::HouseNumber => (derive(column, |text| location.number(&fold(text))), Vec::new()),
            Kind::City => (derive(column, |text| location.city(text)), Vec::new()),
            _ => (
                derive(column, |text| location.street_of(text)),
                if location.numbered { derive(column, |text| location.number(&number(&fold(text)).0)) } else { Vec::new() },
            ),
        })
        .collect();
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    let (mut parts, mut found) = (Parts::default(), Vec::new());
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        parts.clear();
        let mut lines = 0;
        for (column, (first, other)) in columns.iter().zip(&codes) {
            let values = column.codes(row);
            match column.kind {
                Kind::Postcode => parts.postcodes.extend(values.map(|raw| code(first, raw))),
                Kind::HouseNumber => parts.numbers.extend(values.map(|raw| code(first, raw))),
                Kind::City => parts.cities.extend(values.map(|raw| code(first, raw))),
                // A further column of addresses is a further line, not a further address.
                _ if lines == 0 => {
                    lines = 1;
                    for raw in values {
                        parts.streets.push(code(first, raw));
                        parts.numbers.extend(Some(code(other, raw)).filter(|number| *number != NONE));
                    }
                }
                _ => parts.second_line = values.map(|raw| code(first, raw)).next().or(parts.second_line),
            }
        }
        location.atoms_of(&parts, &mut found);
        variants.push(&found);
    }
    location.finish(keep);
    (Box::new(location), variants)
}

impl Location {
    fn postcode(&mut self, text: &str) -> u32 {
        let text = compact(text);
        if text.is_empty() {
            return NONE;
        }
        let code = self.coder.postcodes.intern(&text);
        if code as usize == self.postcodes.len() {
            self.postcodes.push(&text);
            self.coder.districts.push(district(&text).unwrap_or_default());
        }
        code
    }

    fn number(&mut self, folded: &str) -> u32 {
        if folded.is_empty() { NONE } else { self.coder.numbers.intern(folded) }
    }

    fn city(&mut self, text: &str) -> u32 {
        let text = fold(text);
        if text.is_empty() {
            return NONE;
        }
        let code = self.coder.cities.intern(&text);
        if code as usize == self.cities.len() {
            self.cities.push(&text.replace(' ', ""));
        }
        code
    }

    fn street_of(&mut self, text: &str) -> u32 {
        let text = street(text, self.numbered);
        if text.is_empty() {
            return NONE;
        }
        let code = self.coder.streets.intern(&text);
        if code as usize == self.streets.len() {
            self.streets.push(&text.replace(' ', ""));
            let mut words: Vec<u32> = text.split(' ').map(|word| self.coder.street_words.intern(word)).collect();
            words.sort_unstable();
            self.street_words.push(words);
        }
        code
    }

    /// The first postcode with the first number, street and town, and so on.
    fn atoms_of(&mut self, parts: &Parts, found: &mut Vec<Atoms>) {
        found.clear();
        let second = parts.second_line.unwrap_or(NONE);
        let coder = &mut self.coder;
        let most = [&parts.postcodes, &parts.numbers, &parts.streets, &parts.cities].map(Vec::len).into_iter().max().unwrap_or(0).min(8);
        for place in 0..most {
            let nth = |codes: &[u32]| codes.get(place).or(codes.last()).copied().unwrap_or(NONE);
            let (postcode, number, street, city) = (nth(&parts.postcodes), nth(&parts.numbers), nth(&parts.streets), nth(&parts.cities));
            found.push([postcode, coder.districts.of(postcode), number, street, second, city, coder.houses.of(number, street), coder.in_city.of(street, city)]);
        }
        if found.is_empty() && second != NONE {
            found.push([NONE, NONE, NONE, NONE, second, NONE, NONE, NONE]);
        }
    }

    fn finish(&mut self, keep: bool) {
        if keep {
            self.settle(true);
            self.coder.houses.make_room();
            self.coder.in_city.make_room();
            self.coder.postcodes.make_room();
            self.coder.streets.make_room();
        } else {
            self.postcodes.seal();
            self.streets.seal();
            self.cities.seal();
            self.coder = Coder::default();
        }
    }
}

/// The part of a postcode that a whole district shares: all but the last three of a British one, else the first three
/// characters or, of five digits, two.
fn district(postcode: &str) -> Option<&str> {
    let bytes = postcode.as_bytes();
    let british = matches!(bytes, [a, .., d, b, c] if a.is_ascii_alphabetic() && d.is_ascii_digit() && b.is_ascii_alphabetic() && c.is_ascii_alphabetic());
    if british { postcode.get(..postcode.len() - 3) } else { postcode.get(..if postcode.len() < 5 { 2 } else { 3 }) }.filter(|district| !district.is_empty())
}

/// The number of a house at the beginning of a folded address, and the rest.
fn number(folded: &str) -> (String, &str) {
    match folded.split_once(' ') {
        Some((number, rest)) if number.starts_with(|c: char| c.is_ascii_digit()) => (number.to_owned(), rest),
        _ => (String::new(), folded),
    }
}

/// A street, folded, its last word written out.
fn street(text: &str, numbered: bool) -> String {
    let folded = fold(text);
    let rest = if numbered { number(&folded).1 } else { &folded };
    match rest.rsplit_once(' ') {
        Some((name, last)) => SHORT.iter().find(|(short, _)| *short == last).map_or_else(|| rest.to_owned(), |(_, long)| format!("{name} {long}")),
        None => rest.to_owned(),
    }
}

/// Short forms of words for streets.
const SHORT: &[(&str, &str)] = &[
    ("rd", "road"),
    ("st", "street"),
    ("str", "street"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("ln", "lane"),
    ("cl", "close"),
    ("dr", "drive"),
    ("cres", "crescent"),
    ("cr", "crescent"),
    ("gdns", "gardens"),
    ("ct", "court"),
    ("crt", "court"),
    ("pl", "place"),
    ("gr", "grove"),
    ("gro", "grove"),
    ("terr", "terrace"),
    ("ter", "terrace"),
    ("sq", "square"),
    ("pk", "park"),
    ("hse", "house"),
    ("blvd", "boulevard"),
    ("hwy", "highway"),
    ("cct", "circuit"),
];

impl Compare for Location {
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
        let mut parts = Parts::default();
        let mut lines = 0;
        for (kind, texts) in values {
            match kind {
                Kind::Postcode => parts.postcodes.extend(texts.iter().map(|text| self.postcode(text))),
                Kind::HouseNumber => parts.numbers.extend(texts.iter().map(|text| self.number(&fold(text)))),
                Kind::City => parts.cities.extend(texts.iter().map(|text| self.city(text))),
                _ if lines == 0 => {
                    lines = 1;
                    for text in texts {
                        parts.streets.push(self.street_of(text));
                        if self.numbered {
                            parts.numbers.extend(Some(self.number(&number(&fold(text)).0)).filter(|number| *number != NONE));
                        }
                    }
                }
                _ => parts.second_line = texts.first().map(|text| self.street_of(text)).or(parts.second_line),
            }
        }
        let mut found = Vec::new();
        self.atoms_of(&parts, &mut found);
        found.into_iter().map(|atoms| atoms.to_vec()).collect()
    }

    fn settle(&mut self, keep: bool) {
        self.postcodes.settle(keep);
        self.streets.settle(keep);
        self.cities.settle(keep);
        self.street_words.truncate(self.streets.len());
        let coder = &mut self.coder;
        coder.districts.settle(keep, self.postcodes.len());
        for texts in [&mut coder.postcodes, &mut coder.numbers, &mut coder.streets, &mut coder.cities, &mut coder.street_words] {
            texts.settle(keep);
        }
        coder.houses.settle(keep);
        coder.in_city.settle(keep);
    }

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        let postcode = both(left, right, POSTCODE).map_or(MISSING, |(a, b)| {
            if a == b {
                0
            } else if self.postcodes.within(a, b, 1, 3) {
                1
            } else if same(left, right, DISTRICT) {
                2
            } else {
                3
            }
        });
        let number = both(left, right, NUMBER).map_or(MISSING, |(a, b)| u8::from(a != b));
        let city = both(left, right, CITY).map_or(MISSING, |(a, b)| match a == b {
            true => 0,
            false => {
                if self.cities.nearness(a, b) == Nearness::Far {
                    2
                } else {
                    1
                }
            }
        });
        [postcode, self.street(left, right), number, city]
    }
}

impl Location {
    /// The best step of the lines.
    fn street(&self, left: &[u32], right: &[u32]) -> u8 {
        let mut best = MISSING;
        for (one, other) in [(STREET, STREET), (SECOND_LINE, SECOND_LINE), (STREET, SECOND_LINE), (SECOND_LINE, STREET)] {
            let (Some(a), Some(b)) = (left.get(one), right.get(other)) else { continue };
            if *a == NONE || *b == NONE {
                continue;
            }
            let step = if a == b { u8::from(one != STREET || other != STREET) } else { self.near(*a, *b) };
            best = if best == MISSING { step } else { best.min(step) };
            if best == 0 {
                break;
            }
        }
        best
    }

    fn near(&self, one: u32, other: u32) -> u8 {
        if self.streets.within(one, other, 2, 5) {
            return 1;
        }
        let (Some(a), Some(b)) = (self.street_words.get(one as usize), self.street_words.get(other as usize)) else { return 2 };
        let common = a.iter().filter(|word| b.contains(word)).count();
        // More than the one word that says what kind of street it is.
        if common >= 2 && 2 * common >= a.len().max(b.len()) { 1 } else { 2 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts() {
        for (postcode, expected) in [("m12ab", Some("m1")), ("sw1a1aa", Some("sw1a")), ("2119", Some("21")), ("75001", Some("750")), ("", None)] {
            assert_eq!(district(postcode), expected, "{postcode}");
        }
    }

    #[test]
    fn streets() {
        assert_eq!(street("12 High St.", true), "high street");
        assert_eq!(street("Pridham Street", false), "pridham street");
    }
}
