//! The desk: one open home, and the order in which every action goes: decide, prepare, record, recheck, release.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use candour_charter::{Actor, Authority, Charter};
use candour_model::visible::Visible;
use candour_search::Index;
use candour_store::{EntryFields, LogIdentity, Outside, Receipt, Store, StoreError, Transaction};
use rustc_hash::FxHashMap;

use crate::{
    access::{Access, Decided, Who},
    accounts::{Accounts, credentials_file},
    action::Action,
    actors::{self, Person},
    cosign::Witnesses,
    error::ActionError,
    heard::Heard,
    home::{Home, NewHome},
    in_force::{self, Backing, InForce},
    memory::Memory,
    record::{self, Under},
    sealed::{Answer, Sealed},
};

/// Person, purpose, mandate and emergency access, how many markings the store knew, epoch: what a set of visible markings
/// depends on.
type Permit = (Actor, String, String, usize, u64);

/// One open home.
pub struct Desk {
    home: Home,
    store: Store,
    index: Index,
    accounts: Accounts,
    rules: RwLock<Arc<InForce>>,
    permits: Mutex<FxHashMap<Permit, Arc<Visible>>>,
    memory: Memory,
    witnesses: Witnesses,
    beating: Mutex<()>,
    heard: Mutex<Heard>,
    epochs: Arc<AtomicU64>,
}

impl Desk {
    /// Makes a new home and opens it. The charter is the default one, the people are examples, one per role.
    pub fn init(path: &Path, new: &NewHome, outside: Outside) -> Result<Self, ActionError> {
        let (home, charter, note) = Home::make(path, new, &outside)?;
        let charter = Arc::new(charter);
        actors::write(&home.people(), &actors::examples(charter.roles()))?;
        let identity = LogIdentity { origin: home.origin().to_owned(), key: home.log_key()? };
        let store = Store::create(path, identity, outside)?;
        // The charter's markings become known before anything is stored, so that their order does not depend on what came
        // in first.
        in_force::begin_with(&store, Arc::clone(&charter), note)?;
        Self::start(home, store, Some(&charter))
    }

    /// Opens an existing home.
    pub fn open(path: &Path, outside: Outside) -> Result<Self, ActionError> {
        let home = Home::read(path)?;
        let identity = LogIdentity { origin: home.origin().to_owned(), key: home.log_key()? };
        let store = Store::open(path, identity, outside)?;
        in_force::begin(&store, &home.charter())?;
        Self::start(home, store, None)
    }

