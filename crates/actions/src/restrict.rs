//! Restricting what is held on a record, or lifting the restriction: it is kept as evidence, and exists only for purposes
//! that read what is restricted (Data Protection Act 2018 s.47).

use candour_model::id::EntityNo;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    retention::RESTRICTION,
    sealed::Answer,
    world::Sight,
};

/// What a restriction did.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RestrictedView {
    /// The record.
    pub id: String,
    /// Whether it is restricted now.
    pub restricted: bool,
    /// Statements of it that the person sees.
    pub statements: u64,
    /// Records that it is merged with, which stay as they are.
    pub merged_with: Vec<String>,
}

/// Body of the event of a restriction.
#[derive(Debug, Serialize, Deserialize)]
struct RestrictionEvent {
    lifted: bool,
    rationale: String,
    needs: Vec<String>,
}

impl Desk {
    /// Restricts a record, or lifts its restriction.
    pub fn restrict(&self, who: &Who, id: &str, rationale: &str, lift: bool) -> Result<Answer<RestrictedView>, ActionError> {
        let query = if lift { format!("{id} lift") } else { id.to_owned() };
        let access = self.decide(who, Action::Restrict, &query)?;
        let prepared = self.restriction(&access, id, rationale, lift);
        let (entity, body, view) = self.or_record(who, &access, &query, prepared)?;
        let (touched, actor) = (vec![id.to_owned()], access.actor().id.clone());
        let told = if lift { "restriction lifted" } else { "restricted" };
        let changed = self.change(
            &access,
            who,
            &query,
            move |()| (told.to_owned(), touched),
            move |transaction| {
                if lift {
                    transaction.lift(&[entity])?
                } else {
                    transaction.restrict(&[entity])?
                };
                transaction.append_event(RESTRICTION, &entity.to_string(), &actor, &body).map(drop)
            },
        );
        let answer = self.or_record(who, &access, &query, changed)?;
        // Done, whether or not memory can be read just now; whoever asks the index next brings it up to date.
        self.memory().set_pending(true);
        self.renew_memory()?;
        self.index_pending(&mut |_| ())?;
        Ok(Answer { value: view, receipt: answer.receipt })
    }

    fn restriction(&self, access: &Access, id: &str, rationale: &str, lift: bool) -> Result<(EntityNo, String, RestrictedView), ActionError> {
        let rationale = rationale.trim();
        if rationale.is_empty() {
            return Err(ActionError::BadInput("a restriction needs its rationale, and so does lifting it; say why in a few words".to_owned()));
        }
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let entity = sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
        let (since, statements) =
            self.store().read(|reader| Ok::<_, ActionError>((reader.restricted_since(entity)?, reader.statements(entity, access.visible())?.len())))?;
        if lift && since.is_none() {
            return Err(ActionError::BadInput(format!("`{id}` is not restricted, so there is nothing to lift")));
        }
        let names = self.store().names();
        let needs = self.markings_of(access, &[entity])?.into_iter().filter_map(|no| names.marking(no).map(|marking| marking.id.clone())).collect();
        let event = RestrictionEvent { lifted: lift, rationale: rationale.to_owned(), needs };
        let body = serde_json::to_string(&event).map_err(|error| ActionError::BadInput(error.to_string()))?;
        let others = sight.members(entity).into_iter().filter(|member| *member != entity);
        let view = RestrictedView {
            id: id.to_owned(),
            restricted: !lift,
            statements: u64::try_from(statements).unwrap_or(u64::MAX),
            merged_with: others.map(|other| world.ids.get(other).to_owned()).collect(),
        };
        Ok((entity, body, view))
    }
}
