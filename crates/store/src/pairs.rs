//! Words on pairs of entities: what a machine proposes and what a person says. Append-only.

use candour_model::{
    id::{EntityNo, MarkingNo},
    judgement::Verdict,
};
use rusqlite::{Connection, params};

use crate::error::StoreError;

/// Who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairOrigin {
    /// A run of the resolver.
    Machine,
    /// A person; outranks any machine.
    Person,
}

impl PairOrigin {
    fn word(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Person => "person",
        }
    }
}

/// A word on a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The one with the smaller number.
    pub a: EntityNo,
    /// The other.
    pub b: EntityNo,
    /// The verdict.
    pub verdict: Verdict,
    /// Markings of what the verdict rests on: it counts only for those who see all of them, so that a merge tells nobody
    /// of what they may not see.
    pub needs: Vec<MarkingNo>,
    /// Who spoke.
    pub origin: PairOrigin,
    /// Match probability, where a machine computed one.
    pub probability: Option<f64>,
    /// The reason, or the machine's explanation.
    pub why: String,
    /// Id of the person or name of the method.
    pub actor: String,
    /// Milliseconds since 1970.
    pub recorded_at: i64,
}

/// Appends a word on a pair.
pub(crate) fn append(connection: &Connection, judged: &Judged) -> Result<(), StoreError> {
    let (a, b) = if judged.a <= judged.b { (judged.a, judged.b) } else { (judged.b, judged.a) };
    connection
        .prepare_cached("INSERT INTO pair (a, b, verdict, needs, origin, probability, why, actor, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![
            a.0,
            b.0,
            judged.verdict.word(),
            numbers(&judged.needs),
            judged.origin.word(),
            judged.probability,
            judged.why,
            judged.actor,
            judged.recorded_at
        ])?;
    Ok(())
}

const IN_ORDER: &str = "SELECT a, b, verdict, origin, probability, why, actor, recorded_at, needs FROM pair ORDER BY a, b, origin, no";

/// Calls `each` with every word, pair by pair, those of machines before those of people and older before newer.
pub(crate) fn all(connection: &Connection, mut each: impl FnMut(Judged)) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached(IN_ORDER)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(read(row)?);
    }
    Ok(())
}

/// Calls `each` with every pair's word that counts among those that are heard: the newest by a person, else the newest by
/// a machine.
pub(crate) fn standing(connection: &Connection, heard: impl Fn(&Judged) -> bool, mut each: impl FnMut(Judged)) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached(IN_ORDER)?;
    let mut rows = query.query([])?;
    let mut held: Option<Judged> = None;
    while let Some(row) = rows.next()? {
        let next = read(row)?;
        if !heard(&next) {
            continue;
        }
        // `machine` sorts before `person` and older before newer, so the last row of a pair is the word that counts.
        if let Some(previous) = held.replace(next)
            && held.as_ref().is_some_and(|next| (next.a, next.b) != (previous.a, previous.b))
        {
            each(previous);
        }
    }
    if let Some(last) = held {
        each(last);
    }
    Ok(())
}

fn read(row: &rusqlite::Row<'_>) -> Result<Judged, StoreError> {
    let (verdict, origin, needs): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(8)?);
    // A need that cannot be read must not be dropped: the word would count for more people than it may.
    let needs = markings(&needs);
    Ok(Judged {
        a: EntityNo(row.get(0)?),
        b: EntityNo(row.get(1)?),
        verdict: verdict.parse().map_err(|_| StoreError::Damaged(format!("verdict `{verdict}`")))?,
        origin: if origin == "person" { PairOrigin::Person } else { PairOrigin::Machine },
        probability: row.get(4)?,
        why: row.get(5)?,
        actor: row.get(6)?,
        recorded_at: row.get(7)?,
        needs: needs?,
    })
}

/// Marking numbers as they are stored.
pub(crate) fn numbers(markings: &[MarkingNo]) -> String {
    let words: Vec<String> = markings.iter().map(ToString::to_string).collect();
    words.join(" ")
}

/// Stored marking numbers.
pub(crate) fn markings(numbers: &str) -> Result<Vec<MarkingNo>, StoreError> {
    let read: Result<_, _> = numbers.split_whitespace().map(|no| no.parse().map(MarkingNo)).collect();
    read.map_err(|_| StoreError::Damaged("markings that something needs".to_owned()))
}
