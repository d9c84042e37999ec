//! Opening the home and asking it something in somebody's name, for a purpose.

use candour_actions::{ActionError, Actor, Classification, Desk, Purpose, Who};

use crate::{args::Globals, failure::Failure, outside};

/// Opens the home that the options name.
pub(crate) fn desk(globals: &Globals) -> Result<Desk, Failure> {
    Ok(Desk::open(&globals.home(), outside::real()?)?)
}

/// Opens the home and asks it. Where the options name nobody, or nobody known, the charter refuses on record, and the
/// person is told what to give.
pub(crate) fn ask<T>(globals: &Globals, action: impl FnOnce(&Desk, &Who) -> Result<T, ActionError>) -> Result<T, Failure> {
    let desk = desk(globals)?;
    let (actor, unknown) = actor(globals, &desk);
    let purpose = globals.purpose.as_ref().map(|id| Purpose { id: id.clone(), case: globals.case.clone(), reason: globals.reason.clone(), mandate: globals.mandate.clone() });
    match (action(&desk, &Who { actor, purpose }), unknown) {
        (Err(ActionError::Refused { receipt, .. }), Some(message)) => Err(Failure::Refused { message, receipt: receipt.map(|receipt| receipt.index) }),
        (outcome, _) => Ok(outcome?),
    }
}

/// Who asks, or a stranger and what to say to them. A token outweighs a name; it comes from the environment, for what stands
/// on a command line is seen by every process of the machine.
fn actor(globals: &Globals, desk: &Desk) -> (Actor, Option<String>) {
    let token = std::env::var("CANDOUR_TOKEN").ok().filter(|token| !token.is_empty());
    match (token, &globals.actor) {
        (Some(token), _) => match desk.sign_in(&token) {
            Ok(person) => (person.actor(), None),
            Err(error) => (stranger("unknown, with a token".to_owned()), Some(error.to_string())),
        },
        (None, Some(id)) => match desk.person(id) {
            Ok(person) => (person.actor(), None),
            // Not under the name that was given: it may be somebody's who never came near.
            Err(error) => (stranger(format!("unknown, calling themselves `{id}`")), Some(error.to_string())),
        },
        (None, None) => (stranger("nobody".to_owned()), Some("nobody asks; give `--as ACTOR`, or set CANDOUR_AS".to_owned())),
    }
}

/// Somebody who holds no role, and so may do nothing.
fn stranger(id: String) -> Actor {
    Actor { id, name: String::new(), roles: Vec::new(), clearance: Classification::Open, compartments: Vec::new() }
}
