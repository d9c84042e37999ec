//! The rules, one row each.

use crate::{
    nicknames::usual_form,
    phonetic::soundex,
    prepared::{Name, Prepared},
};

/// Where a rule puts a record's keys.
pub(super) type Keys<'k> = &'k mut dyn FnMut(&str);

/// Records that share a key by a rule are compared.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) keys: fn(&Prepared, Keys<'_>),
}

/// All rules. Each catches what slips through the others.
pub(super) const RULES: &[Rule] = &[
    Rule { name: "phone", keys: |record, key| record.phones.iter().for_each(|phone| key(tail(phone, 9))) },
    Rule { name: "email", keys: |record, key| record.emails.iter().for_each(|email| key(email)) },
    Rule { name: "identifier", keys: |record, key| record.identifiers.iter().for_each(|identifier| key(identifier)) },
    Rule { name: "names in any order", keys: |record, key| whole_names(record).for_each(|name| key(&name.sorted)) },
    Rule { name: "sound of the surname, year", keys: |record, key| with_each_date(record, 4, sound_of_surname, key) },
    Rule { name: "usual form of the forename, date", keys: |record, key| with_each_date(record, 8, usual_forename, key) },
    Rule { name: "initials, date", keys: |record, key| with_each_date(record, 8, initials, key) },
    Rule { name: "sounds of forename and surname", keys: sounds_of_names },
    Rule { name: "postcode, sound of the surname", keys: |record, key| with_each(&record.postcodes, record, sound_of_surname, key) },
    Rule { name: "postcode, usual form of the forename", keys: |record, key| with_each(&record.postcodes, record, usual_forename, key) },
    Rule {
        name: "date, postcode",
        keys: |record, key| dates(record, 8).for_each(|date| record.postcodes.iter().for_each(|postcode| key(&format!("{date} {postcode}")))),
    },
    Rule {
        name: "date, address",
        keys: |record, key| dates(record, 8).for_each(|date| record.addresses.iter().for_each(|words| key(&format!("{date} {}", words.sorted)))),
    },
    Rule { name: "organisation", keys: organisations },
    Rule { name: "first words of the organisation", keys: first_words },
];

fn whole_names(record: &Prepared) -> impl Iterator<Item = &Name> {
    record.names.iter().filter(|name| name.sorted.contains(' '))
}

/// The part of each date up to so many digits, where it is known.
fn dates(record: &Prepared, length: usize) -> impl Iterator<Item = &str> {
    record.dates.iter().filter_map(move |date| date.digits.get(..length))
}

fn sound_of_surname(name: &Name) -> Option<String> {
    // Names of other alphabets stand for their own sound.
    (!name.surname.is_empty()).then(|| soundex(&name.surname).unwrap_or_else(|| name.surname.clone()))
}

fn usual_forename(name: &Name) -> Option<String> {
    (!name.forename.is_empty()).then(|| usual_form(&name.forename).to_owned())
}

/// First letters of all names, sorted.
fn initials(name: &Name) -> Option<String> {
    let initials: String = name.sorted.split(' ').filter_map(|word| word.chars().next()).collect();
    (!initials.is_empty()).then_some(initials)
}

fn with_each_date(record: &Prepared, length: usize, part: fn(&Name) -> Option<String>, key: Keys<'_>) {
    let dates: Vec<String> = dates(record, length).map(str::to_owned).collect();
    with_each(&dates, record, part, key);
}

fn with_each(values: &[String], record: &Prepared, part: fn(&Name) -> Option<String>, key: Keys<'_>) {
    for part in record.names.iter().filter_map(part) {
        values.iter().for_each(|value| key(&format!("{part} {value}")));
    }
}

/// The sounds of both parts in alphabetic order, so that swapped names meet too.
fn sounds_of_names(record: &Prepared, key: Keys<'_>) {
    for name in &record.names {
        if let (Some(surname), Some(forename)) = (sound_of_surname(name), usual_forename(name)) {
            let forename = soundex(&forename).unwrap_or(forename);
            key(&format!("{} {}", surname.as_str().min(&forename), surname.as_str().max(&forename)));
        }
    }
}

fn organisations(record: &Prepared, key: Keys<'_>) {
    record.organisations.iter().for_each(|words| key(&words.sorted));
}

/// The two first words, and all words run together.
fn first_words(record: &Prepared, key: Keys<'_>) {
    for words in &record.organisations {
        key(&words.words.concat());
        if let [first, second, ..] = words.words.as_slice() {
            key(&format!("{first} {second}"));
        }
    }
}

fn tail(text: &str, length: usize) -> &str {
    text.len().checked_sub(length).and_then(|start| text.get(start..)).unwrap_or(text)
}
