//! The desk: one open home, and the order in which every action goes: decide, prepare, record, recheck, release.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use candour_charter::{Actor, Charter};
use candour_model::{purpose::Purpose, visible::Visible};
use candour_search::Index;
use candour_store::{EntryFields, LogIdentity, Outside, Receipt, Store, StoreError, Transaction};
use rustc_hash::FxHashMap;

use crate::{
    access::{Access, Who},
    action::Action,
    actors::{self, Person, SignIn},
    error::ActionError,
    home::{Home, NewHome},
    memory::Memory,
    record,
    sealed::{Answer, Sealed},
};

/// The charter in force and its number in this process.
struct InForce {
    charter: Charter,
    epoch: u64,
}

/// Person, purpose and how many markings the store knew: what a set of visible markings depends on within one epoch.
type Permit = (Actor, String, usize, u64);

/// One open home.
pub struct Desk {
    home: Home,
    store: Store,
    index: Index,
    people: RwLock<Vec<Person>>,
    in_force: RwLock<Arc<InForce>>,
    permits: Mutex<FxHashMap<Permit, Arc<Visible>>>,
    memory: Memory,
    epochs: Arc<AtomicU64>,
}

impl Desk {
    /// Makes a new home and opens it. The charter is the default one, the people are examples, one per role.
    pub fn init(path: &Path, new: &NewHome, outside: Outside) -> Result<Self, ActionError> {
        let mut seed = [0; 32];
        (outside.random)(&mut seed);
        let home = Home::make(path, new, seed)?;
        let charter = Charter::load(&home.charter())?;
        actors::write(&home.people(), &actors::examples(charter.roles()))?;
        let identity = LogIdentity { origin: home.origin().to_owned(), key: home.log_key()? };
        let store = Store::create(path, identity, outside)?;
        Self::start(home, charter, store)
    }

    /// Opens an existing home.
    pub fn open(path: &Path, outside: Outside) -> Result<Self, ActionError> {
        let home = Home::read(path)?;
        let charter = Charter::load(&home.charter())?;
        let identity = LogIdentity { origin: home.origin().to_owned(), key: home.log_key()? };
        let store = Store::open(path, identity, outside)?;
        Self::start(home, charter, store)
    }

