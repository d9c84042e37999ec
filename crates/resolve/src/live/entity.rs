//! Entities by number, and what becomes of them.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// The number of an entity. It stands for the thing that one record speaks of, so it is never given to another thing: a
/// merge keeps the older of two numbers, and the other comes back if the two are split again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityId(pub u64);

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}", self.0)
    }
}

/// What became of an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum EntityEvent {
    /// A record that is of none of the known founded one.
    Created {
        /// The new one.
        id: EntityId,
    },
    /// A record joined one.
    Joined {
        /// The one.
        id: EntityId,
        /// The record's id.
        record: String,
    },
    /// A record left one.
    Left {
        /// The one.
        id: EntityId,
        /// The record's id.
        record: String,
    },
    /// One is now known by the number of another.
    Merged {
        /// The number that is kept.
        into: EntityId,
        /// The number that is no longer used.
        from: EntityId,
    },
    /// One came apart.
    Split {
        /// The one.
        from: EntityId,
        /// What its records are now, in order.
        into: Vec<EntityId>,
    },
    /// Records went from one to another, and both go on.
    Moved {
        /// Where they were.
        from: EntityId,
        /// Where they are.
        to: EntityId,
        /// Their ids.
        records: Vec<String>,
    },
    /// Its last record was removed.
    Retired {
        /// The one.
        id: EntityId,
    },
}

/// What an operation changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What became of entities, in order.
    pub events: Vec<EntityEvent>,
    /// Judgements "the same" that could not be followed, because others keep their records apart.
    pub contradicted: Vec<(String, String)>,
}

/// Where a record was and where it is; `None` for a record that was, or is, nowhere.
pub(crate) struct Step<'r> {
    pub(crate) record: &'r str,
    pub(crate) before: Option<EntityId>,
    pub(crate) after: Option<EntityId>,
}

/// The events that lead from one state to the other. The records are all those of the entities in question, before and
/// after.
pub(crate) fn events(steps: &[Step<'_>]) -> Vec<EntityEvent> {
    let mut flows: BTreeMap<EntityId, BTreeMap<EntityId, Vec<&str>>> = BTreeMap::new();
    let mut events = Vec::new();
    let after: std::collections::BTreeSet<EntityId> = steps.iter().filter_map(|step| step.after).collect();
    for step in steps {
        match (step.before, step.after) {
            (Some(from), Some(to)) => flows.entry(from).or_default().entry(to).or_default().push(step.record),
            (Some(from), None) => {
                flows.entry(from).or_default();
                events.push(EntityEvent::Left { id: from, record: step.record.to_owned() });
            }
            _ => {}
        }
    }
    for (from, to) in &flows {
        let others: Vec<EntityId> = to.keys().copied().filter(|id| id != from).collect();
        match (after.contains(from), others.as_slice()) {
            (true, []) => {}
            (false, []) => events.push(EntityEvent::Retired { id: *from }),
            (false, [into]) => events.push(EntityEvent::Merged { into: *into, from: *from }),
            (stays, others) => {
                // Those that are known from before go on: records moved to them.
                let (known, new): (Vec<EntityId>, Vec<EntityId>) = others.iter().copied().partition(|id| flows.contains_key(id));
                for known in known {
                    let mut records: Vec<String> = to.get(&known).into_iter().flatten().map(|record| (*record).to_owned()).collect();
                    records.sort();
                    events.push(EntityEvent::Moved { from: *from, to: known, records });
                }
                if !new.is_empty() {
                    events.push(EntityEvent::Split { from: *from, into: stays.then_some(*from).into_iter().chain(new).collect() });
                } else if !stays {
                    events.push(EntityEvent::Retired { id: *from });
                }
            }
        }
    }
    let known: std::collections::BTreeSet<EntityId> = flows.values().flat_map(BTreeMap::keys).chain(flows.keys()).copied().collect();
    let founded: std::collections::BTreeSet<EntityId> =
        steps.iter().filter(|step| step.before.is_none()).filter_map(|step| step.after).filter(|id| !known.contains(id)).collect();
    events.extend(founded.iter().map(|id| EntityEvent::Created { id: *id }));
    for step in steps.iter().filter(|step| step.before.is_none()) {
        if let Some(id) = step.after.filter(|id| known.contains(id)) {
            events.push(EntityEvent::Joined { id, record: step.record.to_owned() });
        }
    }
    events
}
