//! Whether a schema fits the program: every kind of question is tried when a charter is loaded, and not when somebody asks.

use candour_model::marking::{Classification, Handling, Marking, SpecialCategory};
use cedar_policy::{Entities, EntityUid, Request, Schema};

use crate::{
    actor::Actor,
    authority::Glass,
    error::CharterError,
    files::SCHEMA,
    grounds::{Grounds, Reach},
    needs::{needs_purpose, touches_evidence},
    place::{fault, one_line},
    rules::Rules,
    world::{SEE, World, declared_at},
};

/// The group of everything that touches evidence.
const EVIDENCE: &str = "evidence";

impl World {
    /// Tries every kind of question against the schema.
    pub(crate) fn fits(&self, schema: &Schema, text: &str, rules: &Rules) -> Result<(), CharterError> {
        let marking = self.entities_fit(schema, text)?;
        if !self.actions.contains_key(SEE) {
            return Err(unfit(text, text.len(), &"it declares no action `see` on `Marking`"));
        }
        let asker = self.asker(&nobody())?;
        let glass = Glass { id: String::new(), opens: vec!["a".to_owned()] };
        let reach = Reach { id: "a", classes: &[SpecialCategory::Health], highest: Classification::Open };
        let grounds = [
            Grounds::default(),
            Grounds { mandate: Some(reach), glass: None },
            Grounds { mandate: None, glass: Some(&glass) },
            Grounds { mandate: Some(reach), glass: Some(&glass) },
        ];
        let purpose = rules.purposes.first().map(|purpose| purpose.id.as_str());
        for (name, action) in &self.actions {
            let resource = if name == SEE { self.marking_uid(&marking) } else { self.home.clone() };
            let purposes = if needs_purpose(name) { vec![purpose] } else { vec![purpose, None] };
            for (purpose, grounds) in purposes.iter().flat_map(|purpose| grounds.iter().map(move |grounds| (*purpose, grounds))) {
                let Some(context) = self.context(name, purpose, grounds) else { continue };
                Request::new(asker.uid.clone(), action.clone(), resource.clone(), context, Some(schema))
                    .map_err(|problem| unfit(text, declared_at(name, text), &chain(&problem)))?;
            }
            self.grouped(name, action, text)?;
        }
        Ok(())
    }

    /// Prohibitions speak of the group, so an action that slipped out of it would slip out of them.
    fn grouped(&self, name: &str, action: &EntityUid, text: &str) -> Result<(), CharterError> {
        let within = self.base.ancestors(action).is_some_and(|mut groups| groups.any(|group| group.id().unescaped() == EVIDENCE));
        if within == touches_evidence(name) {
            return Ok(());
        }
        let (does, belongs) = if within { ("touches no evidence", "does not belong") } else { ("touches evidence", "belongs") };
        Err(unfit(text, declared_at(name, text), &format!("the action `{name}` {does}, so it {belongs} in the group `{EVIDENCE}`")))
    }

    /// Tries a person and markings, and hands back a marking to ask of.
    fn entities_fit(&self, schema: &Schema, text: &str) -> Result<Marking, CharterError> {
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
            let entities = [self.person(&nobody())?, self.marking(&marking)?]
                .into_iter()
                .chain(self.base.iter().filter(|entity| entity.uid().type_name().basename() != "Action").cloned());
            Entities::from_entities(entities, Some(schema)).map_err(|problem| unfit(text, 0, &chain(&problem)))?;
        }
        Ok(marking)
    }
}

fn nobody() -> Actor {
    Actor { id: String::new(), name: String::new(), roles: Vec::new(), clearance: Classification::Open, compartments: vec!["a".to_owned()] }
}

fn unfit(text: &str, offset: usize, problem: &dyn std::fmt::Display) -> CharterError {
    fault(
        SCHEMA,
        text,
        offset,
        format!("the schema does not fit this program: {}", one_line(&problem.to_string())),
        "restore it from the shipped charter and change only what you need",
    )
}

/// An error with those that caused it.
fn chain(problem: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(problem.source(), |cause| cause.source());
    causes.fold(problem.to_string(), |text, cause| format!("{text}: {cause}"))
}
