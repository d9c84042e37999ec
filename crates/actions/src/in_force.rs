//! What is in force: the charter, the mandates under it, emergency accesses; and the one way to change it.
//!
//! All of it is folded from the store's events, so that a home that is opened again knows what it knew. A change of the
//! rules raises the epoch before it is durable: from that moment on nothing that was decided before is released.

use std::sync::{Arc, PoisonError, atomic::Ordering};

use candour_charter::{Actor, Authority, Charter, Glass, Mandate};
use candour_ledger::Note;
use candour_model::purpose::Purpose;
use candour_store::{Event, Reader, Store, StoreError, Transaction};
use serde::{Deserialize, Serialize};

use crate::{
    access::{Access, Who},
    desk::Desk,
    error::ActionError,
    glasses::{self, GlassRecord, Glasses},
    mandates::{self, Mandates},
    record,
    sealed::Answer,
};

/// Kind of the events that put a charter into force; the subject is its version.
const CHARTER: &str = "charter";

/// Body of such an event: all that is needed to read the charter again, whatever becomes of the folder.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Adopted {
    pub(crate) hash: String,
    pub(crate) note: String,
    texts: Vec<(String, String)>,
}

/// A version of the charter in the history of the home.
#[derive(Debug, Clone)]
pub(crate) struct CharterVersion {
    pub(crate) version: String,
    pub(crate) hash: String,
    pub(crate) adopted_at: i64,
}

/// The rules at one moment.
pub(crate) struct InForce {
    pub(crate) charter: Arc<Charter>,
    pub(crate) note: Note,
    pub(crate) versions: Vec<CharterVersion>,
    pub(crate) mandates: Mandates,
    pub(crate) glasses: Glasses,
    pub(crate) epoch: u64,
}

/// What stands behind one question beside the person and the charter.
pub(crate) struct Backing<'f> {
    mandate: Option<&'f Mandate>,
    glass: Option<(&'f GlassRecord, Glass)>,
    now: i64,
}

impl Backing<'_> {
    /// As the charter wants it.
    pub(crate) fn authority(&self) -> Authority<'_> {
        Authority { mandate: self.mandate, glass: self.glass.as_ref().map(|(_, glass)| glass), now: self.now }
    }

    /// A purpose stated in full under it, for questions about what would be possible.
    pub(crate) fn stated(&self, purpose: &str) -> Purpose {
        Purpose {
            id: purpose.to_owned(),
            case: Some("any".to_owned()),
            reason: Some("any".to_owned()),
            mandate: self.mandate.map(|mandate| mandate.id.clone()),
        }
    }

    /// What the journal records as the mandate: `ID@VERSION`, an emergency access by its id, or nothing.
    pub(crate) fn name(&self) -> String {
        let mandate = self.mandate.map(|mandate| format!("{}@{}", mandate.id, mandate.version));
        let glass = self.glass.as_ref().map(|(record, _)| record.id.clone());
        mandate.into_iter().chain(glass).collect::<Vec<_>>().join(" ")
    }

    /// When it stops being true; milliseconds.
    pub(crate) fn until(&self, charter: &Charter) -> i64 {
        let mandate = self.mandate.map_or(i64::MAX, |mandate| mandate.not_after);
        let glass = self.glass.as_ref().and_then(|(record, _)| record.ends()).unwrap_or(i64::MAX);
        mandate.min(glass).min(charter.expires_ms())
    }
}

