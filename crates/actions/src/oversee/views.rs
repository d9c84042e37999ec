//! What an overseer is shown. No field holds anything that a record says.

use candour_oversight::{ALERT, Count, Ranked, Reckoned, TABLE};
use candour_store::JournalEntry;
use serde::Serialize;
use utoipa::ToSchema;

use super::{OverseeSpan, shown};
use crate::{desk::Desk, error::ActionError, view::instant};

/// One part of the overseer's desk.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OverseeView {
    /// First instant, RFC 3339; absent where it is the journal's beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// First instant after it, RFC 3339.
    pub until: String,
    /// Whose days and nights.
    pub zone: String,
    /// The log, its witnesses, heartbeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<super::StateView>,
    /// Usage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<UsageView>,
    /// Accesses that nothing explains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unexplained: Option<RankingView>,
}

/// How the system was used.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UsageView {
    /// All together.
    pub total: CountView,
    /// Accesses that found nothing.
    pub empty: u64,
    /// Looks that went wrong or were not understood; no accesses.
    pub failed: u64,
    /// The score from which an unexplained access is an alert.
    pub alert_score: u32,
    /// By stated purpose.
    pub by_purpose: Vec<CountView>,
    /// By role, as people have them now; who has several counts under each.
    pub by_role: Vec<CountView>,
    /// By person.
    pub by_person: Vec<CountView>,
    /// By unit; empty keys where the home knows of no units.
    pub by_unit: Vec<CountView>,
    /// By action.
    pub by_action: Vec<CountView>,
    /// By hour of the day, 00 to 23.
    pub by_hour: Vec<CountView>,
}

/// How often something occurs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CountView {
    /// What is counted.
    pub key: String,
    /// Looks that were allowed and understood.
    pub accesses: u64,
    /// Looks that the charter refused.
    pub refused: u64,
    /// Accesses that nothing explains.
    pub unexplained: u64,
    /// Unexplained accesses with at least the score of an alert.
    pub alerts: u64,
    /// Alerts for every thousand accesses.
    pub alerts_per_thousand: f64,
}

/// A page of the ranking.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RankingView {
    /// Accesses that nothing explains.
    pub total: usize,
    /// Explained accesses to records in a relation to the person who looked; they come after all the others.
    pub explained_but_related: usize,
    /// Accesses in all.
    pub of_accesses: u64,
    /// Unexplained accesses with at least `alert_score`.
    pub alerts: u64,
    /// The score from which an unexplained access is an alert.
    pub alert_score: u32,
    /// Alerts for every thousand accesses.
    pub alerts_per_thousand: f64,
    /// The table of weights.
    pub weights: Vec<WeightView>,
    /// The page. Each is a question to ask, not an answer.
    pub accesses: Vec<RankedView>,
}

/// A row of the table of weights.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WeightView {
    /// The word for it.
    pub name: String,
    /// What it adds.
    pub weight: u32,
    /// What it means.
    pub words: String,
}

/// One access.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RankedView {
    /// Number of the journal's entry.
    pub entry: u64,
    /// When, RFC 3339.
    pub time: String,
    /// Who looked.
    pub person: String,
    /// What they did.
    pub action: String,
    /// Stated purpose.
    pub purpose: String,
    /// Stated case.
    pub case: String,
    /// Stated reason.
    pub reason: String,
    /// Stated mandate.
    pub mandate: String,
    /// Sum of the weights.
    pub score: u32,
    /// Whether it counts as an alert.
    pub alert: bool,
    /// What explains it, where anything does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<String>,
    /// Why it stands where it does.
    pub reasons: Vec<ReasonView>,
    /// Ids of the records looked at, as the entry names them.
    pub records: Vec<String>,
    /// Fields of the entry that were erased since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<String>,
}

/// A reason in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonView {
    /// The word for it.
    pub name: String,
    /// What it adds to the score.
    pub weight: u32,
    /// What was found.
    pub words: String,
}

impl OverseeView {
    pub(super) fn of(span: &OverseeSpan, now: i64) -> Self {
        Self {
            since: span.since.map(instant),
            until: instant(span.until.unwrap_or(now)),
            zone: span.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
            state: None,
            usage: None,
            unexplained: None,
        }
    }
}

impl CountView {
    fn of(count: &Count) -> Self {
        Self {
            key: count.key.clone(),
            accesses: count.accesses,
            refused: count.refused,
            unexplained: count.unexplained,
            alerts: count.alerts,
            alerts_per_thousand: count.alerts_per_thousand(),
        }
    }
}

impl UsageView {
    pub(super) fn of(reckoned: &Reckoned) -> Self {
        let usage = &reckoned.usage;
        let all = |counts: &[Count]| counts.iter().map(CountView::of).collect();
        Self {
            total: CountView::of(&usage.total),
            empty: usage.empty,
            failed: usage.failed,
            alert_score: ALERT,
            by_purpose: all(&usage.purposes),
            by_role: all(&usage.roles),
            by_person: all(&usage.people),
            by_unit: all(&usage.units),
            by_action: all(&usage.actions),
            by_hour: all(&usage.hours),
        }
    }
}

impl Desk {
    /// A page of the ranking; what the entries say is read again.
    pub(super) fn ranking(&self, reckoned: &Reckoned, limit: usize, offset: usize) -> Result<RankingView, ActionError> {
        let mut accesses = Vec::new();
        for ranked in reckoned.ranking.iter().skip(offset).take(limit) {
            if let Some(entry) = self.store().journal_entry(ranked.index)? {
                accesses.push(view(reckoned, ranked, &entry));
            }
        }
        let total = reckoned.unexplained();
        Ok(RankingView {
            total,
            explained_but_related: reckoned.ranking.len() - total,
            of_accesses: reckoned.usage.total.accesses,
            alerts: reckoned.usage.total.alerts,
            alert_score: ALERT,
            alerts_per_thousand: reckoned.usage.alerts_per_thousand(),
            weights: TABLE.iter().map(|row| WeightView { name: row.name.to_owned(), weight: row.weight, words: row.words.to_owned() }).collect(),
            accesses,
        })
    }
}

fn view(reckoned: &Reckoned, ranked: &Ranked, entry: &JournalEntry) -> RankedView {
    let field = |name: &str| entry.field(name).unwrap_or_default().to_owned();
    let reasons = reckoned.found(ranked).into_iter();
    RankedView {
        entry: ranked.index,
        time: instant(entry.time),
        person: field("actor"),
        action: field("action"),
        purpose: field("purpose"),
        case: field("case"),
        reason: field("reason"),
        mandate: field("mandate"),
        score: ranked.score,
        alert: ranked.is_alert(),
        explained: ranked.explained.map(|explained| explained.words().to_owned()),
        reasons: reasons.map(|found| ReasonView { name: found.reason.row().name.to_owned(), weight: found.weight, words: found.words }).collect(),
        records: shown::ids(entry).into_iter().map(str::to_owned).collect(),
        erased: shown::erased(entry),
    }
}
