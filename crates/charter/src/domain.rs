//! The finite domain of questions: whatever a policy can tell apart, once each.
//!
//! A policy sees of a person which roles they hold, how high they are cleared and which compartments they belong to; of a
//! purpose its id and two properties; of a mandate its classes and its highest classification; of break-glass access its
//! compartments; of a marking its properties. Each of these takes few values in a charter, or falls into few classes: a role
//! that a policy does not name is like any other, and so is a compartment. So the questions can be put one after the other.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use candour_model::{
    id::MarkingNo,
    marking::{Handling, Marking, SpecialCategory},
};
use cedar_policy::{Context, Entities, EntityUid, Policy, Request};

use crate::{
    actor::Actor,
    authority::Glass,
    charter::Charter,
    grounds::{Grounds, Reach},
    needs::{needs_purpose, touches_evidence},
    rules::PurposeRule,
    words::CLASSIFICATIONS,
    world::{Asker, SEE, rounds},
};

/// Roles that one policy names and that are tried in every combination; were there more, only in pairs.
const COMBINED: usize = 5;

/// The questions about one charter.
pub(crate) struct Domain<'c> {
    charter: &'c Charter,
    compartments: Vec<String>,
    markings: Vec<Marking>,
    glasses: [Glass; 2],
    /// Markings as entities, made once for each person.
    seen: HashMap<Actor, Vec<Round>>,
}

/// Markings that one question can be asked about, with the person.
struct Round {
    entities: Entities,
    /// With the place among the domain's markings.
    uids: Vec<(usize, EntityUid)>,
}

/// One question, as a visitor of the domain gets it.
pub(crate) struct Question<'q> {
    pub(crate) action: &'q str,
    pub(crate) request: &'q Request,
    pub(crate) entities: &'q Entities,
    /// Whether the program itself says no, whatever the policies say.
    pub(crate) barred: bool,
}

impl<'c> Domain<'c> {
    pub(crate) fn new(charter: &'c Charter) -> Self {
        let declared: BTreeSet<&String> = charter.markings().iter().filter_map(|marking| marking.compartment.as_ref()).collect();
        let compartments: Vec<String> = declared.into_iter().cloned().collect();
        let glasses = [Glass { id: String::new(), opens: Vec::new() }, Glass { id: String::new(), opens: compartments.clone() }];
        Self { charter, markings: markings(charter, &compartments), compartments, glasses, seen: HashMap::new() }
    }

    /// Puts every question that a policy can tell apart, for one action, until the visitor has seen enough (`true`).
    pub(crate) fn visit(&mut self, policy: &Policy, action: &str, visitor: &mut dyn FnMut(&Question<'_>) -> bool) {
        let actors = self.actors(policy);
        let purposes: Vec<Option<&'c PurposeRule>> = self.charter.purposes().iter().map(Some).chain((!needs_purpose(action)).then_some(None)).collect();
        let glasses = self.glasses.clone();
        for purpose in purposes {
            for grounds in grounds(purpose, &glasses) {
                let Some(context) = self.charter.world.context(action, purpose.map(|rule| rule.id.as_str()), &grounds) else { continue };
                for actor in &actors {
                    let Ok(asker) = self.charter.world.asker(actor) else { continue };
                    let enough = if action == SEE {
                        self.visit_markings(actor, &asker, purpose, &grounds, &context, visitor)
                    } else {
                        let needs_mandate = purpose.is_some_and(|rule| rule.needs_mandate) && touches_evidence(action);
                        let barred = needs_mandate && grounds.mandate.is_none() && grounds.glass.is_none();
                        let request = self.charter.world.question(&asker, action, context.clone(), &self.charter.world.home);
                        request.is_some_and(|request| visitor(&Question { action, request: &request, entities: &asker.entities, barred }))
                    };
                    if enough {
                        return;
                    }
                }
            }
        }
    }

    fn visit_markings(
        &mut self,
        actor: &Actor,
        asker: &Arc<Asker>,
        purpose: Option<&PurposeRule>,
        grounds: &Grounds<'_>,
        context: &Context,
        visitor: &mut dyn FnMut(&Question<'_>) -> bool,
    ) -> bool {
        let (charter, markings) = (self.charter, &self.markings);
        let rounds = self.seen.entry(actor.clone()).or_insert_with(|| entities(charter, asker, markings));
        for round in rounds {
            for (place, uid) in &round.uids {
                let barred = markings.get(*place).is_none_or(|marking| purpose.is_none_or(|rule| grounds.hides(rule, marking)));
                let request = charter.world.question(asker, SEE, context.clone(), uid);
                if request.is_some_and(|request| visitor(&Question { action: SEE, request: &request, entities: &round.entities, barred })) {
                    return true;
                }
            }
        }
        false
    }

    /// People: every combination of the roles that a policy names, each beside a role that it does not name; cleared for
    /// everything first, since that is how most policies are met.
    fn actors(&self, policy: &Policy) -> Vec<Actor> {
        let named: BTreeSet<String> = policy
            .entity_literals()
            .iter()
            .filter(|literal| literal.type_name().basename() == "Role")
            .map(|literal| literal.id().unescaped().to_owned())
            .collect();
        let mut actors = Vec::new();
        for compartments in [&self.compartments[..], &[]] {
            for clearance in CLASSIFICATIONS.into_iter().rev() {
                for roles in self.role_sets(&named) {
                    actors.push(Actor { id: "somebody".to_owned(), name: String::new(), roles, clearance, compartments: compartments.to_vec() });
                }
            }
            if self.compartments.is_empty() {
                break;
            }
        }
        actors
    }

    fn role_sets(&self, named: &BTreeSet<String>) -> Vec<Vec<String>> {
        let named: Vec<&String> = named.iter().collect();
        let others = self.charter.roles().iter().map(|role| &role.id).filter(|id| !named.contains(id));
        let mut sets: Vec<Vec<String>> = named.iter().copied().chain(others).map(|id| vec![id.clone()]).collect();
        if named.len() <= COMBINED {
            for mask in 1_u32..(1 << named.len()) {
                let held = named.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, id)| (*id).clone());
                sets.push(held.collect());
            }
        } else {
            let pairs = named.iter().enumerate().flat_map(|(at, one)| named.iter().skip(at + 1).map(|other| vec![(*one).clone(), (*other).clone()]));
            sets.extend(pairs);
        }
        sets
    }
}

