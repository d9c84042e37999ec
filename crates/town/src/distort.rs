//! How a dataset gets a person wrong: slips of the pen, short names, turned dates, old names and old addresses.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{addresses::Address, dice::Dice, lists::nicknames, people::Person};

/// How often each thing goes wrong in a dataset, per thousand descriptions. A table to read.
pub(crate) struct Habits {
    pub(crate) typo_forename: usize,
    pub(crate) typo_surname: usize,
    pub(crate) nickname: usize,
    pub(crate) no_middle: usize,
    pub(crate) initial_only: usize,
    pub(crate) birth_name: usize,
    pub(crate) turned_date: usize,
    pub(crate) wrong_year: usize,
    pub(crate) no_birth: usize,
    pub(crate) old_address: usize,
    pub(crate) no_address: usize,
    pub(crate) no_phone: usize,
    pub(crate) no_email: usize,
    pub(crate) capitals: usize,
}

#[rustfmt::skip]
pub(crate) const RECORDS: Habits = Habits {
    typo_forename: 30, typo_surname: 45, nickname: 90, no_middle: 550, initial_only: 100, birth_name: 220, turned_date: 18,
    wrong_year: 12, no_birth: 90, old_address: 260, no_address: 80, no_phone: 260, no_email: 620, capitals: 0,
};

#[rustfmt::skip]
pub(crate) const COUNCIL: Habits = Habits {
    typo_forename: 8, typo_surname: 12, nickname: 25, no_middle: 300, initial_only: 60, birth_name: 120, turned_date: 6,
    wrong_year: 4, no_birth: 120, old_address: 40, no_address: 0, no_phone: 480, no_email: 420, capitals: 0,
};

#[rustfmt::skip]
pub(crate) const CUSTODY: Habits = Habits {
    typo_forename: 60, typo_surname: 80, nickname: 210, no_middle: 800, initial_only: 20, birth_name: 120, turned_date: 45,
    wrong_year: 30, no_birth: 20, old_address: 330, no_address: 120, no_phone: 300, no_email: 1000, capitals: 1000,
};

#[rustfmt::skip]
pub(crate) const REGISTER: Habits = Habits {
    typo_forename: 5, typo_surname: 8, nickname: 0, no_middle: 80, initial_only: 0, birth_name: 60, turned_date: 0,
    wrong_year: 0, no_birth: 0, old_address: 150, no_address: 500, no_phone: 1000, no_email: 1000, capitals: 0,
};

/// A person as one dataset has them.
#[derive(Debug, Clone)]
pub(crate) struct Described {
    pub(crate) id: String,
    pub(crate) person: Arc<Person>,
    pub(crate) forename: String,
    pub(crate) middle: String,
    pub(crate) surname: String,
    pub(crate) previous_surname: String,
    pub(crate) born: String,
    pub(crate) sex: &'static str,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) occupation: &'static str,
    pub(crate) address: Option<Arc<Address>>,
}

