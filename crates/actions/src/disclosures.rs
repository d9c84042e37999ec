//! To whom what is held on something was handed, so that they can be told when it is erased, restricted or put right.

use candour_model::id::EntityNo;
use candour_store::{Reader, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    retention::{self, ERASURE},
    sealed::{Answer, Sealed},
    view::instant,
    world::Sight,
};

/// Who was handed something of one thing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisclosuresView {
    /// Oldest first.
    pub disclosures: Vec<RecipientView>,
}

/// One disclosure.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, PartialEq, Eq)]
pub struct RecipientView {
    /// Who received it.
    pub recipient: String,
    /// When, RFC 3339.
    pub at: String,
    /// Who handed it out.
    pub actor: String,
    /// In which format.
    pub what: String,
}

/// Body of the event of an erasure: what has to be known of it afterwards, and nothing of what was erased.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ErasureEvent {
    pub(crate) notify: Vec<RecipientView>,
    /// Ids of the markings of what the eraser saw.
    pub(crate) needs: Vec<String>,
}

impl Desk {
    /// The disclosures of a thing and of the records merged with it; or of what was erased, by its tombstone.
    pub fn disclosures(&self, who: &Who, id: &str) -> Result<Answer<DisclosuresView>, ActionError> {
        self.answer(who, Action::Disclosures, id, |access| {
            let world = self.world()?;
            let sight = Sight::new(&world, access.visible());
            let found = self.store().read(|reader| match sight.find_entity(id) {
                Some(entity) => seen_recipients(reader, access, &sight.members(entity)).map(Some),
                None => {
                    let erasures = reader.events_of(ERASURE, id)?;
                    let bodies = erasures.iter().filter_map(|event| serde_json::from_str::<ErasureEvent>(&event.body).ok());
                    let seen = bodies.into_iter().find(|body| retention::sees(access, reader.names(), &body.needs));
                    Ok::<_, StoreError>(seen.map(|body| body.notify))
                }
            })?;
            let disclosures = found.ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
            Ok(Sealed::under(access, DisclosuresView { disclosures }, vec![id.to_owned()]))
        })
    }
}

/// Of these disclosures those that were made when the bearer would have seen the thing: before that, what was handed out was
/// of statements that do not exist for them.
fn seen_recipients(reader: &Reader<'_>, access: &Access, entities: &[EntityNo]) -> Result<Vec<RecipientView>, StoreError> {
    let mut all = Vec::new();
    for entity in entities {
        let mut since = i64::MAX;
        reader.rows(*entity, access.visible(), |row| since = since.min(row.recorded_at))?;
        all.extend(reader.disclosures(*entity)?.into_iter().filter(|disclosure| disclosure.at >= since));
    }
    Ok(shown(all))
}

/// The disclosures that any of these were part of, each once, oldest first.
pub(crate) fn recipients(reader: &Reader<'_>, entities: &[EntityNo]) -> Result<Vec<RecipientView>, StoreError> {
    let mut all = Vec::new();
    for entity in entities {
        all.extend(reader.disclosures(*entity)?);
    }
    Ok(shown(all))
}

fn shown(mut all: Vec<candour_store::Disclosure>) -> Vec<RecipientView> {
    all.sort_by_key(|disclosure| disclosure.no);
    all.dedup_by_key(|disclosure| disclosure.no);
    let view = |known: candour_store::Disclosure| RecipientView { recipient: known.recipient, at: instant(known.at), actor: known.actor, what: known.what };
    all.into_iter().map(view).collect()
}
