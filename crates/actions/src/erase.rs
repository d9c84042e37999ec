//! Destroying what is held on a record: statements, links, index, the questions in the journal that tell of it. A tombstone
//! with no content is left, and every proof still verifies.
//!
//! What the eraser does not see of the record goes as well: it is the person's right, not the eraser's knowledge, that
//! reaches so far. The answer counts only what the eraser saw, so that it tells nothing of the rest.

use std::{collections::BTreeSet, fs};

use candour_links::{LinkLabel, NodeNo};
use candour_model::id::EntityNo;
use candour_store::{Mentions, StoreError, Transaction};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    disclosures::{ErasureEvent, RecipientView, recipients},
    error::ActionError,
    home::write_secret,
    rejects,
    retention::{self, ERASURE, RESTRICTION, REVIEW, RetentionDecision},
    sealed::Answer,
    world::Sight,
};

/// Fields of a journal entry that may tell of somebody.
const TELLING: [&str; 5] = ["query", "results", "reason", "case", "outcome"];
/// Entries read at a time.
const ENTRIES: u32 = 1000;
/// File of a home that says that an erasure has not left all files yet.
const UNFINISHED: &str = "erasing";

/// What an erasure destroyed, as far as the eraser saw it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErasedView {
    /// What stands in place of the id.
    pub tombstone: String,
    /// The tombstones of the other records, where all that it was merged with went too.
    pub others: Vec<String>,
    /// Records that it was merged with and that stay.
    pub stay: Vec<String>,
    /// Statements.
    pub statements: u64,
    /// Links that had it as an end.
    pub links: u64,
    /// Documents that held nothing else, whose names went as well.
    pub sources: u64,
    /// Journal entries whose questions and results told of it and are struck out.
    pub entries: u64,
    /// Lines struck out of the files of rejects.
    pub rejects: u64,
    /// Who was handed any of it and has to be told.
    pub notify: Vec<RecipientView>,
}

/// What is to be erased, and what the answer says of it.
struct Erasing {
    records: Vec<EntityNo>,
    decision: u64,
    event: ErasureEvent,
    view: ErasedView,
}

impl Desk {
    /// Erases a record, or with `whole` all that it is merged with. For each of them it takes a review that decided so,
    /// by somebody else.
    pub fn erase(&self, who: &Who, id: &str, whole: bool) -> Result<Answer<ErasedView>, ActionError> {
        let access = self.decide(who, Action::Erase, id)?;
        let prepared = self.erasing(&access, id, whole);
        let Erasing { records, decision, event, mut view } = match prepared {
            Err(ActionError::Refused { explanation, .. }) => return self.refuse_by_rule(who, &access, id, "erasure-by-two", explanation),
            other => self.or_record(who, &access, id, other)?,
        };
        let _one_at_a_time = self.memory().erasing.lock();
        self.or_record(who, &access, id, self.begin_erasure())?;
        let stated: Vec<String> = who.purpose.iter().flat_map(|purpose| [purpose.reason.clone(), purpose.case.clone()]).flatten().collect();
        let actor = access.actor().id.clone();
        // The entry names the decision, not what was erased.
        let query = format!("by decision {decision}");
        let folder = self.home().rejects();
        let changed = self.change(
            &access,
            who,
            &query,
            |(_, tombstones, entries, _): &(Mentions, Vec<String>, u64, u64)| (format!("erased; {entries} entries struck out"), tombstones.clone()),
            move |transaction| {
                let erased = transaction.erase(&records)?;
                if stated.iter().any(|text| erased.mentions.are_in(text)) {
                    let refused = "the case or the reason that you state names what is to be erased, and would keep it; state another";
                    return Err(StoreError::Refused(refused.to_owned()));
                }
                let entries = strike_out(transaction, &erased.mentions)?;
                forget_rationales(transaction, &records, &erased.mentions)?;
                let body = serde_json::to_string(&event).map_err(|error| StoreError::Damaged(error.to_string()))?;
                for tombstone in &erased.tombstones {
                    transaction.append_event(ERASURE, tombstone, &actor, &body)?;
                }
                let lines = rejects::prepare(&folder, &erased.mentions).map_err(|error| match error {
                    ActionError::File { path, problem } => StoreError::File { path, problem },
                    other => StoreError::Refused(other.to_string()),
                })?;
                Ok((erased.mentions, erased.tombstones, entries, lines))
            },
        );
        if changed.is_err() {
            // Nothing was erased, most likely. If it was, this finishes it; if even that fails, the next start does.
            let _ = self.finish_erasures();
        }
        let answer = self.or_record(who, &access, id, changed)?;
        let (mentions, tombstones, entries, lines) = answer.value;
        self.clear_files(&mentions)?;
        view.rejects = lines;
        view.entries = entries;
        let mut tombstones = tombstones.into_iter();
        view.tombstone = tombstones.next().unwrap_or_default();
        view.others = tombstones.collect();
        self.end_erasure()?;
        Ok(Answer { value: view, receipt: answer.receipt })
    }