impl Described {
    /// The name in one line.
    pub(crate) fn name(&self) -> String {
        [&self.forename, &self.middle, &self.surname].into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The former name in one line, if there is one.
    pub(crate) fn previous_name(&self) -> String {
        if self.previous_surname.is_empty() { String::new() } else { format!("{} {}", self.forename, self.previous_surname) }
    }

    /// The address in one line.
    pub(crate) fn address_line(&self) -> String {
        self.address.as_ref().map_or_else(String::new, |address| address.full())
    }
}

/// Describes a person with the habits of a dataset.
pub(crate) fn describe(dice: &mut Dice, person: &Arc<Person>, habits: &Habits, id: String) -> Described {
    let short = nicknames(person.forename);
    let forename = match dice.pick(&short) {
        Some(short) if dice.chance(habits.nickname) => (*short).to_owned(),
        _ => slip(dice, person.forename, habits.typo_forename),
    };
    let middle = match person.middle {
        Some(middle) if !dice.chance(habits.no_middle) => {
            if dice.chance(habits.initial_only) {
                middle.chars().take(1).collect()
            } else {
                middle.to_owned()
            }
        }
        _ => String::new(),
    };
    // A dataset that still has the birth name does not know the married one; one that knows both says so now and then.
    let (surname, previous) = match person.birth_surname {
        Some(birth) if dice.chance(habits.birth_name) => (birth, ""),
        Some(birth) if dice.chance(200) => (person.surname, birth),
        _ => (person.surname, ""),
    };
    let surname = slip(dice, surname, habits.typo_surname);
    let address = match &person.before {
        _ if dice.chance(habits.no_address) => None,
        Some(before) if dice.chance(habits.old_address) => Some(Arc::clone(before)),
        _ => Some(Arc::clone(&person.home)),
    };
    let capital = |text: String| if habits.capitals > 0 { text.to_uppercase() } else { text };
    let born = if dice.chance(habits.no_birth) { String::new() } else { birth(dice, person.born, habits) };
    Described {
        id,
        person: Arc::clone(person),
        forename: capital(forename),
        middle: capital(middle),
        surname: capital(surname),
        previous_surname: capital(previous.to_owned()),
        born,
        sex: person.sex.word(),
        phone: if dice.chance(habits.no_phone) { String::new() } else { person.phone.national() },
        email: person.email.clone().filter(|_| !dice.chance(habits.no_email)).unwrap_or_default(),
        occupation: person.occupation,
        address,
    }
}

/// The date of birth, with day and month turned round or a year mistaken now and then.
fn birth(dice: &mut Dice, born: Date, habits: &Habits) -> String {
    let turned = Date::new(born.year(), born.day(), born.month()).ok().filter(|_| dice.chance(habits.turned_date));
    let date = turned.unwrap_or(born);
    let shift = if dice.chance(habits.wrong_year) { i16::try_from(dice.between(-2, 2)).unwrap_or(0) } else { 0 };
    Date::new(date.year() + shift, date.month(), date.day()).unwrap_or(date).to_string()
}

/// One slip of the pen with so many chances in a thousand.
fn slip(dice: &mut Dice, word: &str, chance: usize) -> String {
    if !dice.chance(chance) {
        return word.to_owned();
    }
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + dice.below(letters.len().saturating_sub(2));
    match dice.below(4) {
        0 if at + 1 < letters.len() => letters.swap(at, at + 1),
        1 if letters.len() > 3 => drop(letters.remove(at.min(letters.len() - 1))),
        2 => {
            if let Some(letter) = letters.get(at).copied() {
                letters.insert(at, letter);
            }
        }
        _ => {
            if let Some(letter) = letters.get_mut(at) {
                *letter = misheard(*letter);
            }
        }
    }
    letters.into_iter().collect()
}

/// The letter that ear or hand puts in its place.
fn misheard(letter: char) -> char {
    match letter {
        'a' => 'e',
        'e' => 'a',
        'i' => 'y',
        'y' => 'i',
        'o' => 'u',
        'u' => 'o',
        'c' => 'k',
        'k' => 'c',
        's' => 'z',
        'z' => 's',
        'm' => 'n',
        'n' => 'm',
        'd' => 't',
        't' => 'd',
        'b' => 'p',
        'p' => 'b',
        'v' => 'w',
        'w' => 'v',
        'g' => 'j',
        'l' => 'r',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Part;

    #[test]
    fn a_slip_changes_little() {
        let mut dice = Dice::new(3, Part::Records);
        for word in ["Ng", "Al", "Robertson", "Siân", "X"] {
            for _ in 0..200 {
                let slipped = slip(&mut dice, word, 1000);
                assert!(slipped.chars().count().abs_diff(word.chars().count()) <= 1, "{word} became {slipped}");
                assert_eq!(slipped.chars().next(), word.chars().next());
            }
            assert_eq!(slip(&mut dice, word, 0), word);
        }
    }
}
