//! A small world: one entity and all that it is directly linked with, as they were known at an instant. Opening the
//! entity in it gives values, members, links and captions of then, by the same code as today's.

use candour_links::{LinkLabel, NodeNo};
use candour_model::{id::EntityNo, judgement::Verdict, ontology::Ontology, statement::Statement, types::TypeKind, visible::Visible};
use candour_store::{Past, StoreError};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Sight, World};

/// The surroundings of one entity.
pub(crate) struct Surroundings {
    pub(crate) world: World,
    /// What the store numbers the entities that this world numbers from 0.
    numbers: Vec<EntityNo>,
}

impl Surroundings {
    /// Reads what was known of an entity that is visible today. As nothing is ever taken back, whatever was linked with it
    /// then is linked with it today, or with a record that was merged with it then.
    pub(crate) fn read(past: &Past<'_>, today: &Sight<'_>, entity: EntityNo) -> Result<Self, StoreError> {
        let merges = merges(past)?;
        let mut found = Found::default();
        found.add_merged(entity, &merges);
        for member in found.order.clone() {
            if !today.view.exists(NodeNo::of(member)) {
                continue;
            }
            for hit in today.links(member) {
                let link = match hit.label {
                    LinkLabel::Entity(link) => Some(link),
                    LinkLabel::Property(_) => None,
                };
                link.into_iter().for_each(|link| found.add_merged(link, &merges));
                [hit.source, hit.target].into_iter().filter_map(NodeNo::entity).for_each(|end| found.add_merged(end, &merges));
            }
            for statement in past.statements(member, today.visible)? {
                if let Some(other) = referred(&statement).and_then(|id| today.find_entity(id)) {
                    found.add_merged(other, &merges);
                }
            }
        }
        Ok(Self { world: World::read_past(past, &found.order)?, numbers: found.order })
    }

    /// The visible statements of an entity of this world that were known.
    pub(crate) fn statements(&self, past: &Past<'_>, entity: EntityNo, visible: &Visible) -> Result<Vec<Statement>, StoreError> {
        let number = usize::try_from(entity.0).ok().and_then(|index| self.numbers.get(index));
        number.map_or_else(|| Ok(Vec::new()), |number| past.statements(*number, visible))
    }
}

/// Entities in the order in which they were found, each once.
#[derive(Default)]
struct Found {
    order: Vec<EntityNo>,
    known: FxHashSet<EntityNo>,
}

impl Found {
    /// Adds an entity with all that it may have been merged with, directly or through others.
    fn add_merged(&mut self, entity: EntityNo, merges: &FxHashMap<EntityNo, Vec<EntityNo>>) {
        let mut next = vec![entity];
        while let Some(entity) = next.pop() {
            if self.known.insert(entity) {
                self.order.push(entity);
                next.extend(merges.get(&entity).into_iter().flatten());
            }
        }
    }
}

/// Every pair that anybody had called the same, whether or not that word counted: more than was merged, never less.
fn merges(past: &Past<'_>) -> Result<FxHashMap<EntityNo, Vec<EntityNo>>, StoreError> {
    let mut merges: FxHashMap<EntityNo, Vec<EntityNo>> = FxHashMap::default();
    past.words(|word| {
        if word.verdict == Verdict::Same {
            merges.entry(word.a).or_default().push(word.b);
            merges.entry(word.b).or_default().push(word.a);
        }
    })?;
    Ok(merges)
}

/// The id of the entity that a statement names.
fn referred(statement: &Statement) -> Option<&str> {
    let prop = Ontology::builtin().schema(&statement.schema)?.prop(&statement.prop)?;
    (prop.kind == TypeKind::Entity).then_some(statement.value.as_str())
}
