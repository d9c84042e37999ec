//! Intelligence reports in the 3x5x2 form: what was said, how good the source is, who may be told.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::{
    companies::Company,
    dice::{Dice, Part, later},
    fictitious::report_number,
    group::Group,
    lists::{GROUP_LINES, REPORT_LINES},
    offences::{Offence, Officer},
    records::Records,
    town::{OFFICIAL, SENSITIVE},
    vehicles::Vehicle,
};

/// One report.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) number: String,
    pub(crate) on: Date,
    pub(crate) officer: String,
    pub(crate) source: char,
    pub(crate) information: char,
    pub(crate) handling: char,
    pub(crate) conditions: &'static str,
    pub(crate) title: String,
    pub(crate) text: String,
    /// Ids of what it speaks of.
    pub(crate) about: Vec<String>,
    pub(crate) marking: &'static str,
}

/// What reports can speak of.
pub(crate) struct Talk<'a> {
    pub(crate) offences: &'a [Offence],
    pub(crate) officers: &'a [Officer],
    pub(crate) vehicles: &'a [Arc<Vehicle>],
    pub(crate) companies: &'a [Arc<Company>],
    pub(crate) records: &'a Records,
    pub(crate) group: Option<&'a Group>,
}

/// Ordinary reports, and among them those about the group.
pub(crate) fn generate(seed: u64, count: usize, talk: &Talk<'_>) -> Vec<Report> {
    let mut dice = Dice::new(seed, Part::Reports);
    let mut reports: Vec<Report> = (0..count).filter_map(|_| ordinary(&mut dice, talk)).collect();
    if let Some(group) = talk.group {
        reports.extend((0..50).filter_map(|nth| about_group(&mut dice, talk, group, nth)));
    }
    reports.sort_by(|a, b| (a.on, &a.text).cmp(&(b.on, &b.text)));
    for (nth, report) in (1..).zip(&mut reports) {
        report.number = report_number(nth, report.on.year());
    }
    reports
}

/// A text being filled, and what it speaks of so far.
struct Text {
    text: String,
    about: Vec<String>,
}

impl Text {
    fn fill(&mut self, placeholder: &str, value: &str, about: Option<&str>) {
        if self.text.contains(placeholder) {
            self.text = self.text.replace(placeholder, value);
            if let Some(id) = about.filter(|id| !self.about.iter().any(|known| known == id)) {
                self.about.push(id.to_owned());
            }
        }
    }
}

fn ordinary(dice: &mut Dice, talk: &Talk<'_>) -> Option<Report> {
    let offence = dice.pick(talk.offences)?;
    let person = dice.pick(&offence.roles).map(|role| &role.person).or(talk.vehicles.first().map(|vehicle| &vehicle.keeper))?;
    let other = &dice.pick(talk.vehicles)?.keeper;
    let (entry, other_entry) = (talk.records.entry(dice, person)?, talk.records.entry(dice, other)?);
    let (vehicle, company) = (dice.pick(talk.vehicles)?, dice.pick(talk.companies)?);
    let mut text = Text { text: dice.word(&REPORT_LINES).to_owned(), about: Vec::new() };
    text.fill("{person}", &person.name(), Some(entry));
    text.fill("{other}", &other.name(), Some(other_entry));
    text.fill("{address}", &person.home.short(), Some(&person.home.id));
    text.fill("{vehicle}", &vehicle.mark, Some(&vehicle.id));
    text.fill("{phone}", &person.phone.national(), None);
    text.fill("{crime}", &offence.reference, Some(&offence.id));
    text.fill("{offence}", &offence.kind.to_lowercase(), None);
    text.fill("{company}", &company.name, Some(&company.id));
    let on = dice.date(offence.at.date(), date(2025, 3, 31));
    report(dice, talk, text, on, "Information from the public", OFFICIAL)
}

fn about_group(dice: &mut Dice, talk: &Talk<'_>, group: &Group, nth: usize) -> Option<Report> {
    let line = GROUP_LINES.get(nth % GROUP_LINES.len().max(1)).copied()?;
    let (crime, at) = dice.pick(&group.offences)?;
    let offence = talk.offences.iter().find(|offence| offence.reference == *crime)?;
    let [driver, spotter, handler] = &group.burners;
    let mut text = Text { text: line.to_owned(), about: Vec::new() };
    for (part, person) in &group.members {
        text.fill(&format!("{{{part}}}"), &person.name(), talk.records.first(person));
    }
    text.fill("{van}", &group.van.mark, Some(&group.van.id));
    text.fill("{yard}", &group.yard.short(), Some(&group.yard.id));
    text.fill("{lockup}", &group.lockup.short(), Some(&group.lockup.id));
    text.fill("{front}", &group.front.name, Some(&group.front.id));
    text.fill("{crime}", crime, Some(&offence.id));
    for (placeholder, phone) in [("{driver's phone}", driver), ("{spotter's phone}", spotter), ("{handler's phone}", handler)] {
        text.fill(placeholder, &phone.national(), None);
    }
    let on = later(at.date(), dice.between(1, 30)).min(date(2025, 3, 31));
    report(dice, talk, text, on, "Vehicle thefts by night", SENSITIVE)
}

fn report(dice: &mut Dice, talk: &Talk<'_>, text: Text, on: Date, title: &str, marking: &'static str) -> Option<Report> {
    let officer = dice.pick(talk.officers)?;
    let sources: &[(char, usize)] = if marking == SENSITIVE { &[('1', 500), ('2', 450), ('3', 50)] } else { &[('1', 250), ('2', 650), ('3', 100)] };
    let information: &[(char, usize)] = &[('A', 150), ('B', 200), ('C', 350), ('D', 270), ('E', 30)];
    let source = dice.weighted(sources, |(_, share)| *share).map_or('2', |(code, _)| *code);
    let information = dice.weighted(information, |(_, share)| *share).map_or('D', |(code, _)| *code);
    let conditional = marking == SENSITIVE || dice.chance(150);
    Some(Report {
        number: String::new(),
        on,
        officer: officer.name.clone(),
        source,
        information,
        handling: if conditional { 'C' } else { 'P' },
        conditions: if conditional { "Ask the originator before any action is taken on it." } else { "" },
        title: title.to_owned(),
        text: text.text,
        about: text.about,
        marking,
    })
}
