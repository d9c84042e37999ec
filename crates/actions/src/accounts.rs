//! The accounts of an open home: who there is, what they sign in with, and how a sign-in is recognised and recorded.
//!
//! A change is recorded in the journal before it takes effect, and takes effect at once: nothing outside this room keeps
//! more of a person than their id.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, RwLock},
};

use candour_model::purpose::Purpose;

use crate::{
    actors::{
        self, Person, SignIn,
        credentials::{self, Credentials},
        digest,
    },
    desk::Desk,
    error::ActionError,
    record::{self, Under},
};

/// How long a sign-in link of a production home opens anything. Milliseconds.
const LINK_LIFE: i64 = 7 * 24 * 60 * 60 * 1000;

/// People and credentials as they are now.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) people: Vec<Person>,
    pub(crate) credentials: Credentials,
}

/// The files behind a book, and the book.
pub(crate) struct Accounts {
    people: PathBuf,
    credentials: PathBuf,
    book: RwLock<Book>,
    changing: Mutex<()>,
}

/// Who a token stands for, and to what it binds them.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person.
    pub person: Person,
    /// The one purpose of the token; absent where a sign-in link was shown.
    pub bound: Option<Bound>,
}

/// What a program's token is bound to.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Id of the purpose.
    pub purpose: String,
    /// Id of the mandate.
    pub mandate: Option<String>,
}

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// It ends after this long without a request. Milliseconds.
    pub idle: i64,
    /// It ends after this long whatever happens. Milliseconds.
    pub absolute: i64,
}

impl Accounts {
    /// Reads the accounts of a home.
    pub(crate) fn read(people: PathBuf, credentials: PathBuf) -> Result<Self, ActionError> {
        let book = Book { people: actors::read(&people)?, credentials: credentials::read(&credentials)? };
        Ok(Self { people, credentials, book: RwLock::new(book), changing: Mutex::default() })
    }

    /// Looks at the book.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Book) -> T) -> T {
        match self.book.read() {
            Ok(book) => look(&book),
            Err(poisoned) => look(&poisoned.into_inner()),
        }
    }

    /// One change at a time: hold this from the first look to the last write.
    pub(crate) fn alone(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Puts other people into force, on disk first.
    pub(crate) fn set_people(&self, people: Vec<Person>) -> Result<(), ActionError> {
        actors::write(&self.people, &people)?;
        self.with(|book| book.people = people);
        Ok(())
    }

    /// Puts other credentials into force, on disk first.
    pub(crate) fn set_credentials(&self, credentials: Credentials) -> Result<(), ActionError> {
        credentials::write(&self.credentials, &credentials)?;
        self.with(|book| book.credentials = credentials);
        Ok(())
    }

    fn with(&self, change: impl FnOnce(&mut Book)) {
        match self.book.write() {
            Ok(mut book) => change(&mut book),
            Err(poisoned) => change(&mut poisoned.into_inner()),
        }
    }
}

/// A time as answers write it: RFC 3339, from milliseconds since 1970-01-01T00:00Z.
#[must_use]
pub fn instant_text(milliseconds: i64) -> String {
    crate::view::instant(milliseconds)
}

/// Where a home keeps its credentials.
pub(crate) fn credentials_file(home: &Path) -> PathBuf {
    home.join("credentials.json")
}

/// Randomness for a secret.
pub(crate) fn random() -> Result<[u8; 32], ActionError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| ActionError::BadInput(format!("the system gives no randomness: {error}")))?;
    Ok(random)
}

impl Desk {
    /// The person with this id, where the home lets a name stand for a signed-in person.
    pub fn person(&self, id: &str) -> Result<Person, ActionError> {
        if !self.home().is_example() {
            return Err(ActionError::UnknownActor(
                "`--as` stands for a signed-in person only in an example home; put your sign-in token into CANDOUR_TOKEN".to_owned(),
            ));
        }
        self.account(id).ok_or_else(|| {
            let people = self.people();
            let known: Vec<&str> = people.iter().filter(|person| person.is_active()).map(|person| person.id.as_str()).collect();
            ActionError::UnknownActor(format!("nobody here is called `{id}`; this home knows {}", known.join(", ")))
        })
    }

