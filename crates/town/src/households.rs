//! Households: who lives with whom, under which name.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::{
    addresses::Address,
    dice::{Dice, Part, later},
    fictitious::Phone,
    lists::{FEMALE, MALE, OCCUPATIONS, SURNAMES},
    people::{Person, Sex},
    town::LAST_DAY,
};

/// Members and how often, in a thousand households.
const SIZES: &[(usize, usize)] = &[(1, 300), (2, 345), (3, 160), (4, 130), (5, 65)];

/// How many households so many people make, rounded up. People in a thousand households: 2,315.
pub(crate) fn households_for(people: usize) -> usize {
    let mean: usize = SIZES.iter().map(|(size, share)| size * share).sum();
    people * 1000 / mean.max(1) + 40
}

/// What a member needs to know of the household.
struct House {
    home: Arc<Address>,
    since: Date,
    before: Option<Arc<Address>>,
}

/// Fills homes until there are enough people.
pub(crate) fn generate(seed: u64, count: usize, homes: &[Arc<Address>]) -> Vec<Arc<Person>> {
    let mut dice = Dice::new(seed, Part::Households);
    let mut people = Vec::with_capacity(count + 5);
    for home in homes {
        if people.len() >= count {
            break;
        }
        let size = dice.weighted(SIZES, |(_, share)| *share).map_or(1, |(size, _)| *size);
        let before = if dice.chance(350) { dice.pick(homes).cloned() } else { None };
        let house = House { home: Arc::clone(home), since: dice.date(date(2005, 1, 1), date(2024, 12, 31)), before };
        household(&mut dice, &house, size, &mut people);
    }
    people
}

fn household(dice: &mut Dice, house: &House, size: usize, people: &mut Vec<Arc<Person>>) {
    let surname = surname(dice);
    let age = dice.between(20, 86);
    let sex = if dice.chance(500) { Sex::Female } else { Sex::Male };
    member(dice, house, people, sex, surname, None, age);
    let mut left = size - 1;
    let couple = left > 0 && dice.chance(750);
    if couple {
        left -= 1;
        let own = self::surname(dice);
        let married = dice.chance(700);
        let (other, partner_age) = (if sex == Sex::Female { Sex::Male } else { Sex::Female }, (age + dice.between(-6, 6)).max(19));
        let (name, birth) = if married && own != surname { (surname, Some(own)) } else { (own, None) };
        member(dice, house, people, other, name, birth, partner_age);
    }
    for _ in 0..left {
        let sex = if dice.chance(500) { Sex::Female } else { Sex::Male };
        if couple && age < 62 {
            let child = dice.between(0, (age - 19).clamp(0, 24));
            member(dice, house, people, sex, surname, None, child);
        } else {
            // Flatmates and lodgers.
            let (name, age) = (self::surname(dice), dice.between(19, 45));
            member(dice, house, people, sex, name, None, age);
        }
    }
}

fn member(dice: &mut Dice, house: &House, people: &mut Vec<Arc<Person>>, sex: Sex, surname: &'static str, birth_surname: Option<&'static str>, age: i32) {
    let names = if sex == Sex::Female { &FEMALE } else { &MALE };
    let forename = dice.early_word(names);
    let middle = dice.chance(600).then(|| dice.early_word(names)).filter(|middle| *middle != forename);
    let no = people.len();
    let born = later(LAST_DAY, -(age * 365 + age / 4 + dice.between(1, 364)));
    let email = dice.chance(550).then(|| email(dice, forename, surname, born));
    let occupation = match age {
        ..18 => "",
        67.. => "retired",
        _ => dice.word(&OCCUPATIONS),
    };
    people.push(Arc::new(Person {
        no,
        sex,
        forename,
        middle,
        surname,
        birth_surname,
        born,
        home: Arc::clone(&house.home),
        since: house.since.max(born),
        before: house.before.clone().filter(|_| house.since > born),
        phone: Phone::exchange(no),
        email,
        occupation,
    }));
}

fn surname(dice: &mut Dice) -> &'static str {
    dice.early_word(&SURNAMES)
}

/// At domains that RFC 2606 keeps for examples.
fn email(dice: &mut Dice, forename: &str, surname: &str, born: Date) -> String {
    let (forename, surname) = (forename.to_lowercase(), surname.to_lowercase());
    let domain = dice.word(&["post.example", "mail.example", "letters.example"]);
    match dice.below(3) {
        0 => format!("{forename}.{surname}@{domain}"),
        1 => format!("{forename}{}@{domain}", born.year()),
        _ => format!("{}{surname}{:02}@{domain}", forename.chars().next().unwrap_or('x'), dice.below(100)),
    }
}
