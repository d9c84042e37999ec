//! The charter as Cedar sees it: the entities that policies speak of, and the one place where Cedar is asked.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

use candour_model::{
    id::MarkingNo,
    marking::{Handling, Marking},
};
use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request, RestrictedExpression, Schema,
};

use crate::{
    actor::Actor,
    error::CharterError,
    grounds::Grounds,
    needs::needs_purpose,
    policies::Policies,
    rules::{PurposeRule, Rules},
    words::{category_word, level},
};

/// The internal action that is asked of markings; every other action is asked of the home.
pub(crate) const SEE: &str = "see";
/// People kept ready; beyond it all are forgotten and made again when they next ask.
const PEOPLE_KEPT: usize = 4096;

/// Everything Cedar needs to decide.
#[derive(Debug)]
pub(crate) struct World {
    authorizer: Authorizer,
    pub(crate) policies: Policies,
    kinds: Kinds,
    pub(crate) home: EntityUid,
    pub(crate) actions: BTreeMap<String, EntityUid>,
    in_order: Vec<String>,
    purposes: HashMap<String, Stated>,
    /// The policies that can apply to each action: Cedar need not look at the others.
    pub(crate) sets: HashMap<String, PolicySet>,
    /// Roles, purposes, actions and the home, without any person.
    pub(crate) base: Entities,
    people: RwLock<HashMap<Actor, Arc<Asker>>>,
}

/// A purpose made ready to be stated.
#[derive(Debug)]
struct Stated {
    uid: EntityUid,
    alone: Context,
}