    /// Finishes an erasure that was broken off: what was done is carried through all files, what was not is forgotten.
    pub fn finish_erasures(&self) -> Result<(), ActionError> {
        let unfinished = self.home().path().join(UNFINISHED);
        let text = match fs::read_to_string(&unfinished) {
            Ok(text) => text,
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(problem) => return Err(ActionError::File { path: unfinished, problem }),
        };
        // Without a number nobody knows, and it is carried through.
        let is_done = text.trim().parse().map_or(Ok(true), |before: u64| self.last_erasure().map(|last| last > before))?;
        rejects::settle(&self.home().rejects(), is_done)?;
        if is_done {
            self.store().rewrite()?;
            self.memory().set_pending(true);
            self.renew_memory()?;
            self.purge_index()?;
        }
        self.end_erasure()
    }

    /// Says in the home that an erasure is under way, and which was the last before it.
    fn begin_erasure(&self) -> Result<(), ActionError> {
        write_secret(&self.home().path().join(UNFINISHED), &self.last_erasure()?.to_string())
    }

    fn end_erasure(&self) -> Result<(), ActionError> {
        let unfinished = self.home().path().join(UNFINISHED);
        fs::remove_file(&unfinished).map_err(ActionError::file(&unfinished))
    }

    /// Place of the last erasure's event; 0 where there was none.
    fn last_erasure(&self) -> Result<u64, ActionError> {
        let mut last = 0;
        self.store().read(|reader| reader.events(ERASURE, |event| last = event.seq))?;
        Ok(last)
    }

    fn erasing(&self, access: &Access, id: &str, whole: bool) -> Result<Erasing, ActionError> {
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let entity = sight.find_entity(id).ok_or_else(|| ActionError::NotFound(id.to_owned()))?;
        let mut records = sight.members(entity);
        records.sort_by_key(|record| *record != entity);
        let stay = if whole { Vec::new() } else { records.split_off(1) };
        let name = |entity: &EntityNo| world.ids.get(*entity).to_owned();
        let decision = self.decided_by_another(access, &records, name)?;
        let names = self.store().names();
        let needs = self.markings_of(access, &records)?.into_iter().filter_map(|no| names.marking(no).map(|marking| marking.id.clone())).collect();
        let links: BTreeSet<EntityNo> = records
            .iter()
            .flat_map(|record| sight.links(*record))
            .filter_map(|hit| match hit.label {
                LinkLabel::Entity(link) => Some(link),
                LinkLabel::Property(_) => None,
            })
            .collect();
        let (statements, notify) = self.store().read(|reader| {
            let mut statements = 0;
            for record in &records {
                reader.rows(*record, access.visible(), |_| statements += 1)?;
            }
            Ok::<_, StoreError>((statements, recipients(reader, &records)?))
        })?;
        let sources = self.emptied(access, &records, &links)?;
        let view = ErasedView {
            tombstone: String::new(),
            others: Vec::new(),
            stay: stay.iter().filter(|record| sight.view.exists(NodeNo::of(**record))).map(name).collect(),
            statements,
            links: u64::try_from(links.len()).unwrap_or(u64::MAX),
            sources,
            entries: 0,
            rejects: 0,
            notify: notify.clone(),
        };
        Ok(Erasing { records, decision, event: ErasureEvent { notify, needs }, view })
    }

