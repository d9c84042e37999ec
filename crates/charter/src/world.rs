//! The charter as Cedar sees it: the entities that policies speak of, and the one place where Cedar is asked.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

use candour_model::marking::{Classification, Handling, Marking, SpecialCategory};
use cedar_policy::{Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression, Schema};

use crate::{
    actor::Actor,
    error::CharterError,
    files::SCHEMA,
    place::{fault, one_line},
    policies::{self, Policies},
    rules::Rules,
};

/// The internal action that is asked of markings; every other action is asked of the home.
pub(crate) const SEE: &str = "see";
/// The actions that touch no evidence. Every other one is refused without a purpose, whatever schema and policies say.
const WITHOUT_PURPOSE: &[&str] = &["ledger_status", "ledger_publish", "charter_show"];
/// People kept ready; beyond it all are forgotten and made again when they next ask.
const PEOPLE_KEPT: usize = 4096;

/// Everything Cedar needs to decide.
#[derive(Debug)]
pub(crate) struct World {
    authorizer: Authorizer,
    policies: Policies,
    kinds: Kinds,
    home: EntityUid,
    actions: BTreeMap<String, EntityUid>,
    in_order: Vec<String>,
    purposes: HashMap<String, Context>,
    /// Roles, purposes, actions and the home, without any person.
    base: Entities,
    people: RwLock<HashMap<Actor, Arc<Asker>>>,
}

/// A person made ready to ask.
#[derive(Debug)]
pub(crate) struct Asker {
    uid: EntityUid,
    entities: Entities,
}

/// What Cedar said.
pub(crate) struct Answer {
    pub(crate) allowed: bool,
    /// Ids of the policies that decided, sorted.
    pub(crate) policies: Vec<String>,
}

/// The entity types of the schema.
#[derive(Debug)]
struct Kinds {
    person: EntityTypeName,
    role: EntityTypeName,
    marking: EntityTypeName,
}

impl World {
    /// Parses and validates schema and policies, and tries every question the program asks against the schema.
    pub(crate) fn new(rules: &Rules, schema_text: &str, files: &[(&str, &str)]) -> Result<Self, CharterError> {
        let schema = policies::schema(schema_text)?;
        let policies = Policies::parse(files, &schema, rules)?;
        let kinds = Kinds { person: kind("Person")?, role: kind("Role")?, marking: kind("Marking")? };
        let (purpose, home) = (kind("Purpose")?, uid(&kind("Home")?, "this"));
        let actions = actions(&schema);
        let mut purposes = HashMap::new();
        let mut entities = vec![Entity::with_uid(home.clone())];
        for rule in &rules.purposes {
            let id = uid(&purpose, &rule.id);
            let context = Context::from_pairs([("purpose".to_owned(), RestrictedExpression::new_entity_uid(id.clone()))]).map_err(engine)?;
            purposes.insert(rule.id.clone(), context);
            entities.push(Entity::with_uid(id));
        }
        for role in &rules.roles {
            let included = role.includes.iter().map(|id| uid(&kinds.role, id)).collect();
            entities.push(Entity::new_no_attrs(uid(&kinds.role, &role.id), included));
        }
        let base = schema.action_entities().map_err(engine)?.add_entities(entities, None).map_err(engine)?;
        let in_order = in_order(&actions, schema_text);
        let world = Self { authorizer: Authorizer::new(), policies, kinds, home, actions, in_order, purposes, base, people: RwLock::default() };
        world.fits(&schema, schema_text, rules)?;
        Ok(world)
    }

    /// Names of the actions a person may ask for, in the order the schema declares them.
    pub(crate) fn actions(&self) -> impl Iterator<Item = &str> {
        self.in_order.iter().map(String::as_str)
    }

    /// What a prohibition says to whoever it stops.
    pub(crate) fn because(&self, policy: &str) -> Option<&str> {
        self.policies.because.get(policy).map(String::as_str)
    }