/// A person made ready to ask.
#[derive(Debug)]
pub(crate) struct Asker {
    pub(crate) uid: EntityUid,
    pub(crate) entities: Entities,
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
    /// Parses and validates the policies, and tries every question the program asks against the schema.
    pub(crate) fn new(rules: &Rules, schema: &Schema, schema_text: &str, files: &[(&str, &str)]) -> Result<Self, CharterError> {
        let policies = Policies::parse(files, schema, rules)?;
        let kinds = Kinds { person: kind("Person")?, role: kind("Role")?, marking: kind("Marking")? };
        let (purpose, home) = (kind("Purpose")?, uid(&kind("Home")?, "this"));
        let actions = actions(schema);
        let mut purposes = HashMap::new();
        let mut entities = vec![Entity::with_uid(home.clone())];
        for rule in &rules.purposes {
            let uid = uid(&purpose, &rule.id);
            entities.push(purpose_entity(&uid, rule)?);
            let alone = Context::from_pairs([("purpose".to_owned(), RestrictedExpression::new_entity_uid(uid.clone()))]).map_err(engine)?;
            purposes.insert(rule.id.clone(), Stated { uid, alone });
        }
        for role in &rules.roles {
            let included = role.includes.iter().map(|id| uid(&kinds.role, id)).collect();
            entities.push(Entity::new_no_attrs(uid(&kinds.role, &role.id), included));
        }
        let base = schema.action_entities().map_err(engine)?.add_entities(entities, None).map_err(engine)?;
        let sets = actions.iter().map(|(name, action)| Ok((name.clone(), relevant(&policies.set, action, &base)?))).collect::<Result<_, CharterError>>()?;
        let in_order = in_order(&actions, schema_text);
        let world = Self { authorizer: Authorizer::new(), policies, kinds, home, actions, in_order, purposes, sets, base, people: RwLock::default() };
        world.fits(schema, schema_text, rules)?;
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
    pub(crate) fn ask(&self, asker: &Asker, action: &str, purpose: Option<&str>, grounds: &Grounds<'_>) -> Answer {
        let question = self.context(action, purpose, grounds).and_then(|context| self.question(asker, action, context, &self.home));
        question.map_or_else(Answer::no, |question| self.answer(action, &question, &asker.entities))
    }

    /// Which of these markings the person sees. Entities are put together once for all of them, or, where several markings go
    /// by one id, once for each round of namesakes.
    pub(crate) fn ask_sights(&self, asker: &Asker, purpose: &str, grounds: &Grounds<'_>, markings: &[(MarkingNo, &Marking)]) -> Vec<MarkingNo> {
        let Some(context) = self.context(SEE, Some(purpose), grounds) else { return Vec::new() };
        let mut seen = Vec::new();
        for round in rounds(markings) {
            let entities = round.iter().map(|(_, marking)| self.marking(marking)).collect::<Result<Vec<_>, _>>();
            // Whatever cannot be put before Cedar is not seen.
            let Ok(entities) = entities.and_then(|markings| asker.entities.clone().add_entities(markings, None).map_err(engine)) else { continue };
            for (number, marking) in round {
                let uid = uid(&self.kinds.marking, &marking.id);
                let question = self.question(asker, SEE, context.clone(), &uid);
                if question.is_some_and(|question| self.answer(SEE, &question, &entities).allowed) {
                    seen.push(number);
                }
            }
        }
        seen
    }

    /// What comes with a question; `None` where the purpose is not declared, or is needed and not stated.
    pub(crate) fn context(&self, action: &str, purpose: Option<&str>, grounds: &Grounds<'_>) -> Option<Context> {
        let Some(purpose) = purpose else { return (!needs_purpose(action)).then(Context::empty) };
        let stated = self.purposes.get(purpose)?;
        if grounds.mandate.is_none() && grounds.glass.is_none() {
            return Some(stated.alone.clone());
        }
        let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
        let mut pairs = vec![("purpose".to_owned(), RestrictedExpression::new_entity_uid(stated.uid.clone()))];
        if let Some(mandate) = grounds.mandate {
            let fields = [
                ("id".to_owned(), text(mandate.id)),
                ("classes".to_owned(), RestrictedExpression::new_set(mandate.classes.iter().map(|category| text(category_word(*category))))),
                ("highest".to_owned(), RestrictedExpression::new_long(level(mandate.highest))),
            ];
            pairs.push(("mandate".to_owned(), RestrictedExpression::new_record(fields).ok()?));
        }
        if let Some(glass) = grounds.glass {
            let fields = [("opens".to_owned(), RestrictedExpression::new_set(glass.opens.iter().map(|compartment| text(compartment))))];
            pairs.push(("glass".to_owned(), RestrictedExpression::new_record(fields).ok()?));
        }
        Context::from_pairs(pairs).ok()
    }

    pub(crate) fn question(&self, asker: &Asker, action: &str, context: Context, resource: &EntityUid) -> Option<Request> {
        Request::new(asker.uid.clone(), self.actions.get(action)?.clone(), resource.clone(), context, None).ok()
    }

    pub(crate) fn answer(&self, action: &str, question: &Request, entities: &Entities) -> Answer {
        self.sets.get(action).map_or_else(Answer::no, |set| self.answer_by(set, question, entities))
    }

    /// What these policies alone say.
    pub(crate) fn answer_by(&self, set: &PolicySet, question: &Request, entities: &Entities) -> Answer {
        let response = self.authorizer.is_authorized(question, set, entities);
        // Cedar passes over a policy that fails while it is evaluated. Validation rules that out; should it happen all
        // the same, it may have been a prohibition, so the answer is no.
        let sound = response.diagnostics().errors().next().is_none();
        let mut policies: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
        policies.sort();
        Answer { allowed: sound && response.decision() == Decision::Allow, policies }
    }

    pub(crate) fn person(&self, actor: &Actor) -> Result<Entity, CharterError> {
        let text = |text: &String| RestrictedExpression::new_string(text.clone());
        let attributes = HashMap::from([
            ("clearance".to_owned(), RestrictedExpression::new_long(level(actor.clearance))),
            ("compartments".to_owned(), RestrictedExpression::new_set(actor.compartments.iter().map(text))),
        ]);
        let roles = actor.roles.iter().map(|role| uid(&self.kinds.role, role)).filter(|role| self.base.get(role).is_some());
        Entity::new(uid(&self.kinds.person, &actor.id), attributes, roles.collect()).map_err(engine)
    }

    pub(crate) fn marking(&self, marking: &Marking) -> Result<Entity, CharterError> {
        let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
        let handling = match marking.handling {
            Handling::P => "P",
            Handling::C => "C",
        };
        let mut attributes = HashMap::from([
            ("classification".to_owned(), RestrictedExpression::new_long(level(marking.classification))),
            ("handling".to_owned(), text(handling)),
            ("special".to_owned(), RestrictedExpression::new_set(marking.special.iter().map(|category| text(category_word(*category))))),
            ("retention".to_owned(), RestrictedExpression::new_long(i64::from(marking.retention))),
            ("restricted".to_owned(), RestrictedExpression::new_bool(marking.restricted)),
        ]);
        if let Some(compartment) = &marking.compartment {
            attributes.insert("compartment".to_owned(), text(compartment));
        }
        Entity::new(self.marking_uid(marking), attributes, HashSet::new()).map_err(engine)
    }

    pub(crate) fn marking_uid(&self, marking: &Marking) -> EntityUid {
        uid(&self.kinds.marking, &marking.id)
    }
}

impl Answer {
    fn no() -> Self {
        Self { allowed: false, policies: Vec::new() }
    }
}

/// The policies whose scope lets them apply to an action.
fn relevant(all: &PolicySet, action: &EntityUid, base: &Entities) -> Result<PolicySet, CharterError> {
    let within = |group: &EntityUid| group == action || base.is_ancestor_of(group, action);
    let applies = |constraint: &ActionConstraint| match constraint {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(one) => one == action,
        ActionConstraint::In(groups) => groups.iter().any(within),
    };
    PolicySet::from_policies(all.policies().filter(|policy| applies(&policy.action_constraint())).cloned()).map_err(engine)
}

/// The markings in rounds, none of which holds two of one id: Cedar knows an entity by its id.
pub(crate) fn rounds<'m>(markings: &[(MarkingNo, &'m Marking)]) -> Vec<Vec<(MarkingNo, &'m Marking)>> {
    let mut before: HashMap<&str, usize> = HashMap::new();
    let mut rounds: Vec<Vec<(MarkingNo, &Marking)>> = Vec::new();
    for (number, marking) in markings {
        let round = before.entry(&marking.id).or_default();
        match rounds.get_mut(*round) {
            Some(others) => others.push((*number, marking)),
            None => rounds.push(vec![(*number, marking)]),
        }
        *round += 1;
    }
    rounds
}

