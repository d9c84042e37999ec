//! What `charter.toml` declares beside purposes, roles and markings: authority, retention, thresholds, values, ledger, sessions.

use candour_ledger::VerifierKey;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};

/// Whose signatures bring charters and mandates into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityRule {
    /// How many of the keys it takes.
    pub threshold: usize,
    /// The keys, all different.
    pub keys: Vec<VerifierKey>,
    /// Hashes of earlier charters whose mandates stay in force under this one.
    pub keeps_mandates_of: Vec<String>,
    /// The longest that a mandate may last, in days.
    pub max_mandate_days: u32,
}

/// A retention review group and how it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Its number, 1 to 4, as markings name it.
    pub group: u8,
    /// What belongs to it.
    pub label: String,
    /// Years from one review to the next.
    pub review_years: u16,
    /// Years without a new record before the first review; absent where reviews begin at once.
    #[serde(default)]
    pub clear_years: Option<u16>,
    /// Age, in years, that a person would have reached when a review is due at the latest, whatever was decided before;
    /// absent where no age counts.
    #[serde(default)]
    pub until_age: Option<u16>,
    /// Where the rule stands.
    pub source: String,
    /// When somebody last compared it with its source.
    #[serde(deserialize_with = "date")]
    pub checked: Date,
    /// How well it was compared.
    pub confidence: Confidence,
}

/// How well a declared rule was compared with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Read in the primary text.
    Primary,
    /// Read in a secondary source.
    Secondary,
    /// Recalled; to be verified before anybody relies on it.
    Recalled,
}

/// Limits that the program keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// How long break-glass access lasts, 1 to 60 minutes.
    pub break_glass_minutes: u32,
    /// Days after the end of a break-glass access at which its open review counts as overdue, 1 to 31.
    pub break_glass_review_days: u32,
    /// Days ahead of its due date at which a retention review counts as due soon, 0 to 366.
    pub review_notice_days: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { break_glass_minutes: 60, break_glass_review_days: 7, review_notice_days: 90 }
    }
}

/// The kind of lawful hook that lets a value hold a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HookKind {
    /// A ground of Schedule 6 or 7 of the Procurement Act 2023.
    ExclusionGround,
    /// A condition of participation.
    ConditionOfParticipation,
    /// An award criterion.
    AwardCriterion,
    /// A term of the contract.
    ContractTerm,
    /// A rule of approval or budget of the authority itself, or of procedure.
    ApprovalRule,
}

/// A lawful hook: its kind and its citation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// Which kind.
    pub kind: HookKind,
    /// The provision or rule.
    pub law: String,
}

/// A value that the organisation declares: what it holds itself to when it buys.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Its lawful hook, if it has one.
    #[serde(default)]
    pub hook: Option<Hook>,
    /// Non-commercial matters (Local Government Act 1988 s.17(5)) that it concerns, by words such as `location`.
    #[serde(default)]
    pub matters: Vec<String>,
}

impl Value {
    /// Why the value may only inform and never hold a contract; `None` where it may hold. A check of form, not legal advice.
    #[must_use]
    pub fn informs_only(&self) -> Option<String> {
        if !self.matters.is_empty() {
            let matters = self.matters.join(", ");
            return Some(format!(
                "it concerns a non-commercial matter ({matters}), to which the Local Government Act 1988 s.17 lets the authorities it lists have no regard"
            ));
        }
        self.hook
            .is_none()
            .then(|| "it has no lawful hook, and the Local Government Act 1988 s.17 lets the authorities it lists hold a contract through one only".to_owned())
    }
}

/// A witness of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessRule {
    /// Its key.
    pub key: VerifierKey,
    /// Where checkpoints are submitted to it.
    pub url: String,
}

/// Who watches the log, and what waits for them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerRule {
    /// The witnesses.
    pub witnesses: Vec<WitnessRule>,
    /// How many of them have to cosign; 0 where nothing waits.
    pub threshold: usize,
    /// Actions whose answer waits for the cosignatures.
    pub wait_for: Vec<String>,
}

/// How long somebody, or somebody's program, stays signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sessions {
    /// Minutes without a request after which a session ends, 1 to 240.
    pub idle_minutes: u32,
    /// Hours after which it ends in any case, 1 to 24.
    pub absolute_hours: u32,
    /// Days after which a token of somebody's program ends in any case, 1 to 366.
    pub token_days: u32,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { idle_minutes: 15, absolute_hours: 10, token_days: 90 }
    }
}

/// A day, written `YYYY-MM-DD`.
pub(crate) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    day(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no day; write it as 2026-11-01")))
}

/// A day in the one form in which statements write it.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|day| day.to_string() == text)
}
