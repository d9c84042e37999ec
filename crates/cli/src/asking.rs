//! Opening the home and saying who asks, and why.

use candour_actions::{Actor, Classification, Desk, Purpose, Who};

use crate::{args::Globals, failure::Failure, outside};

/// Opens the home that the options name.
pub(crate) fn desk(globals: &Globals) -> Result<Desk, Failure> {
    Ok(Desk::open(&globals.home(), outside::real()?)?)
}

/// Who asks and why, as the options say. Without a name it is nobody, whom the charter refuses on record.
pub(crate) fn who(globals: &Globals, desk: &Desk) -> Result<Who, Failure> {
    let actor = match &globals.actor {
        Some(id) => desk.person(id)?.actor(),
        None => Actor { id: String::new(), name: String::new(), roles: Vec::new(), clearance: Classification::Open, compartments: Vec::new() },
    };
    let purpose = globals.purpose.as_ref().map(|id| Purpose { id: id.clone(), case: globals.case.clone(), reason: globals.reason.clone() });
    Ok(Who { actor, purpose })
}
