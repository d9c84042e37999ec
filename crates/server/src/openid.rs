//! Signing in through the organisation's OpenID provider: authorisation code with PKCE, `state` and `nonce`
//! (OpenID Connect Core 1.0, section 3.1; RFC 7636). It binds to a person of the home and never makes one.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata},
    http::Response,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{ServerError, sessions::secret, site::Site};

/// Where the provider sends people back to.
pub(crate) const RETURN: &str = "/api/sign-in/openid/return";
/// Somebody who went to the provider comes back within this time or begins again. Seconds.
pub(crate) const PATIENCE: u64 = 10 * 60;
/// Most people on their way at a time; those who went first make room.
const MOST: usize = 2000;
/// How long the provider may take for one answer.
const PROVIDER: Duration = Duration::from_secs(10);
/// Longest answer of the provider, bytes.
const LONGEST: u64 = 1 << 20;
/// What the provider may sign with: public keys alone.
const ALGORITHMS: [Algorithm; 7] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// `oidc.toml` in the home.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: String,
    client_id: String,
    /// A file with the client's secret, relative to the home; a public client has none.
    client_secret_file: Option<String>,
    /// What the button says.
    label: String,
    /// The claim whose value is a person's `subject`.
    #[serde(default = "default_claim")]
    claim: String,
    /// The claim that lists what the provider grants; with it a session keeps only those roles that are granted.
    roles_claim: Option<String>,
    /// Value of that claim and the role it grants.
    #[serde(default)]
    roles: BTreeMap<String, String>,
    /// Scopes asked for besides `openid`.
    #[serde(default)]
    scopes: Vec<String>,
}

fn default_claim() -> String {
    "sub".to_owned()
}

struct Provider {
    file: File,
    issuer: IssuerUrl,
    secret: Option<ClientSecret>,
    back: RedirectUrl,
}

struct OnTheWay {
    browser: String,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    metadata: Box<CoreProviderMetadata>,
    begun: i64,
}

/// The provider of a home, if it has one, and who is on the way to it.
pub(crate) struct OpenId {
    provider: Option<Provider>,
    on_the_way: Mutex<HashMap<String, OnTheWay>>,
}

/// Where to send the browser, and the secret that it keeps meanwhile.
pub(crate) struct Way {
    pub(crate) address: String,
    pub(crate) browser: String,
}

/// Whom the provider vouches for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Vouched {
    pub(crate) subject: String,
    /// The roles that the provider grants, where the home lets it say so.
    pub(crate) roles: Option<Vec<String>>,
}

/// What the provider's HTTP client fails with.
#[derive(Debug, thiserror::Error)]
#[error("the provider cannot be asked: {0}")]
struct Unreachable(String);

impl OpenId {
    /// Reads the home's `oidc.toml`, where there is one.
    pub(crate) fn read(home: &Path, site: &Site) -> Result<Self, ServerError> {
        let path = home.join("oidc.toml");
        let wrong = |problem: String| ServerError::OpenId { path: path.clone(), problem };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self { provider: None, on_the_way: Mutex::default() }),
            Err(error) => return Err(wrong(error.to_string())),
        };
        let file: File = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let issuer = IssuerUrl::new(file.issuer.clone()).map_err(|error| wrong(format!("the issuer `{}` is no address: {error}", file.issuer)))?;
        let host = issuer.url().host_str().unwrap_or_default();
        let is_local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        if issuer.url().scheme() != "https" && !is_local {
            return Err(wrong(format!("the issuer `{}` is reached without TLS; give an address that begins with `https://`", file.issuer)));
        }
        if file.roles_claim.is_none() != file.roles.is_empty() {
            return Err(wrong("`roles_claim` and `[roles]` need one another; give both or neither".to_owned()));
        }
        let read_secret = |name: &String| fs::read_to_string(home.join(name)).map_err(|error| wrong(format!("`{name}`: {error}")));
        let secret = file.client_secret_file.as_ref().map(read_secret).transpose()?.map(|text| ClientSecret::new(text.trim().to_owned()));
        let back = format!("{}{RETURN}", site.origin_text());
        let back = RedirectUrl::new(back.clone()).map_err(|error| wrong(format!("`{back}`: {error}")))?;
        Ok(Self { provider: Some(Provider { file, issuer, secret, back }), on_the_way: Mutex::default() })
    }

    /// What the button says, where there is a provider.
    pub(crate) fn label(&self) -> Option<&str> {
        self.provider.as_ref().map(|provider| provider.file.label.as_str())
    }

    /// Sends somebody to the provider. Asks the provider where; waits for it.
    pub(crate) fn begin(&self, now: i64) -> Result<Way, String> {
        let provider = self.provider.as_ref().ok_or("this home has no OpenID provider")?;
        let metadata = CoreProviderMetadata::discover(&provider.issuer, &ask).map_err(|error| told(&error))?;
        let browser = secret().ok_or("the system gives no randomness")?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(provider.file.client_id.clone()), provider.secret.clone())
            .set_redirect_uri(provider.back.clone());
        let request = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random);
        let request = provider.file.scopes.iter().fold(request, |request, scope| request.add_scope(Scope::new(scope.clone())));
        let (address, state, nonce) = request.set_pkce_challenge(challenge).url();
        let gone = OnTheWay { browser: browser.clone(), nonce, verifier, metadata: Box::new(metadata), begun: now };
        let mut on_the_way = self.on_the_way.lock().unwrap_or_else(PoisonError::into_inner);
        on_the_way.retain(|_, gone| !is_late(gone, now));
        if on_the_way.len() >= MOST
            && let Some(first) = on_the_way.iter().min_by_key(|(_, gone)| gone.begun).map(|(state, _)| state.clone())
        {
            on_the_way.remove(&first);
        }
        on_the_way.insert(state.secret().clone(), gone);
        Ok(Way { address: address.to_string(), browser })
    }

    /// Whom the provider vouches for when somebody comes back; or what was wrong, in words for the journal. Asks the
    /// provider; waits for it.
    pub(crate) fn finish(&self, state: &str, code: &str, browser: Option<&str>, now: i64) -> Result<Vouched, String> {
        let provider = self.provider.as_ref().ok_or("this home has no OpenID provider")?;
        let gone = self.on_the_way.lock().unwrap_or_else(PoisonError::into_inner).remove(state);
        let gone = gone.filter(|gone| !is_late(gone, now)).ok_or("a state that this home did not hand out, or long ago")?;
        // Else somebody could send a stranger's browser back with an answer that is theirs.
        if browser != Some(gone.browser.as_str()) {
            return Err("a state that was handed to another browser".to_owned());
        }
        let client = CoreClient::from_provider_metadata(*gone.metadata, ClientId::new(provider.file.client_id.clone()), provider.secret.clone())
            .set_redirect_uri(provider.back.clone());
        let exchange = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|error| told(&error))?;
        let answer = exchange.set_pkce_verifier(gone.verifier).request(&ask).map_err(|error| told(&error))?;
        let token: &CoreIdToken = answer.id_token().ok_or("the provider sent no token that says who it is")?;
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
        let claims = token.claims(&verifier, &gone.nonce).map_err(|error| told(&error))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|error| told(&error))?;
            let key = token.signing_key(&verifier).map_err(|error| told(&error))?;
            let actual = openidconnect::AccessTokenHash::from_token(answer.access_token(), algorithm, key).map_err(|error| told(&error))?;
            if actual != *expected {
                return Err("the access token is not the one that was vouched for".to_owned());
            }
        }
        provider.file.vouched(&payload(token).ok_or("the token cannot be read")?)
    }
}