    /// The place of the decision to erase the first of these. Each needs one, and none by the eraser.
    fn decided_by_another(&self, access: &Access, records: &[EntityNo], name: impl Fn(&EntityNo) -> String) -> Result<u64, ActionError> {
        let refused = |explanation: String| ActionError::Refused { explanation, receipt: None };
        let mut first = None;
        for record in records {
            let review = self.store().read(|reader| retention::review_of(reader, access, *record))?;
            let id = name(record);
            let Some(review) = review.filter(|review| review.event.decision == RetentionDecision::Erase) else {
                return Err(refused(format!("no review has decided that `{id}` is erased; somebody else decides so with `candour review decide {id} erase`")));
            };
            if review.by == access.actor().id {
                return Err(refused(format!("you decided yourself that `{id}` is erased; somebody else has to erase it, or to decide so")));
            }
            first.get_or_insert(review.seq);
        }
        first.ok_or_else(|| refused("nothing is to be erased".to_owned()))
    }

    /// How many documents hold, of all that is seen, nothing but these.
    fn emptied(&self, access: &Access, records: &[EntityNo], links: &BTreeSet<EntityNo>) -> Result<u64, ActionError> {
        let (mut gone, mut left) = (BTreeSet::new(), BTreeSet::new());
        self.store().read(|reader| {
            reader.scan(access.visible(), |row| {
                if let Some(provenance) = reader.names().provenance(row.provenance) {
                    let is_gone = records.contains(&row.entity) || links.contains(&row.entity);
                    if is_gone {
                        gone.insert(provenance.source)
                    } else {
                        left.insert(provenance.source)
                    };
                }
                true
            })
        })?;
        Ok(u64::try_from(gone.difference(&left).count()).unwrap_or(u64::MAX))
    }

    /// Gets what was erased out of memory and out of every file but those of the store's own keys.
    fn clear_files(&self, mentions: &Mentions) -> Result<(), ActionError> {
        rejects::settle(&self.home().rejects(), true)?;
        self.memory().set_pending(true);
        self.renew_memory()?;
        self.purge_index()?;
        self.store().scrub(mentions)?;
        Ok(())
    }

    fn purge_index(&self) -> Result<(), ActionError> {
        self.index_pending(&mut |_| ())?;
        let _indexing = self.memory().indexing.lock();
        Ok(self.index().writer()?.purge()?)
    }
}

/// Strikes out what entries say of the erased; says of how many.
fn strike_out(transaction: &mut Transaction<'_>, mentions: &Mentions) -> Result<u64, StoreError> {
    let (mut first, mut struck) = (0, 0);
    loop {
        let entries = transaction.journal_entries(first, ENTRIES)?;
        let Some(last) = entries.last() else { return Ok(struck) };
        first = last.index + 1;
        for entry in &entries {
            let telling: Vec<&str> = TELLING.into_iter().filter(|name| entry.field(name).is_some_and(|value| mentions.are_in(value))).collect();
            if telling.is_empty() {
                continue;
            }
            // The question tells of the results, and they of it.
            let is_struck =
                |name: &&str| (telling.contains(name) || matches!(*name, "query" | "results")) && entry.field(name).is_some_and(|value| !value.is_empty());
            let fields: Vec<&str> = TELLING.into_iter().filter(is_struck).collect();
            transaction.redact_journal(entry.index, &fields)?;
            struck += 1;
        }
    }
}

/// Takes the rationales of reviews and restrictions of what is erased, and those of others that mention it.
fn forget_rationales(transaction: &mut Transaction<'_>, records: &[EntityNo], mentions: &Mentions) -> Result<(), StoreError> {
    let own: Vec<String> = records.iter().map(ToString::to_string).collect();
    for kind in [REVIEW, RESTRICTION] {
        transaction.reword_events(kind, |subject, body| {
            let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(body).ok()?;
            let rationale = fields.get("rationale")?.as_str()?;
            if rationale.is_empty() || !(own.iter().any(|own| own == subject) || mentions.are_in(rationale)) {
                return None;
            }
            fields.insert("rationale".to_owned(), serde_json::Value::String(String::new()));
            serde_json::to_string(&fields).ok()
        })?;
    }
    Ok(())
}
