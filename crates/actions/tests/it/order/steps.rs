//! What a process does on a home: one action after the other, each drawn from a seed, with a word before and a word after.

use std::{fs, path::Path};

use candour_actions::{
    ActionError, Answer, Classification, Desk, ExportFormat, ExportRequest, MandateRequest, PeopleChange, Purpose, Receipt, ResolveRequest, RetentionDecision,
    ReviewRequest, SearchRequest, SpecialCategory, TokenRequest, Verdict, Who,
};
use candour_ledger::{Note, SigningKey};
use serde::{Deserialize, Serialize};

use crate::{
    home::{HOUR, import_of},
    matrix::search,
};

/// A word of the process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Said {
    /// What is done, as the journal calls it.
    pub(super) action: String,
    /// By whom.
    pub(super) actor: String,
    /// To what: ids, a file's name.
    pub(super) to: Vec<String>,
    /// How it stands.
    pub(super) told: Told,
}

/// How an action stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Told {
    /// It is about to begin.
    Trying,
    /// It was answered.
    Answered(Box<Receipt>),
    /// It was refused.
    Refused(Option<Box<Receipt>>),
    /// It went wrong.
    Failed(String),
}

/// Numbers that look random (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn one<'v, T>(&mut self, values: &'v [T]) -> Option<&'v T> {
        let bound = values.len().max(1) as u64;
        values.get(usize::try_from(self.below(bound)).unwrap())
    }
}

/// Kinds of things that are done.
pub(super) const KINDS: u64 = 14;

/// How many people a file speaks of.
pub(super) const PEOPLE: usize = 3;

/// What every id and every text that a record has to itself holds, and nothing else does.
pub(super) const MARK: &str = "qzq";

/// The text that a record has to itself, and by which it is found.
pub(super) fn token(id: &str) -> String {
    format!("tok{}", id.trim_start_matches('p'))
}

/// Ids of the people in a file.
pub(super) fn people_of(file: &str) -> Vec<String> {
    (0..PEOPLE).map(|person| format!("p{MARK}{}z{person}", file.trim_start_matches("file").trim_end_matches(".ijson"))).collect()
}

/// Somebody at work.
pub(super) struct Worker<'d> {
    desk: &'d Desk,
    folder: &'d Path,
    dice: Dice,
    round: u64,
    /// Steps so far.
    number: u64,
}

type Say<'s> = &'s mut dyn FnMut(Said);

impl<'d> Worker<'d> {
    pub(super) fn new(desk: &'d Desk, folder: &'d Path, seed: u64, round: u64) -> Self {
        Self { desk, folder, dice: Dice::new(seed.wrapping_mul(31).wrapping_add(round)), round, number: 0 }
    }

    /// Does so many things, of whatever kind.
    pub(super) fn work(&mut self, steps: u64, say: Say<'_>) {
        for _ in 0..steps {
            let kind = self.dice.below(KINDS);
            self.step(kind, say);
        }
    }

    /// Does a thing of a kind, where there is what it takes.
    pub(super) fn step(&mut self, kind: u64, say: Say<'_>) {
        self.number += 1;
        match kind {
            0 | 1 => self.import(say),
            2 => self.try_it(say, "search", "analyst", &[], |desk, who| desk.search(who, &search("kovak")).map(seen)),
            3 => self.with_one(say, "open_entity", "analyst", |desk, who, id| desk.open_entity(who, id, None).map(seen)),
            4 => self.judge(say),
            5 => self.try_it(say, "resolve", "reviewer", &[], |desk, who| desk.resolve(who, &ResolveRequest::default()).map(seen)),
            6 => self.export(say),
            7 => self.mandate(say),
            8 => self.glass(say),
            9 => self.erase(say),
            10 => self.restrict(say),
            11 => self.heartbeat(say),
            12 => self.add_person(say),
            _ => self.token(say),
        }
    }

