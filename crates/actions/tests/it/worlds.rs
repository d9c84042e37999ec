//! Small random worlds: imports under three markings in any order, with words on pairs and runs of the resolver between.

use std::collections::BTreeSet;

use candour_actions::Verdict;
use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// What may happen in a world.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A file is taken in by somebody who may see everything but special categories.
    Import { marking: &'static str, dataset: &'static str, entities: Vec<Value> },
    /// A word on a pair, by somebody who may see that much or by the person in question.
    Judge { sees_all: bool, a: &'static str, b: &'static str, verdict: Verdict },
    /// The person in question undoes a merge.
    Split { id: &'static str },
    /// The resolver runs.
    Resolve { sees_all: bool },
    /// Somebody who sees all but special categories decides that a record is kept.
    Review { id: &'static str },
    /// All that is seen is handed out.
    Export { sees_all: bool },
    /// A record is restricted or erased, if it is there.
    Vanish { id: &'static str, how: Vanishing },
}

/// How a record leaves a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vanishing {
    Restricted,
    Erased,
}

/// How the person in question comes by what they see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asker {
    /// Cleared for what is open alone.
    Open,
    /// Cleared, and in no compartment.
    Official,
    /// Under a mandate that names health.
    Mandate,
    /// With an emergency access that opens the compartment.
    Emergency,
}

impl Asker {
    /// Markings of what they see.
    pub(crate) fn visible(self) -> &'static [&'static str] {
        match self {
            Self::Open => &["open"],
            Self::Official => &["open", "official"],
            Self::Mandate => &["open", "official", "health"],
            Self::Emergency => &["open", "official", "official-sensitive"],
        }
    }
}

/// A world, who asks, and which of the questions are asked.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) steps: Vec<Step>,
    pub(crate) asker: Asker,
    /// One question in so many is asked, and which of them the seed says.
    pub(crate) one_in: u64,
    pub(crate) seed: u64,
}

impl World {
    pub(crate) fn sees(&self, marking: &str) -> bool {
        self.asker.visible().contains(&marking)
    }

    /// Ids of which something is hidden from the person in question, and not from those who see everything, once the
    /// first `steps` steps are done.
    pub(crate) fn hidden(&self, steps: usize) -> BTreeSet<&str> {
        let imports = self.steps.iter().take(steps).filter_map(|step| match step {
            Step::Import { marking, entities, .. } if !self.sees(marking) && *marking != "health" => Some(entities),
            _ => None,
        });
        imports.flatten().filter_map(|entity| entity["id"].as_str()).collect()
    }
}

/// Ids of things, each with the schemata that sources may give it.
const THINGS: [(&str, &[&str]); 10] = [
    ("p-anna", &["Person", "Person", "LegalEntity"]),
    ("p-ann", &["Person"]),
    ("p-otto", &["Person"]),
    ("p-ottilie", &["Person", "LegalEntity"]),
    ("c-mere", &["Company", "Organization"]),
    ("c-quay", &["Company", "LegalEntity"]),
    ("a-wharf", &["Address"]),
    ("o-theft", &["Offence"]),
    ("r-note", &["IntelligenceReport"]),
    // One source takes it for a person and another for a link.
    ("x-odd", &["Person", "Ownership"]),
];
const LINKS: [(&str, &str); 6] =
    [("l-1", "Ownership"), ("l-2", "Ownership"), ("l-3", "Family"), ("l-4", "Involvement"), ("l-5", "UnknownLink"), ("l-6", "UnknownLink")];
/// All ids, and one that no world ever has.
pub(crate) const IDS: [&str; 17] =
    ["p-anna", "p-ann", "p-otto", "p-ottilie", "c-mere", "c-quay", "a-wharf", "o-theft", "r-note", "x-odd", "l-1", "l-2", "l-3", "l-4", "l-5", "l-6", "nobody"];
const NAMES: &[&str] = &["Anna Kovak", "Ann Kovak", "Otto Brandt", "Ottilie Brandt", "Mere Haulage Ltd", "Quay Holdings", "Kovak Harbour", "Anna Brandt"];
const DATES: &[&str] = &["1980-02-03", "1971-03-09", "2019", "2021-05"];
const PHONES: &[&str] = &["+441632960001", "+441632960002"];
const EMAILS: &[&str] = &["anna@example.org", "otto@example.org"];
const TEXTS: &[&str] = &["seen at the harbour with Kovak", "paid in cash", "a grey van near the quay", "harbour"];
const PLACES: &[&str] = &["1 Wharf Road, Mere", "2 Quay Street, Mere"];
const NUMBERS: &[&str] = &["51.5", "-0.25", "40", "60"];
const REFERENCES: &[&str] = &["p-anna", "p-ann", "p-otto", "p-ottilie", "c-mere", "c-quay", "a-wharf", "o-theft", "x-odd", "nobody"];

