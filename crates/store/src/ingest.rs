//! Drafts become statements: numbered, compared with what is there, appended.

use std::borrow::Cow;

use candour_model::{
    entity::{Claim, Draft},
    grade::Grade,
    id::{EntityNo, MarkingNo, PropNo},
    ontology::Ontology,
    source::Locator,
    statement::{Kind, Status},
    visible::Visible,
};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};
use rustc_hash::FxHashMap;

use crate::{
    erase,
    error::StoreError,
    names::{Names, Provenance, ProvenanceNo, SourceNo, SymbolNo},
    row::place,
};

/// What all drafts of one call share, unless a draft says otherwise.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The document.
    pub source: SourceNo,
    /// Marking of drafts that name none.
    pub marking: MarkingNo,
    /// Numbers of the markings that drafts may name.
    pub markings: FxHashMap<String, MarkingNo>,
    /// Grade of drafts that name none.
    pub grade: Grade,
    /// Where the statements stand.
    pub status: Status,
    /// How they came to be.
    pub method: String,
    /// Who brings them in.
    pub actor: String,
    /// Lawful basis; may be empty.
    pub lawful_basis: String,
    /// Milliseconds since 1970.
    pub recorded_at: i64,
}

/// What an ingestion changed, as far as whoever brings the drafts in may know. What others stored and they do not see is
/// not stored twice, but counted as if it had not been there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Entities seen for the first time.
    pub entities: u64,
    /// Of these, how many are links between others.
    pub links: u64,
    /// Statements added.
    pub statements: u64,
    /// Statements that were there already.
    pub known: u64,
    /// Records and values that were not taken in because they speak of something that was erased.
    pub withheld: u64,
}

/// What makes a statement the same as one that is there already. What is not said is empty.
#[derive(PartialEq, Eq, Hash)]
struct Stance<'d> {
    prop: SymbolNo,
    provenance: ProvenanceNo,
    value: Cow<'d, str>,
    lang: Cow<'d, str>,
    valid_from: Cow<'d, str>,
    valid_to: Cow<'d, str>,
}

impl<'d> Stance<'d> {
    /// Of a claim, or of the mere existence of what is drafted.
    fn of(draft: &'d Draft, claim: Option<&'d Claim>, prop: SymbolNo, provenance: ProvenanceNo) -> Self {
        let text = |text: Option<&'d str>| Cow::Borrowed(text.unwrap_or_default());
        Self {
            prop,
            provenance,
            value: text(claim.map(|claim| claim.value.as_str())),
            lang: text(claim.and_then(|claim| claim.lang.as_deref())),
            valid_from: text(draft.valid_from.as_deref()),
            valid_to: text(draft.valid_to.as_deref()),
        }
    }
}

/// Appends drafts. `next_seq` is the store's running number; `visible` is what whoever is told the counts sees, `None`
/// for everything.
pub(crate) fn ingest(
    connection: &Connection,
    names: &mut Names,
    next_seq: &mut i64,
    drafts: &[Draft],
    origin: &Origin,
    visible: Option<&Visible>,
) -> Result<Ingested, StoreError> {
    let mut done = Ingested::default();
    let (drafts, withheld) = erase::without_buried(connection, visible, drafts)?;
    done.withheld = withheld;
    let (order, by_entity) = grouped(&drafts);
    let mut writer = EntityWriter::new(connection)?;
    let mut provenances = Provenances::default();
    for id in order {
        let Some(drafts) = by_entity.get(id) else { continue };
        let (entity, is_new) = writer.number(id)?;
        let is_told = |provenance: &Provenance| visible.is_none_or(|visible| visible.sees(provenance.marking)) || provenance.actor == origin.actor;
        let mut known = if is_new { FxHashMap::default() } else { writer.stances(entity, names, is_told)? };
        if is_new || !known.values().any(|is_told| *is_told) {
            done.entities += 1;
            done.links += u64::from(drafts.iter().any(|draft| is_link(draft)));
        }
        let before = *next_seq;
        for draft in drafts {
            let schema = writer.symbol(names, schema_name(draft)?)?;
            let provenance = provenances.of(connection, names, origin, draft)?;
            let alike = names.alike(provenance);
            if draft.claims.is_empty() {
                // Nothing is claimed but that it exists; FollowTheMoney, too, keeps that under the property `id`.
                let prop = writer.symbol(names, EXISTS)?;
                let stance = Stance::of(draft, None, prop, alike);
                if known.insert(stance, true) != Some(true) {
                    writer.append(entity, *next_seq, schema, prop, provenance, &existence(), draft, origin.recorded_at)?;
                    *next_seq += 1;
                    done.statements += 1;
                }
            }
            for claim in &draft.claims {
                let prop = writer.symbol(names, prop_name(claim.prop)?)?;
                // What is there already, said by somebody whom this one may not see, is stored again as this one's word: else
                // what they bring in next would be counted as if they knew of it.
                if known.insert(Stance::of(draft, Some(claim), prop, alike), true) == Some(true) {
                    done.known += 1;
                    continue;
                }
                writer.append(entity, *next_seq, schema, prop, provenance, claim, draft, origin.recorded_at)?;
                *next_seq += 1;
                done.statements += 1;
            }
        }
        if *next_seq > before {
            writer.mark_unindexed(entity)?;
        }
    }
    Ok(done)
}

