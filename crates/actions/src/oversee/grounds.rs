//! What explains a look: a mandate, a queue, a case that is on record or that the person has worked on, a record that the person
//! brought in. A case that is merely stated explains nothing: anybody can state one.

use candour_links::NodeNo;
use candour_model::{id::EntityNo, ontology::Ontology, types::TypeKind, visible::Visible};
use candour_oversight::{Explained, Look};
use candour_search::Query;
use candour_store::PairOrigin;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{desk::Desk, error::ActionError, world::Sight};

/// How many links may lie between what was looked at and the case, or what was looked at before.
const LINKS: u32 = 2;
/// A thing with more links links nothing: a town, a police station.
const HUB: usize = 100;
/// Largest source that somebody knows each record of, in bytes: a report, a form, a short list.
const SMALL_SOURCE: u64 = 16 * 1024;
/// How long bringing a record in explains looks at it, in milliseconds.
const BROUGHT_LATELY: i64 = 30 * 24 * 60 * 60_000;
/// Most hits of a search that are compared with a case.
const COMPARED_HITS: usize = 50;

/// What the reckoning has learnt so far.
pub(super) struct Grounds<'d> {
    desk: &'d Desk,
    sight: &'d Sight<'d>,
    /// Records in pairs that the resolver put forward.
    queue: FxHashSet<u32>,
    /// What lies near the records that bear a case's reference; nothing where no record does.
    cases: FxHashMap<String, FxHashSet<u32>>,
    /// What lies near explained looks, by person and case.
    threads: FxHashMap<(String, String), FxHashSet<u32>>,
    /// Who brought a record in with a small source, and when.
    brought: FxHashMap<u32, Vec<(String, i64)>>,
}

impl<'d> Grounds<'d> {
    pub(super) fn read(desk: &'d Desk, sight: &'d Sight<'d>) -> Result<Self, ActionError> {
        let mut queue = FxHashSet::default();
        desk.store().read(|reader| {
            reader.words(|word| {
                if word.origin == PairOrigin::Machine {
                    queue.extend([word.a, word.b].map(|entity| sight.representative(entity).0));
                }
            })
        })?;
        Ok(Self { desk, sight, queue, cases: FxHashMap::default(), threads: FxHashMap::default(), brought: FxHashMap::default() })
    }

    /// What explains a look, given the ids that came out.
    pub(super) fn explain(&mut self, look: &Look<'_>, results: &str) -> Result<Option<Explained>, ActionError> {
        let mut records = look.records.to_vec();
        if records.is_empty() && look.action == "search" {
            let ids = results.split_whitespace().take(COMPARED_HITS);
            records.extend(ids.filter_map(|id| self.sight.world.ids.find(id)).map(|entity| self.sight.representative(entity).0));
        }
        let explained = self.find(look, &records)?;
        // A thread goes on from what a case or a mandate explains, and not from what one brought in oneself.
        if matches!(explained, Some(Explained::Case | Explained::Thread | Explained::Mandate)) && !look.case.is_empty() {
            let key = (look.actor.to_owned(), look.case.trim().to_owned());
            let new: Vec<u32> = look.records.to_vec();
            let thread = self.threads.entry(key).or_default();
            for record in new {
                add_near(self.sight, EntityNo(record), thread);
            }
        }
        Ok(explained)
    }

    fn find(&mut self, look: &Look<'_>, records: &[u32]) -> Result<Option<Explained>, ActionError> {
        // Of a mandate the journal gives id and version, of an emergency access its id alone.
        if look.mandate.contains('@') {
            return Ok(Some(Explained::Mandate));
        }
        if !look.mandate.is_empty() {
            return Ok(Some(Explained::Emergency));
        }
        if records.is_empty() {
            return Ok(None);
        }
        if matches!(look.action, "judge" | "explain" | "split") && records.iter().all(|record| self.queue.contains(record)) {
            return Ok(Some(Explained::Tasking));
        }
        let case = look.case.trim();
        if !case.is_empty() {
            let near = self.case(case)?;
            if records.iter().any(|record| near.contains(record)) {
                return Ok(Some(Explained::Case));
            }
            let thread = self.threads.get(&(look.actor.to_owned(), case.to_owned()));
            if thread.is_some_and(|near| records.iter().any(|record| near.contains(record))) {
                return Ok(Some(Explained::Thread));
            }
        }
        for record in look.records {
            if self.brought_in(*record)?.iter().any(|(actor, at)| actor == look.actor && (0..=BROUGHT_LATELY).contains(&(look.time - at))) {
                return Ok(Some(Explained::Import));
            }
        }
        Ok(None)
    }

