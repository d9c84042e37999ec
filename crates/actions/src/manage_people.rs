//! Adding, changing and ending people's accounts: an administrator's work, recorded like everybody's.
//!
//! Nobody widens what they hold themselves. What the journal says of a change is written before the change takes effect.

use candour_model::marking::Classification;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    actors::Person,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
};

/// What is done to whom.
#[derive(Debug, Clone)]
pub enum PeopleChange {
    /// Somebody new.
    Add {
        /// An id that nobody here has or had.
        id: String,
        /// Name for people.
        name: String,
        /// Roles of the charter.
        roles: Vec<String>,
        /// Highest classification.
        clearance: Classification,
        /// Operations.
        compartments: Vec<String>,
        /// What the OpenID provider calls them.
        subject: Option<String>,
    },
    /// Other values; what is absent stays.
    Change {
        /// Whose.
        id: String,
        /// Name for people.
        name: Option<String>,
        /// Roles of the charter.
        roles: Option<Vec<String>>,
        /// Highest classification.
        clearance: Option<Classification>,
        /// Operations.
        compartments: Option<Vec<String>>,
        /// What the OpenID provider calls them; empty for nothing.
        subject: Option<String>,
    },
    /// The account is closed for good.
    End {
        /// Whose.
        id: String,
    },
    /// A new sign-in link; an older one stops working.
    Link {
        /// Whose.
        id: String,
    },
}

/// An account, without its secrets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountView {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Roles of the charter.
    pub roles: Vec<String>,
    /// Highest classification.
    #[schema(value_type = String)]
    pub clearance: Classification,
    /// Operations.
    pub compartments: Vec<String>,
    /// What the OpenID provider calls them.
    pub subject: Option<String>,
    /// When the account was ended, RFC 3339.
    pub ended: Option<String>,
    /// Whether a sign-in link is out that still opens something.
    pub has_link: bool,
    /// Passkeys registered.
    pub passkeys: usize,
    /// Programs' tokens that still open something.
    pub tokens: usize,
}

/// An account after a change.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Changed {
    /// As it is now.
    pub person: AccountView,
    /// The secret of the new sign-in link; shown this once.
    pub token: Option<String>,
}

impl PeopleChange {
    /// Whom it is about.
    fn id(&self) -> &str {
        match self {
            Self::Add { id, .. } | Self::Change { id, .. } | Self::End { id } | Self::Link { id } => id,
        }
    }

    /// The change in words, for the journal.
    fn words(&self) -> String {
        let list = |values: &[String]| if values.is_empty() { "none".to_owned() } else { values.join(" ") };
        match self {
            Self::Add { id, name, roles, clearance, compartments, .. } => {
                format!("add {id} ({name}); roles {}; clearance {}; compartments {}", list(roles), level(*clearance), list(compartments))
            }
            Self::Change { id, name, roles, clearance, compartments, subject } => {
                let parts = [
                    name.as_ref().map(|name| format!("name {name}")),
                    roles.as_ref().map(|roles| format!("roles {}", list(roles))),
                    clearance.map(|clearance| format!("clearance {}", level(clearance))),
                    compartments.as_ref().map(|compartments| format!("compartments {}", list(compartments))),
                    subject.as_ref().map(|_| "name at the OpenID provider".to_owned()),
                ];
                format!("change {id}: {}", parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
            }
            Self::End { id } => format!("end {id}"),
            Self::Link { id } => format!("link {id}"),
        }
    }

    /// Whether it would give the person more than they hold.
    fn widens(&self, held: &Person) -> bool {
        let Self::Change { roles, clearance, compartments, .. } = self else { return false };
        let more = |wanted: &Option<Vec<String>>, held: &[String]| wanted.as_ref().is_some_and(|wanted| wanted.iter().any(|one| !held.contains(one)));
        more(roles, &held.roles) || more(compartments, &held.compartments) || clearance.is_some_and(|wanted| wanted > held.clearance)
    }
}

impl Desk {
    /// Everybody who has or had an account, in the order of their ids.
    pub fn people_list(&self, who: &Who) -> Result<Answer<Vec<AccountView>>, ActionError> {
        self.answer(who, Action::ManagePeople, "list", |access| {
            let mut people = self.people();
            people.sort_by(|a, b| a.id.cmp(&b.id));
            let results = people.iter().map(|person| person.id.clone()).collect();
            Ok(Sealed::under(access, people.iter().map(|person| self.account_view(person)).collect(), results))
        })
    }

