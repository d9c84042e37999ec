//! Small journals.

use candour_oversight::{Context, Explained, Look, Outcome, Reckoned, Reckoning, Relation, Relations, Window};
use jiff::tz::TimeZone;

/// 2026-01-05T00:00Z, a Monday. Milliseconds since 1970.
pub(crate) const MONDAY: i64 = 1_767_571_200_000;
const MINUTE: i64 = 60_000;

/// A look, with what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) time: i64,
    pub(crate) actor: String,
    pub(crate) action: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) case: String,
    pub(crate) query: String,
    pub(crate) outcome: Outcome,
    pub(crate) results: u64,
    pub(crate) records: Vec<u32>,
    pub(crate) context: Context,
}

/// A look at one record at noon of a day, counted from Monday.
pub(crate) fn look(day: i64, actor: &str, record: u32) -> Line {
    Line {
        time: MONDAY + (day * 24 + 12) * 60 * MINUTE,
        actor: actor.to_owned(),
        action: "open_entity",
        purpose: "crime-investigation",
        case: String::new(),
        query: String::new(),
        outcome: Outcome::Answered,
        results: 1,
        records: vec![record],
        context: Context::default(),
    }
}

/// A search that finds nothing.
pub(crate) fn nothing(day: i64, actor: &str, query: &str) -> Line {
    Line { action: "search", query: query.to_owned(), outcome: Outcome::Empty, results: 0, records: Vec::new(), ..look(day, actor, 0) }
}

impl Line {
    pub(crate) fn at(mut self, hour: i64, minute: i64) -> Self {
        self.time = self.time - self.time.rem_euclid(24 * 60 * MINUTE) + (hour * 60 + minute) * MINUTE;
        self
    }

    pub(crate) fn case(self, case: &str) -> Self {
        Self { case: case.to_owned(), ..self }
    }

    pub(crate) fn explained(mut self) -> Self {
        self.context.explained = Some(Explained::Case);
        self
    }

    pub(crate) fn related(mut self, relation: Relation, is_common: bool) -> Self {
        let mut relations = self.context.relations;
        relations.add(relation, is_common);
        self.context.relations = relations.and(Relations::NONE);
        self
    }
}

/// All time, in UTC.
pub(crate) fn always() -> Window {
    Window { since: i64::MIN, until: i64::MAX, zone: TimeZone::UTC }
}

/// Reckons a journal up; entry numbers are places in it.
pub(crate) fn reckon(lines: &[Line], window: Window) -> Reckoned {
    let mut reckoning = Reckoning::new(window);
    let roles = ["analyst".to_owned()];
    for (index, line) in (0..).zip(lines) {
        let look = Look {
            index,
            time: line.time,
            actor: &line.actor,
            roles: &roles,
            unit: None,
            action: line.action,
            purpose: line.purpose,
            case: &line.case,
            reason: "",
            mandate: "",
            query: &line.query,
            outcome: line.outcome,
            results: line.results,
            records: &line.records,
        };
        reckoning.take(&look, &line.context);
    }
    reckoning.finish()
}