    /// What lies near the records that bear a case's reference.
    fn case(&mut self, case: &str) -> Result<&FxHashSet<u32>, ActionError> {
        if !self.cases.contains_key(case) {
            let mut near = FxHashSet::default();
            for record in on_record(self.desk, self.sight, case)? {
                add_near(self.sight, record, &mut near);
            }
            self.cases.insert(case.to_owned(), near);
        }
        Ok(self.cases.entry(case.to_owned()).or_default())
    }

    /// Who brought a record in with a small source, and when.
    fn brought_in(&mut self, record: u32) -> Result<&[(String, i64)], ActionError> {
        if !self.brought.contains_key(&record) {
            let mut brought: Vec<(String, i64)> = Vec::new();
            self.desk.store().read(|reader| -> Result<(), ActionError> {
                let names = reader.names();
                for member in self.sight.members(EntityNo(record)) {
                    reader.rows(member, self.sight.visible, |row| {
                        let Some(provenance) = names.provenance(row.provenance) else { return };
                        let is_small = names.source(provenance.source).is_some_and(|(_, source)| source.size <= SMALL_SOURCE);
                        if is_small && !brought.iter().any(|(actor, at)| *actor == provenance.actor && *at == row.recorded_at) {
                            brought.push((provenance.actor.clone(), row.recorded_at));
                        }
                    })?;
                }
                Ok(())
            })?;
            self.brought.insert(record, brought);
        }
        Ok(self.brought.get(&record).map_or(&[], Vec::as_slice))
    }
}

/// Events and documents that bear a case's reference as their id or as an identifier. People do not: who states a person's name
/// for a case has stated none.
fn on_record(desk: &Desk, sight: &Sight<'_>, case: &str) -> Result<Vec<EntityNo>, ActionError> {
    let is_case = |entity: EntityNo| matches!(sight.kind(entity).pole, "event" | "document");
    let mut found: Vec<EntityNo> = sight.find_entity(case).filter(|entity| is_case(*entity)).into_iter().collect();
    let bare = case.replace(['"', '*'], " ");
    if bare.trim().is_empty() {
        return Ok(found);
    }
    let query = Query::new(&format!("\"{}\"", bare.trim()));
    // A reference that the query language does not take is on no record.
    let Ok((_, hits)) = desk.ask_index(sight.visible, |index, newest| index.search(&query, newest.visible, newest)) else { return Ok(found) };
    for hit in hits.hits.iter().filter(|hit| is_case(hit.entity)) {
        for member in sight.members(hit.entity) {
            if bears(desk, sight.visible, member, case)? {
                found.push(member);
            }
        }
    }
    Ok(found)
}

/// Whether a record has a text as an identifier.
fn bears(desk: &Desk, visible: &Visible, entity: EntityNo, text: &str) -> Result<bool, ActionError> {
    desk.store().read(|reader| {
        let mut bears = false;
        reader.rows(entity, visible, |row| {
            let names = reader.names();
            let schema = names.symbol(row.schema).and_then(|name| Ontology::builtin().schema(name));
            let prop = schema.zip(names.symbol(row.prop)).and_then(|(schema, name)| schema.prop(name));
            let is_identifier = prop.is_some_and(|prop| prop.kind == TypeKind::Identifier);
            bears |= is_identifier && [Some(row.value), row.original].into_iter().flatten().any(|value| value.trim().eq_ignore_ascii_case(text));
        })?;
        Ok(bears)
    })
}

/// Adds a thing and what a few links lead to, but through no hub.
fn add_near(sight: &Sight<'_>, from: EntityNo, near: &mut FxHashSet<u32>) {
    let mut edge = vec![NodeNo::of(sight.representative(from))];
    near.insert(sight.representative(from).0);
    let mut seen: FxHashSet<NodeNo> = edge.iter().copied().collect();
    for _ in 0..LINKS {
        let mut next = Vec::new();
        for node in edge {
            if sight.view.degree(node) > HUB {
                continue;
            }
            for (other, _) in sight.view.neighbours(node, 1).nodes {
                let other = sight.view.leader(other).unwrap_or(other);
                if seen.insert(other) {
                    near.extend(other.entity().map(|entity| entity.0));
                    next.push(other);
                }
            }
        }
        edge = next;
    }
}