    /// Says what is tried, tries it, and says what came of it.
    fn try_it(&self, say: Say<'_>, action: &str, person: &str, to: &[String], act: impl FnOnce(&Desk, &Who) -> Result<Receipt, ActionError>) {
        let who = Who { actor: self.desk.person(person).unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
        let mut word = |told| say(Said { action: action.to_owned(), actor: person.to_owned(), to: to.to_vec(), told });
        word(Told::Trying);
        word(match act(self.desk, &who) {
            Ok(receipt) => Told::Answered(Box::new(receipt)),
            Err(ActionError::Refused { receipt, .. }) => Told::Refused(receipt),
            Err(error) => Told::Failed(error.to_string()),
        });
    }

    /// Ids that are found.
    fn found(&self) -> Vec<String> {
        let who = Who { actor: self.desk.person("analyst").unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
        let request = SearchRequest { limit: 500, ..search("kovak") };
        self.desk.search(&who, &request).map(|answer| answer.value.hits.into_iter().map(|hit| hit.id).collect()).unwrap_or_default()
    }

    fn with_one(&mut self, say: Say<'_>, action: &str, person: &str, act: impl FnOnce(&Desk, &Who, &str) -> Result<Receipt, ActionError>) {
        let found = self.found();
        let Some(id) = self.dice.one(&found) else { return };
        self.try_it(say, action, person, std::slice::from_ref(id), |desk, who| act(desk, who, id));
    }

    fn import(&mut self, say: Say<'_>) {
        let name = format!("file{}x{}.ijson", self.round, self.number);
        let path = self.folder.join(&name);
        let line = |id: &String| format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["Kovak {0}"],"birthDate":["1980-02-03"]}}}}"#, token(id));
        // One value of it is rejected, and names its person.
        let rejected = |id: &String| format!(r#"{{"id":"{id}","schema":"Person","properties":{{"birthDate":["no day of {}"],"alias":["K"]}}}}"#, token(id));
        let people = people_of(&name);
        fs::write(&path, people.iter().map(line).chain(people.first().map(rejected)).collect::<Vec<_>>().join("\n")).unwrap();
        self.try_it(say, "import", "analyst", &[name], |desk, who| desk.import(who, &import_of(&path, "open"), &mut |_| ()).map(seen));
    }

    fn judge(&mut self, say: Say<'_>) {
        let found = self.found();
        let (Some(a), Some(b)) = (self.dice.one(&found), self.dice.one(&found)) else { return };
        let verdict = self.dice.one(&[Verdict::Same, Verdict::Different, Verdict::Unsure]).copied().unwrap_or(Verdict::Unsure);
        self.try_it(say, "judge", "reviewer", &[a.clone(), b.clone()], |desk, who| desk.judge(who, a, b, verdict, "a test").map(seen));
    }

    fn export(&mut self, say: Say<'_>) {
        let format = self.dice.one(&ExportFormat::ALL).map_or(ExportFormat::Ftm, |(_, format)| *format);
        let request = ExportRequest { format, query: None, to: "the prosecutor".to_owned() };
        self.try_it(say, "export", "supervisor", &[], |desk, who| desk.export(who, &request).map(|answer| answer.receipt));
    }

    /// Drafts a mandate, signs one or revokes it.
    fn mandate(&mut self, say: Say<'_>) {
        let id = format!("m{}x{}", self.round, self.number);
        let request = MandateRequest {
            id: id.clone(),
            purpose: "protect-vulnerable-people".to_owned(),
            group: "analyst".to_owned(),
            classes: vec![SpecialCategory::Health],
            highest: Classification::OfficialSensitive,
            not_before: self.desk.now(),
            not_after: self.desk.now() + 24 * HOUR,
            grounds: "welfare checks ordered by the council".to_owned(),
        };
        let mut text = String::new();
        self.try_it(say, "mandate_draft", "supervisor", std::slice::from_ref(&id), |desk, who| {
            desk.mandate_draft(who, &request).map(|answer| {
                text.clone_from(&answer.value.text);
                answer.receipt
            })
        });
        if !text.is_empty() && self.dice.below(3) > 0 {
            let key = fs::read_to_string(self.desk.home().authority_key_file(1)).unwrap();
            let note = Note::sign(&text, &SigningKey::parse(key.trim()).unwrap()).unwrap().to_string();
            self.try_it(say, "mandate_sign", "overseer", std::slice::from_ref(&id), |desk, who| desk.mandate_sign(who, &id, &note).map(seen));
        }
        if self.dice.below(3) == 0 {
            self.try_it(say, "mandate_revoke", "supervisor", std::slice::from_ref(&id), |desk, who| desk.mandate_revoke(who, &id, "a test").map(seen));
        }
    }

    fn glass(&mut self, say: Say<'_>) {
        let mut id = String::new();
        self.try_it(say, "break_glass_request", "analyst", &[], |desk, who| {
            desk.break_glass_request(who, &["harbour".to_owned()], "a child is missing").map(|answer| {
                id.clone_from(&answer.value.id);
                answer.receipt
            })
        });
        if !id.is_empty() && self.dice.below(2) == 0 {
            self.try_it(say, "break_glass_approve", "supervisor", std::slice::from_ref(&id), |desk, who| desk.break_glass_approve(who, &id).map(seen));
        }
    }

    fn erase(&mut self, say: Say<'_>) {
        let request = ReviewRequest { decision: RetentionDecision::Erase, rationale: "as the rules say".to_owned(), next: None, whole: false };
        let found = self.found();
        let Some(id) = self.dice.one(&found) else { return };
        let to = std::slice::from_ref(id);
        self.try_it(say, "review_decide", "reviewer", to, |desk, who| desk.review_decide(who, id, &request).map(seen));
        self.try_it(say, "erase", "data-protection-officer", to, |desk, who| desk.erase(who, id, false).map(seen));
    }

    fn restrict(&mut self, say: Say<'_>) {
        self.with_one(say, "restrict", "data-protection-officer", |desk, who, id| desk.restrict(who, id, "its accuracy is contested", false).map(seen));
    }

    fn heartbeat(&self, say: Say<'_>) {
        let mut word = |told| say(Said { action: "heartbeat".to_owned(), actor: "candour".to_owned(), to: Vec::new(), told });
        word(Told::Trying);
        if let Err(error) = self.desk.heartbeat() {
            word(Told::Failed(error.to_string()));
        }
    }

    fn add_person(&self, say: Say<'_>) {
        let id = format!("clerk-{}-{}", self.round, self.number);
        let add = PeopleChange::Add {
            id: id.clone(),
            name: id.clone(),
            roles: vec!["analyst".to_owned()],
            clearance: Classification::Official,
            compartments: Vec::new(),
            subject: None,
        };
        self.try_it(say, "manage_people", "administrator", &[id], |desk, who| desk.manage_people(who, &add).map(seen));
    }

    fn token(&self, say: Say<'_>) {
        let request = TokenRequest { label: "a program".to_owned(), purpose: "demo".to_owned(), mandate: None, days: 1 };
        self.try_it(say, "issue_token", "analyst", &[], |desk, who| desk.issue_token(who, &request).map(seen));
    }
}

fn seen<T>(answer: Answer<T>) -> Receipt {
    answer.receipt
}