/// Nothing; each kind of mandate that the purpose takes; and the same with break-glass access that opens nothing or everything.
fn grounds<'a>(purpose: Option<&'a PurposeRule>, glasses: &'a [Glass; 2]) -> Vec<Grounds<'a>> {
    let Some(rule) = purpose else { return vec![Grounds::default()] };
    let mut mandates = vec![None];
    if rule.takes_mandates() {
        for classes in [&rule.data_classes[..], &[]] {
            mandates.extend(CLASSIFICATIONS.into_iter().rev().map(|highest| Some(Reach { id: "example", classes, highest })));
        }
    }
    let glasses = std::iter::once(None).chain(glasses.iter().map(Some));
    glasses.flat_map(|glass| mandates.clone().into_iter().map(move |mandate| Grounds { mandate, glass })).collect()
}

/// The declared markings, and what restriction and reclassification can make of them or of a plain one.
fn markings(charter: &Charter, compartments: &[String]) -> Vec<Marking> {
    let plain = |compartment: Option<&String>, special: &[SpecialCategory]| Marking {
        id: "example".to_owned(),
        classification: CLASSIFICATIONS[0],
        handling: Handling::P,
        conditions: None,
        compartment: compartment.cloned(),
        special: special.to_vec(),
        retention: 4,
        restricted: false,
    };
    let specials = charter.purposes().iter().map(|rule| rule.data_classes.as_slice()).filter(|classes| !classes.is_empty());
    let specials: Vec<&[SpecialCategory]> = std::iter::once(&[][..]).chain(specials).collect();
    let mut all = charter.markings().to_vec();
    for special in specials {
        for compartment in std::iter::once(None).chain(compartments.first().map(Some)) {
            for classification in CLASSIFICATIONS {
                all.push(Marking { classification, ..plain(compartment, special) });
            }
        }
    }
    all.extend([1, 2, 3].map(|retention| Marking { retention, ..plain(None, &[]) }));
    all.push(Marking { handling: Handling::C, ..plain(None, &[]) });
    let restricted: Vec<Marking> = all.iter().map(|marking| Marking { restricted: true, ..marking.clone() }).collect();
    all.extend(restricted);
    all
}

fn entities(charter: &Charter, asker: &Asker, markings: &[Marking]) -> Vec<Round> {
    let numbered: Vec<(MarkingNo, &Marking)> = (0_u16..).map(MarkingNo).zip(markings).collect();
    let round = |round: Vec<(MarkingNo, &Marking)>| {
        let entities = round.iter().map(|(_, marking)| charter.world.marking(marking)).collect::<Result<Vec<_>, _>>().ok()?;
        let entities = asker.entities.clone().add_entities(entities, None).ok()?;
        Some(Round { entities, uids: round.into_iter().map(|(number, marking)| (usize::from(number.0), charter.world.marking_uid(marking))).collect() })
    };
    rounds(&numbered).into_iter().filter_map(round).collect()
}