impl InForce {
    /// What a person can lean on for what they state. A mandate that is stated and opens nothing is an error in words.
    pub(crate) fn backing(&self, who: &Who, now: i64) -> Result<Backing<'_>, String> {
        let Some(purpose) = &who.purpose else { return Ok(Backing { mandate: None, glass: None, now }) };
        let mandate = purpose.mandate.as_deref().map(|id| self.mandate(id, &purpose.id, now)).transpose()?;
        let glass = self.glasses.open_to(&who.actor.id, &purpose.id, now).map(|record| (record, Glass { id: record.id.clone(), opens: record.opens.clone() }));
        Ok(Backing { mandate, glass, now })
    }

    /// Whether a person may do something for a purpose, with whatever they can lean on now, were case and reason given.
    pub(crate) fn may(&self, actor: &Actor, action: &str, purpose: &str, now: i64) -> bool {
        self.backings(&actor.id, purpose, now)
            .iter()
            .any(|backing| self.charter.decide(actor, action, Some(&backing.stated(purpose)), &backing.authority()).allowed)
    }

    /// Everything that a person could lean on for a purpose now: nothing, each mandate for it, and with each an emergency access
    /// that is open to them. What each is worth the charter says.
    pub(crate) fn backings(&self, person: &str, purpose: &str, now: i64) -> Vec<Backing<'_>> {
        let glass = || self.glasses.open_to(person, purpose, now).map(|record| (record, Glass { id: record.id.clone(), opens: record.opens.clone() }));
        let mandates = self.mandates.all().filter_map(|record| record.in_force(&self.charter, now).ok()).map(|version| &version.mandate);
        let stated = std::iter::once(None).chain(mandates.filter(|mandate| mandate.purpose == purpose).map(Some));
        stated.map(|mandate| Backing { mandate, glass: glass(), now }).collect()
    }

    fn mandate(&self, id: &str, purpose: &str, now: i64) -> Result<&Mandate, String> {
        let record = self.mandates.get(id).ok_or_else(|| format!("there is no mandate `{id}`; `candour mandate list` shows those there are"))?;
        let mandate = match record.in_force(&self.charter, now) {
            Ok(version) => &version.mandate,
            Err(standing) => {
                return Err(format!(
                    "the mandate `{id}` opens nothing: {}",
                    standing.map_or_else(|| "it has no version".to_owned(), |standing| standing.to_string())
                ));
            }
        };
        if mandate.purpose == purpose {
            Ok(mandate)
        } else {
            Err(format!("the mandate `{id}` is for the purpose `{}`, not for `{purpose}`; state the purpose that it is for", mandate.purpose))
        }
    }
}

/// Reads a charter and its note from a folder.
pub(crate) fn from_folder(folder: &std::path::Path) -> Result<(Charter, Note), ActionError> {
    let charter = Charter::load(folder)?;
    let file = folder.join("charter.note");
    let bytes = std::fs::read(&file).map_err(|problem| match problem.kind() {
        std::io::ErrorKind::NotFound => ActionError::damaged(&file, "the charter is not signed; `candour charter sign` makes this file"),
        _ => ActionError::File { path: file.clone(), problem },
    })?;
    let note = Note::parse(&bytes).map_err(|error| ActionError::damaged(&file, error))?;
    Ok((charter, note))
}

/// The event that puts a charter into force.
pub(crate) fn adopt(transaction: &mut Transaction<'_>, actor: &str, charter: &Charter, note: &Note) -> Result<(), StoreError> {
    let body = Adopted { hash: charter.hash().to_owned(), note: note.to_string(), texts: charter.texts().to_vec() };
    let body = serde_json::to_string(&body).map_err(|error| StoreError::Damaged(error.to_string()))?;
    transaction.append_event(CHARTER, &charter.version().to_string(), actor, &body)?;
    // One that gives a marking in use another meaning is refused here.
    charter.markings().iter().try_for_each(|marking| transaction.marking(marking).map(drop))
}

/// Puts the charter in the folder into force where the home has none yet: whoever makes the home vouches for its first keys.
pub(crate) fn begin(store: &Store, folder: &std::path::Path) -> Result<(), ActionError> {
    if store.read(newest)?.is_some() {
        return Ok(());
    }
    let (charter, note) = from_folder(folder)?;
    charter.succeeds(None, &note, store.now())?;
    begin_with(store, Arc::new(charter), note)
}

