//! What can be done: add and remove records, judge pairs and take judgements back.

use smallvec::SmallVec;

use crate::{
    cluster::SHARE,
    error::ResolveError,
    live::{
        Change, EntityEvent, EntityId, JudgementId, KEPT, Live, NewRecord, Verdict,
        entity::{Step, events},
        partition::{Guards, Parts, part, same},
    },
    table::NONE,
};

impl Live {
    /// Adds a record: it founds an entity, joins one, or bridges several.
    ///
    /// # Errors
    /// When there is one under its id, it names a column that there is not, or there are too many.
    pub fn add(&mut self, record: NewRecord) -> Result<Change, ResolveError> {
        if self.row(&record.id).is_ok() {
            return Err(ResolveError::DuplicateId(record.id));
        }
        u32::try_from(self.data.rows).ok().filter(|row| *row < NONE).ok_or(ResolveError::TooManyRecords)?;
        let variants = self.encode(&record)?;
        let row = self.data.push(&variants, &self.rarest).row;
        self.settle_codes(true);
        let scorer = self.scorer();
        let mut found = self.weigh(&scorer, row, record.source);
        found.truncate(KEPT);
        self.labels.push(self.next_label);
        self.entities.push(EntityId(self.next_label));
        self.next_label += 1;
        for index in &mut self.indexes {
            index.add(&self.data, row);
        }
        self.by_id.insert(record.id.clone(), row);
        self.added.push(record);
        for (other, bits) in &found {
            self.bonds.entry(*other).or_default().push((row, *bits));
        }
        let twin = found.iter().find(|(other, bits)| *bits >= self.threshold && same(&self.data, row, *other)).map(|(other, _)| *other);
        self.bonds.insert(row, found);
        // One more of the same in an entity of which nobody said anything changes nothing else.
        if let Some(entity) = twin.map(|twin| self.entity_of(twin)).filter(|entity| !self.options.one_to_one && self.is_unjudged(*entity, row)) {
            self.place(row, entity);
            return Ok(Change { events: vec![EntityEvent::Joined { id: entity, record: self.id(row).to_owned() }], contradicted: Vec::new() });
        }
        Ok(self.rework(&[row], Some(row)))
    }

    /// Removes a record. What it alone held together comes apart.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn remove(&mut self, id: &str) -> Result<Change, ResolveError> {
        let row = self.row(id)?;
        let entity = self.entity_of(row);
        let mut rest: Vec<u32> = self.members.get(&entity).into_iter().flatten().copied().filter(|other| *other != row).collect();
        rest.sort_unstable_by_key(|row| self.label(*row));
        self.gone.insert(row);
        // The number goes on with the oldest record that is left.
        if let Some(heir) = rest.first().copied() {
            let label = self.label(row).min(self.label(heir));
            if let Some(slot) = self.labels.get_mut(heir as usize) {
                *slot = label;
            }
        }
        let id = id.to_owned();
        if rest.is_empty() {
            self.members.remove(&entity);
            return Ok(Change { events: vec![EntityEvent::Left { id: entity, record: id }, EntityEvent::Retired { id: entity }], contradicted: Vec::new() });
        }
        if let Some(members) = self.members.get_mut(&entity) {
            members.retain(|member| *member != row);
        }
        let mut change = self.rework(&rest, None);
        change.events.insert(0, EntityEvent::Left { id: entity, record: id });
        Ok(change)
    }

    /// Notes what a person says of two records, and follows it.
    ///
    /// # Errors
    /// When there is no record of such an id.
    pub fn judge(&mut self, a: &str, b: &str, verdict: Verdict) -> Result<(JudgementId, Change), ResolveError> {
        let rows = [self.row(a)?, self.row(b)?];
        let id = self.judgements.add(a, b, verdict);
        Ok((id, self.rework(&rows, None)))
    }

    /// Takes a judgement back: what was is restored, to the number.
    ///
    /// # Errors
    /// When there is no such judgement.
    pub fn undo(&mut self, id: JudgementId) -> Result<Change, ResolveError> {
        let judgement = self.judgements.remove(id).ok_or(ResolveError::UnknownJudgement(id.0))?;
        let rows: Vec<u32> = [&judgement.a, &judgement.b].into_iter().filter_map(|id| self.row(id).ok()).collect();
        Ok(self.rework(&rows, None))
    }

    /// Lets the neighbourhood of some records fall into clusters anew.
    pub(super) fn rework(&mut self, start: &[u32], new: Option<u32>) -> Change {
        let mut neighbourhood = self.neighbourhood(start);
        let source = |row: u32| self.source(row);
        let guards = Guards { threshold: self.threshold, share: SHARE, clean: self.options.one_to_one.then_some(&source) };
        let Parts { clusters, contradicted } = part(&self.scorer(), &mut neighbourhood, &guards);
        let rows = neighbourhood.rows;
        let before: Vec<Option<EntityId>> = rows.iter().map(|row| (Some(*row) != new).then(|| self.entity_of(*row))).collect();
        for id in before.iter().flatten() {
            self.members.remove(id);
        }
        for cluster in clusters {
            let members: SmallVec<[u32; 4]> = cluster.iter().filter_map(|place| rows.get(*place)).copied().collect();
            let Some(id) = members.iter().map(|row| self.label(*row)).min().map(EntityId) else { continue };
            for row in &members {
                if let Some(entity) = self.entities.get_mut(*row as usize) {
                    *entity = id;
                }
            }
            self.members.insert(id, members);
        }
        let steps: Vec<Step<'_>> =
            rows.iter().zip(before).map(|(row, before)| Step { record: self.id(*row), before, after: Some(self.entity_of(*row)) }).collect();
        let ids = |place: usize| rows.get(place).map_or_else(String::new, |row| self.id(*row).to_owned());
        Change { events: events(&steps), contradicted: contradicted.into_iter().map(|(a, b)| (ids(a), ids(b))).collect() }
    }

    /// Whether nobody said anything of the records of an entity and of one more.
    fn is_unjudged(&self, entity: EntityId, row: u32) -> bool {
        let judged = |row: u32| !self.judgements.of(self.id(row)).is_empty();
        self.judgements.is_empty() || !judged(row) && !self.members.get(&entity).into_iter().flatten().any(|row| judged(*row))
    }

    fn place(&mut self, row: u32, entity: EntityId) {
        if let Some(slot) = self.entities.get_mut(row as usize) {
            *slot = entity;
        }
        self.members.entry(entity).or_default().push(row);
    }

    pub(super) fn label(&self, row: u32) -> u64 {
        self.labels.get(row as usize).copied().unwrap_or(u64::MAX)
    }
}
