//! Where somebody is found: postcode, number of the house, street and town are one field, for a postcode all but
//! implies the others.

use crate::{
    at::of,
    field::{Compare, Factor, MISSING, Rate, Step, Steps, Variants, both, same, variants::{Pairs, code, derive, keys}},
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
    Factor { says: "postcode", shared: true, given_first: false, steps: &[
        step("the same", 0.62, Rate::Same(POSTCODE)),
        step("one slip apart", 0.06, Rate::Any),
        step("the same district", 0.05, Rate::Any),
        step("different", 0.27, Rate::Any),
    ]},
    Factor { says: "street", shared: true, given_first: true, steps: &[
        step("the same", 0.58, Rate::Same(STREET)),
        step("nearly the same", 0.12, Rate::Any),
        step("different", 0.30, Rate::Any),
    ]},
    Factor { says: "number", shared: true, given_first: false, steps: &[
        step("the same", 0.68, Rate::Same(NUMBER)),
        step("different", 0.32, Rate::Any),
    ]},
    Factor { says: "town", shared: true, given_first: true, steps: &[
        step("the same", 0.78, Rate::Same(CITY)),
        step("nearly the same", 0.07, Rate::Any),
        step("different", 0.15, Rate::Any),
    ]},
];

const KEYS: &[&[usize]] = &[&[POSTCODE], &[HOUSE], &[STREET_IN_CITY], &[STREET], &[DISTRICT], &[CITY]];

#[derive(Debug)]
struct Location {
    postcodes: Words,
    streets: Words,
    /// Words of streets, as sets of codes.
    street_words: Vec<Vec<u32>>,
    cities: Words,
}

pub(super) fn prepare(table: &Table, columns: &[usize]) -> (Box<dyn Compare>, Variants) {
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let (mut postcodes, mut numbers, mut streets, mut cities) = (Dictionary::default(), Dictionary::default(), Dictionary::default(), Dictionary::default());
    let numbered = !columns.iter().any(|column| column.kind == Kind::HouseNumber);
    let codes: Vec<(Vec<u32>, Vec<u32>)> = columns
        .iter()
        .map(|column| match column.kind {
            Kind::Postcode => (derive(column, &mut postcodes, |text| Some(compact(text))), Vec::new()),
            Kind::HouseNumber => (derive(column, &mut numbers, |text| Some(fold(text))), Vec::new()),
            Kind::City => (derive(column, &mut cities, |text| Some(fold(text))), Vec::new()),
            _ => (
                derive(column, &mut streets, |text| Some(street(text, numbered))),
                if numbered { derive(column, &mut numbers, |text| Some(number(&fold(text)).0)) } else { Vec::new() },
            ),
        })
        .collect();
    let districts = keys(&postcodes, |text| district(text).map(str::to_owned));
    let (mut houses, mut in_city) = (Pairs::default(), Pairs::default());
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        let mut parts: [Vec<u32>; 4] = Default::default();
        let mut line = 0;
        let [of_postcode, of_number, of_street, of_city] = &mut parts;
        let mut second = NONE;
        for (column, (first, other)) in columns.iter().zip(&codes) {
            let values = column.codes(row);
            match column.kind {
                Kind::Postcode => of_postcode.extend(values.map(|raw| code(first, raw))),
                Kind::HouseNumber => of_number.extend(values.map(|raw| code(first, raw))),
                Kind::City => of_city.extend(values.map(|raw| code(first, raw))),
                // A further column of addresses is a further line, not a further address.
                _ if line == 0 => {
                    line = 1;
                    for raw in values {
                        of_street.push(code(first, raw));
                        of_number.extend(Some(code(other, raw)).filter(|number| *number != NONE));
                    }
                }
                _ => second = values.map(|raw| code(first, raw)).next().unwrap_or(second),
            }
        }
        let most = parts.iter().map(Vec::len).max().unwrap_or(0).min(8);
        let found: Vec<Vec<u32>> = (0..most)
            .map(|place| {
                let [postcode, number, street, city] = [0, 1, 2, 3].map(|part: usize| parts.get(part).and_then(|part| part.get(place).or(part.last())).copied().unwrap_or(NONE));
                vec![postcode, code(&districts, postcode), number, street, second, city, houses.of(number, street), in_city.of(street, city)]
            })
            .collect();
        if found.is_empty() && second != NONE {
            variants.push_one(&[NONE, NONE, NONE, NONE, second, NONE, NONE, NONE]);
        } else {
            variants.push(&found);
        }
    }
    let mut known = Dictionary::default();
    let street_words = streets
        .iter()
        .map(|text| {
            let mut words: Vec<u32> = text.split(' ').map(|word| known.intern(word)).collect();
            words.sort_unstable();
            words
        })
        .collect();
    let squeezed = |text: &str| text.replace(' ', "");
    let location = Location { postcodes: Words::new(&postcodes, str::to_owned), street_words, streets: Words::new(&streets, squeezed), cities: Words::new(&cities, squeezed) };
    (Box::new(location), variants)
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
    ("rd", "road"), ("st", "street"), ("str", "street"), ("ave", "avenue"), ("av", "avenue"), ("ln", "lane"), ("cl", "close"), ("dr", "drive"), ("cres", "crescent"), ("cr", "crescent"), ("gdns", "gardens"),
    ("ct", "court"), ("crt", "court"), ("pl", "place"), ("gr", "grove"), ("gro", "grove"), ("terr", "terrace"), ("ter", "terrace"), ("sq", "square"), ("pk", "park"), ("hse", "house"), ("blvd", "boulevard"), ("hwy", "highway"), ("cct", "circuit"),
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
            false => if self.cities.nearness(a, b) == Nearness::Far { 2 } else { 1 },
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
        assert_eq!(of(&[1_u32], 0), 1);
    }
}