    /// Changes an account. Sessions and tokens of the person have what the account has from that moment on.
    pub fn manage_people(&self, who: &Who, change: &PeopleChange) -> Result<Answer<Changed>, ActionError> {
        let _alone = self.accounts().alone();
        let words = change.words();
        let before = self.people();
        let own = before.iter().find(|person| person.id == who.actor.id && person.id == change.id());
        if own.is_some_and(|own| change.widens(own)) {
            // Whether or not the charter lets them manage others.
            self.decide(who, Action::ManagePeople, &words)?;
            let explanation = "nobody widens their own roles, clearance or compartments; ask another administrator".to_owned();
            return Err(self.refuse(who, Action::ManagePeople, &words, explanation));
        }
        let mut made = None;
        let mut after = None;
        let answer = self.answer(who, Action::ManagePeople, &words, |access| {
            let mut people = before.clone();
            made = self.apply(&mut people, change, &who.actor.id)?;
            after = Some(people);
            Ok(Sealed::under(access, (), vec![change.id().to_owned()]))
        })?;
        self.accounts().set_people(after.unwrap_or(before))?;
        let person = self.people().into_iter().find(|person| person.id == change.id());
        let person = person.ok_or_else(|| unknown(change.id()))?;
        if !person.is_active() {
            self.drop_credentials(&person.id)?;
        }
        Ok(Answer { value: Changed { person: self.account_view(&person), token: made }, receipt: answer.receipt })
    }

    /// Carries the change out on a copy. Gives the secret of a link that was made.
    fn apply(&self, people: &mut Vec<Person>, change: &PeopleChange, by: &str) -> Result<Option<String>, ActionError> {
        if let PeopleChange::Add { id, name, roles, clearance, compartments, subject } = change {
            check_id(id)?;
            if people.iter().any(|person| person.id == *id) {
                return Err(ActionError::BadInput(format!("somebody here is or was called `{id}`, and an id is given once; choose another")));
            }
            let mut person = Person::new(id.clone(), checked_name(name)?, *clearance);
            person.roles = self.checked_roles(roles)?;
            person.compartments = checked_compartments(compartments)?;
            person.subject = free_subject(people, id, subject.as_deref())?;
            let token = person.renew_token(crate::accounts::random()?, self.link_until(), Some(by)).token;
            people.push(person);
            return Ok(Some(token));
        }
        let id = change.id();
        let taken = match change {
            PeopleChange::Change { subject: Some(subject), .. } => free_subject(people, id, Some(subject))?,
            _ => None,
        };
        let others_run_it = people.iter().any(|person| person.id != id && is_administrator(person));
        let person = people.iter_mut().find(|person| person.id == id).ok_or_else(|| unknown(id))?;
        if !person.is_active() {
            return Err(ActionError::BadInput(format!("the account of `{id}` has ended, and stays so; add the person under another id")));
        }
        let was_administrator = is_administrator(person);
        let mut token = None;
        match change {
            PeopleChange::Change { name, roles, clearance, compartments, subject, .. } => {
                if let Some(name) = name {
                    person.name = checked_name(name)?;
                }
                if let Some(roles) = roles {
                    person.roles = self.checked_roles(roles)?;
                }
                if let Some(compartments) = compartments {
                    person.compartments = checked_compartments(compartments)?;
                }
                if subject.is_some() {
                    person.subject = taken;
                }
                person.clearance = clearance.unwrap_or(person.clearance);
            }
            PeopleChange::End { .. } => {
                person.ended = Some(crate::view::instant(self.now()));
                person.forget_token();
            }
            PeopleChange::Link { .. } => token = Some(person.renew_token(crate::accounts::random()?, self.link_until(), Some(by)).token),
            PeopleChange::Add { .. } => {}
        }
        if was_administrator && !is_administrator(person) && !others_run_it {
            return Err(ActionError::BadInput(format!("`{id}` is the last administrator; make somebody else one first")));
        }
        Ok(token)
    }

