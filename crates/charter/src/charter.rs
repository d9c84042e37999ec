//! A loaded charter: text that was parsed, checked and validated, ready to decide.

use std::{collections::BTreeMap, path::Path, sync::OnceLock};

use candour_model::marking::Marking;
use jiff::{
    civil::{Date, Time},
    tz::Offset,
};

use crate::{
    declared::{AuthorityRule, LedgerRule, Retention, Sessions, Thresholds, Value},
    error::CharterError,
    files::{self, DEFAULT, RULES, SCHEMA},
    policies,
    rules::{PurposeRule, Role, Rules},
    world::{World, action_names},
};

/// The rules in force. It never changes; a new text is a new charter with another [`Charter::hash`].
#[derive(Debug)]
pub struct Charter {
    hash: String,
    texts: Vec<(String, String)>,
    /// Milliseconds since 1970.
    expires_ms: i64,
    pub(crate) rules: Rules,
    pub(crate) world: World,
    /// Which roles may do an action for any purpose or none: refusals name them. Found when first needed.
    able: OnceLock<BTreeMap<String, Vec<String>>>,
}

impl Charter {
    /// Loads a folder: `charter.toml`, `schema.cedarschema` and `policies/*.cedar`. Files of other kinds are passed over.
    ///
    /// # Errors
    /// Where a file cannot be read, and as [`Charter::from_files`].
    pub fn load(dir: &Path) -> Result<Self, CharterError> {
        Self::from_files(&files::read(dir)?)
    }

    /// A charter of texts, each with its path relative to the charter's folder and with `/` between its parts.
    ///
    /// # Errors
    /// With file, line and remedy: where a text does not parse, declares something twice or not at all, where a policy
    /// does not pass validation, and where the schema does not fit the program.
    pub fn from_files(texts: &[(String, String)]) -> Result<Self, CharterError> {
        let mut texts: Vec<_> = texts.iter().filter(|(path, _)| files::is_text_of_charter(path)).cloned().collect();
        texts.sort();
        let find = |name: &str| texts.iter().find(|(path, _)| path == name).map(|(_, text)| text.as_str());
        let required = |name: &str| find(name).ok_or_else(|| CharterError::Missing { file: name.to_owned() });
        if let Some((stray, _)) = texts.iter().find(|(path, _)| path != RULES && path != SCHEMA && !files::is_policy(path)) {
            return Err(CharterError::Stray { file: stray.clone() });
        }
        let (words, schema_text) = (required(RULES)?, required(SCHEMA)?);
        let schema = policies::schema(schema_text)?;
        let rules = Rules::parse(words, &action_names(&schema))?;
        let policies: Vec<_> = texts.iter().filter(|(path, _)| files::is_policy(path)).map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let world = World::new(&rules, &schema, schema_text, &policies)?;
        let expires_ms = end_of(rules.expires);
        Ok(Self { hash: files::hash(&texts), texts, expires_ms, rules, world, able: OnceLock::new() })
    }

    /// The shipped charter.
    ///
    /// # Errors
    /// None, as long as the tests pass.
    pub fn builtin() -> Result<Self, CharterError> {
        let files: Vec<_> = DEFAULT.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self::from_files(&files)
    }

    /// SHA-256, in hexadecimal, over paths and texts: what the journal records as the rules of a decision.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The texts that it was made of, by path, sorted: what a home keeps of a charter in force.
    #[must_use]
    pub fn texts(&self) -> &[(String, String)] {
        &self.texts
    }

    /// Its number, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.rules.version
    }

    /// Hash of the version before it; `None` for the first.
    #[must_use]
    pub fn previous(&self) -> Option<&str> {
        self.rules.previous.as_deref()
    }

    /// Its last day.
    #[must_use]
    pub fn expires(&self) -> Date {
        self.rules.expires
    }

    /// The first moment at which it is no longer in force, in milliseconds since 1970: the end of its last day, in UTC.
    #[must_use]
    pub fn expires_ms(&self) -> i64 {
        self.expires_ms
    }

    /// Whose signatures bring charters and mandates into force.
    #[must_use]
    pub fn authority(&self) -> &AuthorityRule {
        &self.rules.authority
    }

    /// The retention review groups, in the order of the text.
    #[must_use]
    pub fn retention(&self) -> &[Retention] {
        &self.rules.retention
    }

    /// Limits that the program keeps to.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        self.rules.thresholds
    }

    /// The declared values, in the order of the text.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.rules.values
    }

    /// Who watches the log, and what waits for them.
    #[must_use]
    pub fn ledger(&self) -> &LedgerRule {
        &self.rules.ledger
    }

    /// How long somebody stays signed in.
    #[must_use]
    pub fn sessions(&self) -> Sessions {
        self.rules.sessions
    }

    /// Whose charter it is.
    #[must_use]
    pub fn organisation(&self) -> &str {
        &self.rules.organisation
    }

    /// The purposes that people may state, in the order of the text.
    #[must_use]
    pub fn purposes(&self) -> &[PurposeRule] {
        &self.rules.purposes
    }

    /// The roles that people may hold, in the order of the text.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.rules.roles
    }

    /// The markings that evidence may carry, in the order of the text.
    #[must_use]
    pub fn markings(&self) -> &[Marking] {
        &self.rules.markings
    }

    /// The id of the marking of whatever comes in without one.
    #[must_use]
    pub fn default_marking(&self) -> &str {
        &self.rules.default_marking
    }

    /// Names of everything a person may ask to do, in the order of the schema's text.
    pub fn actions(&self) -> impl Iterator<Item = &str> {
        self.world.actions()
    }

    /// Ids of the roles that may do an action for any purpose or none.
    pub(crate) fn able(&self, action: &str) -> &[String] {
        let able = self.able.get_or_init(|| {
            let matrix = self.matrix();
            matrix.actions.iter().map(|action| (action.clone(), matrix.able(action).map(str::to_owned).collect())).collect()
        });
        able.get(action).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn purpose(&self, id: &str) -> Option<&PurposeRule> {
        self.rules.purposes.iter().find(|purpose| purpose.id == id)
    }
}

/// The end of a day in UTC, in milliseconds since 1970.
fn end_of(day: Date) -> i64 {
    let next = day.tomorrow().unwrap_or(day);
    Offset::UTC.to_timestamp(next.to_datetime(Time::midnight())).map_or(0, |start| start.as_millisecond())
}
