//! A loaded charter: text that was parsed, checked and validated, ready to decide.

use std::{collections::BTreeMap, path::Path, sync::OnceLock};

use candour_model::marking::Marking;

use crate::{
    error::CharterError,
    files::{self, DEFAULT, RULES, SCHEMA},
    rules::{PurposeRule, Role, Rules},
    world::World,
};

/// The rules in force. It never changes; a new text is a new charter with another [`Charter::hash`].
#[derive(Debug)]
pub struct Charter {
    hash: String,
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
        let rules = Rules::parse(required(RULES)?)?;
        let policies: Vec<_> = texts.iter().filter(|(path, _)| files::is_policy(path)).map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let world = World::new(&rules, required(SCHEMA)?, &policies)?;
        Ok(Self { hash: files::hash(&texts), rules, world, able: OnceLock::new() })
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
