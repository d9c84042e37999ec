//! Vehicles and who keeps them.

use std::sync::Arc;

use crate::{
    dice::{Dice, Part},
    fictitious::vehicle_mark,
    lists::{COLOURS, VEHICLE_MODELS},
    people::Person,
};

/// One vehicle.
#[derive(Debug)]
pub(crate) struct Vehicle {
    pub(crate) id: String,
    pub(crate) mark: String,
    pub(crate) kind: &'static str,
    pub(crate) model: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) year: usize,
    pub(crate) keeper: Arc<Person>,
}

impl Vehicle {
    /// The nth vehicle, with a mark of its year.
    pub(crate) fn new(nth: usize, model: &'static str, colour: &'static str, year: usize, keeper: &Arc<Person>) -> Arc<Self> {
        let (kind, model) = model.rsplit_once(", ").unwrap_or(("Vehicle", model));
        Arc::new(Self { id: format!("veh-{nth:05}"), mark: vehicle_mark(nth, year), kind, model, colour, year: 2000 + year, keeper: Arc::clone(keeper) })
    }

    /// In a few words: `white Brigand Porter`.
    pub(crate) fn summary(&self) -> String {
        format!("{} {}", self.colour, self.model)
    }
}

/// Vehicles kept by people of the town.
pub(crate) fn generate(seed: u64, count: usize, adults: &[Arc<Person>]) -> Vec<Arc<Vehicle>> {
    let mut dice = Dice::new(seed, Part::Vehicles);
    let mut vehicles = Vec::with_capacity(count);
    while vehicles.len() < count {
        let Some(keeper) = dice.pick(adults) else { break };
        let (model, colour, year) = (dice.early_word(&VEHICLE_MODELS), dice.early_word(&COLOURS), 8 + dice.below(17));
        vehicles.push(Vehicle::new(vehicles.len(), model, colour, year, keeper));
    }
    vehicles
}