    fn start(home: Home, store: Store, known: Option<&Arc<Charter>>) -> Result<Self, ActionError> {
        let rules = store.read(|reader| in_force::read(reader, 1, known))?;
        let (index, was_wiped) = crate::indexing::open(&home.index())?;
        if was_wiped {
            store.commit(|transaction: &mut Transaction<'_>| transaction.reindex_all())?;
        }
        let accounts = Accounts::read(home.people(), credentials_file(home.path()))?;
        let desk = Self {
            home,
            store,
            index,
            accounts,
            rules: RwLock::new(Arc::new(rules)),
            permits: Mutex::default(),
            memory: Memory::default(),
            witnesses: Witnesses::default(),
            beating: Mutex::default(),
            heard: Mutex::default(),
            epochs: Arc::new(AtomicU64::new(1)),
        };
        desk.forget_exports()?;
        desk.finish_erasures()?;
        Ok(desk)
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

    pub(crate) fn witnesses(&self) -> &Witnesses {
        &self.witnesses
    }

    /// Held while a sign of life is written.
    pub(crate) fn beating(&self) -> &Mutex<()> {
        &self.beating
    }

    /// What is remembered of the signs of life.
    pub(crate) fn heard(&self) -> &Mutex<Heard> {
        &self.heard
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    pub(crate) fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    pub(crate) fn in_force(&self) -> Arc<InForce> {
        self.rules.read().map_or_else(|poisoned| Arc::clone(&poisoned.into_inner()), |rules| Arc::clone(&rules))
    }

    pub(crate) fn rules(&self) -> &RwLock<Arc<InForce>> {
        &self.rules
    }

    pub(crate) fn epochs(&self) -> &Arc<AtomicU64> {
        &self.epochs
    }

    /// The time, which never goes back; milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.store.now()
    }

    pub(crate) fn charter_hash(&self) -> String {
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

    /// What the person may do for some purpose: for menus, not for decisions.
    #[must_use]
    pub fn possible(&self, person: &Person) -> Vec<Action> {
        let in_force = self.in_force();
        let actor = person.actor();
        let now = self.now();
        let may = |action: &Action| {
            let plain = in_force.charter.decide(&actor, action.name(), None, &Authority::none(now)).allowed;
            plain || in_force.charter.purposes().iter().any(|purpose| in_force.may(&actor, action.name(), &purpose.id, now))
        };
        Action::ALL.iter().copied().filter(may).collect()
    }

    /// Decides. A refusal is recorded before it is told.
    pub(crate) fn decide(&self, who: &Who, action: Action, query: &str) -> Result<Access, ActionError> {
        let in_force = self.in_force();
        let backing = match in_force.backing(who, self.now()) {
            Ok(backing) => backing,
            Err(explanation) => return Err(self.refused(&in_force, who, action, query, &["program:mandate-in-force".to_owned()], explanation)),
        };
        let charter = &in_force.charter;
        let decision = charter.decide(&who.actor, action.name(), who.purpose.as_ref(), &backing.authority());
        if !decision.allowed {
            return Err(self.refused(&in_force, who, action, query, &decision.policies, decision.explanation));
        }
        let visible = self.visible(&in_force, who, &backing);
        let decided = Decided {
            epoch: in_force.epoch,
            charter: charter.hash().to_owned(),
            mandate: backing.name(),
            until: backing.until(charter),
            policies: decision.policies,
        };
        Ok(Access::granted(Arc::new(who.clone()), action, visible, decided))
    }

    /// Records a refusal and gives it back as an error.
    fn refused(&self, in_force: &InForce, who: &Who, action: Action, query: &str, policies: &[String], explanation: String) -> ActionError {
        let stated = who.purpose.as_ref().and_then(|purpose| purpose.mandate.as_deref()).unwrap_or_default();
        let fields = record::fields(Under { charter: in_force.charter.hash(), mandate: stated, policies }, who, action, query, "refused", &[]);
        match self.write_down(fields) {
            Ok(receipt) => ActionError::Refused { explanation, receipt: Some(Box::new(receipt)) },
            Err(error) => error,
        }
    }

    /// Refuses on record what the charter allows and a rule of the program does not.
    pub(crate) fn refuse_by_rule<T>(&self, who: &Who, access: &Access, query: &str, rule: &str, explanation: String) -> Result<T, ActionError> {
        Err(self.refused(&self.in_force(), who, access.action(), query, &[format!("program:{rule}")], explanation))
    }

    fn visible(&self, in_force: &InForce, who: &Who, backing: &Backing<'_>) -> Arc<Visible> {
        let Some(purpose) = &who.purpose else { return Arc::new(Visible::nothing()) };
        let names = self.store.names();
        let permit: Permit = (who.actor.clone(), purpose.id.clone(), backing.name(), names.markings().count(), in_force.epoch);
        if let Ok(permits) = self.permits.lock()
            && let Some(visible) = permits.get(&permit)
        {
            return Arc::clone(visible);
        }
        let visible = Arc::new(in_force.charter.visible(&who.actor, purpose, &backing.authority(), names.markings()));
        if let Ok(mut permits) = self.permits.lock() {
            permits.retain(|known, _| known.4 == in_force.epoch);
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
                self.or_record(who, &access, query, self.vouched_for(action, receipt.index))?;
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
        let epochs = Arc::clone(&self.epochs);
        let decided = access.epoch();
        self.change_where(access, who, query, outcome, apply, move || epochs.load(Ordering::SeqCst) == decided)
    }

    /// The same, undone unless `holds` says inside the transaction that the decision still holds.
    pub(crate) fn change_where<T: Send + 'static>(
        &self,
        access: &Access,
        who: &Who,
        query: &str,
        outcome: impl FnOnce(&T) -> (String, Vec<String>) + Send + 'static,
        apply: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
        holds: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<Answer<T>, ActionError> {
        let (access_then, who, query) = (access.clone(), who.clone(), query.to_owned());
        let committed = self.store.commit(move |transaction| {
            let value = apply(transaction)?;
            let (outcome, results) = outcome(&value);
            transaction.record(fields(&access_then, &who, &query, &outcome, &results));
            // Inside the transaction: a change that the rules no longer allow is undone.
            if holds() && transaction.now() < access_then.until() { Ok(value) } else { Err(StoreError::Refused("the charter changed".to_owned())) }
        });
        let (value, receipts) = match committed {
            Ok(committed) => committed,
            Err(error) => return Err(self.recheck(access).err().unwrap_or(ActionError::Store(error))),
        };
        let receipt = receipts.into_iter().next_back().ok_or(StoreError::Stopped)?;
        Ok(Answer { value, receipt })
    }

    pub(crate) fn recheck(&self, access: &Access) -> Result<(), ActionError> {
        let holds = self.epochs.load(Ordering::SeqCst) == access.epoch() && self.now() < access.until();
        if holds { Ok(()) } else { Err(ActionError::PolicyChanged) }
    }

    /// Writes one entry of the journal and waits until it is durable.
    pub(crate) fn write_down(&self, fields: EntryFields) -> Result<Receipt, ActionError> {
        Ok(self.store.record(fields)?)
    }

    /// Brings index and memory up to date, so that the first question need not wait for it.
    pub fn warm(&self) -> Result<(), ActionError> {
        self.index_pending(&mut |_| ()).map(drop)
    }
}

/// An entry about what an access allowed, naming the charter that it was decided under.
fn fields(access: &Access, who: &Who, query: &str, outcome: &str, results: &[String]) -> EntryFields {
    record::fields(access.under(), who, access.action(), query, outcome, results)
}