    /// A person made ready; kept, since the same people ask again and again.
    pub(crate) fn asker(&self, actor: &Actor) -> Result<Arc<Asker>, CharterError> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(asker) = people.get(actor) {
            return Ok(Arc::clone(asker));
        }
        drop(people);
        let person = self.person(actor)?;
        let entities = self.base.clone().add_entities([person], None).map_err(engine)?;
        let asker = Arc::new(Asker { uid: uid(&self.kinds.person, &actor.id), entities });
        let mut people = self.people.write().unwrap_or_else(PoisonError::into_inner);
        if people.len() >= PEOPLE_KEPT {
            people.clear();
        }
        people.insert(actor.clone(), Arc::clone(&asker));
        Ok(asker)
    }

    /// Whether the person may do something in the home. An action or a purpose that is not declared is not allowed.
    pub(crate) fn ask(&self, asker: &Asker, action: &str, purpose: Option<&str>) -> Answer {
        self.question(asker, action, purpose, &self.home).map_or_else(Answer::no, |question| self.answer(&question, &asker.entities))
    }

    /// Whether the person sees a marking.
    pub(crate) fn ask_sight(&self, asker: &Asker, purpose: &str, marking: &Marking) -> Answer {
        let uid = uid(&self.kinds.marking, &marking.id);
        let entities = self.marking(marking).and_then(|entity| asker.entities.clone().add_entities([entity], None).map_err(engine));
        match (self.question(asker, SEE, Some(purpose), &uid), entities) {
            (Some(question), Ok(entities)) => self.answer(&question, &entities),
            _ => Answer::no(),
        }
    }

    fn question(&self, asker: &Asker, action: &str, purpose: Option<&str>, resource: &EntityUid) -> Option<Request> {
        let context = match purpose {
            Some(purpose) => self.purposes.get(purpose)?.clone(),
            None if needs_purpose(action) => return None,
            None => Context::empty(),
        };
        Request::new(asker.uid.clone(), self.actions.get(action)?.clone(), resource.clone(), context, None).ok()
    }

    fn answer(&self, question: &Request, entities: &Entities) -> Answer {
        let response = self.authorizer.is_authorized(question, &self.policies.set, entities);
        // Cedar passes over a policy that fails while it is evaluated. Validation rules that out; should it happen all
        // the same, it may have been a prohibition, so the answer is no.
        let sound = response.diagnostics().errors().next().is_none();
        let mut policies: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
        policies.sort();
        Answer { allowed: sound && response.decision() == Decision::Allow, policies }
    }

    fn person(&self, actor: &Actor) -> Result<Entity, CharterError> {
        let text = |text: &String| RestrictedExpression::new_string(text.clone());
        let attributes = HashMap::from([
            ("clearance".to_owned(), RestrictedExpression::new_long(level(actor.clearance))),
            ("compartments".to_owned(), RestrictedExpression::new_set(actor.compartments.iter().map(text))),
        ]);
        let roles = actor.roles.iter().map(|role| uid(&self.kinds.role, role)).filter(|role| self.base.get(role).is_some());
        Entity::new(uid(&self.kinds.person, &actor.id), attributes, roles.collect()).map_err(engine)
    }

    fn marking(&self, marking: &Marking) -> Result<Entity, CharterError> {
        let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
        let handling = match marking.handling {
            Handling::P => "P",
            Handling::C => "C",
        };
        let mut attributes = HashMap::from([
            ("classification".to_owned(), RestrictedExpression::new_long(level(marking.classification))),
            ("handling".to_owned(), text(handling)),
            ("special".to_owned(), RestrictedExpression::new_set(marking.special.iter().map(|category| text(word(*category))))),
            ("retention".to_owned(), RestrictedExpression::new_long(i64::from(marking.retention))),
        ]);
        if let Some(compartment) = &marking.compartment {
            attributes.insert("compartment".to_owned(), text(compartment));
        }
        Entity::new(uid(&self.kinds.marking, &marking.id), attributes, HashSet::new()).map_err(engine)
    }

    /// Tries every kind of question against the schema, so that a schema that no longer fits the program is found when the
    /// charter is loaded and not when somebody asks.
    fn fits(&self, schema: &Schema, text: &str, rules: &Rules) -> Result<(), CharterError> {
        let unfit = |offset: usize, problem: &dyn std::fmt::Display| {
            fault(
                SCHEMA,
                text,
                offset,
                format!("the schema does not fit this program: {}", one_line(&problem.to_string())),
                "restore it from the shipped charter and change only what you need",
            )
        };
        let nobody = Actor { id: String::new(), name: String::new(), roles: Vec::new(), clearance: Classification::Open, compartments: vec!["a".to_owned()] };
        let asker = self.asker(&nobody)?;
        let mut marking = Marking {
            id: String::new(),
            classification: Classification::Open,
            handling: Handling::P,
            conditions: None,
            compartment: None,
            special: vec![SpecialCategory::Health],
            retention: 4,
            restricted: false,
        };
        for compartment in [None, Some("a".to_owned())] {
            marking.compartment = compartment;
            let entities = [self.person(&nobody)?, self.marking(&marking)?]
                .into_iter()
                .chain(self.base.iter().filter(|entity| entity.uid().type_name().basename() != "Action").cloned());
            Entities::from_entities(entities, Some(schema)).map_err(|problem| unfit(0, &chain(&problem)))?;
        }
        let purpose = rules.purposes.first().map(|purpose| purpose.id.as_str());
        if !self.actions.contains_key(SEE) {
            return Err(unfit(text.len(), &"it declares no action `see` on `Marking`"));
        }
        for (name, action) in &self.actions {
            let resource = if name == SEE { uid(&self.kinds.marking, &marking.id) } else { self.home.clone() };
            let purposes = if needs_purpose(name) { vec![purpose] } else { vec![purpose, None] };
            for purpose in purposes {
                let context = purpose.and_then(|purpose| self.purposes.get(purpose)).cloned().unwrap_or_else(Context::empty);
                Request::new(asker.uid.clone(), action.clone(), resource.clone(), context, Some(schema))
                    .map_err(|problem| unfit(declared_at(name, text), &chain(&problem)))?;
            }
        }
        Ok(())
    }
}

