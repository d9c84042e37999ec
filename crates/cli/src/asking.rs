//! Opening the home and asking it something in somebody's name, for a purpose.

use candour_actions::{ActionError, Actor, Caller, Classification, Desk, Purpose, Who};

use crate::{args::Globals, failure::Failure, outside};

/// Opens the home that the options name.
pub(crate) fn desk(globals: &Globals) -> Result<Desk, Failure> {
    let desk = Desk::open(&globals.home(), outside::real()?)?;
    candour_server::reach_witnesses(&desk);
    Ok(desk)
}

/// Opens the home and asks it. Where the options name nobody, or nobody known, the charter refuses on record, and the
/// person is told what to give. A program's token brings its purpose along, and no other is taken with it.
pub(crate) fn ask<T>(globals: &Globals, action: impl FnOnce(&Desk, &Who) -> Result<T, ActionError>) -> Result<T, Failure> {
    let desk = desk(globals)?;
    let stated = stated(globals);
    match caller(globals, &desk) {
        Ok(caller) => {
            // Case and reason may be given without the purpose that a token brings along.
            let rest = || Purpose { id: String::new(), case: globals.case.clone(), reason: globals.reason.clone(), mandate: globals.mandate.clone() };
            let purpose = desk.bind(&caller, stated.or_else(|| caller.bound.is_some().then(rest)))?;
            Ok(action(&desk, &Who { actor: caller.person.actor(), purpose })?)
        }
        Err(stranger) => refused(&desk, *stranger, stated, action),
    }
}

/// The same for what a program's token does not reach: accounts and tokens themselves.
pub(crate) fn ask_in_person<T>(globals: &Globals, action: impl FnOnce(&Desk, &Who) -> Result<T, ActionError>) -> Result<T, Failure> {
    let desk = desk(globals)?;
    let stated = stated(globals);
    match caller(globals, &desk) {
        Ok(caller) => {
            desk.needs_a_person(&caller)?;
            Ok(action(&desk, &Who { actor: caller.person.actor(), purpose: stated })?)
        }
        Err(stranger) => refused(&desk, *stranger, stated, action),
    }
}

/// Somebody unknown asks: the charter refuses on record, and they are told what to give instead.
fn refused<T>(desk: &Desk, stranger: Stranger, purpose: Option<Purpose>, action: impl FnOnce(&Desk, &Who) -> Result<T, ActionError>) -> Result<T, Failure> {
    let Stranger { actor, told } = stranger;
    match action(desk, &Who { actor, purpose }) {
        Err(ActionError::Refused { receipt, .. }) => Err(Failure::Refused { message: told, receipt: receipt.map(|receipt| receipt.index) }),
        outcome => Ok(outcome?),
    }
}

fn stated(globals: &Globals) -> Option<Purpose> {
    let with = |id: &String| Purpose { id: id.clone(), case: globals.case.clone(), reason: globals.reason.clone(), mandate: globals.mandate.clone() };
    globals.purpose.as_ref().map(with)
}

/// Somebody who holds no role, and so may do nothing; and what to say to them.
struct Stranger {
    actor: Actor,
    told: String,
}

/// Who asks. A token outweighs a name; it comes from the environment, for what stands on a command line is seen by every
/// process of the machine.
fn caller(globals: &Globals, desk: &Desk) -> Result<Caller, Box<Stranger>> {
    let token = std::env::var("CANDOUR_TOKEN").ok().filter(|token| !token.is_empty());
    match (token, &globals.actor) {
        (Some(token), _) => desk.recognise(&token).map_err(|error| stranger("unknown, with a token".to_owned(), error.to_string())),
        (None, Some(id)) => match desk.person(id) {
            Ok(person) => Ok(Caller { person, bound: None }),
            // Not under the name that was given: it may be somebody's who never came near.
            Err(error) => Err(stranger(format!("unknown, calling themselves `{id}`"), error.to_string())),
        },
        (None, None) => Err(stranger("nobody".to_owned(), "nobody asks; give `--as ACTOR`, or set CANDOUR_AS".to_owned())),
    }
}

fn stranger(id: String, told: String) -> Box<Stranger> {
    let actor = Actor { id, name: String::new(), roles: Vec::new(), clearance: Classification::Open, compartments: Vec::new() };
    Box::new(Stranger { actor, told })
}