fn purpose_entity(uid: &EntityUid, rule: &PurposeRule) -> Result<Entity, CharterError> {
    let attributes = HashMap::from([
        ("needs_mandate".to_owned(), RestrictedExpression::new_bool(rule.needs_mandate)),
        ("reads_restricted".to_owned(), RestrictedExpression::new_bool(rule.reads_restricted)),
    ]);
    Entity::new(uid.clone(), attributes, HashSet::new()).map_err(engine)
}

pub(crate) fn engine(problem: impl std::fmt::Display) -> CharterError {
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

/// Names of the actions a schema declares for people to ask for.
pub(crate) fn action_names(schema: &Schema) -> Vec<String> {
    actions(schema).into_keys().filter(|name| name != SEE).collect()
}

/// Names of the actions asked of the home, as the schema's text orders them: a schema by itself keeps no order.
fn in_order(actions: &BTreeMap<String, EntityUid>, schema: &str) -> Vec<String> {
    let mut names: Vec<String> = actions.keys().filter(|name| *name != SEE).cloned().collect();
    names.sort_by_key(|name| declared_at(name, schema));
    names
}

/// Byte offset of the line that declares an action; the end where none does in a way that is recognised.
pub(crate) fn declared_at(name: &str, schema: &str) -> usize {
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