/// Properties that a schema takes, with their values.
fn properties(schema: &str) -> &'static [(&'static str, &'static [&'static str])] {
    match schema {
        "Person" => &[
            ("name", NAMES),
            ("alias", NAMES),
            ("birthDate", DATES),
            ("deathDate", DATES),
            ("phone", PHONES),
            ("email", EMAILS),
            ("address", PLACES),
            ("addressEntity", REFERENCES),
            ("notes", TEXTS),
            ("ethnicity", TEXTS),
        ],
        "Address" => &[("full", PLACES), ("city", PLACES), ("latitude", NUMBERS), ("longitude", NUMBERS)],
        "Offence" => &[("offenceType", TEXTS), ("date", DATES), ("place", REFERENCES), ("name", NAMES)],
        "IntelligenceReport" => &[("title", TEXTS), ("bodyText", TEXTS), ("about", REFERENCES), ("reportedAt", DATES)],
        "Ownership" => &[("owner", REFERENCES), ("asset", REFERENCES), ("percentage", NUMBERS), ("startDate", DATES), ("endDate", DATES)],
        "Family" => &[("person", REFERENCES), ("relative", REFERENCES), ("relationship", TEXTS)],
        "Involvement" => &[("party", REFERENCES), ("event", REFERENCES), ("role", TEXTS), ("date", DATES)],
        "UnknownLink" => &[("subject", REFERENCES), ("object", REFERENCES), ("role", TEXTS)],
        _ => &[("name", NAMES), ("alias", NAMES), ("phone", PHONES), ("address", PLACES), ("incorporationDate", DATES), ("addressEntity", REFERENCES)],
    }
}

fn entity(id: &'static str, schema: &'static str, most: usize) -> impl Strategy<Value = Value> {
    let value = select(properties(schema)).prop_flat_map(|(name, values)| (Just(name), select(values)));
    prop::collection::vec(value, 1..most).prop_map(move |values| {
        let mut properties: Map<String, Value> = Map::new();
        for (name, value) in values {
            let list = properties.entry(name).or_insert_with(|| json!([]));
            if !list.as_array().unwrap().contains(&json!(value)) {
                list.as_array_mut().unwrap().push(json!(value));
            }
        }
        json!({"id": id, "schema": schema, "properties": properties})
    })
}

fn entities() -> impl Strategy<Value = Vec<Value>> {
    let thing = select(&THINGS[..]).prop_flat_map(|(id, schemata)| select(schemata).prop_flat_map(move |schema| entity(id, schema, 7)));
    // Both ends are there more often than not.
    let link = select(&LINKS[..]).prop_flat_map(|(id, schema)| entity(id, schema, 9));
    prop::collection::vec(prop_oneof![3 => thing, 2 => link], 1..6)
}

fn step() -> impl Strategy<Value = Step> {
    let import = (select(&["open", "official", "official-sensitive", "health"][..]), select(&["alpha", "beta", "gamma"][..]), entities())
        .prop_map(|(marking, dataset, entities)| Step::Import { marking, dataset, entities });
    let verdict = select(&[Verdict::Same, Verdict::Same, Verdict::Different, Verdict::Unsure][..]);
    let judge = (any::<bool>(), select(&IDS[..6]), select(&IDS[..6]), verdict).prop_map(|(sees_all, a, b, verdict)| Step::Judge { sees_all, a, b, verdict });
    let split = select(&IDS[..6]).prop_map(|id| Step::Split { id });
    let resolve = any::<bool>().prop_map(|sees_all| Step::Resolve { sees_all });
    let export = any::<bool>().prop_map(|sees_all| Step::Export { sees_all });
    prop_oneof![8 => import, 4 => judge, 1 => split, 1 => resolve, 1 => export]
}

/// Worlds in which statements are hidden by their markings.
fn marked() -> impl Strategy<Value = (Vec<Step>, Asker)> {
    let asker = select(&[Asker::Open, Asker::Official, Asker::Official, Asker::Mandate, Asker::Emergency][..]);
    (prop::collection::vec(step(), 3..9), asker)
}

/// Worlds out of which a record goes when all has been taken in. What was proposed before on others stays, so that the
/// resolver runs afterwards alone; and nobody who could see the record answers before.
fn vanishing() -> impl Strategy<Value = (Vec<Step>, Asker)> {
    let asker = select(&[Asker::Open, Asker::Official, Asker::Emergency][..]);
    let how = select(&[Vanishing::Restricted, Vanishing::Erased][..]);
    (prop::collection::vec(step(), 3..9), prop::collection::vec(step(), 0..3), select(&IDS[..16]), how, asker).prop_map(|(before, after, id, how, asker)| {
        let mut steps = Vec::new();
        for step in before {
            match step {
                Step::Import { .. } | Step::Export { .. } => steps.push(step),
                Step::Judge { a, b, verdict, .. } => steps.push(Step::Judge { sees_all: true, a, b, verdict }),
                _ => {}
            }
        }
        steps.push(Step::Vanish { id, how });
        steps.extend(after.into_iter().filter(|step| !matches!(step, Step::Import { .. })));
        (steps, asker)
    })
}

pub(crate) fn world() -> impl Strategy<Value = World> {
    (prop_oneof![3 => marked(), 2 => vanishing()], any::<u64>()).prop_map(|((steps, asker), seed)| World { steps, asker, one_in: 6, seed })
}