impl Answer {
    fn no() -> Self {
        Self { allowed: false, policies: Vec::new() }
    }
}

/// Whether an action touches evidence or the journal, and so needs a purpose.
pub(crate) fn needs_purpose(action: &str) -> bool {
    !WITHOUT_PURPOSE.contains(&action)
}

/// An error with those that caused it.
fn chain(problem: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(problem.source(), |cause| cause.source());
    causes.fold(problem.to_string(), |text, cause| format!("{text}: {cause}"))
}

fn engine(problem: impl std::fmt::Display) -> CharterError {
    CharterError::Engine(problem.to_string())
}

fn kind(name: &str) -> Result<EntityTypeName, CharterError> {
    name.parse().map_err(|problem: cedar_policy::ParseErrors| engine(problem))
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

/// The declared actions by name, without groups, which apply to nothing themselves.
fn actions(schema: &Schema) -> BTreeMap<String, EntityUid> {
    let applies = |action: &&EntityUid| schema.resources_for_action(action).is_some_and(|mut resources| resources.next().is_some());
    schema.actions().filter(applies).map(|action| (action.id().unescaped().to_owned(), action.clone())).collect()
}

/// Names of the actions asked of the home, as the schema's text orders them: a schema by itself keeps no order.
fn in_order(actions: &BTreeMap<String, EntityUid>, schema: &str) -> Vec<String> {
    let mut names: Vec<String> = actions.keys().filter(|name| *name != SEE).cloned().collect();
    names.sort_by_key(|name| declared_at(name, schema));
    names
}

/// Byte offset of the line that declares an action; the end where none does in a way that is recognised.
fn declared_at(name: &str, schema: &str) -> usize {
    let mut offset = 0;
    for line in schema.split_inclusive('\n') {
        let words = line.trim_start().strip_prefix("action ").map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')));
        if words.is_some_and(|mut words| words.any(|word| word == name)) {
            return offset;
        }
        offset += line.len();
    }
    schema.len()
}

/// Classifications as policies compare them.
fn level(classification: Classification) -> i64 {
    match classification {
        Classification::Open => 0,
        Classification::Official => 1,
        Classification::OfficialSensitive => 2,
        Classification::Secret => 3,
        Classification::TopSecret => 4,
    }
}

fn word(category: SpecialCategory) -> &'static str {
    match category {
        SpecialCategory::Ethnicity => "ethnicity",
        SpecialCategory::Politics => "politics",
        SpecialCategory::Belief => "belief",
        SpecialCategory::TradeUnion => "trade-union",
        SpecialCategory::Genetic => "genetic",
        SpecialCategory::Biometric => "biometric",
        SpecialCategory::Health => "health",
        SpecialCategory::SexLife => "sex-life",
    }
}
