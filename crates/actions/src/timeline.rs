//! Events in order of time: the dates of things themselves, of their links, and of what they are linked with.

use candour_links::{LinkLabel, NodeNo};
use candour_model::{
    id::EntityNo,
    ontology::{Ontology, Schema},
    statement::Statement,
    types::TypeKind,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
    view::EntityRef,
    world::Sight,
};

/// Events of some things.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimelineView {
    /// Earliest first. Dates may be prefixes, such as `2017-08`.
    pub events: Vec<TimelineEvent>,
}

/// One event.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelineEvent {
    /// When, or from when.
    pub date: String,
    /// Until when.
    pub end: Option<String>,
    /// Which of the things asked about it belongs to.
    pub entity: String,
    /// Id of what happened: a link, an event, or the thing itself.
    pub id: String,
    /// Schema of what happened.
    pub schema: String,
    /// In words.
    pub caption: String,
    /// The property that gives the date.
    pub prop: String,
}

impl Desk {
    /// The timeline of things, merged.
    pub fn timeline(&self, who: &Who, ids: &[String]) -> Result<Answer<TimelineView>, ActionError> {
        self.answer(who, Action::Timeline, &ids.join(" "), |access| {
            if ids.is_empty() {
                return Err(ActionError::BadInput("a timeline needs at least one entity; give its id".to_owned()));
            }
            let world = self.world()?;
            let sight = Sight::new(&world, access.visible());
            let mut events = Vec::new();
            for id in ids {
                let entity = sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.clone()))?;
                self.gather(&sight, access, entity, &mut events)?;
            }
            events.sort();
            events.dedup();
            let results = events.iter().map(|event| event.id.clone()).collect();
            Ok(Sealed::under(access, TimelineView { events }, results))
        })
    }

    fn gather(&self, sight: &Sight<'_>, access: &Access, entity: EntityNo, events: &mut Vec<TimelineEvent>) -> Result<(), ActionError> {
        let owner = sight.id(NodeNo::of(entity));
        for member in sight.members(entity) {
            let own = self.dated(sight, access, member, &owner)?;
            events.extend(own);
            for hit in sight.links(member) {
                let far = if hit.source == NodeNo::of(member) { hit.target } else { hit.source };
                if let LinkLabel::Entity(link) = hit.label {
                    let reference = sight.reference(far);
                    let mut dated = self.dated(sight, access, link, &owner)?;
                    for event in &mut dated {
                        event.caption = format!("{} {}", crate::chart::edge(sight, &hit).label, reference.caption);
                    }
                    events.extend(dated);
                }
                if let Some(other) = far.entity().filter(|other| is_event(sight, *other)) {
                    events.extend(self.dated(sight, access, other, &owner)?);
                }
            }
        }
        Ok(())
    }

    /// One event per date of an entity; a beginning carries the end that goes with it.
    fn dated(&self, sight: &Sight<'_>, access: &Access, entity: EntityNo, owner: &str) -> Result<Vec<TimelineEvent>, ActionError> {
        let statements = self.store().read(|reader| reader.statements(entity, access.visible()))?;
        let EntityRef { id, schema, caption, .. } = sight.reference(NodeNo::of(entity));
        let Some(known) = Ontology::builtin().schema(&schema) else { return Ok(Vec::new()) };
        let end = statements.iter().find(|statement| is_end(known, statement)).map(|statement| statement.value.clone());
        let mut events = Vec::new();
        for statement in &statements {
            let Some(prop) = known.prop(&statement.prop).filter(|prop| prop.kind == TypeKind::Date && !prop.hidden) else { continue };
            if is_end(known, statement)
                && statements.iter().any(|other| known.begins.iter().any(|no| Ontology::builtin().prop(*no).is_some_and(|prop| prop.name == other.prop)))
            {
                continue;
            }
            events.push(TimelineEvent {
                date: statement.value.clone(),
                end: end.clone().filter(|end| *end != statement.value && known.begins.contains(&prop.no)),
                entity: owner.to_owned(),
                id: id.clone(),
                schema: schema.clone(),
                caption: caption.clone(),
                prop: prop.name.clone(),
            });
        }
        Ok(events)
    }
}

fn is_event(sight: &Sight<'_>, entity: EntityNo) -> bool {
    sight.kind(entity).pole == "event"
}

fn is_end(schema: &Schema, statement: &Statement) -> bool {
    schema.ends.iter().any(|no| Ontology::builtin().prop(*no).is_some_and(|prop| prop.name == statement.prop))
}
