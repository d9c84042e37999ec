//! Ceremonies with passkeys (Web Authentication): a challenge goes out, an answer comes back, once, in time.
//!
//! A passkey is found by the browser, not by a name that somebody types: nobody learns here who has an account.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use candour_actions::{Desk, Passkey as Kept, Person};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse, Uuid, Webauthn,
    WebauthnBuilder,
};

use crate::{problem::Problem, sessions::secret, site::Site};

/// A challenge is answered within this time or not at all. Milliseconds.
const PATIENCE: i64 = 5 * 60 * 1000;
/// Most challenges open at a time; the oldest make room.
const MOST: usize = 2000;

enum Waiting {
    Registration { person: String, state: Box<PasskeyRegistration> },
    SignIn(Box<DiscoverableAuthentication>),
}

/// Challenges that wait for their answers.
pub(crate) struct Passkeys {
    webauthn: Option<Webauthn>,
    origin: String,
    waiting: Mutex<HashMap<String, (i64, Waiting)>>,
}

impl Passkeys {
    /// Ceremonies for the workspace at its address.
    pub(crate) fn new(site: &Site, organisation: &str) -> Self {
        let host = site.origin().domain().unwrap_or_default();
        let name = format!("Candour · {organisation}");
        let webauthn = WebauthnBuilder::new(host, site.origin()).and_then(|builder| builder.rp_name(&name).build()).ok();
        Self { webauthn, origin: site.origin_text(), waiting: Mutex::default() }
    }

    /// Where passkeys work; they belong to one address.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    fn webauthn(&self) -> Result<&Webauthn, Problem> {
        self.webauthn.as_ref().ok_or_else(|| Problem::broken("passkeys cannot be used at this address"))
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<String, (i64, Waiting)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, now: i64, ceremony: Waiting) -> Result<String, Problem> {
        let id = secret().ok_or_else(|| Problem::broken("the system gives no randomness"))?;
        let mut waiting = self.waiting();
        waiting.retain(|_, (begun, _)| now - *begun < PATIENCE);
        if waiting.len() >= MOST
            && let Some(oldest) = waiting.iter().min_by_key(|(_, (begun, _))| *begun).map(|(id, _)| id.clone())
        {
            waiting.remove(&oldest);
        }
        waiting.insert(id.clone(), (now, ceremony));
        Ok(id)
    }

    /// A challenge serves once.
    fn take(&self, now: i64, id: &str) -> Result<Waiting, Problem> {
        let found = self.waiting().remove(id).filter(|(begun, _)| now - *begun < PATIENCE);
        found.map(|(_, ceremony)| ceremony).ok_or_else(|| Problem::bad_request("this challenge was answered already, or too late; begin again"))
    }

    /// A challenge for a new passkey of a person.
    pub(crate) fn begin_registration(&self, desk: &Desk, person: &Person) -> Result<(String, Value), Problem> {
        let known = desk.passkeys_of(&person.id).iter().filter_map(understood).map(|passkey| passkey.cred_id().clone()).collect();
        let begun = self.webauthn()?.start_passkey_registration(handle(desk, &person.id), &person.id, &person.name, Some(known));
        let (challenge, state) = begun.map_err(|error| Problem::broken(format!("no challenge could be made: {error}")))?;
        let mut challenge = serde_json::to_value(&challenge).map_err(|error| Problem::broken(error.to_string()))?;
        // A passkey that the device finds by itself, so that nobody types a name to sign in.
        if let Some(wanted) = challenge.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut) {
            wanted.insert("residentKey".to_owned(), Value::from("required"));
            wanted.insert("requireResidentKey".to_owned(), Value::from(true));
        }
        let id = self.keep(desk.now(), Waiting::Registration { person: person.id.clone(), state: Box::new(state) })?;
        Ok((id, challenge))
    }

    /// A new passkey, out of the answer to its challenge.
    pub(crate) fn register(&self, desk: &Desk, person: &str, ceremony: &str, label: &str, answer: &RegisterPublicKeyCredential) -> Result<Kept, Problem> {
        let now = desk.now();
        let Waiting::Registration { person: owner, state } = self.take(now, ceremony)? else {
            return Err(Problem::bad_request("this challenge is for signing in; begin again"));
        };
        if owner != person {
            return Err(Problem::bad_request("this challenge was made for somebody else; begin again"));
        }
        let passkey = self.webauthn()?.finish_passkey_registration(answer, &state);
        let passkey = passkey.map_err(|error| Problem::bad_request(format!("the passkey cannot be taken: {error}; begin again")))?;
        let body = serde_json::to_value(&passkey).map_err(|error| Problem::broken(error.to_string()))?;
        Ok(Kept { id: written(passkey.cred_id()), person: person.to_owned(), label: label.to_owned(), made: now, used: None, body })
    }

    /// A challenge for whoever wants to sign in.
    pub(crate) fn begin_sign_in(&self, now: i64) -> Result<(String, RequestChallengeResponse), Problem> {
        let begun = self.webauthn()?.start_discoverable_authentication();
        let (mut challenge, state) = begun.map_err(|error| Problem::broken(format!("no challenge could be made: {error}")))?;
        // Asked for by a button, not offered in a field.
        challenge.mediation = None;
        Ok((self.keep(now, Waiting::SignIn(Box::new(state)))?, challenge))
    }

    /// Which passkey signed, and what to keep of it; or what was wrong, for the journal, with the id of the account that the
    /// passkey belongs to, where it is known.
    pub(crate) fn sign_in(&self, desk: &Desk, ceremony: &str, answer: &PublicKeyCredential) -> Result<Result<Kept, Faulty>, Problem> {
        let Waiting::SignIn(state) = self.take(desk.now(), ceremony)? else {
            return Err(Problem::bad_request("this challenge is for a new passkey; begin again"));
        };
        let Ok((claimed, id)) = self.webauthn()?.identify_discoverable_authentication(answer) else {
            return Ok(Err(Faulty { account: None, what: "a passkey that names nobody" }));
        };
        let Some(kept) = desk.passkey(&written(id)) else {
            return Ok(Err(Faulty { account: None, what: "unknown passkey" }));
        };
        let faulty = |what| Ok(Err(Faulty { account: Some(kept.person.clone()), what }));
        let Some(mut passkey) = understood(&kept).filter(|_| claimed == handle(desk, &kept.person)) else {
            return faulty("a passkey of somebody else");
        };
        match self.webauthn()?.finish_discoverable_authentication_v2(answer, *state, &passkey) {
            Ok(result) => {
                passkey.update_credential(&result);
                let body = serde_json::to_value(&passkey).map_err(|error| Problem::broken(error.to_string()))?;
                Ok(Ok(Kept { body, ..kept }))
            }
            Err(_) => faulty("a passkey whose signature does not hold"),
        }
    }
}

/// A sign-in by passkey that failed.
pub(crate) struct Faulty {
    pub(crate) account: Option<String>,
    pub(crate) what: &'static str,
}

fn understood(kept: &Kept) -> Option<Passkey> {
    serde_json::from_value(kept.body.clone()).ok()
}

/// A credential's id as text.
fn written(id: &[u8]) -> String {
    hex::encode(id)
}

/// What authenticators call a person: the same for the same account of the same home, and nothing to anybody else.
fn handle(desk: &Desk, person: &str) -> Uuid {
    let mut digest = Sha256::new();
    for part in ["candour passkey", desk.log_key(), person] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let digest: [u8; 32] = digest.finalize().into();
    digest.first_chunk().map_or_else(Uuid::nil, |first| Uuid::from_bytes(*first))
}