    /// The person with this id as they are now; nobody once the account has ended.
    #[must_use]
    pub fn account(&self, id: &str) -> Option<Person> {
        self.accounts().look(|book| book.people.iter().find(|person| person.id == id && person.is_active()).cloned())
    }

    /// The person whom the organisation's OpenID provider calls by this name.
    #[must_use]
    pub fn account_of_subject(&self, subject: &str) -> Option<Person> {
        self.accounts().look(|book| book.people.iter().find(|person| person.subject.as_deref() == Some(subject) && person.is_active()).cloned())
    }

    pub(crate) fn people(&self) -> Vec<Person> {
        self.accounts().look(|book| book.people.clone())
    }

    /// How long sessions last here, as the charter says; in an example home eight hours without a request.
    #[must_use]
    pub fn session_limits(&self) -> SessionLimits {
        const MINUTE: i64 = 60 * 1000;
        let (idle, hours) = self.with_charter(|charter| (charter.sessions().idle_minutes, charter.sessions().absolute_hours));
        let idle = if self.home().is_example() { 8 * 60 } else { i64::from(idle) };
        SessionLimits { idle: idle * MINUTE, absolute: i64::from(hours) * 60 * MINUTE }
    }

    /// Signs in with the token of a link. Where the home is for real records the link is used up. The sign-in, or the
    /// failure, is recorded.
    pub fn sign_in(&self, token: &str) -> Result<Person, ActionError> {
        let _alone = self.accounts().alone();
        let found = self.by_link(token)?;
        if !self.home().is_example() {
            let mut people = self.people();
            people.iter_mut().filter(|person| person.id == found.id).for_each(Person::forget_token);
            self.accounts().set_people(people)?;
        }
        // Whoever made a link could have used it themselves: the journal names them beside whoever is taken for its owner.
        let how = found.link_by().map_or_else(|| "signed in".to_owned(), |by| format!("signed in with a link that {by} made"));
        self.signed_in(&found.id, &how)?;
        Ok(found)
    }

    /// Who a token on the command line stands for: a program's token, or a sign-in link that nobody has used yet. Recorded.
    pub fn recognise(&self, token: &str) -> Result<Caller, ActionError> {
        if token.starts_with(crate::issue_token::PREFIX) {
            return self.recognise_program(token);
        }
        let person = self.by_link(token)?;
        self.signed_in(&person.id, "signed in")?;
        Ok(Caller { person, bound: None })
    }

    /// Records that somebody has signed in, and how.
    pub fn signed_in(&self, person: &str, how: &str) -> Result<(), ActionError> {
        self.note(person, "sign_in", how)
    }

    /// Records a sign-in that failed. `how` names the way and what was wrong with it, and holds no secret.
    pub fn sign_in_failed(&self, how: &str) -> Result<(), ActionError> {
        self.note("nobody", "sign_in", how)
    }

    /// Records that somebody has ended sessions of theirs.
    pub fn sessions_ended(&self, person: &str) -> Result<(), ActionError> {
        self.note(person, "sign_out", "ended sessions of theirs")
    }

    /// Records what happened to a session or a credential.
    pub(crate) fn note(&self, actor: &str, what: &str, outcome: &str) -> Result<(), ActionError> {
        self.write_down(record::bare(&self.charter_hash(), actor, what, outcome)).map(drop)
    }

    /// The person whose link this is; a failure is recorded.
    fn by_link(&self, token: &str) -> Result<Person, ActionError> {
        let now = self.now();
        let found = self.people().into_iter().find(|person| person.has_open_link(now) && person.has_token(token));
        match found {
            Some(person) => Ok(person),
            None => {
                self.sign_in_failed("unknown token")?;
                Err(ActionError::UnknownActor("that sign-in link is not valid; ask for a new one".to_owned()))
            }
        }
    }