impl File {
    /// The person and roles in the claims of a token whose signature was checked.
    fn vouched(&self, claims: &Value) -> Result<Vouched, String> {
        let subject = claims.get(&self.claim).and_then(Value::as_str).filter(|subject| !subject.is_empty());
        let subject = subject.ok_or_else(|| format!("the token holds no claim `{}`", self.claim))?.to_owned();
        // A name that the provider has not checked is whatever its owner typed.
        if self.claim == "email" && claims.get("email_verified") != Some(&Value::Bool(true)) {
            return Err("the provider has not verified the address".to_owned());
        }
        let roles = self.roles_claim.as_ref().map(|claim| {
            let granted: Vec<&str> = match claims.get(claim) {
                Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
                Some(Value::String(value)) => value.split(' ').collect(),
                _ => Vec::new(),
            };
            self.roles.iter().filter(|(value, _)| granted.contains(&value.as_str())).map(|(_, role)| role.clone()).collect()
        });
        Ok(Vouched { subject, roles })
    }
}

fn is_late(gone: &OnTheWay, now: i64) -> bool {
    now - gone.begun >= i64::try_from(PATIENCE * 1000).unwrap_or(i64::MAX)
}

/// The claims of a token, as JSON. Its signature was checked before.
fn payload(token: &CoreIdToken) -> Option<Value> {
    let text = token.to_string();
    let part = text.split('.').nth(1)?;
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// One request to the provider. It is not followed elsewhere.
fn ask(request: HttpRequest) -> Result<HttpResponse, Unreachable> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(PROVIDER)).build();
    let broken = |error: ureq::Error| Unreachable(error.to_string());
    let (parts, mut body) = ureq::Agent::new_with_config(config).run(request).map_err(broken)?.into_parts();
    let bytes = body.with_config().limit(LONGEST).read_to_vec().map_err(broken)?;
    Ok(Response::from_parts(parts, bytes))
}

/// An error with what it stems from, in one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut inner = error.source();
    while let Some(error) = inner {
        text = format!("{text}: {error}");
        inner = error.source();
    }
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_person_and_roles_are_read_out_of_the_claims() {
        let file = |text: &str| -> File { toml::from_str(&format!("issuer = 'https://id.example.org'\nclient_id = 'candour'\nlabel = 'x'\n{text}")).unwrap() };
        let plain = file("");
        let mapped = file("roles_claim = 'groups'\n[roles]\ndetectives = 'analyst'\nheads = 'supervisor'");
        let email = file("claim = 'email'");
        for (file, claims, expected) in [
            (&plain, json!({"sub": "a1"}), Some(("a1", None))),
            (&plain, json!({"sub": ""}), None),
            (&plain, json!({"sub": 7}), None),
            (&mapped, json!({"sub": "a1", "groups": ["detectives", "cooks"]}), Some(("a1", Some(vec!["analyst"])))),
            (&mapped, json!({"sub": "a1", "groups": "heads detectives"}), Some(("a1", Some(vec!["analyst", "supervisor"])))),
            (&mapped, json!({"sub": "a1"}), Some(("a1", Some(vec![])))),
            (&email, json!({"email": "a@example.org", "email_verified": true}), Some(("a@example.org", None))),
            (&email, json!({"email": "a@example.org"}), None),
        ] {
            let expected = expected.map(|(subject, roles): (&str, Option<Vec<&str>>)| Vouched {
                subject: subject.to_owned(),
                roles: roles.map(|roles| roles.into_iter().map(str::to_owned).collect()),
            });
            assert_eq!(file.vouched(&claims).ok(), expected, "{claims}");
        }
    }
}
