//! What everybody may see without signing in: the rules in force, the mandates, how often what was done, and how to verify it.

use candour_store::Receipt;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    cosign::CosignedView,
    desk::Desk,
    error::ActionError,
    glasses::Phase,
    heard::{DAY, Heard},
    mandate_view::MandateView,
    view::instant,
};

/// Most heartbeats of one answer.
const MOST: usize = 1440;

/// The public page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicView {
    /// Whose home it is.
    pub organisation: String,
    /// The log as it stands.
    pub log: PublicLog,
    /// The charter in force.
    pub charter: PublicCharter,
    /// The register of mandates.
    pub mandates: Vec<PublicMandate>,
    /// Emergency accesses, counted.
    pub break_glass: PublicGlass,
    /// How often what was done on each of the last 30 days, the running one included.
    pub counts: Vec<PublicCount>,
    /// Signs of life.
    pub heartbeat: PublicHeartbeat,
    /// Lines for a console.
    pub how_to_verify: Vec<String>,
}

/// The log as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicLog {
    /// Whose log it is.
    pub origin: String,
    /// Entries.
    pub size: u64,
    /// Root hash, base64.
    pub root: String,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The key that verifies it.
    pub log_key: String,
    /// The newest checkpoint that witnesses vouch for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cosigned: Option<CosignedView>,
}

/// The charter in force.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicCharter {
    /// Its version.
    pub version: u32,
    /// Its hash.
    pub hash: String,
    /// Until when it decides anything; RFC 3339.
    pub expires: String,
    /// Names of the authority's keys that signed it.
    pub signers: Vec<String>,
    /// How many it takes.
    pub needed: usize,
    /// All versions, oldest first.
    pub versions: Vec<PublicVersion>,
}

/// One version of the charter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicVersion {
    /// Number.
    pub version: String,
    /// Hash.
    pub hash: String,
    /// When it came into force; RFC 3339.
    pub adopted_at: String,
}

/// A mandate in public: what it opens, not who drafted it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicMandate {
    /// Id.
    pub id: String,
    /// Version.
    pub version: u32,
    /// Purpose.
    pub purpose: String,
    /// Role.
    pub group: String,
    /// Special categories of data.
    pub classes: Vec<String>,
    /// Highest classification.
    pub highest: String,
    /// From when.
    pub not_before: String,
    /// Until when.
    pub not_after: String,
    /// How it stands.
    pub standing: String,
    /// Hash of its charter.
    pub charter: String,
}

/// Emergency accesses, counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicGlass {
    /// Approved in all.
    pub total: usize,
    /// Of these, not yet reviewed.
    pub open_reviews: usize,
    /// Of those, open for longer than the charter allows.
    pub overdue_reviews: usize,
    /// Approved within 30 days.
    pub last_30_days: usize,
}

/// How often something was done on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicCount {
    /// Day, UTC.
    pub day: String,
    /// Action.
    pub action: String,
    /// Id of the purpose, or `-`.
    pub purpose_class: String,
    /// How often.
    pub count: u64,
}

/// Signs of life.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicHeartbeat {
    /// The last one; RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Minutes of the last seven days, or since the first sign, without one.
    pub silent_minutes_7_days: i64,
}

/// Heartbeats with all their fields opened, so that anybody can check the counts against the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicHeartbeats {
    /// Receipts, oldest first.
    #[schema(value_type = Vec<serde_json::Value>)]
    pub receipts: Vec<Receipt>,
}

impl Desk {
    /// The public page.
    pub fn public_register(&self) -> Result<PublicView, ActionError> {
        let (in_force, now) = (self.in_force(), self.now());
        let charter = &in_force.charter;
        let status = self.store().log_status()?;
        let (counts, heartbeat) = self.with_heard(|heard| (counts(heard), PublicHeartbeat::of(heard, now)))?;
        let review_days = charter.thresholds().break_glass_review_days;
        let approved: Vec<_> = in_force.glasses.all().filter_map(|glass| Some((glass, glass.approved.as_ref()?.at))).collect();
        let verify = format!("candour verify https://THIS-SITE/log --key '{}'", status.log_key);
        Ok(PublicView {
            organisation: self.home().organisation().to_owned(),
            log: PublicLog {
                origin: status.origin,
                size: status.size,
                root: status.root,
                checkpoint: status.checkpoint,
                log_key: status.log_key,
                cosigned: self.cosigned()?,
            },
            charter: PublicCharter {
                version: charter.version(),
                hash: charter.hash().to_owned(),
                expires: instant(charter.expires_ms()),
                signers: charter.signers(&in_force.note),
                needed: charter.authority().threshold,
                versions: in_force
                    .versions
                    .iter()
                    .map(|version| PublicVersion { version: version.version.clone(), hash: version.hash.clone(), adopted_at: instant(version.adopted_at) })
                    .collect(),
            },
            mandates: self.mandates_now().into_iter().map(PublicMandate::from).collect(),
            break_glass: PublicGlass {
                total: approved.len(),
                open_reviews: approved.iter().filter(|(glass, _)| glass.phase(now) != Phase::Reviewed).count(),
                overdue_reviews: approved.iter().filter(|(glass, _)| glass.review_due(review_days).is_some_and(|due| due <= now)).count(),
                last_30_days: approved.iter().filter(|(_, at)| now.saturating_sub(*at) < 30 * DAY).count(),
            },
            counts,
            heartbeat,
            how_to_verify: vec!["# compare the key with the one published elsewhere".to_owned(), verify],
        })
    }

    /// The heartbeats of a day (`2026-11-24`, UTC), opened.
    pub fn public_heartbeats(&self, day: &str) -> Result<PublicHeartbeats, ActionError> {
        let beats = self.beats_of(day)?;
        let receipts = beats.iter().take(MOST).map(|beat| self.store().prove(beat.entry)).collect::<Result<_, _>>()?;
        Ok(PublicHeartbeats { receipts })
    }
}

impl From<MandateView> for PublicMandate {
    fn from(view: MandateView) -> Self {
        Self {
            id: view.id,
            version: view.version,
            purpose: view.purpose,
            group: view.group,
            classes: view.classes,
            highest: view.highest,
            not_before: view.not_before,
            not_after: view.not_after,
            standing: view.standing,
            charter: view.charter,
        }
    }
}

impl PublicHeartbeat {
    fn of(heard: &Heard, now: i64) -> Self {
        Self { last: heard.last().map(instant), silent_minutes_7_days: heard.silent_minutes(now) }
    }
}

/// The counts of the days that are told of, oldest first.
fn counts(heard: &Heard) -> Vec<PublicCount> {
    let mut counts = Vec::new();
    for (day, of_day) in heard.days() {
        counts.extend(of_day.iter().map(|((action, purpose), count)| PublicCount {
            day: day.clone(),
            action: action.clone(),
            purpose_class: purpose.clone(),
            count: *count,
        }));
    }
    counts
}