/// The ids of drafts in order of first appearance, and the drafts of each.
fn grouped(drafts: &[Draft]) -> (Vec<&str>, FxHashMap<&str, Vec<&Draft>>) {
    let mut order: Vec<&str> = Vec::new();
    let mut by_entity: FxHashMap<&str, Vec<&Draft>> = FxHashMap::default();
    for draft in drafts {
        by_entity
            .entry(&draft.id)
            .or_insert_with(|| {
                order.push(&draft.id);
                Vec::new()
            })
            .push(draft);
    }
    (order, by_entity)
}

/// Name of the property that says no more than that an entity exists.
const EXISTS: &str = "id";

fn existence() -> Claim {
    Claim { prop: PropNo(u16::MAX), value: String::new(), original: None, lang: None, locator: Locator::Whole }
}

fn schema_name(draft: &Draft) -> Result<&'static str, StoreError> {
    let schema = Ontology::builtin().by_no(draft.schema).ok_or_else(|| StoreError::Damaged(format!("draft `{}` of an unknown schema", draft.id)))?;
    Ok(&schema.name)
}

fn prop_name(no: PropNo) -> Result<&'static str, StoreError> {
    let prop = Ontology::builtin().prop(no).ok_or_else(|| StoreError::Damaged(format!("property {no} is not in the ontology")))?;
    Ok(&prop.name)
}

fn is_link(draft: &Draft) -> bool {
    Ontology::builtin().by_no(draft.schema).is_some_and(|schema| schema.edge.is_some())
}

/// Provenance numbers of the few combinations that one batch uses.
#[derive(Default)]
struct Provenances {
    seen: FxHashMap<(MarkingNo, Grade, Kind), ProvenanceNo>,
}

impl Provenances {
    fn of(&mut self, connection: &Connection, names: &mut Names, origin: &Origin, draft: &Draft) -> Result<ProvenanceNo, StoreError> {
        let marking = match &draft.marking {
            None => origin.marking,
            Some(id) => *origin.markings.get(id).ok_or_else(|| StoreError::Refused(format!("marking `{id}` of entity `{}` is not declared", draft.id)))?,
        };
        let key = (marking, draft.grade.unwrap_or(origin.grade), draft.kind);
        if let Some(no) = self.seen.get(&key) {
            return Ok(*no);
        }
        let no = names.intern_provenance(
            connection,
            &Provenance {
                source: origin.source,
                marking,
                grade: key.1,
                kind: key.2,
                status: origin.status,
                method: origin.method.clone(),
                actor: origin.actor.clone(),
                lawful_basis: origin.lawful_basis.clone(),
            },
        )?;
        self.seen.insert(key, no);
        Ok(no)
    }
}