    fn checked_roles(&self, roles: &[String]) -> Result<Vec<String>, ActionError> {
        let known = self.role_ids();
        match roles.iter().find(|role| !known.contains(role)) {
            Some(role) => Err(ActionError::BadInput(format!("the charter declares no role `{role}`; it declares {}", known.join(", ")))),
            None => Ok(sorted(roles)),
        }
    }

    pub(crate) fn account_view(&self, person: &Person) -> AccountView {
        let now = self.now();
        let (passkeys, tokens) = self.accounts().look(|book| {
            let passkeys = book.credentials.passkeys.iter().filter(|key| key.person == person.id).count();
            let tokens = book.credentials.tokens.iter().filter(|token| token.person == person.id && token.is_open(now)).count();
            (passkeys, tokens)
        });
        AccountView {
            id: person.id.clone(),
            name: person.name.clone(),
            roles: person.roles.clone(),
            clearance: person.clearance,
            compartments: person.compartments.clone(),
            subject: person.subject.clone(),
            ended: person.ended.clone(),
            has_link: person.has_open_link(now),
            passkeys,
            tokens,
        }
    }
}

fn is_administrator(person: &Person) -> bool {
    person.is_active() && person.roles.iter().any(|role| role == "administrator")
}

/// The word for a classification, as the charter writes it.
fn level(clearance: Classification) -> String {
    serde_json::to_value(clearance).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn unknown(id: &str) -> ActionError {
    ActionError::BadInput(format!("nobody here is called `{id}`; `candour people list` shows who there is"))
}

fn sorted(values: &[String]) -> Vec<String> {
    let mut values = values.to_vec();
    values.sort();
    values.dedup();
    values
}

fn check_id(id: &str) -> Result<(), ActionError> {
    let fits =
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') && !id.starts_with('-');
    // The journal writes these for whoever is not known.
    if fits && id != "nobody" && id != "unknown" {
        return Ok(());
    }
    Err(ActionError::BadInput(format!("`{id}` is no id for a person; use up to 64 small letters, digits and hyphens, such as `ann-quill`")))
}

fn checked_name(name: &str) -> Result<String, ActionError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        return Err(ActionError::BadInput("the name of the person is missing, longer than 200 characters or holds control characters".to_owned()));
    }
    Ok(name.to_owned())
}

fn checked_compartments(compartments: &[String]) -> Result<Vec<String>, ActionError> {
    match compartments.iter().find(|one| one.is_empty() || one.len() > 64 || one.chars().any(|c| c.is_whitespace() || c.is_control())) {
        Some(one) => Err(ActionError::BadInput(format!("`{one}` is no id of a compartment; it is one word of up to 64 bytes"))),
        None => Ok(sorted(compartments)),
    }
}

/// The provider's name for a person, where nobody else has it.
fn free_subject(people: &[Person], id: &str, subject: Option<&str>) -> Result<Option<String>, ActionError> {
    let Some(subject) = subject.map(str::trim).filter(|subject| !subject.is_empty()) else { return Ok(None) };
    match people.iter().find(|person| person.id != id && person.subject.as_deref() == Some(subject)) {
        Some(person) => Err(ActionError::BadInput(format!("`{subject}` is already the OpenID provider's name for `{}`", person.id))),
        None => Ok(Some(subject.to_owned())),
    }
}