    /// The person whose program's token this is, and what it is bound to; a failure is recorded.
    pub fn recognise_program(&self, token: &str) -> Result<Caller, ActionError> {
        let (now, sha256) = (self.now(), digest(token));
        let found = self.accounts().look(|book| book.credentials.tokens.iter().find(|known| known.sha256 == sha256).cloned());
        let person = found.as_ref().filter(|token| token.is_open(now)).and_then(|token| self.account(&token.person));
        match (found, person) {
            (Some(token), Some(person)) => Ok(Caller { person, bound: Some(Bound { purpose: token.purpose, mandate: token.mandate }) }),
            (found, _) => {
                let what = if found.is_some() { "expired or revoked token" } else { "unknown token" };
                self.sign_in_failed(what)?;
                Err(ActionError::UnknownActor("that token is not valid, or no longer; issue a new one".to_owned()))
            }
        }
    }

    /// The purpose that a caller acts for. A token's own purpose need not be stated, and may be left empty; another one is refused on record.
    pub fn bind(&self, caller: &Caller, stated: Option<Purpose>) -> Result<Option<Purpose>, ActionError> {
        let Some(bound) = &caller.bound else { return Ok(stated) };
        let mut stated = stated.unwrap_or_else(|| Purpose::plain(&bound.purpose));
        if stated.id.is_empty() {
            stated.id.clone_from(&bound.purpose);
        }
        let explanation = if stated.id != bound.purpose {
            format!("this token serves the purpose `{}` alone, and `{}` was stated; issue a token for that purpose", bound.purpose, stated.id)
        } else if stated.mandate.is_some() && stated.mandate != bound.mandate {
            "this token is not bound to the mandate that was stated; issue a token for that mandate".to_owned()
        } else {
            return Ok(Some(Purpose { mandate: bound.mandate.clone(), ..stated }));
        };
        let who = crate::access::Who { actor: caller.person.actor(), purpose: Some(stated) };
        Err(self.refuse(&who, crate::action::Action::IssueToken, "a token used for another purpose or mandate", explanation))
    }

    /// Refuses, on record, what a program's token does not reach: accounts and tokens themselves.
    pub fn needs_a_person(&self, caller: &Caller) -> Result<(), ActionError> {
        let Some(bound) = &caller.bound else { return Ok(()) };
        let who = crate::access::Who { actor: caller.person.actor(), purpose: Some(Purpose::plain(&bound.purpose)) };
        let explanation = "a program's token does not manage people or tokens; sign in yourself".to_owned();
        Err(self.refuse(&who, crate::action::Action::IssueToken, "a token used to manage accounts", explanation))
    }

    /// A refusal that the policies do not know of: recorded, then told.
    pub(crate) fn refuse(&self, who: &crate::access::Who, action: crate::action::Action, query: &str, explanation: String) -> ActionError {
        let fields = record::fields(
            Under { charter: &self.charter_hash(), mandate: "", policies: &["program:accounts".to_owned()] },
            who,
            action,
            query,
            "refused",
            &[],
        );
        match self.write_down(fields) {
            Ok(receipt) => ActionError::Refused { explanation, receipt: Some(Box::new(receipt)) },
            Err(error) => error,
        }
    }

    /// Gives everybody a new sign-in token; the old ones stop working.
    pub fn renew_sign_ins(&self) -> Result<Vec<SignIn>, ActionError> {
        let _alone = self.accounts().alone();
        let mut people = self.people();
        let until = self.link_until();
        let mut made = Vec::with_capacity(people.len());
        for person in people.iter_mut().filter(|person| person.is_active()) {
            made.push(person.renew_token(random()?, until, None));
        }
        self.accounts().set_people(people)?;
        Ok(made)
    }

    /// Until when a link made now opens anything.
    pub(crate) fn link_until(&self) -> Option<i64> {
        (!self.home().is_example()).then(|| self.now().saturating_add(LINK_LIFE))
    }
}