/// The prepared statements of one batch.
struct EntityWriter<'c> {
    connection: &'c Connection,
    find: CachedStatement<'c>,
    add: CachedStatement<'c>,
    load: CachedStatement<'c>,
    append: CachedStatement<'c>,
    unindexed: CachedStatement<'c>,
    next_entity: u32,
    symbols: FxHashMap<&'static str, SymbolNo>,
}

impl<'c> EntityWriter<'c> {
    fn new(connection: &'c Connection) -> Result<Self, StoreError> {
        let last: Option<u32> = connection.query_row("SELECT max(no) FROM entity", [], |row| row.get(0))?;
        Ok(Self {
            connection,
            find: connection.prepare_cached("SELECT no FROM entity WHERE id = ?")?,
            add: connection.prepare_cached("INSERT INTO entity VALUES (?, ?)")?,
            load: connection.prepare_cached("SELECT prop, provenance, value, lang, valid_from, valid_to FROM statement WHERE entity = ?")?,
            append: connection.prepare_cached("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?,
            unindexed: connection.prepare_cached("INSERT OR IGNORE INTO unindexed (entity) VALUES (?)")?,
            next_entity: last.map_or(0, |no| no.saturating_add(1)),
            symbols: FxHashMap::default(),
        })
    }

    fn number(&mut self, id: &str) -> Result<(EntityNo, bool), StoreError> {
        if let Some(no) = self.find.query_row([id], |row| row.get(0)).optional()? {
            return Ok((EntityNo(no), false));
        }
        let no = self.next_entity;
        self.next_entity = no.checked_add(1).ok_or(StoreError::Limit("4,294,967,295 entities"))?;
        self.add.execute(params![no, id])?;
        Ok((EntityNo(no), true))
    }

    /// What is stored of an entity, each with whether it may be told of.
    fn stances(&mut self, entity: EntityNo, names: &Names, is_told: impl Fn(&Provenance) -> bool) -> Result<FxHashMap<Stance<'static>, bool>, StoreError> {
        let mut rows = self.load.query([entity.0])?;
        let mut known: FxHashMap<Stance<'static>, bool> = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let text = |column: usize| -> Result<Cow<'static, str>, rusqlite::Error> {
                Ok(row.get_ref(column)?.as_str_or_null()?.filter(|text| !text.is_empty()).map_or(Cow::Borrowed(""), |text| Cow::Owned(text.to_owned())))
            };
            let provenance = ProvenanceNo(row.get(1)?);
            let told = names.provenance(provenance).is_some_and(&is_told);
            let stance = Stance {
                prop: SymbolNo(row.get(0)?),
                provenance: names.alike(provenance),
                value: text(2)?,
                lang: text(3)?,
                valid_from: text(4)?,
                valid_to: text(5)?,
            };
            *known.entry(stance).or_default() |= told;
        }
        Ok(known)
    }

    fn symbol(&mut self, names: &mut Names, name: &'static str) -> Result<SymbolNo, StoreError> {
        if let Some(no) = self.symbols.get(name) {
            return Ok(*no);
        }
        let no = names.intern_symbol(self.connection, name)?;
        self.symbols.insert(name, no);
        Ok(no)
    }

    #[expect(clippy::too_many_arguments, reason = "one argument per column")]
    fn append(
        &mut self,
        entity: EntityNo,
        seq: i64,
        schema: SymbolNo,
        prop: SymbolNo,
        provenance: ProvenanceNo,
        claim: &Claim,
        draft: &Draft,
        recorded_at: i64,
    ) -> Result<(), StoreError> {
        let (place, place_a, place_b) = place(claim.locator);
        self.append.execute(params![
            entity.0,
            seq,
            schema.0,
            prop.0,
            claim.value,
            claim.original,
            claim.lang,
            provenance.0,
            place,
            place_a,
            place_b,
            draft.valid_from,
            draft.valid_to,
            recorded_at
        ])?;
        Ok(())
    }

    fn mark_unindexed(&mut self, entity: EntityNo) -> Result<(), StoreError> {
        self.unindexed.execute([entity.0])?;
        Ok(())
    }
}
