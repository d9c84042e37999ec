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

/// Roles that one policy names and that are tried in every combination; where there are more, in pairs.
const COMBINED: usize = 5;

/// What one policy, or several together, can tell apart. A policy has to name an attribute, a role or a person to know of it, so
/// what it does not name is all one to it.
#[derive(Debug, Clone, Default)]
struct Reads {
    clearance: bool,
    compartments: bool,
    mandate: bool,
    glass: bool,
    roles: BTreeSet<String>,
    people: BTreeSet<String>,
}

/// The questions about one charter.
pub(crate) struct Domain<'c> {
    charter: &'c Charter,
    compartments: Vec<String>,
    markings: Vec<Marking>,
    glasses: [Glass; 2],
    /// Markings as entities, made once for each person.
    seen: HashMap<Actor, Vec<Round>>,
    /// What each policy can tell apart, by its id.
    reads: HashMap<String, Reads>,
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
        Self { charter, markings: markings(charter, &compartments), compartments, glasses, seen: HashMap::new(), reads: HashMap::new() }
    }

    /// Puts every question that some policies can tell apart, for one action, until the visitor has seen enough (`true`).
    pub(crate) fn visit<'p>(&mut self, policies: impl Iterator<Item = &'p Policy>, action: &str, visitor: &mut dyn FnMut(&Question<'_>) -> bool) {
        let reads = policies.fold(Reads::default(), |reads, policy| reads.and(self.reads.entry(policy.id().to_string()).or_insert_with(|| Reads::of(policy))));
        let glasses = self.glasses.clone();
        let grounds = self.grounds(action, &glasses, &reads);
        for actor in self.actors(&reads) {
            let Ok(asker) = self.charter.world.asker(&actor) else { continue };
            for (purpose, grounds, context) in &grounds {
                let enough = if action == SEE {
                    self.visit_markings(&actor, &asker, *purpose, grounds, context, visitor)
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

    /// Every purpose, and none where the action needs none, with each mandate and each break-glass access.
    fn grounds<'a>(&self, action: &str, glasses: &'a [Glass; 2], reads: &Reads) -> Vec<(Option<&'c PurposeRule>, Grounds<'a>, Context)>
    where
        'c: 'a,
    {
        let purposes = self.charter.purposes().iter().map(Some).chain((!needs_purpose(action)).then_some(None));
        let each = purposes.flat_map(|purpose| grounds(purpose, glasses, reads).into_iter().map(move |grounds| (purpose, grounds)));
        each.filter_map(|(purpose, grounds)| {
            let context = self.charter.world.context(action, purpose.map(|rule| rule.id.as_str()), &grounds)?;
            Some((purpose, grounds, context))
        })
        .collect()
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

    /// People: every combination of the roles that are named, and each role that is not, cleared for everything first, since that
    /// is how most policies are met.
    fn actors(&self, reads: &Reads) -> Vec<Actor> {
        let memberships = [&self.compartments[..], &[]];
        let memberships = if reads.compartments && !self.compartments.is_empty() { &memberships[..] } else { &memberships[..1] };
        let clearances = if reads.clearance { &CLASSIFICATIONS[..] } else { &CLASSIFICATIONS[4..] };
        let people: Vec<String> = std::iter::once("somebody".to_owned()).chain(reads.people.iter().cloned()).collect();
        let roles = self.role_sets(&reads.roles);
        let mut actors = Vec::new();
        for compartments in memberships {
            for clearance in clearances.iter().rev() {
                for (roles, id) in roles.iter().flat_map(|roles| people.iter().map(move |id| (roles, id))) {
                    let (roles, compartments) = (roles.clone(), compartments.to_vec());
                    actors.push(Actor { id: id.clone(), name: String::new(), roles, clearance: *clearance, compartments });
                }
            }
        }
        actors
    }

    fn role_sets(&self, named: &BTreeSet<String>) -> Vec<Vec<String>> {
        let named: Vec<&String> = named.iter().collect();
        let other = self.charter.roles().iter().map(|role| &role.id).find(|id| !named.contains(id));
        let mut sets: Vec<Vec<String>> = named.iter().copied().chain(other).map(|id| vec![id.clone()]).collect();
        let mut add = |wanted: &dyn Fn(u32) -> bool| {
            for mask in (1_u32..(1 << named.len().min(20))).filter(|mask| mask.count_ones() > 1 && wanted(*mask)) {
                let held = named.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, id)| (*id).clone());
                sets.push(held.collect());
            }
        };
        let pairs_only = named.len() > COMBINED;
        add(&|mask| !pairs_only || mask.count_ones() == 2);
        sets
    }
}

impl Reads {
    fn of(policy: &Policy) -> Self {
        let text = policy.to_json().ok().map(|json| json.to_string());
        // A policy that cannot be written down is taken to read everything.
        let reads = |attribute: &str| text.as_ref().is_none_or(|text| text.contains(&format!("\"{attribute}\"")));
        let literals = policy.entity_literals();
        let named = |kind: &str| literals.iter().filter(|one| one.type_name().basename() == kind).map(|one| one.id().unescaped().to_owned()).collect();
        Self {
            clearance: reads("clearance"),
            compartments: reads("compartments"),
            mandate: reads("mandate"),
            glass: reads("glass"),
            roles: named("Role"),
            people: named("Person"),
        }
    }

    fn and(mut self, other: &Self) -> Self {
        self.clearance |= other.clearance;
        self.compartments |= other.compartments;
        self.mandate |= other.mandate;
        self.glass |= other.glass;
        self.roles.extend(other.roles.iter().cloned());
        self.people.extend(other.people.iter().cloned());
        self
    }
}

/// Nothing; each kind of mandate that the purpose takes; and the same with break-glass access that opens nothing or everything.
fn grounds<'a>(purpose: Option<&'a PurposeRule>, glasses: &'a [Glass; 2], reads: &Reads) -> Vec<Grounds<'a>> {
    let Some(rule) = purpose else { return vec![Grounds::default()] };
    let mut mandates = vec![None];
    if rule.takes_mandates() && reads.mandate {
        for classes in [&rule.data_classes[..], &[]] {
            mandates.extend(CLASSIFICATIONS.into_iter().rev().map(|highest| Some(Reach { id: "example", classes, highest })));
        }
    }
    let glasses = std::iter::once(None).chain(glasses.iter().filter(|_| reads.glass).map(Some));
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