    fn start(home: Home, charter: Charter, store: Store) -> Result<Self, ActionError> {
        // Before anything is stored, so that their order does not depend on what came in first.
        declare_markings(&store, &charter)?;
        let (index, was_wiped) = crate::indexing::open(&home.index())?;
        if was_wiped {
            store.commit(|transaction: &mut Transaction<'_>| transaction.reindex_all())?;
        }
        let people = actors::read(&home.people())?;
        Ok(Self {
            home,
            store,
            index,
            people: RwLock::new(people),
            in_force: RwLock::new(Arc::new(InForce { charter, epoch: 1 })),
            permits: Mutex::default(),
            memory: Memory::default(),
            epochs: Arc::new(AtomicU64::new(1)),
        })
    }

    /// The home.
    #[must_use]
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// The verifier key of the journal's log; public.
    #[must_use]
    pub fn log_key(&self) -> &str {
        self.store.log_key()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The person with this id, where the home lets a name stand for a signed-in person.
    pub fn person(&self, id: &str) -> Result<Person, ActionError> {
        if !self.home.is_example() {
            return Err(ActionError::UnknownActor(
                "`--as` stands for a signed-in person only in an example home; put your sign-in token into CANDOUR_TOKEN".to_owned(),
            ));
        }
        let people = self.people();
        people.iter().find(|person| person.id == id).cloned().ok_or_else(|| {
            let known: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
            ActionError::UnknownActor(format!("nobody here is called `{id}`; this home knows {}", known.join(", ")))
        })
    }

    /// The person whose token this is. The sign-in, or the failure, is recorded.
    pub fn sign_in(&self, token: &str) -> Result<Person, ActionError> {
        let found = self.people().into_iter().find(|person| person.has_token(token));
        let (actor, outcome) = found.as_ref().map_or(("nobody", "unknown token"), |person| (person.id.as_str(), "signed in"));
        let fields = record::bare(&self.charter_hash(), actor, "sign_in", outcome);
        self.write_down(fields)?;
        found.ok_or_else(|| ActionError::UnknownActor("that sign-in link is not valid; ask for a new one".to_owned()))
    }

    /// Gives everybody a new sign-in token; the old ones stop working.
    pub fn renew_sign_ins(&self) -> Result<Vec<SignIn>, ActionError> {
        let mut people = self.people();
        let mut made = Vec::with_capacity(people.len());
        for person in &mut people {
            let mut random = [0; 32];
            getrandom::fill(&mut random).map_err(|error| ActionError::BadInput(format!("the system gives no randomness: {error}")))?;
            made.push(person.renew_token(random));
        }
        actors::write(&self.home.people(), &people)?;
        if let Ok(mut known) = self.people.write() {
            *known = people;
        }
        Ok(made)
    }

    pub(crate) fn people(&self) -> Vec<Person> {
        self.people.read().map_or_else(|poisoned| poisoned.into_inner().clone(), |people| people.clone())
    }

    fn in_force(&self) -> Arc<InForce> {
        self.in_force.read().map_or_else(|poisoned| Arc::clone(&poisoned.into_inner()), |in_force| Arc::clone(&in_force))
    }

    fn charter_hash(&self) -> String {
        self.in_force().charter.hash().to_owned()
    }

    /// Looks at the charter in force.
    pub(crate) fn with_charter<T>(&self, look: impl FnOnce(&Charter) -> T) -> T {
        look(&self.in_force().charter)
    }

    /// Ids of the charter's roles.
    #[must_use]
    pub fn role_ids(&self) -> Vec<String> {
        self.with_charter(|charter| charter.roles().iter().map(|role| role.id.clone()).collect())
    }

    /// Reads the charter anew; what was decided before is decided again. One that is not valid, or gives a marking in
    /// use another meaning, leaves the old one in force.
    pub fn reload_charter(&self) -> Result<(), ActionError> {
        let charter = Charter::load(&self.home.charter())?;
        declare_markings(&self.store, &charter)?;
        let epoch = self.epochs.fetch_add(1, Ordering::SeqCst) + 1;
        if let Ok(mut in_force) = self.in_force.write() {
            *in_force = Arc::new(InForce { charter, epoch });
        }
        Ok(())
    }

    /// What the person may do for some purpose: for menus, not for decisions.
    #[must_use]
    pub fn possible(&self, person: &Person) -> Vec<Action> {
        let in_force = self.in_force();
        let actor = person.actor();
        let may = |action: &Action| {
            let with = |purpose: Option<&Purpose>| in_force.charter.decide(&actor, action.name(), purpose).allowed;
            with(None)
                || in_force.charter.purposes().iter().any(|purpose| {
                    let stated = Purpose { id: purpose.id.clone(), case: Some("case".to_owned()), reason: Some("reason".to_owned()), mandate: None };
                    with(Some(&stated))
                })
        };
        Action::ALL.iter().copied().filter(may).collect()
    }

    /// Decides. A refusal is recorded before it is told.
    pub(crate) fn decide(&self, who: &Who, action: Action, query: &str) -> Result<Access, ActionError> {
        let in_force = self.in_force();
        let decision = in_force.charter.decide(&who.actor, action.name(), who.purpose.as_ref());
        if !decision.allowed {
            let fields = record::fields(in_force.charter.hash(), who, action, &decision.policies, query, "refused", &[]);
            let receipt = self.write_down(fields)?;
            return Err(ActionError::Refused { explanation: decision.explanation, receipt: Some(Box::new(receipt)) });
        }
        let visible = self.visible(&in_force, who);
        Ok(Access::granted(Arc::new(who.clone()), action, visible, (in_force.epoch, in_force.charter.hash().to_owned()), decision.policies))
    }

    fn visible(&self, in_force: &InForce, who: &Who) -> Arc<Visible> {
        let Some(purpose) = &who.purpose else { return Arc::new(Visible::nothing()) };
        let names = self.store.names();
        let permit: Permit = (who.actor.clone(), purpose.id.clone(), names.markings().count(), in_force.epoch);
        if let Ok(permits) = self.permits.lock()
            && let Some(visible) = permits.get(&permit)
        {
            return Arc::clone(visible);
        }
        let visible = Arc::new(in_force.charter.visible(&who.actor, purpose, names.markings()));
        if let Ok(mut permits) = self.permits.lock() {
            permits.retain(|known, _| known.3 == in_force.epoch);
            permits.insert(permit, Arc::clone(&visible));
        }
        visible
    }

    /// The whole order for an action that reads: decide, prepare, record, recheck, release. What goes wrong after the
    /// decision is recorded too.
    pub(crate) fn answer<T>(
        &self,
        who: &Who,
        action: Action,
        query: &str,
        prepare: impl FnOnce(&Access) -> Result<Sealed<T>, ActionError>,
    ) -> Result<Answer<T>, ActionError> {
        let access = self.decide(who, action, query)?;
        match prepare(&access) {
            Ok(sealed) => {
                let outcome = if sealed.results().is_empty() { "nothing found" } else { "answered" };
                let fields = fields(&access, who, query, outcome, sealed.results());
                let receipt = self.write_down(fields)?;
                // The entry tells of an answer that nobody gets to see, so another one says so.
                self.or_record(who, &access, query, self.recheck(&access))?;
                Ok(sealed.open(receipt))
            }
            Err(error) => self.or_record(who, &access, query, Err(error)),
        }
    }

    /// Passes an outcome on; what went wrong after the decision is recorded first.
    pub(crate) fn or_record<T>(&self, who: &Who, access: &Access, query: &str, outcome: Result<T, ActionError>) -> Result<T, ActionError> {
        let error = match outcome {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        match self.record_failure(who, access, query, &error) {
            Err(unrecorded) if !matches!(error, ActionError::Store(_)) => Err(unrecorded),
            // The store's first complaint tells more than the next.
            _ => Err(error),
        }
    }

    /// Records what went wrong after the decision.
    pub(crate) fn record_failure(&self, who: &Who, access: &Access, query: &str, error: &ActionError) -> Result<Receipt, ActionError> {
        self.write_down(fields(access, who, query, record::outcome_of(error), &[]))
    }

    /// A change and its journal entry, durable together, or neither. `results` are the public ids that it touches. The
    /// caller records a failure.
    pub(crate) fn change<T: Send + 'static>(
        &self,
        access: &Access,
        who: &Who,
        query: &str,
        outcome: impl FnOnce(&T) -> (String, Vec<String>) + Send + 'static,
        apply: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Answer<T>, ActionError> {
        let (access_then, who, query, epochs) = (access.clone(), who.clone(), query.to_owned(), Arc::clone(&self.epochs));
        let committed = self.store.commit(move |transaction| {
            let value = apply(transaction)?;
            let (outcome, results) = outcome(&value);
            transaction.record(fields(&access_then, &who, &query, &outcome, &results));
            // Inside the transaction: a change that the charter no longer allows is undone.
            if epochs.load(Ordering::SeqCst) == access_then.epoch() { Ok(value) } else { Err(StoreError::Refused("the charter changed".to_owned())) }
        });
        let (value, receipts) = match committed {
            Ok(committed) => committed,
            Err(error) => return Err(self.recheck(access).err().unwrap_or(ActionError::Store(error))),
        };
        let receipt = receipts.into_iter().next_back().ok_or(StoreError::Stopped)?;
        Ok(Answer { value, receipt })
    }

    fn recheck(&self, access: &Access) -> Result<(), ActionError> {
        if self.epochs.load(Ordering::SeqCst) == access.epoch() { Ok(()) } else { Err(ActionError::PolicyChanged) }
    }

    /// Writes one entry of the journal and waits until it is durable.
    pub(crate) fn write_down(&self, fields: EntryFields) -> Result<Receipt, ActionError> {
        let ((), receipts) = self.store.commit(move |transaction| {
            transaction.record(fields);
            Ok(())
        })?;
        Ok(receipts.into_iter().next_back().ok_or(StoreError::Stopped)?)
    }

    /// Brings index and memory up to date, so that the first question need not wait for it.
    pub fn warm(&self) -> Result<(), ActionError> {
        self.index_pending(&mut |_| ()).map(drop)
    }
}

/// An entry about what an access allowed, naming the charter that it was decided under.
fn fields(access: &Access, who: &Who, query: &str, outcome: &str, results: &[String]) -> EntryFields {
    record::fields(access.charter(), who, access.action(), access.policies(), query, outcome, results)
}

/// Makes the charter's markings known to the store. One that has another meaning there is refused.
fn declare_markings(store: &Store, charter: &Charter) -> Result<(), StoreError> {
    let names = store.names();
    let mut markings = charter.markings().to_vec();
    markings.retain(|marking| !names.markings().any(|(_, known)| known == marking));
    if markings.is_empty() {
        return Ok(());
    }
    let declare = move |transaction: &mut Transaction<'_>| markings.iter().try_for_each(|marking| transaction.marking(marking).map(drop));
    store.commit(declare).map(drop)
}
