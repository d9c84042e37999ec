//! Letting a world happen, with or without what the person in question may not see.

use candour_actions::{
    ActionError, Answer, Classification, ExportFormat, ExportRequest, ImportRequest, Purpose, ResolveRequest, RetentionDecision, ReviewRequest, Who,
};
use serde::Serialize;
use serde_json::Value;

use super::vanished::Vanished;
use crate::{
    home::{NOW, TestHome, import_of},
    matrix::mandate,
    worlds::{Asker, Step, Vanishing, World},
};

/// A label and what was answered, for each question.
pub(super) type Answers = Vec<(String, String)>;

/// The purpose that the shipped charter opens under a mandate alone.
const PROTECTION: &str = "protect-vulnerable-people";

/// The person in question: may do much, and sees what the world says.
pub(super) fn person(home: &TestHome, asker: Asker) -> Who {
    let mut who = home.who("supervisor", "demo");
    who.actor.id = "outsider".to_owned();
    who.actor.roles.push("data-protection-officer".to_owned());
    who.actor.compartments.clear();
    match asker {
        Asker::Open => who.actor.clearance = Classification::Open,
        Asker::Mandate => {
            who.purpose = Some(Purpose {
                case: Some("CR/1".to_owned()),
                reason: Some("a test".to_owned()),
                mandate: Some("welfare".to_owned()),
                ..Purpose::plain(PROTECTION)
            });
        }
        Asker::Official | Asker::Emergency => {}
    }
    who
}

/// Gives the person in question what they lean on.
fn back(home: &TestHome, asker: Asker) {
    let supervisor = home.who("supervisor", "demo");
    match asker {
        Asker::Mandate => {
            let text = home.desk.mandate_draft(&supervisor, &mandate(home, "welfare")).unwrap().value.text;
            home.desk.mandate_sign(&home.who("overseer", "demo"), "welfare", &home.signature(&text)).unwrap();
        }
        Asker::Emergency => {
            let asked = home.desk.break_glass_request(&person(home, asker), &["harbour".to_owned()], "a child is missing").unwrap().value;
            home.desk.break_glass_approve(&supervisor, &asked.id).unwrap();
        }
        Asker::Open | Asker::Official => {}
    }
}

/// What was told, times and receipts left aside.
pub(super) fn told<T: Serialize>(answer: Result<Answer<T>, ActionError>) -> String {
    match answer {
        Ok(answer) => {
            let mut value = serde_json::to_value(answer.value).unwrap();
            for untold in ["seconds", "ready_seconds", "rejects_file"] {
                value.as_object_mut().map(|fields| fields.remove(untold));
            }
            value.to_string()
        }
        Err(error) => format!("error: {error}"),
    }
}

/// The import that a step of a world is. A line that is left out leaves its place.
pub(super) fn request(home: &TestHome, number: usize, step: &Step, line: impl Fn(&Value) -> String) -> ImportRequest {
    let Step::Import { marking, dataset, entities } = step else { panic!("{step:?} is no import") };
    let path = home.outside().join(format!("{number}.ijson"));
    let lines: Vec<String> = entities.iter().map(line).collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    ImportRequest { dataset: Some((*dataset).to_owned()), ..import_of(&path, marking) }
}

fn export(to: &str) -> ExportRequest {
    ExportRequest { format: ExportFormat::Ftm, query: None, to: to.to_owned() }
}

fn review(decision: RetentionDecision) -> ReviewRequest {
    ReviewRequest { decision, rationale: "as the rules say".to_owned(), next: None, whole: false }
}

fn vanish(home: &TestHome, id: &str, how: Vanishing) {
    let officer = home.who("data-protection-officer", "demo");
    match how {
        Vanishing::Restricted => drop(home.desk.restrict(&officer, id, "its accuracy is contested", false).unwrap()),
        Vanishing::Erased => {
            home.desk.review_decide(&home.who("reviewer", "demo"), id, &review(RetentionDecision::Erase)).unwrap();
            drop(home.desk.erase(&officer, id, false).unwrap());
        }
    }
}

/// Gives what the person in question was told meanwhile.
pub(super) fn happen(world: &World, with_hidden: bool) -> (TestHome, Answers) {
    let home = TestHome::new();
    back(&home, world.asker);
    let (all, who) = (home.who("supervisor", "demo"), person(&home, world.asker));
    let vanished = Vanished::of(&world.steps);
    let mut answers = Vec::new();
    for ((number, step), time) in world.steps.iter().enumerate().zip(NOW..) {
        home.set_time(time);
        let before = vanished.as_ref().filter(|(at, _, _)| number < *at).map(|(_, _, vanished)| vanished);
        match step {
            Step::Import { marking, .. } if with_hidden || world.sees(marking) => {
                let line = |entity: &Value| {
                    let is_unsaid = before.is_some_and(|vanished| vanished.would_empty(entity));
                    let said = if is_unsaid { None } else { Some(entity.clone()) };
                    let left = if with_hidden { said } else { said.and_then(|entity| before.map_or(Some(entity.clone()), |vanished| vanished.rest(&entity))) };
                    left.map_or_else(String::new, |entity| entity.to_string())
                };
                home.desk.import(&all, &request(&home, number, step, line), &mut |_| ()).unwrap();
            }
            Step::Import { .. } => {}
            Step::Judge { sees_all: true, a, b, verdict } => {
                // In the twin world a word that rests on hidden statements was never said.
                let hidden = world.hidden(number);
                let is_unsaid = |id: &&str| hidden.contains(id) || before.is_some_and(|vanished| vanished.takes(id));
                if with_hidden || ![*a, *b].iter().any(is_unsaid) {
                    let _ = home.desk.judge(&all, a, b, *verdict, "a test");
                }
            }
            Step::Judge { sees_all: false, a, b, verdict } => answers.push((format!("{step:?}"), told(home.desk.judge(&who, a, b, *verdict, "a test")))),
            Step::Split { id } => answers.push((format!("{step:?}"), told(home.desk.split(&who, id, "a test")))),
            Step::Resolve { sees_all: true } => drop(home.desk.resolve(&all, &ResolveRequest::default()).unwrap()),
            Step::Resolve { sees_all: false } => answers.push((format!("{step:?}"), told(home.desk.resolve(&who, &ResolveRequest::default())))),
            Step::Review { id } => {
                // In the twin world a decision that rests on hidden statements was never made.
                if with_hidden || !(world.hidden(number).contains(id) || before.is_some_and(|vanished| vanished.takes(id))) {
                    drop(home.desk.review_decide(&all, id, &review(RetentionDecision::Retain)).unwrap());
                }
            }
            Step::Export { sees_all: true } => drop(home.desk.export(&all, &export("the prosecutor")).unwrap()),
            Step::Export { sees_all: false } => {
                let told = home.desk.export(&who, &export("the court")).map_or_else(|error| error.to_string(), |answer| format!("{:?}", answer.value.exported));
                answers.push((format!("{step:?}"), told));
            }
            Step::Vanish { id, how } => {
                // What was told of it before it vanished was told; the law is about what is told from now on.
                answers.clear();
                if with_hidden && vanished.is_some() {
                    vanish(&home, id, *how);
                }
            }
        }
    }
    (home, answers)
}