/// Puts a home's first charter into force.
pub(crate) fn begin_with(store: &Store, charter: Arc<Charter>, note: Note) -> Result<(), ActionError> {
    let fields = record::bare(charter.hash(), "init", "charter_adopt", &format!("version {} is in force", charter.version()));
    store.commit(move |transaction| {
        adopt(transaction, "init", &charter, &note)?;
        transaction.record(fields);
        Ok(())
    })?;
    Ok(())
}

fn newest(reader: &Reader<'_>) -> Result<Option<Event>, StoreError> {
    let mut newest = None;
    reader.events(CHARTER, |event| newest = Some(event))?;
    Ok(newest)
}

/// Folds everything that is in force from the store. A charter that is `known` is not read again.
pub(crate) fn read(reader: &Reader<'_>, epoch: u64, known: Option<&Arc<Charter>>) -> Result<InForce, ActionError> {
    let (mut versions, mut last) = (Vec::new(), None);
    let mut problem = None;
    reader.events(CHARTER, |event| match serde_json::from_str::<Adopted>(&event.body) {
        Ok(adopted) => {
            versions.push(CharterVersion { version: event.subject, hash: adopted.hash.clone(), adopted_at: event.at });
            last = Some(adopted);
        }
        Err(error) => problem = Some(error.to_string()),
    })?;
    let damaged = |what: String| ActionError::Store(StoreError::Damaged(what));
    if let Some(problem) = problem {
        return Err(damaged(format!("the charter in force cannot be read: {problem}")));
    }
    let adopted = last.ok_or_else(|| damaged("the home has no charter in force".to_owned()))?;
    let charter = match known.filter(|known| known.hash() == adopted.hash) {
        Some(known) => Arc::clone(known),
        None => Arc::new(Charter::from_files(&adopted.texts)?),
    };
    let note = Note::parse(adopted.note.as_bytes()).map_err(|error| damaged(error.to_string()))?;
    if charter.signers(&note).len() < charter.authority().threshold || note.text() != charter.statement() {
        return Err(damaged("the charter in the store is not the one that was signed".to_owned()));
    }
    let mut in_force = InForce { charter, note, versions, mandates: Mandates::default(), glasses: Glasses::default(), epoch };
    let mut outcome = Ok(());
    reader.events(mandates::KIND, |event| outcome = std::mem::replace(&mut outcome, Ok(())).and_then(|()| in_force.mandates.take(&event)))?;
    reader.events(glasses::KIND, |event| outcome = std::mem::replace(&mut outcome, Ok(())).and_then(|()| in_force.glasses.take(&event)))?;
    outcome.map(|()| in_force)
}

impl Desk {
    /// Reads the rules anew; what was decided before is decided again.
    pub fn refresh(&self) -> Result<(), ActionError> {
        let mut held = self.rules().write().unwrap_or_else(PoisonError::into_inner);
        let epoch = self.epochs().fetch_add(1, Ordering::SeqCst) + 1;
        let known = Arc::clone(&held.charter);
        *held = Arc::new(self.store().read(|reader| read(reader, epoch, Some(&known)))?);
        Ok(())
    }

    /// A change of the rules and its journal entry, durable together, or neither. Nothing that was decided before the change
    /// is released from the moment at which it is made.
    pub(crate) fn change_rules(
        &self,
        access: &Access,
        who: &Who,
        query: &str,
        outcome: &str,
        apply: impl FnOnce(&mut Transaction<'_>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<Answer<()>, ActionError> {
        let outcome = outcome.to_owned();
        let epochs = Arc::clone(self.epochs());
        let decided = access.epoch();
        // Only where nobody was faster, whose change this one may not know of.
        let holds = move || epochs.compare_exchange(decided, decided + 1, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        let changed = self.change_where(access, who, query, move |()| (outcome, Vec::new()), apply, holds);
        // Whatever came of it: the epoch may have been raised for nothing.
        self.refresh()?;
        changed
    }
}
